"""Calibration, thresholds and uncertainty bands, learnt from out-of-fold scores."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.model.arithmetic import Floats, sigmoid
from classifier.model.settings import Settings
from classifier.text.joined_texts import Ints
from classifier.training.metrics import f1_threshold

_ROUNDS = 200
_STRENGTH = 5.0  # scikit-learn's C: the parts of the evidence go together, so their weights are held back a little


@dataclass(frozen=True, eq=False)
class Calibration:
    """What turns evidence into answers; one value a label in each field.

    `weights` (labels × parts of the evidence) and `offset`: log-odds are their sum with the evidence.
    `interval` (2 × labels): the thresholds' 90 % interval, from resampling paragraphs (bootstrap).
    """

    weights: Floats
    offset: Floats
    threshold: Floats
    low: Floats
    high: Floats
    interval: Floats

    def probabilities(self, evidence: Floats) -> Floats:
        """Return calibrated probabilities (rows × labels) from evidence (rows × labels × parts)."""
        return sigmoid((evidence * self.weights).sum(axis=-1) + self.offset)

    def predict(self, evidence: Floats) -> Ints:
        """Return 1 where a label is given (rows × labels)."""
        return (self.probabilities(evidence) >= self.threshold).astype(int)


def calibrate(evidence: Floats, y_true: Ints, settings: Settings) -> Calibration:
    """Fit the second logistic regression, the threshold for the highest F1 and the uncertainty band of each label.

    `evidence`: rows × labels × parts; a score alone is one part. `y_true`: rows × labels.
    The band reaches from `uncertain` to 1 - `uncertain`, widened so that it holds the threshold's own
    90 % interval (bootstrap): inside it, a decision is wrong too often, or would fall the other way had
    other paragraphs been drawn.
    """
    plain = decisions(evidence, y_true)
    interval = _threshold_interval(plain.probabilities(evidence), y_true, settings.seed)
    low = np.minimum(interval[0], settings.uncertain)
    high = np.maximum(np.minimum(interval[1], 0.95), 1 - settings.uncertain)
    band = {"low": np.minimum(low, plain.threshold), "high": np.maximum(high, plain.threshold)}
    return replace(plain, **band, interval=interval)


def decisions(evidence: Floats, y_true: Ints) -> Calibration:
    """Fit probabilities and thresholds only, where no band is wanted: much quicker; its bands are empty."""
    fitted = [_fitted(evidence[:, k], y_true[:, k]) for k in range(y_true.shape[1])]
    weights, offset = np.array([weights for weights, _ in fitted]), np.array([offset for _, offset in fitted])
    probability = sigmoid((evidence * weights).sum(axis=-1) + offset)
    threshold = np.array([f1_threshold(y_true[:, k], probability[:, k]) for k in range(y_true.shape[1])])
    return Calibration(weights, offset, threshold, threshold, threshold, np.vstack([threshold, threshold]))


def _fitted(evidence: Floats, y_true: Ints) -> tuple[Floats, float]:
    """Fit p = sigmoid(weights · evidence + offset): Platt 1999 where the evidence is one score."""
    if y_true.min() == y_true.max():
        return np.eye(1, evidence.shape[1])[0], 0.0  # nothing to learn from: the first part as it stands
    strength = _STRENGTH if evidence.shape[1] > 1 else 1e4
    model = LogisticRegression(C=strength, max_iter=5000).fit(evidence, y_true)
    return model.coef_[0], float(model.intercept_[0])


def _threshold_interval(probability: Floats, y_true: Ints, seed: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(_ROUNDS):
        rows = random.integers(0, len(y_true), len(y_true))
        found.append([f1_threshold(y_true[rows, k], probability[rows, k]) for k in range(y_true.shape[1])])
    return np.asarray(np.percentile(np.array(found), [5, 95], axis=0))
