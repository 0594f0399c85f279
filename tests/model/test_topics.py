"""Topics: words that name a subject, coherence, ids that stay."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from classifier.labelling.corpus import Corpus
from classifier.model.background import fit_background
from classifier.model.settings import Settings
from classifier.model.topics import Topics, coherence, matched, topic_vocabulary
from classifier.text.wordclass import names_a_subject
from classifier.training.topic_description import correlations


@pytest.mark.parametrize("word", ["招商引资", "学校", "审批", "困难", "一网通办"])
def test_words_that_name_a_subject(word: str) -> None:
    assert names_a_subject(word)


@pytest.mark.parametrize("word", ["石家庄市", "上海", "某某县", "他们", "第三条", "已经", "因为", "税", "今年"])
def test_names_numbers_and_function_words_do_not(word: str) -> None:
    assert not names_a_subject(word)


def test_the_vocabulary_is_neither_rare_nor_everywhere() -> None:
    frequencies = {"招商": 50, "学校": 3, "工作": 900, "上海": 60}
    assert topic_vocabulary(frequencies, 1000) == ["招商"]


def topics_of(components: list[list[float]], words: str = "甲乙丙丁") -> Topics:
    rows = np.array(components, float)
    return Topics(
        tuple(words), rows / np.linalg.norm(rows, axis=1, keepdims=True), np.zeros(len(rows)), np.zeros(len(rows))
    )


def test_topics_find_their_older_selves_in_any_order() -> None:
    old = topics_of([[1, 1, 0, 0], [0, 0, 1, 1]])
    new = topics_of([[0, 0, 1, 0.9], [1, 0.8, 0, 0], [1, 0, 0, 1]])
    assert matched(new, old.words, old.components) == [1, 0, None]


def test_a_topic_that_is_unlike_all_is_new() -> None:
    old = topics_of([[1, 0, 0, 0]])
    assert matched(topics_of([[0, 1, 0, 0]]), old.words, old.components) == [None]


def test_ids_stay_when_topics_are_learnt_anew(small_corpus: Corpus) -> None:
    counts = [one.words for one in small_corpus.paragraphs]
    first = fit_background(counts, Settings(topics=3))
    renamed = replace(first, topic_ids=("t07", "t01", "t04"))
    again = fit_background(counts, Settings(topics=3), previous=renamed)
    assert again.ids == ("t07", "t01", "t04")
    more = fit_background(counts, Settings(topics=4), previous=renamed)
    assert len(set(more.ids)) == 4
    assert all(id_ in {"t07", "t01", "t04"} or int(id_[1:]) > 7 for id_ in more.ids)


def test_coherence_is_one_for_words_that_always_stand_together_and_minus_one_for_never() -> None:
    seen = sparse.csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], float))
    together, never = coherence(seen[:, :2], np.ones((1, 2))), coherence(seen[:, 2:], np.ones((1, 2)))
    assert together.tolist() == pytest.approx([1.0])
    assert never.tolist() == [-1.0]


@given(st.integers(0, 1000))
def test_coherence_stays_within_its_bounds(seed: int) -> None:
    random = np.random.default_rng(seed)
    seen = sparse.csr_matrix((random.random((20, 6)) < 0.4).astype(float))
    assert (np.abs(coherence(seen, random.random((3, 6)))) <= 1 + 1e-9).all()


def test_labels_of_a_topic_are_correlations() -> None:
    strength = np.array([[2.0, 1.0], [0.0, 1.0], [2.0, 1.0], [0.0, 1.0]])
    truth = np.array([[1, 0], [0, 1], [1, 0], [0, 1]])
    assert correlations(strength, truth).tolist() == [[1.0, -1.0], [0.0, 0.0]]
