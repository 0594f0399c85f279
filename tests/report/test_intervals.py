"""Intervals of shares: documents are drawn again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from classifier.report.intervals import LEAST, LEVEL, intervals
from classifier.report.tally import Tally


def tally(characters: int, farming: int) -> Tally:
    return Tally(1, characters, 0, {"farming": farming})


documents = st.tuples(st.integers(0, 5_000), st.floats(0, 1)).map(lambda one: tally(one[0], round(one[0] * one[1])))


@given(st.lists(documents, min_size=LEAST, max_size=40))
def test_an_interval_holds_its_share_and_lies_between_those_of_the_documents(sample: list[Tally]) -> None:
    found = intervals(sample, ["farming"]).get("farming")
    if found is not None:
        shares = [one.share("farming") for one in sample if one.characters]
        assert min(shares) - 1e-9 <= found.low <= Tally.of(sample).share("farming") + 1e-9
        assert Tally.of(sample).share("farming") - 1e-9 <= found.high <= max(shares) + 1e-9


def test_few_documents_have_none_nor_have_those_that_say_nothing() -> None:
    some = [tally(100, share) for share in range(LEAST)]
    assert intervals(some[:-1], ["farming"]) == {}
    assert intervals([*some[:-1], tally(0, 0)], ["farming"]) == {}
    assert list(intervals(some, ["farming", "tourism"])) == ["farming"]  # no document has a word on tourism


def test_the_same_documents_give_the_same_interval() -> None:
    some = [tally(100 + 7 * n, 3 * n) for n in range(20)]
    assert intervals(some, ["farming"]) == intervals(list(some), ["farming"])


@pytest.mark.parametrize("count", [10, 60])
def test_it_is_the_percentile_interval_of_scipy_widened(count: int) -> None:
    """scipy's, taken at the level to which few documents widen it, and a little narrower at 95 %."""
    random = np.random.default_rng(5)
    sizes = random.integers(200, 4_000, count)
    carried = (sizes * random.beta(0.8, 3, count)).astype(int)
    ours = intervals([tally(int(a), int(b)) for a, b in zip(sizes, carried, strict=True)], ["farming"])["farming"]
    theirs = [
        stats.bootstrap(
            (carried, sizes), lambda top, all_, axis: top.sum(axis=axis) / all_.sum(axis=axis), paired=True,
            vectorized=True, n_resamples=20_000, method="percentile", confidence_level=level, rng=7,
        ).confidence_interval
        for level in (LEVEL, 1 - 2 * stats.norm.cdf(stats.t.ppf(0.025, count - 1) * np.sqrt(count / (count - 1))))
    ]  # fmt: skip
    assert [ours.low, ours.high] == pytest.approx([theirs[1].low, theirs[1].high], abs=0.012)
    assert ours.high - ours.low > (theirs[0].high - theirs[0].low) * 0.98


def test_many_documents_are_thrown_together_and_say_the_same() -> None:
    """Of 5,000 documents the interval is that of normal theory for a ratio."""
    random = np.random.default_rng(3)
    sizes = random.integers(200, 4_000, 5_000)
    carried = (sizes * random.beta(0.8, 3, 5_000)).astype(int)
    found = intervals([tally(int(a), int(b)) for a, b in zip(sizes, carried, strict=True)], ["farming"])["farming"]
    share = carried.sum() / sizes.sum()
    error = np.sqrt(((carried - share * sizes) ** 2).sum()) / sizes.sum()
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.08)


def test_it_is_said_in_whole_per_cent() -> None:
    found = intervals([tally(100, 10 + n) for n in range(30)], ["farming"])["farming"]
    assert found.said() == f"{100 * found.low:.0f}–{100 * found.high:.0f}%"
