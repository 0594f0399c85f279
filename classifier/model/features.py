"""Turn word counts of paragraphs and sentences into features: words, the pieces inside them, topics.

All three blocks are linear in the (damped) word counts: each word has one row of features, a paragraph
is the sum of its words' rows. Words and topics are divided by the Euclidean length of the paragraph's
TF-IDF vector, pieces by a length of their own. A linear model on top therefore gives each word two weights
a label, for itself and for its pieces, which is what the scorer runs on and what explains.
A sentence is read with its neighbours: its features are its own and, at `neighbour_weight`, those of the sentences
before and after it together with it, so that 这项工作 is understood. Paragraphs and sentences share their columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.model.arithmetic import idf
from classifier.model.background import Background
from classifier.model.count_matrix import Counts, CountTable, damped_matrix, pieces_inside
from classifier.model.unit_table import UnitTable


@dataclass(frozen=True, eq=False)
class UnitFeatures:
    """Features of P paragraphs and of their S sentences, in the same columns; the other fields as in `UnitTable`."""

    paragraphs: sparse.csr_matrix
    sentences: sparse.csr_matrix
    offsets: NDArray[np.int64]
    characters: NDArray[np.int64]
    sentence_labels: NDArray[np.int64]

    @classmethod
    def of(cls, matrix: sparse.csr_matrix) -> Self:
        """Return paragraphs that are one sentence each, from their features."""
        size = matrix.shape[0]
        return cls(matrix, matrix, np.arange(size + 1), np.ones(size, np.int64), np.zeros((size, 0), np.int64))


class ParagraphFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """scikit-learn transformer: word counts (one mapping a paragraph, or a table with sentences) → `UnitFeatures`.

    Columns: words that stand in enough training paragraphs, pieces of words likewise, topics.
    """

    def __init__(
        self,
        background: Background,
        min_documents: int,
        piece_length: int,
        topic_weight: float,
        neighbour_weight: float = 0.5,
    ) -> None:
        self.background = background
        self.min_documents = min_documents
        self.piece_length = piece_length
        self.topic_weight = topic_weight
        self.neighbour_weight = neighbour_weight

    def fit(self, X: Sequence[Counts] | UnitTable, y: object = None) -> Self:  # noqa: ARG002 - scikit-learn's signature
        """Learn from paragraphs which words and pieces have columns, and how rare they are."""
        table, back = self._table(X).paragraphs, self.background
        self.documents_ = back.documents + len(table)
        seen = table.word_frequencies()
        known = dict(zip(back.words, back.word_documents.tolist(), strict=True))
        frequencies = {word: known.get(word, 0) + seen.get(word, 0) for word in sorted(known.keys() | seen.keys())}
        self.words_ = {word: row for row, word in enumerate(frequencies)}
        self.idf_ = idf(np.array(list(frequencies.values()), int), self.documents_)
        self.unknown_idf_ = float(idf(np.zeros(1, int), self.documents_)[0])
        self.columns_ = self._numbered([word for word in seen if seen[word] >= self.min_documents])

        inside = table.piece_frequencies()
        common = dict(zip(back.pieces, back.piece_documents.tolist(), strict=True))
        chosen = [piece for piece in inside if inside[piece] >= self.min_documents]
        self.pieces_ = self._numbered(chosen)
        self.piece_idf_ = idf(
            np.array([common.get(piece, 0) + inside[piece] for piece in chosen], int), self.documents_
        )
        self.topic_rows_ = self._numbered(back.topic_words)
        return self

    def transform(self, X: Sequence[Counts] | UnitTable) -> UnitFeatures:
        """Return the features, paragraphs or sentences × columns. A paragraph without words has a row of zeros."""
        table = self._table(X)
        paragraphs = _joined(self._sums(table.paragraphs))
        if table.sentences is table.paragraphs:  # one sentence each, which has no neighbours
            return UnitFeatures.of(paragraphs)
        own = self._sums(table.sentences)
        around = _neighbour_matrix(table.offsets)
        near = _Sums(
            around @ own.words, around @ own.pieces, around @ own.topics,
            around @ own.word_squares, around @ own.piece_squares,
        )  # fmt: skip
        weight = self.neighbour_weight
        sentences = sparse.csr_matrix((_joined(own) + weight * _joined(near)) / (1 + weight))
        return UnitFeatures(paragraphs, sentences, table.offsets, table.characters, table.sentence_labels)

    def _sums(self, table: CountTable) -> "_Sums":
        """Return the sums over each row's words, before they are divided by lengths."""
        words, counts = table.words, damped_matrix(table.counts)
        inner = self._rare_pieces(table.pieces, table.inside)
        squares = counts.power(2)
        return _Sums(
            counts @ self.word_block(words), counts @ inner, counts @ self.topic_block(words),
            squares @ np.square(self.rarity(words)), squares @ np.square(piece_lengths(inner)),
        )  # fmt: skip

    def _table(self, paragraphs: Sequence[Counts] | UnitTable) -> UnitTable:
        return paragraphs if isinstance(paragraphs, UnitTable) else UnitTable.of(paragraphs, self.piece_length)

    def rarity(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return the words' inverse document frequencies; a word never seen has the highest."""
        rows = (self.words_.get(word) for word in words)
        return np.array([self.unknown_idf_ if row is None else self.idf_[row] for row in rows], float)

    @property
    def blocks(self) -> tuple[slice, slice, slice]:
        """The columns of words, of pieces and of topics."""
        first, second = len(self.columns_), len(self.columns_) + len(self.pieces_)
        topics = self.background.loadings.shape[1]
        return slice(0, first), slice(first, second), slice(second, second + topics)

    def word_block(self, words: Sequence[str]) -> sparse.csr_matrix:
        """Return each word's own column, weighted by rarity (words × word columns)."""
        weights = self.rarity(words)
        found = [(row, self.columns_[word]) for row, word in enumerate(words) if word in self.columns_]
        rows, columns = np.array(found, int).reshape(-1, 2).T
        return sparse.csr_matrix((weights[rows], (rows, columns)), (len(words), len(self.columns_)))

    def piece_block(self, words: Sequence[str]) -> sparse.csr_matrix:
        """Return the pieces inside each word, weighted by rarity (words × piece columns)."""
        return self._rare_pieces(*pieces_inside(words, self.piece_length))

    def _rare_pieces(self, pieces: Sequence[str], inside: sparse.csr_matrix) -> sparse.csr_matrix:
        """Turn how often pieces stand inside words into this model's columns."""
        found = [(row, self.pieces_[piece]) for row, piece in enumerate(pieces) if piece in self.pieces_]
        rows, columns = np.array(found, int).reshape(-1, 2).T
        rarity = self.piece_idf_[columns].astype(float)
        return sparse.csr_matrix(
            inside @ sparse.csr_matrix((rarity, (rows, columns)), (len(pieces), len(self.pieces_)))
        )

    def topic_block(self, words: Sequence[str]) -> sparse.csr_matrix:
        """Return what each word says for each topic (words × topics)."""
        weights = self.rarity(words)
        loadings = self.background.loadings
        found = [(row, self.topic_rows_[word]) for row, word in enumerate(words) if word in self.topic_rows_]
        rows, sources = np.array(found, int).reshape(-1, 2).T
        dense = loadings[sources].astype(float) * weights[rows, None] * self.topic_weight
        spread = sparse.csr_matrix((np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(words), len(rows)))
        return spread @ sparse.csr_matrix(dense)

    @staticmethod
    def _numbered(items: Iterable[str]) -> dict[str, int]:
        return {item: number for number, item in enumerate(items)}


def piece_lengths(inner: sparse.csr_matrix) -> NDArray[np.float64]:
    """Return the Euclidean length of each word's pieces.

    A paragraph's length is taken as if no two of its words shared a piece: so it is a sum over words.
    """
    return np.asarray(np.sqrt(np.asarray(inner.multiply(inner).sum(axis=1)).ravel()))


@dataclass(frozen=True, eq=False)
class _Sums:
    """Sums over the words of each row: features by block, and the squared lengths of its words and pieces."""

    words: sparse.csr_matrix
    pieces: sparse.csr_matrix
    topics: sparse.csr_matrix
    word_squares: NDArray[np.float64]
    piece_squares: NDArray[np.float64]


def _joined(sums: _Sums) -> sparse.csr_matrix:
    """Divide words and topics by the length of the words, pieces by theirs (0 stays 0), and put them side by side."""
    by_words, by_pieces = _inverse(sums.word_squares), _inverse(sums.piece_squares)
    return sparse.csr_matrix(sparse.hstack([by_words @ sums.words, by_pieces @ sums.pieces, by_words @ sums.topics]))


def _inverse(squares: NDArray[np.float64]) -> sparse.dia_array:
    lengths = np.sqrt(squares)
    return sparse.diags_array(1 / np.where(lengths > 0, lengths, 1))


def _neighbour_matrix(offsets: NDArray[np.int64]) -> sparse.csr_matrix:
    """Return the matrix (S × S) that adds to each sentence those before and after it in its paragraph."""
    inside = np.ones(offsets[-1], bool)
    inside[offsets[:-1]] = False
    later, every = np.flatnonzero(inside), np.arange(len(inside))
    rows, columns = np.concatenate([every, later, later - 1]), np.concatenate([every, later - 1, later])
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (len(inside), len(inside)))
