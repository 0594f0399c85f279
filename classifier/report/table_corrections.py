"""What people corrected in several tables: it counts in all that hold the row, whichever of them is read first."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from classifier.documents.notes import Note
from classifier.labelling.decided import Decided


class Correction(NamedTuple):
    """The labels that a person gave to a row (ids), or left to it, and when; `path`: the table in which that stands."""

    labels: tuple[str, ...]
    decided: Decided
    path: Path


@dataclass
class Corrections:
    """Knows the rows that people corrected or ticked, by what tells one from another. Of the same row the first counts.

    Two people who share out a table each have a copy of it, in which the other's rows are as the model left them.
    """

    _rows: dict[Hashable, Correction] = field(default_factory=dict)
    _otherwise: dict[Path, Counter[Path]] = field(default_factory=dict)

    def add(self, rows: Mapping[Hashable, Correction]) -> None:
        """Take in the corrections of a table."""
        for key, one in rows.items():
            first = self._rows.setdefault(key, one)
            if set(first.labels) != set(one.labels):
                self._otherwise.setdefault(one.path, Counter())[first.path] += 1

    def elsewhere(self, key: Hashable, path: Path) -> Correction | None:
        """Return what a person said of a row in another table than this one, None where nobody did."""
        found = self._rows.get(key)
        return None if found is None or found.path == path else found

    def notes(self, path: Path) -> list[Note]:
        """Return what there is to say of a table in which rows are corrected otherwise than in one before."""
        return [labelled_otherwise(rows, str(first)) for first, rows in self._otherwise.get(path, Counter()).items()]

    def __bool__(self) -> bool:
        """Return whether anybody corrected anything."""
        return bool(self._rows)


def labelled_otherwise(rows: int, first: str) -> Note:
    """Return a note that rows have other labels than in the table that counts."""
    what = f"{rows:,} rows have other labels here than in {first}, which count: import the corrections, or leave it out"
    return Note("of_table", what=what)
