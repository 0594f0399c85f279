"""What a run was asked to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from classifier.bulk.added import added_names
from classifier.labelling.exchange.correction_columns import probability_heading
from classifier.tables.names import in_chinese


class Format(StrEnum):
    """Kinds of table."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"  # written only: workbooks are read as CSV of their rows


class Unit(StrEnum):
    """What a row of the output is."""

    paragraph = "paragraph"
    sentence = "sentence"


PLACES = ("start", "end", "sentence")


@dataclass(frozen=True)
class Settings:
    """Choices of a run that decide what its output is.

    `text`: the column to score. `prefix` stands before the names of the columns that are added.
    `part_rows`: rows of a part where the output is a folder, None where it is one file.
    `compression`: "gz", "zst" or "" (JSON Lines and CSV only). `strict`: stop at the first row without a text.
    `unit`: a row of the output for each row of the input, or for each sentence of its text; `places`: what the columns
    for a sentence's place (start, end) and text are called. `sentences` (JSON Lines): each row says what its sentences
    say. `decisions`: the labels folder whose decisions stand in place of the model's answers, "" for the model alone;
    `decided_by_then`: names what was decided there when the run began. `in_place` (xlsx): results go into the input's
    own workbook, beside its rows. `correctable` (CSV and xlsx): with columns by which `classify labels import` tells
    what a person changed. `names`: what labels are called where a person is to read them, ids and names; none for ids.
    """

    text: str = "text"
    format: Format = Format.jsonl
    prefix: str = ""
    part_rows: int | None = None
    compression: str = ""
    strict: bool = False
    unit: Unit = Unit.paragraph
    places: tuple[str, ...] = PLACES
    sentences: bool = False
    in_place: bool = False
    decisions: str = ""
    decided_by_then: str = ""
    correctable: bool = False
    names: tuple[tuple[str, str], ...] = ()

    def added(self, ids: Sequence[str]) -> list[str]:
        """Return the names of the columns that are added."""
        places = self.places if self.unit is Unit.sentence else ()
        correctable = self.text if self.correctable else ""
        return added_names(self.headings(ids), self.prefix, places, self.sentences, bool(self.decisions), correctable)

    def shown(self, ids: Sequence[str]) -> list[str]:
        """Return what the added columns are called where people read them."""
        added = self.added(ids)
        return [in_chinese(name, self.prefix) for name in added] if self.names else added

    def headings(self, ids: Sequence[str]) -> list[str]:
        """Return what the columns of labels' probabilities are called, without the prefix."""
        names = dict(self.names)
        return [probability_heading(names[one]) if one in names else one for one in ids]
