"""Calibration, thresholds and uncertainty bands, learnt from out-of-fold scores."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.model.arithmetic import Floats, sigmoid
from classifier.model.settings import Settings
from classifier.training.metrics import Ints, f1_threshold

_ROUNDS = 200


@dataclass(frozen=True, eq=False)
class Calibration:
    """What turns scores into answers; one value a label in each field.

    `interval` (2 × labels): the thresholds' 90 % interval, from resampling paragraphs (bootstrap).
    """

    slope: Floats
    offset: Floats
    threshold: Floats
    low: Floats
    high: Floats
    interval: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Return calibrated probabilities."""
        return sigmoid(scores * self.slope + self.offset)

    def answers(self, scores: Floats) -> Ints:
        """Return 1 where a label is given."""
        return (self.probabilities(scores) >= self.threshold).astype(int)


def calibrate(scores: Floats, truth: Ints, settings: Settings) -> Calibration:
    """Fit Platt's sigmoid, the threshold for the highest F1 and the uncertainty band of each label.

    The band reaches from `uncertain` to 1 - `uncertain`, widened so that it holds the threshold's own
    90 % interval (bootstrap): inside it, a decision is wrong too often, or would fall the other way had
    other paragraphs been drawn.
    """
    plain = decisions(scores, truth)
    interval = _threshold_interval(plain.probabilities(scores), truth, settings.seed)
    low = np.minimum(interval[0], settings.uncertain)
    high = np.maximum(np.minimum(interval[1], 0.95), 1 - settings.uncertain)
    band = {"low": np.minimum(low, plain.threshold), "high": np.maximum(high, plain.threshold)}
    return replace(plain, **band, interval=interval)


def decisions(scores: Floats, truth: Ints) -> Calibration:
    """Fit sigmoid and threshold only, where no band is wanted: much quicker; its bands are empty."""
    columns = range(truth.shape[1])
    slope, offset = np.array([_platt(scores[:, k], truth[:, k]) for k in columns]).T
    probability = sigmoid(scores * slope + offset)
    threshold = np.array([f1_threshold(truth[:, k], probability[:, k]) for k in columns])
    return Calibration(slope, offset, threshold, threshold, threshold, np.vstack([threshold, threshold]))


def _platt(scores: Floats, truth: Ints) -> tuple[float, float]:
    """Fit p = sigmoid(slope · score + offset) (Platt 1999), weakly regularised."""
    if truth.min() == truth.max():
        return 1.0, 0.0
    model = LogisticRegression(C=1e4).fit(scores[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _threshold_interval(probability: Floats, truth: Ints, seed: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(_ROUNDS):
        rows = random.integers(0, len(truth), len(truth))
        found.append([f1_threshold(truth[rows, k], probability[rows, k]) for k in range(truth.shape[1])])
    return np.asarray(np.percentile(np.array(found), [5, 95], axis=0))
