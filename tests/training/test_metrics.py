"""Measures: against values worked out by hand, and against their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from classifier.training.metrics import (
    best_f1,
    calibration_error,
    f1_threshold,
    interval,
    macro_f1,
    precision_recall_f1,
    resampled_f1,
)

TRUTH = np.array([[1, 0], [1, 1], [0, 0], [0, 1]])
ANSWER = np.array([[1, 0], [0, 1], [1, 0], [0, 0]])


def test_precision_recall_f1_by_hand() -> None:
    assert precision_recall_f1(TRUTH, ANSWER).tolist() == [[0.5, 0.5, 0.5], [1.0, 0.5, pytest.approx(2 / 3)]]
    assert macro_f1(TRUTH, ANSWER) == pytest.approx((0.5 + 2 / 3) / 2)


def test_nothing_to_find_is_zero_not_an_error() -> None:
    nothing = np.zeros((3, 1), int)
    assert precision_recall_f1(nothing, nothing).tolist() == [[0.0, 0.0, 0.0]]


def test_calibration_error_by_hand() -> None:
    """Two bins: 0.2 said, none true; 0.7 said, half true: (0.2 + 0.2) / 2."""
    y_true = np.array([0, 0, 1, 0])
    assert calibration_error(y_true, np.array([0.2, 0.2, 0.7, 0.7]), bins=2) == pytest.approx(0.2)
    assert calibration_error(np.array([0, 1]), np.array([0.0, 1.0])) == 0


@given(
    nps.arrays(int, 12, elements=st.integers(0, 1)),
    nps.arrays(float, 12, elements=st.sampled_from([0.1, 0.2, 0.4, 0.6, 0.9])),
)
def test_best_f1_is_that_of_the_best_cut(y_true: np.ndarray, probability: np.ndarray) -> None:
    def f1(threshold: float) -> float:
        return float(precision_recall_f1(y_true[:, None], (probability >= threshold).astype(int)[:, None])[0, 2])

    assert best_f1(y_true, probability) == pytest.approx(max(f1(t) for t in (0.05, 0.15, 0.3, 0.5, 0.75)))


def test_half_the_best_f1_is_the_threshold_where_probabilities_are_true() -> None:
    """Drawn from their own probabilities, no threshold on a grid does much better than this one."""
    random = np.random.default_rng(0)
    probability = random.beta(0.4, 1.2, 50_000)
    y_true = (random.random(50_000) < probability).astype(int)

    def f1(threshold: float) -> float:
        return float(precision_recall_f1(y_true[:, None], (probability >= threshold).astype(int)[:, None])[0, 2])

    assert f1(f1_threshold(y_true, probability)) >= max(f1(t) for t in np.arange(0.05, 0.95, 0.05)) - 0.002
    assert f1_threshold(np.zeros(3, int), np.ones(3)) == 0.5


def test_resampling_keeps_documents_whole() -> None:
    """Two documents: a sample holds one of them twice, or both; F1 of each is known."""
    docs = ["right", "wrong", "right", "wrong"]
    y_true, y_pred = np.array([[1], [1], [0], [0]]), np.array([[1], [0], [0], [1]])
    found = resampled_f1(docs, y_true, y_pred, seed=1, rounds=50)
    assert set(found[:, 0].tolist()) == {1.0, 0.5, 0.0}
    low, high = interval(found)
    assert low[0] <= 0.5 <= high[0]


@given(st.data())
def test_resampled_f1_is_the_f1_of_the_sampled_rows(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    docs = data.draw(st.lists(st.sampled_from("abcd"), min_size=size, max_size=size))
    marks = st.lists(st.lists(st.integers(0, 1), min_size=2, max_size=2), min_size=size, max_size=size)
    y_true, y_pred = np.array(data.draw(marks)), np.array(data.draw(marks))
    names = list(dict.fromkeys(docs))
    random = np.random.default_rng(7)
    for f1 in resampled_f1(docs, y_true, y_pred, seed=7, rounds=3):
        drawn = [names[place] for place in random.integers(0, len(names), len(names))]
        rows = [row for name in drawn for row in range(size) if docs[row] == name]
        assert f1 == pytest.approx(precision_recall_f1(y_true[rows], y_pred[rows])[:, 2])
