"""What the file of a table tells of its rows where they do not tell it themselves: its folder, a place, a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from classifier.report.columns import FOLDER, OWN_PLACE, PARENT, PLACE
from classifier.report.document_facts import facts_of
from classifier.report.folders import parent_of
from classifier.report.table_columns import place_in


@dataclass(frozen=True)
class FileFacts:
    """`parent`: the folders of the file; `place`: "" where its name and they tell none; `date`: None likewise."""

    parent: str
    place: str
    date: str | None

    @classmethod
    def of(cls, path: Path) -> "FileFacts":
        """Return what is known of rows by their file: 甲县/2023年来信.csv."""
        known = facts_of(str(path), (), ())
        return cls(parent_of(str(path)), known.place, known.date)

    @property
    def compared(self) -> set[str]:
        """What its rows can be compared by, whatever their columns are."""
        return {FOLDER, PLACE} if self.place else {FOLDER}

    def beside(self, row: Mapping[str, object], facts: Mapping[str, str]) -> dict[str, str]:
        """Return a row's facts with its folder and its place, which the row tells before the file."""
        place = place_in(row) or self.place
        return {PARENT: self.parent, **({OWN_PLACE: place} if place else {}), **facts}
