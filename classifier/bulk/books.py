"""Results as a workbook. Rows wait as lines of JSON, which a run can be gone on with, until all are there.

The rows of an .xlsx file get their results beside them, all else in it stays. Those of other tables make a new one.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from classifier.bulk.book_columns import Row, added_columns, in_words, without_check
from classifier.bulk.chunk import Rows
from classifier.bulk.find_source import is_workbook_name
from classifier.bulk.lines import as_text, parse_line
from classifier.bulk.parts import Finish
from classifier.bulk.records import Records, as_utf8
from classifier.bulk.result_columns import result_columns
from classifier.bulk.row_results import ChunkResults
from classifier.bulk.settings import Format, Settings, Unit
from classifier.bulk.sheets import Workbook, row_of
from classifier.bulk.source import Source
from classifier.errors import InputError
from classifier.labelling.taxonomy import Taxonomy
from classifier.tables.xlsx import is_strict
from classifier.tables.xlsx_kept import LARGEST, KeptBook, size_of_sheets
from classifier.tables.xlsx_texts import cut
from classifier.tables.xlsx_writer import COLUMNS_MOST, ROWS_MOST, SheetColumn, SheetRows, Value, write_workbook

_EXACT = 10**15  # Excel keeps fifteen digits of a number
_SAMPLE = 200  # rows by which a column's width is told
_NARROWEST, _WIDEST, _TEXT = 9, 40, 70
_LISTED = 5


def why_new(source: Source, unit: Unit) -> str | None:
    """Say why the results cannot go into the input's own workbook; None where they can, "" where it is none."""
    if source.format is not Format.csv or not is_workbook_name(Path(source.files[0])):
        return ""
    if len(source.files) > 1:
        return "several workbooks"
    path = Path(source.files[0])
    with path.open("rb") as stream:
        if stream.read(2) != b"PK" or path.suffix.lower() == ".ods":
            return "no .xlsx file"
    if unit is Unit.sentence:
        return "a row a sentence"
    if size_of_sheets(path) > LARGEST:
        return "too large"
    return "in strict Open XML" if is_strict(path.read_bytes()) else None


def book_lines(rows: Rows, results: ChunkResults, settings: Settings, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield rows with their results as JSON, a line each: all cells, or their place where results go into the input."""
    scored = results.of(settings.unit)
    labels = [",".join(names) for names in scored.every_label()]
    added = zip(*result_columns(rows.values, scored, labels, correctable=settings.correctable), strict=True)
    before: Iterable[Sequence[Any]]
    if settings.in_place:
        before = (row_of(rows.where(number)) for number in range(len(rows.values)))
    else:
        before = scored.repeated(_cells(rows, columns))
    for cells, found in zip(before, added, strict=True):
        yield orjson.dumps([_plain(value) for value in (*cells, *found)]) + b"\n"


def _cells(rows: Rows, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Yield each row's cells: texts, and of JSON and Parquet the numbers as numbers."""
    if isinstance(rows, Records):
        yield from rows.cells(columns)
        return
    for line in rows.objects():
        row = parse_line(line)
        yield [row.get(name) for name in columns] if isinstance(row, dict) else [None] * len(columns)


def _plain(value: Any) -> Value:
    """Return a value as a cell holds it; a number that Excel would round stays a text."""
    if isinstance(value, str):
        return as_utf8(value)
    if isinstance(value, bool):
        return as_text(value)
    if (isinstance(value, int) and abs(value) < _EXACT) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return as_text(value)


def finisher(source: Source, settings: Settings, columns: Sequence[str], taxonomy: Taxonomy) -> Finish:
    """Return what makes a workbook of the lines. Raises InputError where it could not be made."""
    added = added_columns(settings, taxonomy)
    if settings.in_place:
        path = source.files[0]
        headings = Workbook(path, settings.text, source.sheet).heading_lines()
        book = KeptBook(Path(path), headings, added)
        told = in_words(settings, taxonomy.ids)
        return lambda kept, target: _into(book, told, kept, target)
    if len(columns) + len(added) > COLUMNS_MOST:
        raise InputError(f"{source.name}: has {len(columns):,} columns, more than fit on a sheet; write .csv")
    title = " ".join(Path(source.name).stem.split()) or "score"
    new = _NewBook(title, columns, settings, taxonomy)
    return new.make


def _into(book: KeptBook, told: Callable[[Row], Row], kept: Path, target: Path) -> list[str]:
    book.put((str(sheet), int(number or 0), told(values)) for sheet, number, *values in _lines(kept))
    return book.save(target)


@dataclass
class _NewBook:
    """A workbook of a table that is none. `names`: the table's own columns."""

    title: str
    names: Sequence[str]
    settings: Settings
    taxonomy: Taxonomy
    shortened: list[int] = field(default_factory=list)

    def make(self, kept: Path, target: Path) -> list[str]:
        """Make it of lines of JSON; return what there is to say of it."""
        sample = list(islice(_lines(kept), _SAMPLE))
        widths = [_width(name, [row[place] for row in sample]) for place, name in enumerate(self.names)]
        columns = [
            SheetColumn(name, _TEXT if name == self.settings.text else width)
            for name, width in zip(self.names, widths, strict=True)
        ]
        sheet = SheetRows(self.title, [*columns, *added_columns(self.settings, self.taxonomy)], self._rows(kept))
        with target.open("wb") as stream:
            write_workbook([sheet], stream, marked=False)  # a table that is read on
        return [*self._said_of_cuts(), *_said_of_sheets(sheet)]

    def _rows(self, kept: Path) -> Iterator[Row]:
        """Yield rows whose texts fit into cells; note the numbers of those where one was cut."""
        told, width = in_words(self.settings, self.taxonomy.ids), len(self.names)
        text = self.names.index(self.settings.text)
        self.shortened = []
        for number, row in enumerate(_lines(kept), start=2):
            found = [cut(value) if isinstance(value, str) else value for value in row[:width]]
            added = told([cut(value) if isinstance(value, str) else value for value in row[width:]])
            if found[text] != row[text]:
                added = without_check(self.settings, self.taxonomy, added)
            if found != row[:width]:
                self.shortened.append(number)
            yield [*found, *added]

    def _said_of_cuts(self) -> list[str]:
        if not self.shortened:
            return []
        more = f" and {len(self.shortened) - _LISTED:,} more" if len(self.shortened) > _LISTED else ""
        some = ", ".join(f"{row:,}" for row in self.shortened[:_LISTED])
        return [f"row {some}{more}: a text longer than an Excel cell holds (32,767 characters) was cut; .csv has all"]


def _said_of_sheets(sheet: SheetRows) -> list[str]:
    if sheet.written < ROWS_MOST:
        return []
    return [f"{sheet.written:,} rows are more than a sheet holds ({ROWS_MOST:,}): they go on on further sheets"]


def _width(name: str, values: Sequence[Value]) -> float:
    longest = max(
        (len(str(value).encode("gb18030", "replace")) for value in (name, *values) if value is not None), default=0
    )
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _lines(kept: Path) -> Iterator[list[Value]]:
    with kept.open("rb") as stream:
        for line in stream:
            yield orjson.loads(line)
