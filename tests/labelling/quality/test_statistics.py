"""What a corpus holds, and how far two readings agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.quality.agreement import Agreement, agreement, pairs_of_passes
from classifier.labelling.quality.statistics import UNKNOWN, SentenceCount, statistics


def test_statistics_of_the_small_corpus(small_corpus: Corpus) -> None:
    found = statistics(small_corpus)
    assert (found.total.paragraphs, found.total.documents) == (45, 15)
    assert found.total.labels == {"farming": 15, "tourism": 15, "none": 15}
    assert found.total.characters == sum(len(one.text or "") for one in small_corpus.paragraphs)
    assert found.labels_a_paragraph == {0: 15, 1: 30}
    assert list(found.by["origin"]) == ["written"]
    assert list(found.by["year"]) == [UNKNOWN]
    assert (found.read_twice, found.agreement) == (0, {})


def test_every_paragraph_is_in_one_group_of_each_kind(small_corpus: Corpus) -> None:
    by = statistics(small_corpus).by
    assert {"origin", "year"} <= set(by)
    for groups in by.values():
        assert sum(one.paragraphs for one in groups.values()) == 45


def test_agreement_is_f1_and_kappa_by_label() -> None:
    """Both gave a twice, one of them once more; neither gave b: its agreement is not known."""
    pairs = [(("a",), ("a",)), (("a",), ("a",)), (("a",), ()), ((), ())]
    found = agreement(pairs, ["a", "b"])
    assert found["a"].f1 == pytest.approx(0.8)
    assert found["a"].kappa == pytest.approx((0.75 - 0.5) / 0.5)
    assert found["b"] == Agreement(None, None)
    assert found["all"].f1 == pytest.approx(0.8)


@given(st.lists(st.tuples(st.sets(st.sampled_from("ab")), st.sets(st.sampled_from("ab"))), max_size=20))
def test_agreement_does_not_depend_on_who_is_first(pairs: list[tuple[set[str], set[str]]]) -> None:
    there = agreement([(tuple(a), tuple(b)) for a, b in pairs], ["a", "b"])
    back = agreement([(tuple(b), tuple(a)) for a, b in pairs], ["a", "b"])
    for label in ("a", "b"):
        assert there[label].f1 == back[label].f1
        if (kappa := there[label].kappa) is not None:
            assert kappa == pytest.approx(back[label].kappa)
            assert kappa <= 1


def test_whoever_agrees_wholly_has_full_marks() -> None:
    found = agreement([(("a",), ("a",)), ((), ())], ["a"])
    assert found["a"] == Agreement(1.0, 1.0)


def test_only_paragraphs_read_twice_are_compared() -> None:
    once = LabelledParagraph({"甲": 1}, ("a",), "d", "x", annotations={"first": ("a",)})
    twice = LabelledParagraph({"甲": 1}, ("a",), "d", "x", annotations={"first": ("a",), "second": ()})
    assert pairs_of_passes([once, twice]) == [(("a",), ())]


def test_labelled_sentences_are_counted_with_those_of_paragraphs_that_have_no_labels(small_corpus: Corpus) -> None:
    sentences = (LabelledSentence(0, 5, ("farming", "tourism")), LabelledSentence(5, 9, ()), LabelledSentence(9, 12))
    first = replace(small_corpus.paragraphs[0], sentences=sentences)
    alone = replace(first, text="另一段。", labels=(), judged=False, sentences=sentences[:1])
    corpus = replace(small_corpus, paragraphs=(first, *small_corpus.paragraphs[1:]), sentences_only=(alone,))
    found = statistics(corpus)
    assert found.total.paragraphs == 45
    assert found.sentences == SentenceCount(3, 2, 1, {"farming": 2, "tourism": 2, "none": 1})
    assert statistics(small_corpus).sentences == SentenceCount(0, 0, 0, {"farming": 0, "tourism": 0, "none": 0})
