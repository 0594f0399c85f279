"""What sentences say of a paragraph: shares by characters, neighbours, the same bits in any batch."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.model.count_matrix import CountTable
from classifier.model.features import ParagraphFeatures
from classifier.model.label_classifier import LabelModel
from classifier.model.sentence_evidence import EVIDENCE, neighbours, paragraph_evidence
from classifier.model.store import StoredModel
from classifier.model.unit_table import UnitTable
from classifier.text.units import units_of
from tests.conftest import FARMING, OTHER, TOURISM

PARAGRAPHS = st.lists(st.lists(st.sampled_from([*FARMING, *TOURISM, *OTHER]), max_size=4).map("".join), min_size=1)


def test_neighbours_stay_in_their_paragraph() -> None:
    totals = np.array([[1.0], [10], [100], [1000]])
    assert neighbours(totals, np.array([0, 3, 4])).ravel().tolist() == [11, 111, 110, 1000]


def test_shares_are_of_characters() -> None:
    """Two of three sentences, a quarter of the characters, speak for the label."""
    scores = np.array([[9.0], [-9.0], [9.0]])
    said = paragraph_evidence(np.array([[0.5]]), scores, np.array([0, 3]), np.array([10, 60, 10]))[0, 0]
    found = dict(zip(EVIDENCE, said.tolist(), strict=True))
    assert found["own score"] == 0.5
    assert found["share over zero"] == 0.25
    assert abs(found["share"] - 0.25) < 0.02
    assert found["root of share"] == np.sqrt(found["share"])
    assert (found["strongest"], found["mean"]) == (4.0, -2.0)  # scores beyond ± 4 say no more


@given(PARAGRAPHS)
def test_the_same_bits_alone_and_in_any_batch(small_model: StoredModel, texts: list[str]) -> None:
    scorer, tokeniser = small_model.scorer(), small_model.tokeniser
    together = scorer.predict(units_of(texts, tokeniser), topics=True)
    alone = [scorer.predict(units_of([text], tokeniser), topics=True) for text in texts]
    assert together.paragraphs.tobytes() == np.vstack([one.paragraphs for one in alone]).tobytes()
    assert together.sentences.tobytes() == np.vstack([one.sentences for one in alone]).tobytes()
    assert together.evidence.tobytes() == np.vstack([one.evidence for one in alone]).tobytes()


@given(PARAGRAPHS)
def test_the_scorer_says_of_sentences_what_the_pipeline_says(small_model: StoredModel, texts: list[str]) -> None:
    cut = units_of(texts, small_model.tokeniser)
    judged = small_model.scorer().predict(cut)
    pipeline = small_model.pipeline()
    counts = [small_model.tokeniser.counts(text) for text in texts]
    parts = [
        small_model.tokeniser.counts(texts[owner][start:end])
        for owner, (start, end) in zip(cut.owner.tolist(), cut.spans, strict=True)
    ]
    table = UnitTable(
        CountTable.of(counts, 3), CountTable.of(parts, 3), cut.offsets, cut.characters, np.zeros((len(parts), 0), int)
    )
    features, model = pipeline["features"].transform(table), pipeline["labels"]
    assert isinstance(pipeline["features"], ParagraphFeatures)
    assert np.abs(judged.paragraphs - model.predict_proba(features)).max() < 1e-6
    scores = model.scores(features.sentences) * model.sentence_slope_ + model.sentence_offset_
    assert np.abs(judged.sentences - 1 / (1 + np.exp(-scores))).max() < 1e-6


def test_labelled_sentences_are_learnt_from_and_others_are_not(small_model: StoredModel) -> None:
    """Labelled sentences tell two words apart that always stand together; sentences that nobody labelled do not."""
    background = small_model.pipeline()["features"].background
    counts = [{"粮食": 1, "甲": 1}, {"游客": 1, "乙": 1}] * 10
    sentences = [part for one in counts for part in ({word: 1} for word in one)]
    offsets, size = np.arange(0, 41, 2), np.ones(40, int)
    y_true = np.array([[int("甲" in part)] for part in sentences])
    told, untold = (
        UnitTable(CountTable.of(counts, 3), CountTable.of(sentences, 3), offsets, size, one)
        for one in (y_true, np.full((40, 1), -1))
    )
    Y = np.array([[1], [0]] * 10)

    def score_of(table: UnitTable, word: str) -> float:
        features = ParagraphFeatures(background, 1, 3, 0.05).fit(table)
        model = LabelModel(("a",)).fit(features.transform(table), Y)
        return float(model.scores(features.transform([{word: 1}]).paragraphs)[0, 0])

    assert score_of(told, "甲") - score_of(told, "粮食") > 0.5
    assert score_of(untold, "甲") - score_of(untold, "粮食") < 0
