"""One calibrated logistic regression a label, each with its own threshold and uncertainty band."""

from typing import Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from classifier.model.arithmetic import Floats, sigmoid
from classifier.model.count_ratios import ratio_scale
from classifier.model.features import UnitFeatures
from classifier.model.sentence_evidence import EVIDENCE, paragraph_evidence
from classifier.model.unit_table import UNLABELLED
from classifier.text.joined_texts import Ints

Matrix = sparse.csr_matrix
Features = UnitFeatures | Matrix  # the second: each paragraph is one sentence


class LabelModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """scikit-learn classifier for independent labels (one-vs-rest), `Y` a paragraphs × labels matrix of 0 and 1.

    Paragraphs and labelled sentences learn one set of weights; a sentence counts `sentence_weight` times what its
    paragraph does. Before a label is fitted, features are scaled by their log-count ratio to the power `ratio_power`
    (`count_ratios.ratio_scale`; 0: not scaled). Of a paragraph whose row of `Y` holds `UNLABELLED`, only the sentences
    are learnt from.
    A paragraph's probability is sigmoid(Σ weights · evidence + offset) (Platt 1999, with more than one
    score), its evidence being what `sentence_evidence.EVIDENCE` names; a sentence's is sigmoid(slope · score + offset).
    All these are learnt from out-of-fold scores and set with `calibrate`; before that a paragraph's own score counts
    once, nothing else counts, and thresholds are 0.5.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        regularisation: float = 1.0,
        seed: int = 0,
        sentence_weight: float = 1.0,
        ratio_power: float = 0.0,
    ) -> None:
        self.labels = labels
        self.regularisation = regularisation
        self.seed = seed
        self.sentence_weight = sentence_weight
        self.ratio_power = ratio_power

    def fit(self, X: Features, Y: Ints, sample_weight: Floats | None = None) -> Self:
        """Fit one logistic regression a label; `sample_weight`: how much each paragraph counts (None: all alike).

        `X`: `UnitFeatures`, or a matrix of features where each paragraph is one sentence.
        """
        units = _units(X)
        weight = np.ones(len(Y)) if sample_weight is None else np.asarray(sample_weight, float)
        rows, y_true, weights = self._rows(units, Y, weight)
        fitted = [self._fitted(rows, y_true[:, column], weights) for column in range(len(self.labels))]
        size = len(self.labels)
        self.classes_ = np.arange(size)
        self.coef_ = np.vstack([coefficients for coefficients, _ in fitted]).astype(np.float32)  # half the size on disk
        self.intercept_ = np.array([intercept for _, intercept in fitted])
        self.weights_, self.offset_ = np.zeros((size, len(EVIDENCE))), np.zeros(size)
        self.weights_[:, 0] = 1
        self.threshold_ = np.full(size, 0.5)
        self.low_, self.high_ = self.threshold_.copy(), self.threshold_.copy()
        self.sentence_slope_, self.sentence_offset_ = np.ones(size), np.zeros(size)
        self.sentence_threshold_ = self.sentence_low_ = self.sentence_high_ = self.threshold_.copy()
        return self

    def calibrate(self, **learnt: Floats) -> Self:
        """Set what was learnt from out-of-fold scores: the attributes of the same names with a line behind them."""
        for name, values in learnt.items():
            setattr(self, f"{name}_", values)
        return self

    def scores(self, X: Matrix) -> Floats:
        """Return the uncalibrated scores (log-odds) of features, rows × labels."""
        return np.asarray(X @ self.coef_.T + self.intercept_)

    def evidence(self, X: Features) -> Floats:
        """Return what decides on paragraphs, paragraphs × labels × `EVIDENCE`."""
        units = _units(X)
        return paragraph_evidence(
            self.scores(units.paragraphs), self.scores(units.sentences), units.offsets, units.characters
        )

    def decision_function(self, X: Features) -> Floats:
        """Return the calibrated log-odds of paragraphs, paragraphs × labels."""
        return np.asarray((self.evidence(X) * self.weights_).sum(axis=-1) + self.offset_)

    def predict_proba(self, X: Features) -> Floats:
        """Return the calibrated probabilities, paragraphs × labels; a row need not sum to 1."""
        return sigmoid(self.decision_function(X))

    def predict(self, X: Features) -> Ints:
        """Return 1 where a label's probability reaches its threshold."""
        return (self.predict_proba(X) >= self.threshold_).astype(int)

    def _rows(self, units: UnitFeatures, Y: Ints, weight: Floats) -> tuple[Matrix, Ints, Floats]:
        """Return what is learnt from: the paragraphs that have labels, and below them such sentences."""
        judged = np.flatnonzero((Y != UNLABELLED).all(axis=1))
        paragraphs = units.paragraphs if len(judged) == len(Y) else units.paragraphs[judged]
        if not units.sentence_labels.shape[1]:
            return paragraphs, Y[judged], weight[judged]
        labelled = np.flatnonzero((units.sentence_labels != UNLABELLED).all(axis=1))
        owner = np.repeat(np.arange(len(Y)), np.diff(units.offsets))[labelled]
        rows = sparse.vstack([paragraphs, units.sentences[labelled]]).tocsr()
        y_true = np.vstack([Y[judged], units.sentence_labels[labelled]])
        return rows, y_true, np.concatenate([weight[judged], weight[owner] * self.sentence_weight])

    def _fitted(self, X: Matrix, y: Ints, sample_weight: Floats) -> tuple[Floats, float]:
        """Return one label's coefficients and intercept; of a label that all or none carry, its log-odds only."""
        if y.min() == y.max():
            return np.zeros(X.shape[1]), float(np.log((y.sum() + 0.5) / (len(y) - y.sum() + 0.5)))
        scale = ratio_scale(X, y, sample_weight, self.ratio_power)
        model = self._regression().fit((X @ sparse.diags(scale)).tocsr(), y, sample_weight)
        return model.coef_[0] * scale, float(model.intercept_[0])

    def _regression(self) -> LogisticRegression:
        # the dual has the same optimum and gets there some twenty times sooner: there are more columns than paragraphs
        return LogisticRegression(
            C=self.regularisation, solver="liblinear", dual=True, max_iter=20_000, random_state=self.seed
        )


def _units(X: Features) -> UnitFeatures:
    return X if isinstance(X, UnitFeatures) else UnitFeatures.of(X)
