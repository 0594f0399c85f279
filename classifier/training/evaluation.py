"""Grouped cross-validation: how well the model answers on documents it has not seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.labelling.corpus import LabelledParagraph
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.manifest import Certainty, Evaluation, Figures, LabelFigures, WrongAnswer
from classifier.model.settings import Settings
from classifier.model.unit_table import UNLABELLED, UnitTable
from classifier.platforms import shown_place
from classifier.text.joined_texts import Ints
from classifier.training.calibration import decisions
from classifier.training.fitting import evidence_shape, fold_task, scores
from classifier.training.folds import grouped_folds, learnable, with_beside
from classifier.training.metrics import calibration_error, interval, macro_f1, precision_recall_f1, resampled_f1
from classifier.training.precision_coverage import abstention, precision_on_other_folds, precision_table
from classifier.training.sentence_units import unit_table

Progress = Callable[[str], None]

HARD = "found text, chosen by uncertainty"
_ENOUGH = 100  # found paragraphs of a label


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """What models said of paragraphs whose documents they had not seen (paragraphs × labels).

    `table`: the paragraphs' words, for whoever trains on them again. `scores`: their evidence (paragraphs × labels × 6,
    `model/sentence_evidence.py`); `sentence_scores`: those of their sentences (sentences × labels). `fold`
    (paragraphs): the fold a paragraph was left out in. `reference` (paragraphs): those that certainty is learnt on
    (`reference_rows`).
    """

    paragraphs: Sequence[LabelledParagraph]
    table: UnitTable
    y_true: Ints
    scores: Floats
    sentence_scores: Floats
    probability: Floats
    y_pred: Ints
    fold: NDArray[np.int64]
    reference: NDArray[np.bool_]


def label_matrix(paragraphs: Sequence[LabelledParagraph], taxonomy: Taxonomy) -> Ints:
    """Return 1 where a paragraph carries a label, and UNLABELLED throughout where nobody said of the whole."""
    rows = [
        [int(label in paragraph.labels) if paragraph.judged else UNLABELLED for label in taxonomy.ids]
        for paragraph in paragraphs
    ]
    return np.array(rows, int).reshape(len(paragraphs), len(taxonomy.ids))


def reference_rows(paragraphs: Sequence[LabelledParagraph], y_true: Ints) -> NDArray[np.bool_]:
    """Tell which paragraphs calibration, thresholds and certainty are learnt on.

    The found ones, where each label stands on enough of them: paragraphs written for training are clearer than
    life, and a model that measured itself on them would think too well of itself; those chosen for a model's doubt are
    harder, and it would think too badly. Else all.
    """
    found = np.array([not (paragraph.written or paragraph.by_doubt) for paragraph in paragraphs])
    enough = found.any() and y_true[found].sum(axis=0).min() >= _ENOUGH
    return found if enough else np.ones(len(found), bool)


def weights_of(paragraphs: Sequence[LabelledParagraph], settings: Settings) -> Floats:
    """Return how much each paragraph counts in training (P): its own weight, less where it was written for training."""
    return np.array(
        [paragraph.weight * (settings.written_weight if paragraph.written else 1.0) for paragraph in paragraphs]
    )


def cross_validate(
    paragraphs: Sequence[LabelledParagraph],
    taxonomy: Taxonomy,
    background: Background,
    settings: Settings,
    progress: Progress,
    beside: Sequence[LabelledParagraph] = (),
) -> OutOfFold:
    """Score each paragraph with a pipeline trained on the other folds' documents, on none with the same text.

    `beside`: paragraphs of which only sentences have labels: these are learnt from, nothing is measured on them.
    Calibration and thresholds for a fold's answers come from the scores of the other folds, so that
    nothing the figures are taken on has chosen them.
    """
    both = [*paragraphs, *beside]
    all_y_true, weights = label_matrix(both, taxonomy), weights_of(both, settings)
    y_true = all_y_true[: len(paragraphs)]
    reference = reference_rows(paragraphs, y_true)
    fold = grouped_folds(paragraphs, settings.folds, settings.seed)
    whole, every_fold = unit_table(both, taxonomy.ids, settings.piece_length), with_beside(fold, paragraphs, beside)
    tests = [np.flatnonzero(fold == number) for number in range(settings.folds)]
    tasks = [
        fold_task(
            whole,
            all_y_true,
            weights,
            learnable(both, every_fold, number, [paragraphs[row] for row in test.tolist()]),
            test,
        )
        for number, test in enumerate(tests)
    ]
    table = whole.chosen(np.arange(len(paragraphs))) if beside else whole

    def told(done: int) -> None:
        progress(f"evaluating: fold {done} of {settings.folds}")

    found, probability, y_pred = np.zeros(evidence_shape(y_true)), np.zeros(y_true.shape), np.zeros(y_true.shape, int)
    of_sentences, owner_fold = np.zeros((table.offsets[-1], y_true.shape[1])), np.repeat(fold, np.diff(table.offsets))
    for number, some in enumerate(scores(tasks, taxonomy, background, settings, told)):
        found[tests[number]] = some.evidence
        of_sentences[owner_fold == number] = some.sentences
    for number, test in enumerate(tests):
        others = (fold != number) & reference
        learnt = decisions(found[others], y_true[others])
        probability[test], y_pred[test] = learnt.probabilities(found[test]), learnt.predict(found[test])
    return OutOfFold(paragraphs, table, y_true, found, of_sentences, probability, y_pred, fold, reference)


def report(result: OutOfFold, taxonomy: Taxonomy, settings: Settings) -> Evaluation:
    """Return the figures of a cross-validation as plain data for manifest and card."""
    found = np.array([not paragraph.written for paragraph in result.paragraphs])
    hard = np.array([paragraph.by_doubt for paragraph in result.paragraphs])
    parts = {"all": np.ones(len(found), bool), "found text": found & ~hard, "written text": ~found, HARD: found & hard}
    return {
        "method": f"{settings.folds}-fold cross-validation, documents kept whole; thresholds from the other folds",
        "by_text": {name: _figures(result, rows, taxonomy, settings) for name, rows in parts.items() if rows.any()},
        "certainty": _certainty(result, taxonomy),
        "confusion": _confusion(result, taxonomy),
        "wrong": _wrong(result, taxonomy),
    }


def _certainty(result: OutOfFold, taxonomy: Taxonomy) -> Certainty:
    """Return precision thresholds and accuracy against coverage, on the reference paragraphs."""
    rows = result.reference
    y_true, probability, y_pred = result.y_true[rows], result.probability[rows], result.y_pred[rows]
    primary_right = (_primaries(result, taxonomy) == _gold(result))[rows]
    return {
        "paragraphs": int(rows.sum()),
        "precision": precision_table(y_true, probability, taxonomy.ids),
        "precision_on_other_folds": precision_on_other_folds(y_true, probability, result.fold[rows], taxonomy.ids),
        "abstention": abstention(probability, (y_true == y_pred).all(axis=1), primary_right),
    }


def _figures(result: OutOfFold, rows: NDArray[np.bool_], taxonomy: Taxonomy, settings: Settings) -> Figures:
    y_true, y_pred, probability = result.y_true[rows], result.y_pred[rows], result.probability[rows]
    docs = [paragraph.doc for paragraph, chosen in zip(result.paragraphs, rows, strict=True) if chosen]
    f1 = resampled_f1(docs, y_true, y_pred, settings.seed)
    low, high = interval(np.column_stack([f1, f1.mean(axis=1)]))
    table = precision_recall_f1(y_true, y_pred)
    labels: dict[str, LabelFigures] = {
        label: {
            "precision": _round(table[k, 0]),
            "recall": _round(table[k, 1]),
            "f1": _round(table[k, 2]),
            "f1_95": [_round(low[k]), _round(high[k])],
            "calibration_error": _round(calibration_error(y_true[:, k], probability[:, k])),
            "paragraphs": int(y_true[:, k].sum()),
        }
        for k, label in enumerate(taxonomy.ids)
    }
    primary = np.mean(_primaries(result, taxonomy)[rows] == _gold(result)[rows])
    return {
        "paragraphs": int(rows.sum()),
        "documents": len(set(docs)),
        "macro_f1": _round(macro_f1(y_true, y_pred)),
        "macro_f1_95": [_round(low[-1]), _round(high[-1])],
        "primary_accuracy": _round(float(primary)),
        "labels": labels,
    }


def _gold(result: OutOfFold) -> NDArray[np.str_]:
    return np.array([(paragraph.labels or (NONE,))[0] for paragraph in result.paragraphs])


def _primaries(result: OutOfFold, taxonomy: Taxonomy) -> NDArray[np.str_]:
    chosen = np.where(result.y_pred == 1, result.probability, -1)
    best = np.array(taxonomy.ids)[chosen.argmax(axis=1)]
    return np.where(result.y_pred.any(axis=1), best, NONE)


def _confusion(result: OutOfFold, taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """Count primary labels: outer key as labelled, inner key as answered."""
    names = [*taxonomy.ids, NONE]
    gold, said = _gold(result), _primaries(result, taxonomy)
    return {row: {column: int(((gold == row) & (said == column)).sum()) for column in names} for row in names}


def _wrong(result: OutOfFold, taxonomy: Taxonomy) -> list[WrongAnswer]:
    """List the paragraphs answered wrongly out of fold, the surest mistakes first."""
    ids = np.array(taxonomy.ids)
    rows = np.flatnonzero((result.y_true != result.y_pred).any(axis=1)).tolist()
    gap = np.abs(result.y_true - result.probability).max(axis=1)
    return [
        {
            "where": shown_place(result.paragraphs[row].where),
            "labelled": list(result.paragraphs[row].labels),
            "answered": ids[result.y_pred[row] == 1].tolist(),
            "gap": _round(gap[row]),
        }
        for row in sorted(rows, key=lambda row: -gap[row])
    ]


def _round(value: float) -> float:
    return round(float(value), 4)
