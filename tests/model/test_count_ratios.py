"""Features are scaled by how plainly they speak for or against a label."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from classifier.model.count_ratios import ratio_scale
from classifier.model.label_classifier import LabelModel

# always with the label, never with it, as often with it as without, in one row only, nowhere
X = sparse.csr_matrix(np.array([[1, 0, 1, 1, 0], [1, 0, 1, 0, 0], [0, 1, 1, 0, 0], [0, 1, 1, 0, 0]], float))
Y = np.array([1, 1, 0, 0])
ONES = np.ones(4)


def test_what_stands_with_one_side_alone_is_freer_than_what_stands_anywhere() -> None:
    always, never, anywhere, once, _ = ratio_scale(X, Y, ONES, 0.25)
    assert always == pytest.approx(never, rel=0.1)
    assert always > once > anywhere > 0


def test_the_ratio_is_that_of_the_paper() -> None:
    """Counts of the label's rows p and of the others q, smoothing included: log((p / |p|) / (q / |q|)), to the power 1."""
    p, q = np.array([3, 1, 3, 2, 1]), np.array([1, 3, 3, 1, 1])
    ratio = np.abs(np.log((p / 10) / (q / 9)))
    scale = ratio_scale(X, Y, ONES, 1)
    assert scale / scale[0] == pytest.approx((ratio + 1e-4) / (ratio[0] + 1e-4))


def test_rows_count_by_their_weight() -> None:
    twice = sparse.vstack([X, X[:2]]).tocsr()
    weighed = ratio_scale(X, Y, np.array([2.0, 2, 1, 1]), 0.5)
    repeated = ratio_scale(twice, np.append(Y, [1, 1]), np.ones(6), 0.5)
    assert weighed / weighed[0] == pytest.approx(repeated / repeated[0])


@given(st.floats(0, 2), st.lists(st.integers(0, 1), min_size=4, max_size=4))
def test_scales_are_over_zero_and_their_mean_square_is_one(power: float, y: list[int]) -> None:
    scale = ratio_scale(-X, np.array(y), ONES, power)
    assert (scale > 0).all()
    occurring = np.asarray(X.sum(axis=0)).ravel()
    assert np.average(scale**2, weights=occurring) == pytest.approx(1)


def test_a_power_of_zero_and_features_that_occur_nowhere_change_nothing() -> None:
    assert ratio_scale(X, Y, ONES, 0) == pytest.approx(np.ones(5))
    assert (ratio_scale(X * 0, Y, ONES, 0.25) == 1).all()


def test_the_model_stays_one_weight_a_feature_and_fits_the_plain_more_closely() -> None:
    y = Y[:, None]
    plain, scaled = (LabelModel(("a",), 1.0, ratio_power=power).fit(X, y) for power in (0.0, 0.5))
    assert scaled.scores(X) == pytest.approx(X @ scaled.coef_.T + scaled.intercept_)
    assert scaled.coef_[0, 0] > plain.coef_[0, 0]
    assert abs(scaled.coef_[0, 2]) < abs(plain.coef_[0, 2]) + 1e-9
