"""Background and features: topics that do not depend on the batch, blocks that say what they hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import TrainingError
from classifier.labelling.corpus import Corpus
from classifier.model.arithmetic import pieces
from classifier.model.background import Background, fit_background
from classifier.model.count_matrix import CountTable, document_frequencies
from classifier.model.features import ParagraphFeatures
from classifier.model.settings import Settings
from classifier.model.unit_table import UnitTable


@pytest.fixture(scope="module", params=["nmf", "lda"])
def background(request: pytest.FixtureRequest, small_corpus: Corpus) -> Background:
    settings = Settings(topics=3, topic_model=request.param)
    return fit_background([one.words for one in small_corpus.paragraphs], settings)


def test_topics_gather_words_that_stand_together(background: Background) -> None:
    assert background.describe() == {
        "paragraphs": 45,
        "words": len(background.words),
        "topics": len(background.top_words),
        "model": background.topic_model,
    }
    assert all(words for words in background.top_words)
    assert background.loadings.shape == (len(background.topic_words), len(background.top_words))


def test_the_same_seed_gives_the_same_topics(small_corpus: Corpus, background: Background) -> None:
    settings = Settings(topics=3, topic_model=background.topic_model)  # type: ignore[arg-type]
    again = fit_background([one.words for one in small_corpus.paragraphs], settings)
    assert again.top_words == background.top_words
    assert (again.loadings == background.loadings).all()


def test_features_do_not_depend_on_the_batch(small_corpus: Corpus, background: Background) -> None:
    counts = [one.words for one in small_corpus.paragraphs]
    features = ParagraphFeatures(background, 2, 3, 0.05).fit(counts)
    whole = features.transform(counts).paragraphs.toarray()
    alone = np.vstack([features.transform([one]).paragraphs.toarray() for one in counts])
    assert np.abs(whole - alone).max() < 1e-12


def test_the_word_block_is_tfidf_of_length_one(small_corpus: Corpus, background: Background) -> None:
    """With every word of the paragraph known, its words' vector has Euclidean length 1."""
    counts = [one.words for one in small_corpus.paragraphs]
    features = ParagraphFeatures(background, 1, 3, 0.05).fit(counts)
    words, pieces, topics = features.blocks
    X = features.transform(counts).paragraphs
    assert np.allclose(np.sqrt(X[:, words].power(2).sum(axis=1)), 1)
    assert X[:, pieces].nnz > X[:, words].nnz
    assert X.shape[1] == topics.stop


def test_an_empty_background_is_refused() -> None:
    with pytest.raises(TrainingError, match="holds no paragraphs"):
        fit_background([], Settings())
    with pytest.raises(TrainingError, match="too few paragraphs"):
        fit_background([{"甲": 1}], Settings())


def test_piece_frequencies_are_those_of_counting_paragraph_by_paragraph(small_corpus: Corpus) -> None:
    counts = [one.words for one in small_corpus.paragraphs]
    slowly = document_frequencies([piece for word in words for piece in pieces(word, 3)] for words in counts)
    assert CountTable.of(counts, 3).piece_frequencies() == dict(slowly)
    assert CountTable.of([{}], 3).piece_frequencies() == {}


COUNTS = st.lists(st.dictionaries(st.text("招商引资", min_size=1, max_size=4), st.integers(1, 3)), min_size=1)


@given(COUNTS, st.data())
def test_a_part_of_a_table_is_the_table_of_the_part(counts: list[dict[str, int]], data: st.DataObject) -> None:
    rows = np.array(data.draw(st.lists(st.integers(0, len(counts) - 1))), int)
    part = CountTable.of(counts, 3).chosen(rows)
    alone = CountTable.of([dict(reversed(counts[row].items())) for row in rows], 3)
    assert len(part) == len(rows)
    assert part.word_frequencies() == alone.word_frequencies()
    assert list(part.piece_frequencies().items()) == list(alone.piece_frequencies().items())


def test_a_table_gives_the_same_features(small_corpus: Corpus, background: Background) -> None:
    counts = [one.words for one in small_corpus.paragraphs]
    table = UnitTable.of(counts, 3)
    rows = np.arange(0, 45, 2)
    features = ParagraphFeatures(background, 2, 3, 0.05).fit(table.chosen(rows))
    slowly = ParagraphFeatures(background, 2, 3, 0.05).fit([counts[row] for row in rows])
    assert (features.words_, features.pieces_) == (slowly.words_, slowly.pieces_)
    assert (
        np.abs(features.transform(table).paragraphs.toarray() - slowly.transform(counts).paragraphs.toarray()).max()
        < 1e-12
    )
