"""A whole delimited text as a table: headings found, rows below them, what was passed over or is unsure."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, TypeVar

from classifier.errors import TableError
from classifier.tables.delimited import Delimited
from classifier.tables.heading_row import HeadingRow, find_heading_row, repeats
from classifier.tables.layout import Layout, layout_of

T = TypeVar("T")
_SAMPLE = 200_000  # characters in which headings are looked for
_LONGEST_HEADING = 100_000  # characters of a first line: whatever is longer is text
Record = tuple[int, list[str]]  # the line on which it begins, its cells


@dataclass
class DelimitedTable(Generic[T]):
    """A table. `headings`: None where none of the first rows fits; then all rows are below them.

    `above`: rows above the headings. Known when the rows are taken: `repeated`, lines on which the headings stand once
    more; `open`, those on which a quotation mark is left open, the row standing as it is; `unsure`, those on which a
    quoted cell begins that goes over lines which look like rows.
    """

    layout: Layout
    headings: HeadingRow[T] | None
    heading_line: int
    above: list[Record]
    _below: Iterator[Record]
    open: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[Record]:
        """Yield the rows below the headings that are not blank. Raises TableError where one is not whole."""
        for line, cells in self._below:
            if self.headings is not None and repeats(cells, self.headings.names):
                self.repeated.append(line)
            else:
                yield line, cells


def open_delimited(
    text: str, name: str, fits: Callable[[Sequence[str]], T | None], first: str = ","
) -> DelimitedTable[T]:
    """Return the table in a text. `fits`: see find_heading_row; `first`: the delimiter that its name speaks for."""
    plain = text.lstrip("\ufeff")
    sample = plain[:_SAMPLE]
    if len(sample) >= _LONGEST_HEADING and not any(mark in sample[:_LONGEST_HEADING] for mark in "\r\n"):
        sample = ""
    layout = layout_of(sample, fits, first)
    table: DelimitedTable[T] = DelimitedTable(layout, None, 0, [], iter(()))
    records = _records(plain, name, table)
    if layout.above is None:
        table._below = records  # noqa: SLF001 - of this module
        return table
    head = list(islice(records, layout.above + 1))
    table.headings = find_heading_row([cells for _, cells in head], fits)
    if table.headings is None:  # the marks that quote were told from more of the text than the headings
        table._below = chain(head, records)  # noqa: SLF001 - as above
        return table
    table.above, table.heading_line = head[: table.headings.place], head[table.headings.place][0]
    table._below = chain(head[table.headings.place + 1 :], records)  # noqa: SLF001 - as above
    return table


def _records(text: str, name: str, table: DelimitedTable[T]) -> Iterator[Record]:
    lines = io.StringIO(text, newline="")
    before = int(table.layout.declared)
    if before:
        lines.readline()
    reader = Delimited(lines, table.layout.dialect)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                cells[0] = cells[0].lstrip("\ufeff")
                table.open += [reader.line + before] if reader.line in reader.open[-1:] else []
                table.unsure += [reader.line + before] if reader.line in reader.unsure[-1:] else []
                yield reader.line + before, cells
    except csv.Error as error:
        raise TableError(f"{name}: line {reader.next_line}: not a whole table: {error}") from error
