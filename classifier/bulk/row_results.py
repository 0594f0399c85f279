"""What there is to say of the rows of a chunk, as arrays: of their texts, and of the sentences in these."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.bulk.settings import Unit
from classifier.labelling.decided import Decided
from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.text.joined_texts import Ints

_Row = TypeVar("_Row")


@dataclass(frozen=True, eq=False)
class RowResults:
    """Results of some rows, N of them. Labels are places in `ids`.

    `labels`: all rows' labels one after the other, the most probable first; row i has those from `offsets[i]` to
    `offsets[i + 1]`. `probabilities` (N × labels) are rounded; NaN where `errors` has a text.
    `characters` (labels + 1): how many characters of all texts stand in sentences with each label, and with none.
    `places`: of sentences, None where a row is a whole text. `decided`: who gave each row's labels, None where the
    model did; None as a whole where nobody's decisions were asked for.
    """

    ids: tuple[str, ...]
    model: str
    labels: Ints
    offsets: Ints
    uncertain: NDArray[np.bool_]
    probabilities: Floats
    errors: list[str | None]
    characters: Ints
    places: "SentencePlaces | None" = None
    decided: Sequence[Decided | None] | None = None

    def labels_of(self, row: int) -> list[str]:
        """Return a row's labels."""
        return [self.ids[label] for label in self.labels[self.offsets[row] : self.offsets[row + 1]]]

    def every_label(self) -> list[list[str]]:
        """Return each row's labels."""
        names = [self.ids[label] for label in self.labels.tolist()]
        return [names[start:end] for start, end in pairwise(self.offsets.tolist())]

    def repeated(self, rows: Iterable[_Row]) -> Iterable[_Row]:
        """Return what there is of each row of the input as often as there are results of it."""
        if self.places is None:
            return rows
        row_list = list(rows)
        return [row_list[row] for row in self.places.rows.tolist()]

    def primary(self) -> list[str]:
        """Return each row's first label, "none" where there is none."""
        labelled = np.diff(self.offsets) > 0
        first = np.full(len(labelled), len(self.ids))
        first[labelled] = self.labels[self.offsets[:-1][labelled]]
        names = [*self.ids, NONE]
        return [names[label] for label in first.tolist()]

    def counts(self) -> Counter[str]:
        """Return how many rows there are, are uncertain, have an error, have each label or none.

        Under "in work_style", "in none": the characters of sentences with that label, and with none.
        """
        times = np.bincount(self.labels, minlength=len(self.ids)).tolist()
        none = int((np.diff(self.offsets) == 0).sum())
        errors = sum(error is not None for error in self.errors)
        names = (*self.ids, NONE)
        label_counts = {f"label {name}": n for name, n in zip(names, (*times, none), strict=True)}
        character_counts = {f"in {name}": n for name, n in zip(names, self.characters.tolist(), strict=True)}
        facts = {"rows": len(self.errors), "uncertain": int(self.uncertain.sum()), "errors": errors}
        return Counter(facts | label_counts | character_counts)


@dataclass(frozen=True, eq=False)
class SentencePlaces:
    """Where M sentences stand: in the text of row `rows[i]`, from `starts[i]` to `ends[i]`, counted in characters.

    A text that could not be scored counts for one sentence, whose start and end are -1. Rows rise.
    """

    rows: Ints
    starts: Ints
    ends: Ints

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which are no sentences (M)."""
        return self.starts < 0


@dataclass(frozen=True, eq=False)
class ChunkResults:
    """What there is to say of some rows: of their texts, and of the sentences in these where that was asked for."""

    texts: RowResults
    sentences: RowResults | None = None

    def of(self, unit: Unit) -> RowResults:
        """Return the results that are written a row each."""
        return self.sentences if unit is Unit.sentence and self.sentences is not None else self.texts
