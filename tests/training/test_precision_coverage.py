"""Precision that can be asked for, and accuracy against coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.training.precision_coverage import (
    abstention,
    confidence,
    precision_on_other_folds,
    precision_table,
    threshold_for,
)

rows = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200)


def arrays(pairs: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([right for _, right in pairs], int), np.array([value for value, _ in pairs])


@given(rows, st.sampled_from([0.5, 0.8, 0.9, 0.99]))
def test_a_threshold_reached_what_it_promises_and_no_lower_one_did(
    pairs: list[tuple[float, bool]], target: float
) -> None:
    y_true, probability = arrays(pairs)
    found = threshold_for(y_true, probability, target)
    reached = {
        value: y_true[probability >= value].mean()
        for value in set(probability.tolist())
        if (probability >= value).sum() >= 20
    }
    good = [value for value, precision in reached.items() if precision >= target]
    assert found == (min(good) if good else None)


def test_a_table_ends_where_nothing_was_reached() -> None:
    """Half of the answers right at every threshold: 0.50 is reached, 0.51 is not."""
    y_true = np.tile([1, 0], 100)[:, None]
    probability = np.full((200, 1), 0.7)
    (row,) = precision_table(y_true, probability, ["a"])["a"]
    assert row == {"precision": 0.5, "threshold": 0.7, "reached": 0.5, "recall": 1.0}


def test_the_stored_threshold_gives_what_was_measured() -> None:
    random = np.random.default_rng(0)
    probability = random.random((500, 1))
    y_true = (random.random((500, 1)) < probability).astype(int)
    rows = precision_table(y_true, probability, ["a"])["a"]
    assert len(rows) > 20
    for row in rows:
        given_ = probability[:, 0] >= row["threshold"]
        assert y_true[given_, 0].mean() >= row["precision"]
        assert y_true[given_, 0].mean() == pytest.approx(row["reached"], abs=1e-4)


def test_precision_is_checked_on_folds_that_did_not_choose() -> None:
    random = np.random.default_rng(0)
    probability = random.random((3000, 1))
    y_true = (random.random((3000, 1)) < probability).astype(int)
    found = precision_on_other_folds(y_true, probability, np.arange(3000) % 5, ["a"])
    reached = found["0.80"]["a"]
    assert reached is not None
    assert reached["precision"] == pytest.approx(0.8, abs=0.05)
    nothing = precision_on_other_folds(np.zeros((100, 1), int), np.full((100, 1), 0.9), np.arange(100) % 5, ["a"])
    assert nothing["0.90"] == {"a": None}


def test_confidence_is_that_of_the_whole_answer() -> None:
    assert confidence(np.array([[0.9, 0.2], [0.5, 0.5]])).tolist() == pytest.approx([0.72, 0.25])


def test_the_sure_half_is_right_more_often() -> None:
    probability = np.array([[0.99], [0.98], [0.6], [0.55]])
    curve = abstention(probability, np.array([True, True, False, True]), np.array([True, True, True, False]))
    assert curve[0] == {"coverage": 1.0, "labels_right": 0.75, "primary_right": 0.75}
    assert curve[-1] == {"coverage": 0.5, "labels_right": 1.0, "primary_right": 1.0}
