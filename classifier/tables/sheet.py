"""The table on a sheet of a workbook: its headings, what stands above them, the rows below."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, TypeVar

from classifier.tables.heading_row import FIRST, HeadingRow, find_heading_row, repeats
from classifier.tables.names import kept_columns, listed
from classifier.tables.workbook import Line, sheets

_LISTED = 8  # rows and columns named one by one
_FIRST_CELL = 20  # characters of it that are shown
T = TypeVar("T")


@dataclass
class SheetTable(Generic[T]):
    """A sheet as the workbook shows it. `headings`: None where none of its first rows fits; `first` names these then.

    `heading_line`: the number of the headings' row. `above`: the rows above the headings that are not blank.
    `rows`: those below that are not blank, to be taken before the next sheet; all rows where there are no headings.
    `hidden_places`: columns that are hidden, whose cells are blank here. `hidden`: the whole sheet is; then it has no
    rows here. Known when the rows are taken: `repeated`, rows passed over, for they hold the headings once more;
    `hidden_rows`, those that are hidden, hold something and were passed over; `hidden_columns`, of those that hold
    something what stands first in them.
    """

    title: str
    headings: HeadingRow[T] | None
    heading_line: int
    above: list[Line]
    rows: Iterator[Line]
    first: str = ""
    repeated: list[int] = field(default_factory=list)
    hidden: bool = False
    hidden_places: frozenset[int] = frozenset()
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: dict[int, str] = field(default_factory=dict)

    def named_columns(self) -> list[str]:
        """Return the hidden columns that hold something, as Excel calls them, each with what stands first in it.

        Those that `classify score` hides itself hold nothing for people.
        """
        own = kept_columns(self.hidden_columns.values())
        named = ((place, first) for place, first in sorted(self.hidden_columns.items()) if first not in own)
        return [f"{_letters(place)} ({first[:_FIRST_CELL]})" for place, first in named]

    def hidden_notes(self) -> list[str]:
        """Say what of the sheet is hidden and was passed over, once its rows are taken."""
        if self.hidden:
            count = len(self.hidden_rows)
            return [f"sheet {self.title}: is hidden; its {count:,} row{'s' * (count != 1)} passed over"]
        places = ("row", [f"{row:,}" for row in self.hidden_rows]), ("column", self.named_columns())
        return [
            f"sheet {self.title}, {unit}{'s' * (len(some) > 1)} {_some(some)}: hidden; passed over"
            for unit, some in places
            if some
        ]


def sheet_tables(
    data: bytes,
    name: str,
    fits: Callable[[Sequence[str]], T | None],
    whole: Callable[[Sequence[str]], T | None] | None = None,
    *,
    given: bool = False,
) -> Iterator[SheetTable[T]]:
    """Yield the sheets of a workbook that are not blank. `fits`: see find_heading_row.

    `whole`: the same for sheets that are read with their hidden rows and columns. `given`: the columns that `classify
    score` hides itself in a table to correct are read, as if they were shown.
    """
    for sheet in sheets(data, name):
        table: SheetTable[T] = SheetTable(sheet.title, None, 0, [], iter(()), hidden=sheet.hidden)
        table.hidden_places = sheet.hidden_columns
        if sheet.hidden:
            table.hidden_rows = [line.number for line in sheet.lines if not _is_blank(line)]
            if table.hidden_rows:
                yield table
            continue
        lines: Iterator[Line] = (line for line in sheet.lines if not _is_blank(line))
        first = list(islice(lines, FIRST))
        found = find_heading_row([line.cells for line in first], whole) if whole is not None else None
        if found is None:
            if given:
                table.hidden_places -= _given_places(first)
            lines = _shown(chain(first, lines), table)
            first = list(islice(lines, FIRST))
            found = find_heading_row([line.cells for line in first], fits)
        table.headings = found
        if found is not None:
            table.heading_line, table.above = first[found.place].number, first[: found.place]
            table.rows = _below(chain(first[found.place + 1 :], lines), table)
        elif first:
            widest = max(first, key=lambda line: sum(bool(cell.strip()) for cell in line.cells))
            table.first, table.rows = listed(widest.cells), chain(first, lines)
        if first or table.hidden_rows:
            yield table


def _given_places(first: Iterable[Line]) -> set[int]:
    """Return where in the headings, among the first rows of a sheet, the columns stand that scoring hides itself."""
    places = ((line.cells, kept_columns(line.cells)) for line in first)
    return {place for cells, kept in places for place, cell in enumerate(cells) if cell in kept}


def _is_blank(line: Line) -> bool:
    return not (line.unreadable or any(cell.strip() for cell in line.cells))


def _shown(lines: Iterable[Line], table: SheetTable[T]) -> Iterator[Line]:
    """Yield the rows that are shown and hold something there; a hidden column's cells are blank.

    `lines`: those that hold something at all.
    """
    for line in lines:
        if line.hidden:
            table.hidden_rows.append(line.number)
            continue
        for place in table.hidden_places:
            if place < len(line.cells) and (text := line.cells[place] or line.unreadable.get(place, "")):
                table.hidden_columns.setdefault(place, " ".join(text.split()))
                line.cells[place] = ""
                line.unreadable.pop(place, None)
            line.spread.pop(place, None)
        if not _is_blank(line):
            yield line


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _letters(place: int) -> str:
    found, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        found = chr(65 + letter) + found
    return found


def _below(lines: Iterator[Line], table: SheetTable[T]) -> Iterator[Line]:
    for line in lines:
        if table.headings is not None and repeats(line.cells, table.headings.names):
            table.repeated.append(line.number)
        else:
            yield line
