"""What turns a sentence's score into an answer, learnt from out-of-fold scores of labelled sentences."""

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.model.settings import Settings
from classifier.model.unit_table import UNLABELLED
from classifier.training.calibration import Calibration, calibrate
from classifier.training.evaluation import OutOfFold
from classifier.training.metrics import Ints

ENOUGH = 50  # labelled sentences of each label


def labelled_sentences(result: OutOfFold) -> tuple[Floats, Ints, Ints]:
    """Return scores (N × labels), truth (N × labels) and folds (N) of the sentences that certainty is learnt on.

    Those of the reference paragraphs where each label stands on 50 of them or more, else all that are labelled.
    """
    table = result.table
    owner = np.repeat(np.arange(len(table)), np.diff(table.offsets))
    labelled = (table.sentence_truth != UNLABELLED).all(axis=1) & (table.sentence_truth.shape[1] > 0)
    chosen = labelled & result.reference[owner]
    if table.sentence_truth[chosen].sum(axis=0).min(initial=ENOUGH) < ENOUGH:
        chosen = labelled
    return result.sentence_scores[chosen], table.sentence_truth[chosen], result.fold[owner[chosen]]


def calibrate_sentences(result: OutOfFold, settings: Settings) -> Calibration:
    """Fit sentences' probabilities, thresholds and bands; where too few have labels, those of paragraphs' scores."""
    scores, truth, _ = labelled_sentences(result)
    if not len(truth) or truth.sum(axis=0).min() < ENOUGH:
        scores, truth = result.scores[result.reference][:, :, 0], result.truth[result.reference]
    return calibrate(scores[:, :, None], truth, settings)
