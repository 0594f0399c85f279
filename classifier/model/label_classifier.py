"""One calibrated logistic regression a label, each with its own threshold and uncertainty band."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from classifier.model.arithmetic import Floats, sigmoid


class LabelModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """scikit-learn classifier for independent labels (one-vs-rest), `Y` a paragraphs × labels matrix of 0 and 1.

    A calibrated probability is sigmoid(slope · score + offset) (Platt 1999), slope and offset learnt from
    out-of-fold scores with `calibrate`; before that they are 1 and 0.
    """

    def __init__(self, labels: tuple[str, ...], regularisation: float = 1.0, seed: int = 0) -> None:
        self.labels = labels
        self.regularisation = regularisation
        self.seed = seed

    def fit(self, X: Any, Y: NDArray[np.int64], sample_weight: Floats | None = None) -> Self:
        """Fit one logistic regression a label; `sample_weight`: how much each paragraph counts (None: all alike)."""
        fitted = [self._fitted(X, Y[:, column], sample_weight) for column in range(len(self.labels))]
        self.classes_ = np.arange(len(self.labels))
        self.coef_ = np.vstack([coefficients for coefficients, _ in fitted]).astype(np.float32)  # half the size on disk
        self.intercept_ = np.array([intercept for _, intercept in fitted])
        self.slope_, self.offset_ = np.ones(len(self.labels)), np.zeros(len(self.labels))
        self.threshold_ = np.full(len(self.labels), 0.5)
        self.low_, self.high_ = self.threshold_.copy(), self.threshold_.copy()
        return self

    def calibrate(self, slope: Floats, offset: Floats, threshold: Floats, band: Sequence[Floats]) -> Self:
        """Set what was learnt from out-of-fold scores: calibration, thresholds and bands (low, high)."""
        self.slope_, self.offset_, self.threshold_ = slope, offset, threshold
        self.low_, self.high_ = band
        return self

    def decision_function(self, X: Any) -> Floats:
        """Return the uncalibrated scores (log-odds), paragraphs × labels."""
        return np.asarray(X @ self.coef_.T + self.intercept_)

    def predict_proba(self, X: Any) -> Floats:
        """Return the calibrated probabilities, paragraphs × labels; a row need not sum to 1."""
        return sigmoid(self.decision_function(X) * self.slope_ + self.offset_)

    def predict(self, X: Any) -> NDArray[np.int64]:
        """Return 1 where a label's probability reaches its threshold."""
        return (self.predict_proba(X) >= self.threshold_).astype(int)

    def _fitted(self, X: Any, y: NDArray[np.int64], sample_weight: Floats | None) -> tuple[Floats, float]:
        """Return one label's coefficients and intercept; of a label that all or none carry, its log-odds only."""
        if y.min() == y.max():
            return np.zeros(X.shape[1]), float(np.log((y.sum() + 0.5) / (len(y) - y.sum() + 0.5)))
        model = self._one().fit(X, y, sample_weight)
        return model.coef_[0], float(model.intercept_[0])

    def _one(self) -> Any:
        # the dual has the same optimum and gets there some twenty times sooner: there are more columns than paragraphs
        return LogisticRegression(
            C=self.regularisation, solver="liblinear", dual=True, max_iter=20_000, random_state=self.seed
        )
