"""The table on a sheet of a workbook: its headings, what stands above them, the rows below."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, TypeVar

from classifier.tables.heading_row import FIRST, HeadingRow, find_heading_row, repeats
from classifier.tables.names import listed
from classifier.tables.workbook import Line, sheets

T = TypeVar("T")


@dataclass
class SheetTable(Generic[T]):
    """A sheet. `headings`: None where none of its first rows fits; then `first` names what stands in its first row.

    `heading_line`: the number of the headings' row. `above`: the rows above the headings that are not blank.
    `rows`: those below that are not blank, to be taken before the next sheet; all rows where there are no headings.
    `repeated`: rows passed over, for they hold the headings once more; known when the rows are taken.
    """

    title: str
    headings: HeadingRow[T] | None
    heading_line: int
    above: list[Line]
    rows: Iterator[Line]
    first: str = ""
    repeated: list[int] = field(default_factory=list)


def sheet_tables(data: bytes, name: str, fits: Callable[[Sequence[str]], T | None]) -> Iterator[SheetTable[T]]:
    """Yield the sheets of a workbook that are not blank. `fits`: see find_heading_row."""
    for title, every in sheets(data, name):
        lines = (line for line in every if line.unreadable or any(cell.strip() for cell in line.cells))
        first = list(islice(lines, FIRST))
        if not first:
            continue
        found = find_heading_row([line.cells for line in first], fits)
        if found is None:
            widest = max(first, key=lambda line: sum(bool(cell.strip()) for cell in line.cells))
            yield SheetTable(title, None, 0, [], chain(first, lines), listed(widest.cells))
            continue
        table = SheetTable(title, found, first[found.place].number, first[: found.place], iter(()))
        table.rows = _below(chain(first[found.place + 1 :], lines), table)
        yield table


def _below(lines: Iterator[Line], table: SheetTable[T]) -> Iterator[Line]:
    for line in lines:
        if table.headings is not None and repeats(line.cells, table.headings.names):
            table.repeated.append(line.number)
        else:
            yield line
