"""Word counts as matrices, for training."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classifier.model.arithmetic import damp, pieces

Counts = Mapping[str, int]


@dataclass(frozen=True, eq=False)
class CountTable:
    """Word counts of many paragraphs, any of which can be chosen at once: made once, learnt from many times.

    `counts` (paragraphs × words) and `inside` (words × pieces) say how often. Words and pieces are in the order of
    their code points, so that whoever counted in another order learns the same.
    """

    words: tuple[str, ...]
    counts: sparse.csr_matrix
    pieces: tuple[str, ...]
    inside: sparse.csr_matrix

    @classmethod
    def of(cls, paragraphs: Sequence[Counts], longest: int) -> Self:
        """Return the table of paragraphs given as mappings; `longest`: characters of the longest piece."""
        words = tuple(sorted({word for counts in paragraphs for word in counts}))
        names, inside = pieces_inside(words, longest)
        return cls(words, _raw_counts(paragraphs, {word: row for row, word in enumerate(words)}), names, inside)

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return int(self.counts.shape[0])

    def chosen(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Self:
        """Return the table of some of the paragraphs, `rows` being their numbers or a mark for each paragraph."""
        return replace(self, counts=self.counts[rows])

    def word_frequencies(self) -> dict[str, int]:
        """Count in how many of the paragraphs each word stands; words of other paragraphs are left out."""
        return _present(self.words, self.counts)

    def piece_frequencies(self) -> dict[str, int]:
        """Count in how many of the paragraphs each piece of a word stands."""
        return _present(self.pieces, self.counts @ self.inside)


def document_frequencies(items: Iterable[Iterable[str]]) -> Counter[str]:
    """Count in how many of the paragraphs each item stands."""
    return Counter(item for paragraph in items for item in set(paragraph))


def pieces_inside(words: Iterable[str], longest: int) -> tuple[tuple[str, ...], sparse.csr_matrix]:
    """Return the pieces of words, in the order of their code points, and how often each stands in each word."""
    cut = [pieces(word, longest) for word in words]
    names = tuple(sorted({piece for parts in cut for piece in parts}))
    index = {piece: column for column, piece in enumerate(names)}
    columns = np.array([index[piece] for parts in cut for piece in parts], np.int32)
    ends = np.cumsum([0, *map(len, cut)])
    inside = sparse.csr_matrix((np.ones(len(columns)), columns, ends), (len(cut), len(names)))
    inside.sum_duplicates()
    return names, inside


def count_matrix(paragraphs: Sequence[Counts], index: Mapping[str, int]) -> sparse.csr_matrix:
    """Return damped counts, a row a paragraph and a column a word of `index`; other words are left out."""
    return damped(_raw_counts(paragraphs, index))


def damped(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return a matrix of counts (paragraphs × words) with each count damped; what is 0 stays 0."""
    return sparse.csr_matrix((damp(counts.data), counts.indices, counts.indptr), counts.shape)


def _raw_counts(paragraphs: Sequence[Counts], index: Mapping[str, int]) -> sparse.csr_matrix:
    columns: list[int] = []
    data: list[int] = []
    ends = [0]
    for counts in paragraphs:
        for word, count in counts.items():
            column = index.get(word)
            if column is not None:
                columns.append(column)
                data.append(count)
        ends.append(len(columns))
    matrix = sparse.csr_matrix((np.array(data, float), columns, ends), (len(paragraphs), len(index)))
    matrix.sort_indices()
    return matrix


def _present(names: Sequence[str], counts: sparse.csr_matrix) -> dict[str, int]:
    found = np.bincount(counts.indices, minlength=len(names)).tolist()
    return {name: count for name, count in zip(names, found, strict=True) if count}
