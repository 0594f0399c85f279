"""Words that tell groups apart: the z-scores of Monroe et al., and the counts that they come from."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.report.items import looks_of
from classifier.report.telling_words import Group, telling, z_scores
from classifier.report.word_counts import WordCounts

counts = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=30)


@given(counts)
def test_two_groups_see_the_same_with_the_sign_turned(rows: list[tuple[int, int]]) -> None:
    here, rest = np.array(rows, np.int64).T
    assert z_scores(here, rest).tolist() == (-z_scores(rest, here)).tolist()


@given(counts, st.integers(2, 5))
def test_the_same_use_is_no_difference(rows: list[tuple[int, int]], times: int) -> None:
    here = np.array([one for one, _ in rows], np.int64)
    assert z_scores(here, here) == pytest.approx(np.zeros(len(here)), abs=1e-6)


def test_the_figures_of_a_small_example() -> None:
    """Worked out by hand: 30 of 100 words here, 10 of 100 there, a prior of 10 words, of which a fifth are the word."""
    here, rest = np.array([30, 70]), np.array([10, 90])
    difference = math.log(32 / 78) - math.log(12 / 98)
    expected = difference / math.sqrt(1 / 32 + 1 / 12)
    assert z_scores(here, rest, prior=10)[0] == pytest.approx(expected)
    assert z_scores(here, rest, prior=10)[1] < 0


def test_a_rare_word_of_one_group_counts_less_than_a_frequent_one() -> None:
    """Which is what the prior is for: 2 to 0 is no proof, 200 to 100 is."""
    here, rest = np.array([2, 200, 9_000]), np.array([0, 100, 9_000])
    rare, frequent, _ = z_scores(here, rest)
    assert 0 < rare < 1.96 < frequent


def test_nothing_at_all_has_no_z() -> None:
    assert z_scores(np.zeros(3, np.int64), np.zeros(3, np.int64)).tolist() == [0, 0, 0]


def spaced(text: str) -> list[str]:
    """Cut words at spaces and full stops."""
    return text.replace("。", " ").split()


def counted(*rows: tuple[str, str, str]) -> WordCounts[str]:
    found: WordCounts[str] = WordCounts(spaced)
    for key, document, text in rows:
        found.add(key, document, text)
    return found


def test_words_are_counted_by_group_and_by_document() -> None:
    found = counted(
        ("甲", "a", "茶园 茶园 招商"), ("甲", "a", "茶园"), ("乙", "b", "招商"), ("甲2", "c", "茶园")
    ).groups(lambda key: key[0])  # fmt: skip
    place = found.words.index("茶园")
    assert (found.groups["甲"].times[place], found.groups["甲"].documents[place]) == (4, 2)
    assert found.groups["乙"].times.tolist() == [0, 1]


def test_what_is_packed_away_in_between_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("甲乙"[n % 2], f"d{n}", f"词{n % 7} 词{n % 5} 词{n % 7}") for n in range(60)]
    whole = counted(*rows).groups(str)
    monkeypatch.setattr("classifier.report.word_counts._OPEN_MOST", 3)
    packed = counted(*rows).groups(str)
    assert packed.words == whole.words
    for name, group in whole.groups.items():
        assert packed.groups[name].times.tolist() == group.times.tolist()
        assert packed.groups[name].documents.tolist() == group.documents.tolist()


def test_the_surest_words_are_named_with_their_counts() -> None:
    """Words of one character and those that are no surer than chance are not."""
    words = ["茶园", "的", "招商", "会议"]
    here = Group(np.array([80, 90, 1, 50]), np.array([4, 5, 1, 5]))
    found = telling(words, here, np.array([1, 1, 70, 50]), 5)
    assert [(one.word, one.times, one.rest, one.documents) for one in found] == [("茶园", 80, 1, 4)]
    assert found[0].z > 1.96


def test_a_document_of_many_paragraphs_counts_once_a_word() -> None:
    """Its paragraphs are cut some hundreds at a time."""
    found = counted(*(("甲", "a", f"茶园 词{n}") for n in range(450))).groups(str)
    place = found.words.index("茶园")
    assert (found.groups["甲"].times[place], found.groups["甲"].documents[place]) == (450, 1)
    assert len(found.words) == 451


def test_no_word_runs_on_from_one_paragraph_into_the_next() -> None:
    """They are cut together, as they are counted one by one: 回顾 and 过去, not 回顾过去."""
    cut = looks_of(classifier.load()).words
    assert cut is not None
    paragraphs = ["二、工作回顾", "过去的一年，全县上下团结奋斗", "各项工作取得", "成绩"]
    together, single = WordCounts[str](cut), [word for text in paragraphs for word in cut(text)]
    for text in paragraphs:
        together.add("甲", "a.txt", text)
    found = together.groups(lambda key: key)
    assert dict(zip(found.words, found.groups["甲"].times.tolist(), strict=True)) == Counter(single)
