"""Topics: groups of words that stand together in a large corpus, found by NMF or LDA."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from classifier.errors import TrainingError
from classifier.model.arithmetic import Floats, idf
from classifier.model.count_matrix import Counts, count_matrix
from classifier.model.settings import Settings

_LEAST = 20  # paragraphs that a word must stand in to take part in a topic
_MOST = 0.12  # and at most this share of all: 发展 and 工作 are in every topic
_SAME = 0.4  # cosine from which a topic is an older one's successor and takes its id
TOP_WORDS = 15
_COHERENCE_WORDS = 10


@dataclass(frozen=True, eq=False)
class Topics:
    """K topics over T words. `components` (K × T): weights, each row of Euclidean length 1.

    `coherence` (K): mean normalised pointwise mutual information of the leading words' pairs (Bouma 2009;
    Röder, Both and Hinneburg 2015), -1 to 1; `share` (K): part of the paragraphs that the topic leads.
    """

    words: tuple[str, ...]
    components: Floats
    coherence: Floats
    share: Floats

    def leading(self, topic: int, most: int = TOP_WORDS) -> tuple[str, ...]:
        """Return a topic's words with the greatest weights."""
        row = self.components[topic]
        return tuple(self.words[i] for i in np.argsort(-row, kind="stable")[:most] if row[i] > 0)


def topic_vocabulary(frequencies: dict[str, int], documents: int) -> list[str]:
    """Return the words that topics are made of: neither rare nor everywhere, no names, no function words."""
    from classifier.text.wordclass import names_a_subject  # noqa: PLC0415 - reads jieba's dictionary; training only

    least = min(_LEAST, max(2, documents // 50))
    most = max(_MOST * documents, least)
    return [word for word, df in frequencies.items() if least <= df <= most and names_a_subject(word)]


def fit_topics(weighted: sparse.csr_matrix, words: Sequence[str], settings: Settings) -> Topics:
    """Fit topics to the TF-IDF of paragraphs (paragraphs × words, rows of length 1)."""
    components = _components(weighted, settings)
    return Topics(tuple(words), components, coherence(weighted, components), _led(np.asarray(weighted @ components.T)))


def tfidf(paragraphs: Sequence[Counts], words: Sequence[str], frequencies: dict[str, int]) -> sparse.csr_matrix:
    """Return the words' TF-IDF, each row divided by its Euclidean length."""
    matrix = count_matrix(paragraphs, {word: i for i, word in enumerate(words)})
    weights = idf(np.array([frequencies[word] for word in words], int), len(paragraphs))
    matrix = matrix @ sparse.diags_array(weights.astype(float))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def coherence(weighted: sparse.csr_matrix, components: Floats) -> Floats:
    """Return each topic's coherence on the paragraphs that it was fitted to."""
    seen = sparse.csr_matrix(weighted > 0).astype(float)
    return np.array([_npmi(seen[:, np.argsort(-row, kind="stable")[:_COHERENCE_WORDS]]) for row in components])


def _npmi(seen: sparse.csr_matrix) -> float:
    """Return the mean over word pairs of ln(p(a,b) / p(a)p(b)) / -ln p(a,b); -1 for a pair never seen together."""
    together = np.asarray((seen.T @ seen).todense()) / seen.shape[0]
    first, second = np.triu_indices(together.shape[0], 1)
    pairs, alone = together[first, second], np.diag(together)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(pairs / (alone[first] * alone[second])) / -np.log(pairs)
    values[pairs == 0] = -1
    values[pairs == 1] = 1
    return float(values.mean()) if len(values) else 0.0


def matched(new: Topics, old_words: Sequence[str], old_components: Floats) -> list[int | None]:
    """Return for each new topic the older topic that it continues, None where there is none.

    One to one, so that the sum of the cosines over the words known to both is greatest (Hungarian method).
    """
    place = {word: i for i, word in enumerate(old_words)}
    known = [(i, place[word]) for i, word in enumerate(new.words) if word in place]
    rows, columns = np.array(known, int).reshape(-1, 2).T
    cosine = _unit(new.components[:, rows]) @ _unit(old_components[:, columns]).T
    continued: list[int | None] = [None] * len(new.components)
    for one, other in zip(*linear_sum_assignment(-cosine), strict=True):
        if cosine[one, other] >= _SAME:
            continued[int(one)] = int(other)
    return continued


def _components(weighted: sparse.csr_matrix, settings: Settings) -> Floats:
    from sklearn.decomposition import NMF, LatentDirichletAllocation  # noqa: PLC0415 - a second; training only

    topics = min(settings.topics, min(weighted.shape) - 1)
    if topics < 1:
        raise TrainingError("too few paragraphs to learn topics from; give a larger background")
    if settings.topic_model == "lda":
        model = LatentDirichletAllocation(topics, random_state=settings.seed, learning_method="online", max_iter=10)
    else:
        model = NMF(topics, init="nndsvda", random_state=settings.seed, max_iter=300, tol=1e-3)
    components = model.fit(weighted).components_
    return _unit(components[np.linalg.norm(components, axis=1) > 0])


def _led(strength: Floats) -> Floats:
    leaders: NDArray[np.int64] = strength.argmax(axis=1)[strength.max(axis=1) > 0]
    return np.bincount(leaders, minlength=strength.shape[1]) / max(1, len(leaders))


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))
