"""What turns a sentence's score into an answer, learnt from out-of-fold scores of labelled sentences."""

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.model.manifest import SentenceFigures
from classifier.model.settings import Settings
from classifier.model.unit_table import UNLABELLED
from classifier.text.joined_texts import Ints
from classifier.training.calibration import Calibration, calibrate, decisions
from classifier.training.evaluation import OutOfFold
from classifier.training.metrics import calibration_error, macro_f1, precision_recall_f1
from classifier.training.precision_coverage import precision_table

ENOUGH = 50  # labelled sentences of each label


def labelled_sentences(result: OutOfFold) -> tuple[Floats, Ints, Ints]:
    """Return scores (N × labels), truth (N × labels) and folds (N) of the sentences that certainty is learnt on.

    Those of the reference paragraphs where each label stands on 50 of them or more, else all that are labelled.
    """
    table, labelled = result.table, labelled_rows(result)
    owner = _owners(result)
    chosen = labelled[result.reference[owner[labelled]]]
    if table.sentence_labels[chosen].sum(axis=0).min(initial=ENOUGH) < ENOUGH:
        chosen = labelled
    return result.sentence_scores[chosen], table.sentence_labels[chosen], result.fold[owner[chosen]]


def labelled_rows(result: OutOfFold) -> Ints:
    """Return the numbers of the sentences that somebody labelled, among all of the table."""
    y_true = result.table.sentence_labels
    return np.flatnonzero((y_true != UNLABELLED).all(axis=1) & (y_true.shape[1] > 0))


def sentence_probability(result: OutOfFold, rows: Ints) -> Floats:
    """Return the probabilities (rows × labels) of some sentences, each calibrated on those of the other folds."""
    scores, y_true, fold = (
        result.sentence_scores[rows],
        result.table.sentence_labels[rows],
        result.fold[_owners(result)[rows]],
    )
    probability = np.zeros(y_true.shape)
    for number in np.unique(fold):
        test = fold == number
        learnt = decisions(scores[~test][:, :, None], y_true[~test])
        probability[test] = learnt.probabilities(scores[test][:, :, None])
    return probability


def _owners(result: OutOfFold) -> Ints:
    return np.repeat(np.arange(len(result.table)), np.diff(result.table.offsets))


def calibrate_sentences(result: OutOfFold, settings: Settings) -> Calibration:
    """Fit sentences' probabilities, thresholds and bands; where too few have labels, those of paragraphs' scores."""
    scores, y_true, _ = labelled_sentences(result)
    if not len(y_true) or y_true.sum(axis=0).min() < ENOUGH:
        scores, y_true = result.scores[result.reference][:, :, 0], result.y_true[result.reference]
    return calibrate(scores[:, :, None], y_true, settings)


def sentence_figures(result: OutOfFold, ids: tuple[str, ...]) -> SentenceFigures | None:
    """Return how well sentences were answered on documents not seen, as plain data; None with too few labelled ones.

    Probabilities and thresholds of a fold come from the other folds.
    """
    scores, y_true, fold = labelled_sentences(result)
    if not len(y_true) or y_true.sum(axis=0).min() < ENOUGH:
        return None
    probability, y_pred = np.zeros(y_true.shape), np.zeros(y_true.shape, int)
    for number in np.unique(fold):
        test = fold == number
        learnt = decisions(scores[~test][:, :, None], y_true[~test])
        probability[test] = learnt.probabilities(scores[test][:, :, None])
        y_pred[test] = learnt.predict(scores[test][:, :, None])
    table = precision_recall_f1(y_true, y_pred).round(4).tolist()
    errors = [round(calibration_error(y_true[:, k], probability[:, k]), 4) for k in range(len(ids))]
    return {
        "sentences": len(y_true),
        "macro_f1": round(macro_f1(y_true, y_pred), 4),
        "labels": {
            label: {
                "precision": row[0], "recall": row[1], "f1": row[2], "calibration_error": error,
                "sentences": int(count),
            }
            for label, row, error, count in zip(ids, table, errors, y_true.sum(axis=0), strict=True)
        },
        "precision": precision_table(y_true, probability, ids),
    }  # fmt: skip
