"""Reasons: exact, from the paragraph's own text, in its own letters."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.model.arithmetic import sigmoid
from classifier.model.explain import Reason, explain
from classifier.model.store import StoredModel
from classifier.text.normalise import normalise
from classifier.text.units import units_of
from tests.conftest import FARMING, TOURISM

TEXTS = st.lists(st.sampled_from([*FARMING, *TOURISM, "粮產(chǎn)", "123", "，", "。"]), max_size=6).map("".join)


def total(reason: Reason) -> float:
    words = sum(part.weight for part in (*reason.words_for, *reason.words_against))
    return (
        reason.start
        + reason.sentences
        + words
        + sum(part.weight for part in (*reason.topics_for, *reason.topics_against))
    )


@given(TEXTS)
def test_all_reasons_together_are_the_probability(small_model: StoredModel, text: str) -> None:
    scorer, tokeniser = small_model.scorer(), small_model.tokeniser
    reasons = explain(scorer, tokeniser, text, small_model.topics, most=10_000)
    expected = scorer.predict(units_of([text], tokeniser)).paragraphs[0]
    assert np.allclose([sigmoid(np.array(total(one))) for one in reasons], expected, atol=1e-9)


@given(TEXTS)
def test_words_are_shown_in_their_places(small_model: StoredModel, text: str) -> None:
    tokeniser = small_model.tokeniser
    for reason in explain(small_model.scorer(), tokeniser, text, small_model.topics):
        for word in (*reason.words_for, *reason.words_against):
            assert all(normalise(text[start:end]) == word.word for start, end in word.places)


def test_the_strongest_come_first_and_few(small_model: StoredModel) -> None:
    farming = explain(small_model.scorer(), small_model.tokeniser, FARMING[0], small_model.topics, most=3)[0]
    weights = [word.weight for word in farming.words_for]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) <= 3
    assert min(weights) > 0 > max(word.weight for word in farming.words_against)


def test_seeds_of_the_default_taxonomy_speak_for_their_labels() -> None:
    """A model worth shipping lets each label's own words speak for it, nearly all of them."""
    model = classifier.load()
    for place, label in enumerate(model.taxonomy.labels):
        said = [
            model.scorer.score(model.tokeniser.counts(seed))[place] - model.scorer.intercept[place]
            for seed in label.seeds
        ]
        assert np.mean(np.array(said) > 0) >= 0.9, (label.id, dict(zip(label.seeds, said, strict=True)))
