"""Paragraphs and their sentences as word counts, for training."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifier.model.count_matrix import Counts, CountTable

UNLABELLED = -1  # in the place of 0 and 1


@dataclass(frozen=True, eq=False)
class UnitTable:
    """P paragraphs and their S sentences, any paragraphs of which can be chosen at once.

    Paragraph p has the sentences `offsets[p]` to `offsets[p + 1]` (P + 1), at least one. `characters` (S): how long a
    sentence is. `sentence_labels` (S × labels): 1 where a sentence carries a label, -1 where nobody said; it has no
    columns where no sentence has labels.
    """

    paragraphs: CountTable
    sentences: CountTable
    offsets: NDArray[np.int64]
    characters: NDArray[np.int64]
    sentence_labels: NDArray[np.int64]

    @classmethod
    def of(cls, paragraphs: Sequence[Counts], longest: int) -> Self:
        """Return the table of paragraphs whose sentences are not known apart: each is one sentence.

        `longest`: characters of the longest piece of a word.
        """
        table, size = CountTable.of(paragraphs, longest), len(paragraphs)
        return cls(table, table, np.arange(size + 1), np.ones(size, np.int64), np.zeros((size, 0), np.int64))

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return len(self.paragraphs)

    def chosen(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Self:
        """Return the table of some of the paragraphs, `rows` being their numbers or a mark for each paragraph."""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        sizes = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], sizes.cumsum()])
        # the sentences' numbers: each paragraph's first one, and how far behind it a sentence stands
        inside = np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)
        chosen = np.repeat(self.offsets[:-1][rows], sizes) + inside
        return type(self)(
            self.paragraphs.chosen(rows), self.sentences.chosen(chosen), offsets,
            self.characters[chosen], self.sentence_labels[chosen],
        )  # fmt: skip
