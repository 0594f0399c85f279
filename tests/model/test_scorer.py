"""The scorer: the pipeline's own probabilities, whatever the batch and the order."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.model.arithmetic import pieces, sigmoid
from classifier.model.scorer import Scorer
from classifier.model.sentence_evidence import paragraph_evidence
from classifier.model.store import StoredModel
from tests.conftest import FARMING, OTHER, TOURISM

default_model = cache(classifier.load)

WORDS = st.dictionaries(
    st.sampled_from(["粮食", "游客", "会议", "古镇", "甲", "从未见过", "播种", "游览", "高标准农田", "的"]),
    st.integers(1, 40),
    max_size=8,
)


@given(st.lists(WORDS, min_size=1, max_size=20))
def test_scorer_gives_the_pipelines_probabilities(small_model: StoredModel, paragraphs: list[dict[str, int]]) -> None:
    ours = small_model.scorer().probabilities(paragraphs)
    theirs = small_model.pipeline().predict_proba(paragraphs)
    assert np.abs(ours - theirs).max() < 1e-6


def test_scorer_gives_the_pipelines_answers(small_model: StoredModel, small_corpus) -> None:  # type: ignore[no-untyped-def]
    counts = [one.words for one in small_corpus.paragraphs]
    scorer = small_model.scorer()
    answers = (scorer.probabilities(counts) >= scorer.threshold).astype(int)
    assert (answers == small_model.pipeline().predict(counts)).all()


def test_alone_in_a_batch_and_in_another_order(small_model: StoredModel) -> None:
    scorer, cut = small_model.scorer(), small_model.tokeniser.counts
    batch = [cut(f"{text}第{number}号") for number in range(70) for text in (*FARMING, *TOURISM, *OTHER)][:1000]
    together = scorer.probabilities(batch)
    alone = np.vstack([scorer.probabilities([one]) for one in batch])
    backwards = scorer.probabilities(batch[::-1])[::-1]
    assert len(batch) == 1000
    assert (together == alone).all()
    assert (together == backwards).all()


@given(st.lists(st.text(alphabet="粮食游客会议古镇的，甲乙丙丁农田建设", max_size=90), min_size=1, max_size=40))
def test_the_same_bits_alone_in_a_batch_and_by_counts(texts: list[str]) -> None:
    """Words of the default model, known and unseen, often and seldom."""
    model = default_model()
    together = model.table([*texts, "粮食" * 4100]).probabilities[:-1]
    alone = np.vstack([model.table([text]).probabilities for text in texts])
    assert together.tobytes() == alone.tobytes()
    counted = model.scorer.probabilities([model.tokeniser.counts(text) for text in texts])
    assert together.tobytes() == counted.tobytes()


@given(st.lists(WORDS, min_size=1, max_size=20))
def test_topics_are_the_pipelines_alone_and_in_a_batch(
    small_model: StoredModel, paragraphs: list[dict[str, int]]
) -> None:
    scorer, features = small_model.scorer(), small_model.pipeline()["features"]
    together = scorer.topics(paragraphs)
    theirs = features.transform(paragraphs).paragraphs[:, features.blocks[2]].toarray() / features.topic_weight
    assert np.abs(together - theirs).max() < 1e-6
    assert together.tobytes() == np.vstack([scorer.topics([one]) for one in paragraphs]).tobytes()


def test_no_words_and_no_paragraphs(small_model: StoredModel) -> None:
    """Without words only the starting value speaks; without paragraphs there are no rows."""
    scorer = small_model.scorer()
    assert scorer.probabilities([]).shape == (0, 2)
    start = scorer.intercept[None]
    alone = paragraph_evidence(start, start, np.arange(2), np.ones(1, int))[0]
    assert np.allclose(
        scorer.probabilities([{}])[0],
        sigmoid((alone * scorer.evidence_weights).sum(axis=1) + scorer.evidence_intercept),
    )
    assert (scorer.topics([{}]) == 0).all()


def test_a_word_never_seen_speaks_through_its_pieces(small_model: StoredModel) -> None:
    """粮产 stands nowhere in the training text, but 粮 does, in farming."""
    scorer = small_model.scorer()
    assert "粮产" not in scorer.rows
    *weights, square = scorer.unseen_words.weights(["粮产"])[0]
    assert weights[0] > 0
    assert square > 0


@pytest.mark.parametrize(("word", "expected"), [("税", ("税",)), ("招商", ("招", "商", "招商")), ("", ())])
def test_pieces(word: str, expected: tuple[str, ...]) -> None:
    assert pieces(word, 3) == expected


@given(st.text(alphabet="招商引资", min_size=1, max_size=9), st.integers(1, 4))
def test_pieces_are_all_inner_stretches_up_to_a_length(word: str, longest: int) -> None:
    expected = sum(max(0, len(word) - n + 1) for n in range(1, longest + 1))
    assert len(pieces(word, longest)) == expected
    assert all(piece in word and len(piece) <= longest for piece in pieces(word, longest))


def test_arrays_there_and_back(small_model: StoredModel) -> None:
    scorer = small_model.scorer()
    again = Scorer.from_arrays(scorer.arrays())
    assert again.words == scorer.words
    assert again.unknown_idf == scorer.unknown_idf
    assert (again.word_weights == scorer.word_weights).all()


@given(st.text(max_size=200))
def test_any_text_is_labelled(text: str) -> None:
    """Whatever the text: probabilities between 0 and 1, labels from the taxonomy, spans that are the text."""
    model = default_model()
    for one in model.label(text, explain=True):
        assert text[one.start : one.end] == one.text
        assert set(one.labels) <= set(model.ids)
        assert all(0 <= value <= 1 for value in one.probabilities.values())
