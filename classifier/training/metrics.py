"""Measures of quality. `y_true` and `y_pred`: 0 or 1, paragraphs × labels; of one label, paragraphs."""

from collections.abc import Sequence

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.text.joined_texts import Ints


def precision_recall_f1(y_true: Ints, y_pred: Ints) -> Floats:
    """Return precision, recall and F1 (labels × 3); 0 where there is nothing to divide by."""
    hits = (y_true & y_pred).sum(axis=0)
    precision = hits / np.maximum(1, y_pred.sum(axis=0))
    recall = hits / np.maximum(1, y_true.sum(axis=0))
    f1 = 2 * hits / np.maximum(1, y_true.sum(axis=0) + y_pred.sum(axis=0))
    return np.column_stack([precision, recall, f1])


def macro_f1(y_true: Ints, y_pred: Ints) -> float:
    """Return the mean of the labels' F1."""
    return float(precision_recall_f1(y_true, y_pred)[:, 2].mean())


def calibration_error(y_true: Ints, probability: Floats, bins: int = 10) -> float:
    """Return the expected calibration error of one label over bins of equal mass (Nguyen & O'Connor 2015).

    The mean, over bins holding equally many paragraphs, of |mean probability - share of positives|.
    """
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if part.size]
    gaps = [abs(probability[part].mean() - y_true[part].mean()) * part.size for part in parts]
    return float(sum(gaps) / max(1, y_true.size))


def resampled_f1(docs: Sequence[str], y_true: Ints, y_pred: Ints, seed: int, rounds: int = 500) -> Floats:
    """Return the labels' F1 (rounds × labels) on samples of whole documents, drawn with replacement (bootstrap).

    The same documents and seed give the same samples, so that two answers may be compared round by round.
    """
    place: dict[str, int] = {}
    document = np.array([place.setdefault(doc, len(place)) for doc in docs], int)
    hits, marks = np.zeros((2, len(place), y_true.shape[1]))
    np.add.at(hits, document, y_true & y_pred)
    np.add.at(marks, document, y_true + y_pred)
    random = np.random.default_rng(seed)
    draws = (random.integers(0, len(place), len(place)) for _ in range(rounds))
    times = np.array([np.bincount(draw, minlength=len(place)) for draw in draws], float)
    return np.asarray(2 * (times @ hits) / np.maximum(1, times @ marks))


def interval(figures: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of figures that were taken in many rounds (rounds × …)."""
    low, high = np.percentile(figures, [2.5, 97.5], axis=0)
    return low, high


def best_f1(y_true: Ints, probability: Floats) -> float:
    """Return the highest F1 that any threshold on one label's probabilities reaches; 0 without positives."""
    if not y_true.any():
        return 0.0
    order = np.argsort(-probability, kind="stable")
    values = probability[order]
    f1 = 2 * np.cumsum(y_true[order]) / (np.arange(1, len(y_true) + 1) + y_true.sum())
    cuts = np.append(values[1:] < values[:-1], True)  # no cut between equal values
    return float(f1[cuts].max())


def f1_threshold(y_true: Ints, probability: Floats) -> float:
    """Return the threshold of the highest F1 for calibrated probabilities: half that F1; 0.5 without positives.

    Lipton, Elkan and Naryanaswamy 2014. Steadier than the place of the highest F1 itself, which follows
    single paragraphs where the curve is flat.
    """
    return best_f1(y_true, probability) / 2 or 0.5
