"""Turn a paragraph's word counts into features: its words, the pieces inside them, its topics.

All three blocks are linear in the (damped) word counts: each word has one row of features, a paragraph
is the sum of its words' rows. Words and topics are divided by the Euclidean length of the paragraph's
TF-IDF vector, pieces by a length of their own. A linear model on top therefore gives each word two weights
a label, for itself and for its pieces, which is what the scorer runs on and what explains.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.model.arithmetic import idf, pieces
from classifier.model.background import Background
from classifier.model.counting import Counts, count_matrix, document_frequencies, piece_frequencies


class ParagraphFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """scikit-learn transformer: word counts (one mapping a paragraph) → sparse features.

    Columns: words that stand in enough training paragraphs, pieces of words likewise, topics.
    """

    def __init__(self, background: Background, min_documents: int, piece_length: int, topic_weight: float) -> None:
        self.background = background
        self.min_documents = min_documents
        self.piece_length = piece_length
        self.topic_weight = topic_weight

    def fit(self, X: Sequence[Counts], y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Learn which words and pieces have columns, and how rare they are."""
        back = self.background
        self.documents_ = back.documents + len(X)
        seen = document_frequencies(X)
        known = dict(zip(back.words, back.word_documents.tolist(), strict=True))
        frequencies = {word: known.get(word, 0) + seen[word] for word in sorted(known.keys() | seen.keys())}
        self.words_ = {word: row for row, word in enumerate(frequencies)}
        self.idf_ = idf(np.array(list(frequencies.values()), int), self.documents_)
        self.unknown_idf_ = float(idf(np.zeros(1, int), self.documents_)[0])
        self.columns_ = self._numbered([word for word in sorted(seen) if seen[word] >= self.min_documents])

        inside = piece_frequencies(X, self.piece_length)
        common = dict(zip(back.pieces, back.piece_documents.tolist(), strict=True))
        chosen = [piece for piece in sorted(inside) if inside[piece] >= self.min_documents]
        self.pieces_ = self._numbered(chosen)
        self.piece_idf_ = idf(
            np.array([common.get(piece, 0) + inside[piece] for piece in chosen], int), self.documents_
        )
        self.topic_rows_ = self._numbered(back.topic_words)
        return self

    def transform(self, X: Sequence[Counts]) -> sparse.csr_matrix:
        """Return the features, paragraphs × columns. A paragraph without words has a row of zeros."""
        words = self._numbered(dict.fromkeys(word for counts in X for word in counts))
        counts = count_matrix(X, words)
        rarity, inner = self.rarity(words), self.piece_block(words)
        by_words = _divided(counts, rarity)
        by_pieces = _divided(counts, piece_lengths(inner))
        blocks = [by_words @ self.word_block(words), by_pieces @ inner, by_words @ self.topic_block(words)]
        return sparse.csr_matrix(sparse.hstack(blocks))

    def rarity(self, words: Sequence[str] | dict[str, int]) -> NDArray[np.float64]:
        """Return the words' inverse document frequencies; a word never seen has the highest."""
        rows = (self.words_.get(word) for word in words)
        return np.array([self.unknown_idf_ if row is None else self.idf_[row] for row in rows], float)

    @property
    def blocks(self) -> tuple[slice, slice, slice]:
        """The columns of words, of pieces and of topics."""
        first, second = len(self.columns_), len(self.columns_) + len(self.pieces_)
        topics = self.background.loadings.shape[1]
        return slice(0, first), slice(first, second), slice(second, second + topics)

    def word_block(self, words: Sequence[str] | dict[str, int]) -> sparse.csr_matrix:
        """Return each word's own column, weighted by rarity (words × word columns)."""
        weights = self.rarity(words)
        found = [(row, self.columns_[word]) for row, word in enumerate(words) if word in self.columns_]
        rows, columns = np.array(found, int).reshape(-1, 2).T
        return sparse.csr_matrix((weights[rows], (rows, columns)), (len(words), len(self.columns_)))

    def piece_block(self, words: Sequence[str] | dict[str, int]) -> sparse.csr_matrix:
        """Return the pieces inside each word, weighted by rarity (words × piece columns)."""
        cut = ((row, self.pieces_.get(piece)) for row, word in enumerate(words) for piece in self._pieces(word))
        rows, columns = np.array([place for place in cut if place[1] is not None], int).reshape(-1, 2).T
        data = self.piece_idf_[columns].astype(float)
        return sparse.csr_matrix((data, (rows, columns)), (len(words), len(self.pieces_)))

    def topic_block(self, words: Sequence[str] | dict[str, int]) -> sparse.csr_matrix:
        """Return what each word says for each topic (words × topics)."""
        weights = self.rarity(words)
        loadings = self.background.loadings
        found = [(row, self.topic_rows_[word]) for row, word in enumerate(words) if word in self.topic_rows_]
        rows, sources = np.array(found, int).reshape(-1, 2).T
        dense = loadings[sources].astype(float) * weights[rows, None] * self.topic_weight
        spread = sparse.csr_matrix((np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(words), len(rows)))
        return spread @ sparse.csr_matrix(dense)

    def _pieces(self, word: str) -> tuple[str, ...]:
        return pieces(word, self.piece_length)

    @staticmethod
    def _numbered(items: Any) -> dict[str, int]:
        return {item: number for number, item in enumerate(items)}


def piece_lengths(inner: sparse.csr_matrix) -> NDArray[np.float64]:
    """Return the Euclidean length of each word's pieces.

    A paragraph's length is taken as if no two of its words shared a piece: so it is a sum over words.
    """
    return np.asarray(np.sqrt(np.asarray(inner.multiply(inner).sum(axis=1)).ravel()))


def _divided(counts: sparse.csr_matrix, weights: NDArray[np.float64]) -> sparse.csr_matrix:
    """Divide each paragraph's counts by the Euclidean length of its weighted counts (0 stays 0)."""
    lengths = np.sqrt(counts.power(2) @ np.square(weights))
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ counts)
