"""Results as a workbook. Rows wait as lines of JSON, which a run can be gone on with, until all are there.

The rows of an .xlsx file get their results beside them, all else in it stays. Those of other tables make a new one.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

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
from classifier.tables.xlsx import is_strict
from classifier.tables.xlsx_kept import LARGEST, KeptBook, size_of_sheets
from classifier.tables.xlsx_writer import COLUMNS_MOST, ROWS_MOST, SheetColumn, SheetRows, Value, cut, write_workbook

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
    added = zip(*result_columns(rows.values, scored, labels), strict=True)
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


def finisher(source: Source, settings: Settings, columns: Sequence[str], ids: Sequence[str]) -> Finish:
    """Return what makes a workbook of the lines. Raises InputError where it could not be made."""
    names = settings.added(ids)
    added = [_column(name, settings.prefix, ids) for name in names]
    if settings.in_place:
        path = source.files[0]
        headings = Workbook(path, settings.text, source.sheet).heading_lines()
        book = KeptBook(Path(path), headings, added)
        return lambda kept, target: _into(book, kept, target)
    if len(columns) + len(names) > COLUMNS_MOST:
        raise InputError(f"{source.name}: has {len(columns):,} columns, more than fit on a sheet; write .csv")
    title = " ".join(Path(source.name).stem.split()) or "score"
    return lambda kept, target: _new(title, columns, added, settings, kept, target)


def _column(name: str, prefix: str, ids: Sequence[str]) -> SheetColumn:
    if name.removeprefix(prefix) in ids:
        return SheetColumn(name, min(max(len(name) + 2, 10), 24), "probability")
    return SheetColumn(name, 22 if name.endswith(("labels", "primary")) else 14)


def _into(book: KeptBook, kept: Path, target: Path) -> list[str]:
    book.put((str(sheet), int(number or 0), values) for sheet, number, *values in _lines(kept))
    return book.save(target)


def _new(
    title: str, names: Sequence[str], added: Sequence[SheetColumn], settings: Settings, kept: Path, target: Path
) -> list[str]:
    shortened: list[int] = []
    sample = list(islice(_lines(kept), _SAMPLE))
    widths = [_width(name, [row[place] for row in sample]) for place, name in enumerate(names)]
    columns = [
        SheetColumn(name, _TEXT if name == settings.text else width) for name, width in zip(names, widths, strict=True)
    ]
    sheet = SheetRows(title, [*columns, *added], _fitting(_lines(kept), shortened))
    with target.open("wb") as stream:
        write_workbook([sheet], stream)
    notes = []
    if shortened:
        more = f" and {len(shortened) - _LISTED:,} more" if len(shortened) > _LISTED else ""
        some = ", ".join(f"{row:,}" for row in shortened[:_LISTED])
        notes.append(
            f"row {some}{more}: a text longer than an Excel cell holds (32,767 characters) was cut; .csv has all"
        )
    if sheet.written >= ROWS_MOST:
        notes.append(
            f"{sheet.written:,} rows are more than a sheet holds ({ROWS_MOST:,}): they go on on further sheets"
        )
    return notes


def _fitting(rows: Iterable[list[Value]], shortened: list[int]) -> Iterator[list[Value]]:
    """Yield rows whose texts fit into cells; `shortened` takes the numbers of those where one was cut."""
    for number, row in enumerate(rows, start=2):
        found = [cut(value) if isinstance(value, str) else value for value in row]
        if found != row:
            shortened.append(number)
        yield found


def _width(name: str, values: Sequence[Value]) -> float:
    longest = max(
        (len(str(value).encode("gb18030", "replace")) for value in (name, *values) if value is not None), default=0
    )
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _lines(kept: Path) -> Iterator[list[Value]]:
    with kept.open("rb") as stream:
        for line in stream:
            yield orjson.loads(line)
