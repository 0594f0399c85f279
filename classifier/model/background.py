"""What a large unlabelled corpus teaches: how rare words are, and which words make a topic.

A background is fitted once and then travels inside the model: whoever retrains with new labels reuses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classifier.errors import TrainingError
from classifier.model.arithmetic import idf, pieces
from classifier.model.counting import Counts, count_matrix, document_frequencies
from classifier.model.settings import Settings

_TOPIC_WORD_MIN = 10  # paragraphs that a word must stand in to take part in a topic
_TOPIC_WORD_SHARE = 0.25  # and at most this share of all: 发展 and 工作 are in every topic
_TOP_WORDS = 15


@dataclass(frozen=True, eq=False)
class Background:
    """Document frequencies and topics.

    `loadings` (topic words × topics) folds a paragraph into the topics with one product:
    the pseudo-inverse of the topic-word matrix, scaled so that each topic's share has unit variance.
    Unlike NMF.transform, which iterates, it gives a paragraph the same topics alone and in a batch.
    """

    documents: int
    words: tuple[str, ...]
    word_documents: NDArray[np.int64]
    pieces: tuple[str, ...]
    piece_documents: NDArray[np.int64]
    topic_words: tuple[str, ...]
    loadings: NDArray[np.float16]
    top_words: tuple[tuple[str, ...], ...]
    topic_model: str

    def describe(self) -> dict[str, Any]:
        """Return the facts for a manifest."""
        topics = len(self.top_words)
        return {"paragraphs": self.documents, "words": len(self.words), "topics": topics, "model": self.topic_model}


def fit_background(paragraphs: Sequence[Counts], settings: Settings) -> Background:
    """Learn document frequencies and topics from the word counts of unlabelled paragraphs."""
    if not paragraphs:
        raise TrainingError("the background holds no paragraphs")
    least = settings.background_min_documents
    words = _frequent(document_frequencies(paragraphs), least)
    inside = ([piece for word in counts for piece in pieces(word, settings.piece_length)] for counts in paragraphs)
    parts = _frequent(document_frequencies(inside), least)
    topic_words = _topic_words(words, len(paragraphs))
    weighted = _tfidf(paragraphs, topic_words, words)
    components = _components(weighted, settings)
    return Background(
        documents=len(paragraphs),
        words=tuple(words),
        word_documents=np.array(list(words.values()), int),
        pieces=tuple(parts),
        piece_documents=np.array(list(parts.values()), int),
        topic_words=tuple(topic_words),
        loadings=_loadings(components, weighted),
        top_words=tuple(_leading(row, topic_words) for row in components),
        topic_model=settings.topic_model,
    )


def _frequent(frequencies: dict[str, int], least: int) -> dict[str, int]:
    return {item: frequencies[item] for item in sorted(frequencies) if frequencies[item] >= least}


def _topic_words(frequencies: dict[str, int], documents: int) -> list[str]:
    least = min(_TOPIC_WORD_MIN, max(2, documents // 50))
    most = _TOPIC_WORD_SHARE * documents
    return [word for word, df in frequencies.items() if len(word) > 1 and least <= df <= most]


def _tfidf(paragraphs: Sequence[Counts], words: list[str], frequencies: dict[str, int]) -> sparse.csr_matrix:
    """Return the topic words' TF-IDF, each row divided by its Euclidean length."""
    matrix = count_matrix(paragraphs, {word: i for i, word in enumerate(words)})
    weights = idf(np.array([frequencies[word] for word in words], int), len(paragraphs))
    matrix = matrix @ sparse.diags_array(weights.astype(float))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def _components(weighted: sparse.csr_matrix, settings: Settings) -> NDArray[np.float64]:
    """Return the topic-word weights, each topic's row of Euclidean length 1."""
    from sklearn.decomposition import NMF, LatentDirichletAllocation  # noqa: PLC0415 - a second; training only

    topics = min(settings.topics, min(weighted.shape) - 1)
    if topics < 1:
        raise TrainingError("too few paragraphs to learn topics from; give a larger background")
    if settings.topic_model == "lda":
        model = LatentDirichletAllocation(topics, random_state=settings.seed, learning_method="online", max_iter=10)
    else:
        model = NMF(topics, init="nndsvda", random_state=settings.seed, max_iter=300, tol=1e-3)
    components = model.fit(weighted).components_
    lengths = np.linalg.norm(components, axis=1, keepdims=True)
    return np.asarray(components[lengths[:, 0] > 0] / lengths[lengths[:, 0] > 0])


def _loadings(components: NDArray[np.float64], weighted: sparse.csr_matrix) -> NDArray[np.float16]:
    inverse = np.linalg.pinv(components)
    spread = np.sqrt(np.mean(np.square(weighted @ inverse), axis=0))
    return (inverse / np.where(spread > 0, spread, 1)).astype(np.float16)


def _leading(row: NDArray[np.float64], words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[i] for i in np.argsort(-row, kind="stable")[:_TOP_WORDS] if row[i] > 0)
