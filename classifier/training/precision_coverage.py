"""How far certainty can be trusted: thresholds that reach a precision, and accuracy against coverage."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.model.manifest import Covered, PrecisionRow, PrecisionTable, Reached
from classifier.training.metrics import Ints

TARGETS = tuple(round(0.5 + step / 100, 2) for step in range(50))  # 0.50, 0.51, … 0.99
SHOWN = (0.8, 0.9, 0.95)  # precisions that the card tells of
_FEWEST = 20  # answers that a precision must rest on
_COVERAGES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)


def threshold_for(truth: Ints, probability: Floats, precision: float) -> float | None:
    """Return the lowest threshold from which one label's answers were right as often as `precision`.

    None where no threshold with at least 20 answers above it reached that.
    """
    order = np.argsort(-probability, kind="stable")
    values, right = probability[order], np.cumsum(truth[order])
    given = np.arange(1, len(values) + 1)
    ends = np.append(values[1:] < values[:-1], True)  # equal values are given together
    reached = np.flatnonzero(ends & (given >= _FEWEST) & (right >= precision * given))
    return float(values[reached[-1]]) if len(reached) else None


def precision_table(truth: Ints, probability: Floats, labels: Sequence[str]) -> PrecisionTable:
    """Return for each label the thresholds that reached each of `TARGETS`, with their precision and recall.

    Targets that no threshold reached have no row: a label's last row holds the highest that was reached.
    """
    return {label: list(_rows(truth[:, k], probability[:, k])) for k, label in enumerate(labels)}


def _rows(truth: Ints, probability: Floats) -> Iterator[PrecisionRow]:
    for target in TARGETS:
        threshold = threshold_for(truth, probability, target)
        if threshold is None:
            return
        given = probability >= threshold
        hits = int((given & (truth == 1)).sum())
        yield {
            "precision": target,
            "threshold": threshold,  # not rounded: a neighbour let in could cost the precision
            "reached": round(hits / int(given.sum()), 4),
            "recall": round(hits / max(1, int(truth.sum())), 4),
        }


def precision_on_other_folds(
    truth: Ints, probability: Floats, fold: NDArray[np.int64], labels: Sequence[str]
) -> dict[str, dict[str, Reached | None]]:
    """Return, for the precisions in `SHOWN`, what thresholds picked on the other folds reached on each fold."""
    return {
        f"{target:.2f}": {
            label: _reached(truth[:, k], probability[:, k], fold, target) for k, label in enumerate(labels)
        }
        for target in SHOWN
    }


def _reached(truth: Ints, probability: Floats, fold: NDArray[np.int64], target: float) -> Reached | None:
    given = np.zeros(len(truth), bool)
    for number in np.unique(fold):
        test = fold == number
        threshold = threshold_for(truth[~test], probability[~test], target)
        if threshold is None:
            return None
        given[test] = probability[test] >= threshold
    hits = int((given & (truth == 1)).sum())
    return {
        "precision": round(hits / max(1, int(given.sum())), 4),
        "recall": round(hits / max(1, int(truth.sum())), 4),
    }


def confidence(probability: Floats) -> Floats:
    """Return how sure each paragraph's whole answer is: the product over labels of the likelier side's probability."""
    return np.asarray(np.maximum(probability, 1 - probability).prod(axis=1))


def abstention(probability: Floats, labels_right: NDArray[np.bool_], primary_right: NDArray[np.bool_]) -> list[Covered]:
    """Return accuracy against coverage: what is right among the most confident part of the paragraphs."""
    order = np.argsort(-confidence(probability), kind="stable")
    rows: list[Covered] = []
    for coverage in _COVERAGES:
        kept = order[: max(1, round(coverage * len(order)))]
        rows.append(
            {
                "coverage": coverage,
                "labels_right": round(float(labels_right[kept].mean()), 4),
                "primary_right": round(float(primary_right[kept].mean()), 4),
            }
        )
    return rows
