"""The rows of tables: cells found by ruling lines; the row that names the columns; tables that go on over the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from classifier.documents.pdf.characters import Glyph
from classifier.documents.pdf.grid import Grid
from classifier.documents.pdf.lines import Piece, join, line_of, rows_of, width_of_first
from classifier.documents.rows import has_column_name, joined_cells

_PADDING = 6.0  # points between a cell's text and each of its edges
_SHORT_HEADING = 20  # characters that the name of a column has at most
_LONG = 300  # characters of a single cell that make its table a frame round running text
_NUMBER = re.compile(r"[\d０-９.,，．%％+\-—－/~～\s]+")


@dataclass(frozen=True)
class TableRow:
    """`cells`: by the number of the column in which each begins, without the empty ones. `bold`: all of them."""

    cells: tuple[tuple[int, str], ...]
    bold: bool = False

    @property
    def text(self) -> str:
        """Return the cells' texts, divided by CELL."""
        return joined_cells([text for _, text in self.cells])


@dataclass(frozen=True)
class Table:
    """A table on one page, or what of it stands there. `columns`: how many. `names`: rows that name the columns."""

    x0: float
    x1: float
    top: float
    bottom: float
    columns: int
    rows: tuple[TableRow, ...]
    names: int = 0


def take_tables(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[list[Glyph], list[Table]]:
    """Return the characters that stand in no table, and the tables of the others."""
    rest, tables = list(glyphs), []
    for grid in grids:
        inside: dict[tuple[int, int], list[Glyph]] = {}
        outside = []
        for glyph in rest:
            place = grid.place(glyph)
            if place is None:
                outside.append(glyph)
            else:
                inside.setdefault(place, []).append(glyph)
        if _is_table(inside):
            tables.append(_table(grid, inside))
            rest = outside
    return rest, tables


def _is_table(cells: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Tell tables from frames round running text, which have one column that says anything."""
    columns = {column for _, column in cells}
    return len(columns) > 1 or (len(columns) == 1 and max(len(inside) for inside in cells.values()) < _LONG)


def _table(grid: Grid, inside: dict[tuple[int, int], list[Glyph]]) -> Table:
    rows = []
    for row in range(len(grid.ys) - 1):
        begun = sorted(place for place in inside if place[0] == row)
        if begun:
            cells = tuple(
                (place[1], _cell(inside[place], grid.right_of(*place) - grid.xs[place[1]])) for place in begun
            )
            rows.append(TableRow(cells, all(glyph.style.bold for place in begun for glyph in inside[place])))
    table = Table(grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1], len(grid.xs) - 1, tuple(rows))
    return replace(table, names=names_columns(table.rows, table.columns))


def _cell(glyphs: list[Glyph], width: float) -> str:
    """Return a cell's text: wrapped lines joined, its paragraphs divided by a space."""
    lines = [line_of(row) for row in rows_of(glyphs)]
    if all(len(line.text) == 1 for line in lines):  # one character below the other
        return "".join(line.text for line in lines)
    paragraphs = [[lines[0].text]]
    for line, following in pairwise(lines):
        if _is_full(line, following, width):
            paragraphs[-1].append(following.text)
        else:
            paragraphs.append([following.text])
    return " ".join(join(lines) for lines in paragraphs)


def _is_full(line: Piece, following: Piece, width: float) -> bool:
    left = width - (line.x1 - line.x0) - 2 * _PADDING
    return left < width_of_first(following.text) * line.size + 0.5 * line.size


def names_columns(rows: Sequence[TableRow], columns: int) -> int:
    """Return how many of the first rows name the columns: none or one, two where the second parts merged names."""
    if len(rows) < 2 or not _is_names(rows[0], columns):
        return 0
    first = rows[0]
    parted = len(first.cells) < columns and len(rows) > 2 and _is_names(rows[1], columns) and len(rows[1].cells) > 1
    other = not {column for column, _ in first.cells[:1]} & {column for column, _ in rows[1].cells}
    return 2 if parted and other else 1


def _is_names(row: TableRow, columns: int) -> bool:
    texts = [text for _, text in row.cells]
    if len(texts) < 2 or len(texts) * 2 < columns or any(len(text) > _SHORT_HEADING for text in texts):
        return False
    if any(_NUMBER.fullmatch(text) for text in texts) or any(re.search("[。；！？]", text) for text in texts):
        return False
    return row.bold or sum(map(has_column_name, texts)) * 2 >= len(texts)


def continued(before: Table, after: Table) -> tuple[Table, int]:
    """Return the second part of a table without the column names that it says again, and how many rows those were.

    Where the first row of it goes on the last row before (no cell in its first column, text in others),
    the caller joins them with `joined_rows`.
    """
    again = 0
    for own, first in zip(after.rows, before.rows[: before.names], strict=False):
        if own.text != first.text:
            break
        again += 1
    return replace(after, rows=after.rows[again:], names=0 if before.names else after.names), again


def goes_on(before: TableRow, after: TableRow) -> bool:
    """Tell whether a row at a page's head goes on the one at the foot of the page before."""
    begun = dict(before.cells)
    own = [column for column, _ in after.cells]
    if not own or 0 in own or not set(own) <= set(begun):
        return False
    return any(not re.search("[。；！？]$", begun[column]) for column in own)


def joined_rows(before: TableRow, after: TableRow) -> TableRow:
    """Return two parts of a row as one."""
    more = dict(after.cells)
    cells = tuple((column, join([text, more[column]]) if column in more else text) for column, text in before.cells)
    return replace(before, cells=cells)
