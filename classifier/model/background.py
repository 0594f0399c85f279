"""What a large unlabelled corpus teaches: how rare words are, and which words make a topic.

A background is fitted once and then travels inside the model: whoever retrains with new labels reuses it.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classifier.errors import TrainingError
from classifier.model.count_matrix import Counts, CountTable, document_frequencies
from classifier.model.manifest import BackgroundFacts
from classifier.model.settings import Settings
from classifier.model.topics import Topics, fit_topics, matched, tfidf, topic_vocabulary

_SMALL = 0.01  # of a topic of length 1: weights below it are not needed to know the topic again


@dataclass(frozen=True, eq=False)
class Background:
    """Document frequencies and topics.

    `loadings` (topic words × topics) folds a paragraph into the topics with one product:
    the pseudo-inverse of the topic-word matrix, scaled so that each topic's share has unit variance.
    Unlike NMF.transform, which iterates, it gives a paragraph the same topics alone and in a batch.
    `components`, `coherence`, `share`: see `Topics`; unset in models stored before they were kept.
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
    topic_ids: tuple[str, ...] = ()
    components: NDArray[np.float16] | None = None
    coherence: tuple[float, ...] = ()
    share: tuple[float, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The topics' ids: stable over refits, so that t12 stays what it was."""
        return self.topic_ids or numbered(len(self.top_words))

    def describe(self) -> BackgroundFacts:
        """Return the facts for a manifest."""
        topics = len(self.top_words)
        return {"paragraphs": self.documents, "words": len(self.words), "topics": topics, "model": self.topic_model}


def fit_background(
    paragraphs: Sequence[Counts],
    settings: Settings,
    labelled: Sequence[Counts] = (),
    previous: Background | None = None,
) -> Background:
    """Learn document frequencies and topics from the word counts of unlabelled paragraphs.

    `labelled`: paragraphs to learn topics from as well (their frequencies are counted in training);
    `previous`: topics that continue one of its topics take that one's id.
    Raises TrainingError without any paragraph.
    """
    if not paragraphs:
        raise TrainingError("the background holds no paragraphs")
    least = min(settings.background_min_documents, max(1, len(paragraphs) // 50))  # a small one has no word to spare
    table = CountTable.of(paragraphs, settings.piece_length)
    words = _frequent(table.word_frequencies(), least)
    parts = _frequent(table.piece_frequencies(), least)
    topics, loadings = _topics([*paragraphs, *labelled], words, settings)
    return Background(
        documents=len(paragraphs),
        words=tuple(words),
        word_documents=np.array(list(words.values()), int),
        pieces=tuple(parts),
        piece_documents=np.array(list(parts.values()), int),
        topic_words=topics.words,
        loadings=loadings,
        top_words=tuple(topics.leading(k) for k in range(len(topics.components))),
        topic_model=settings.topic_model,
        topic_ids=_ids(topics, previous),
        components=np.where(topics.components >= _SMALL, topics.components, 0).astype(np.float16),
        coherence=tuple(topics.coherence.round(4).tolist()),
        share=tuple(topics.share.round(4).tolist()),
    )


def _topics(
    paragraphs: Sequence[Counts], known: Mapping[str, int], settings: Settings
) -> tuple[Topics, NDArray[np.float16]]:
    """Fit topics over `known` words only: those that every model with this background has a rarity for."""
    frequencies = {word: df for word, df in sorted(document_frequencies(paragraphs).items()) if word in known}
    words = topic_vocabulary(frequencies, len(paragraphs))
    weighted = tfidf(paragraphs, words, frequencies)
    topics = fit_topics(weighted, words, settings)
    return topics, _loadings(topics.components, weighted)


def _ids(topics: Topics, previous: Background | None) -> tuple[str, ...]:
    """Return the topics' ids: an older topic's where one continues it, else numbers that were never given."""
    if previous is None or previous.components is None:
        return numbered(len(topics.components))
    continued = matched(topics, previous.topic_words, previous.components.astype(float))
    last = max(int(id_[1:]) for id_ in previous.ids)
    fresh = (f"t{number:02d}" for number in itertools.count(last + 1))
    return tuple(next(fresh) if old is None else previous.ids[old] for old in continued)


def numbered(topics: int) -> tuple[str, ...]:
    """Return ids for topics that have no history."""
    return tuple(f"t{k:02d}" for k in range(topics))


def _frequent(frequencies: dict[str, int], least: int) -> dict[str, int]:
    return {item: count for item, count in frequencies.items() if count >= least}


def _loadings(components: NDArray[np.float64], weighted: sparse.csr_matrix) -> NDArray[np.float16]:
    inverse = np.linalg.pinv(components)
    spread = np.sqrt(np.mean(np.square(weighted @ inverse), axis=0))
    return (inverse / np.where(spread > 0, spread, 1)).astype(np.float16)
