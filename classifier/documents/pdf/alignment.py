"""Tables without ruling lines: rows one below the other whose wide gaps fall on the same places."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from classifier.documents.pdf.columns import has_cells
from classifier.documents.pdf.lines import CELL_GAP, Row, join, line_of
from classifier.documents.pdf.tables import Table, TableRow, names_columns
from classifier.documents.rows import are_halves

_SAME = 0.8  # of the size: cells that begin, end or have their middle no further apart stand in one column
_SHORT = 12.0  # of the size: wider cells must begin at one place
_SPREAD = 6.0  # of the size, between the halves of a label at most
_FAR = 2.6  # of the size: rows further apart are not of one table


@dataclass
class _Cells:
    """A row's cells, and the lines of each."""

    row: list[Row]
    texts: list[list[str]] = field(default_factory=list)
    bottom: float = 0.0


def with_aligned_tables(items: Sequence[Row | Table]) -> list[Row | Table]:
    """Return a column's items with rows that make up a table as one."""
    done: list[Row | Table] = []
    open_rows: list[tuple[Row, _Cells]] = []
    for item in items:
        if open_rows and isinstance(item, list) and _fits(open_rows[-1][1], item):
            last = open_rows[-1][1]
            if len(_cells(item)) > 1:
                open_rows.append((item, _new(item)))
            else:
                last.texts[_column(last.row, _cells(item)[0]) or 0].append(line_of(item).text)
                last.bottom = item[0].y
                open_rows.append((item, last))
            continue
        done += _closed(open_rows)
        open_rows = []
        if isinstance(item, list) and len(_cells(item)) > 1:
            open_rows = [(item, _new(item))]
        else:
            done.append(item)
    return done + _closed(open_rows)


def _new(row: Row) -> _Cells:
    cells = _cells(row)
    return _Cells(cells, [[line_of(cell).text] for cell in cells], row[0].y)


def _cells(row: Row) -> list[Row]:
    """Return a row's pieces by cell: those that only a narrow gap parts are one; a spaced-out title is one."""
    if not has_cells(row) or all(len(piece.text) == 1 for piece in row):
        return [row]
    cells = [[row[0]]]
    for piece in row[1:]:
        before = cells[-1][-1]
        halves = piece.x0 - before.x1 <= _SPREAD * piece.size and are_halves(before.text, piece.text)
        if piece.x0 - before.x1 >= CELL_GAP * max(piece.size, before.size) and not halves:
            cells.append([piece])
        else:
            cells[-1].append(piece)
    return cells


def _fits(last: _Cells, row: Row) -> bool:
    """Tell whether a row goes on a table: its cells stand below those of the row before."""
    if row[0].y - last.bottom > _FAR * row[0].size:
        return False
    cells = _cells(row)
    columns = [_column(last.row, cell) for cell in cells]
    if len(cells) == 1:  # a wrapped cell; below the first it might be text that follows the table
        return bool(columns[0])
    if len({column for column in columns if column is not None}) < 2:
        return False
    inside = any(_begins_alike(above, cell) for above in last.row[1:] for cell in cells[1:])
    return inside or all(_is_short(cell) for cell in (*cells, *last.row))  # justified lines begin and end alike, too


def _begins_alike(above: Row, cell: Row) -> bool:
    return abs(above[0].x0 - cell[0].x0) <= _SAME * cell[0].size


def _is_short(cell: Row) -> bool:
    return cell[-1].x1 - cell[0].x0 <= _SHORT * cell[0].size


def _column(cells: Sequence[Row], cell: Row) -> int | None:
    near = _SAME * cell[0].size
    for index, above in enumerate(cells):
        begin, end = above[0].x0 - cell[0].x0, above[-1].x1 - cell[-1].x1
        if abs(begin) <= near or abs(end) <= near or abs(begin + end) / 2 <= near:
            return index
    return None


def _closed(rows: Sequence[tuple[Row, _Cells]]) -> list[Row | Table]:
    own: list[_Cells] = []
    for _, cells in rows:
        if not own or own[-1] is not cells:
            own.append(cells)
    if len(own) < 2:
        return [row for row, _ in rows]
    pieces = [piece for row, _ in rows for piece in row]
    table_rows = tuple(
        TableRow(
            tuple((index, join(lines)) for index, lines in enumerate(one.texts)),
            all(piece.style.bold for cell in one.row for piece in cell),
        )
        for one in own
    )
    columns = max(len(one.row) for one in own)
    table = Table(
        min(piece.x0 for piece in pieces),
        max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.bottom for piece in pieces),
        columns,
        table_rows,
    )
    return [replace(table, names=names_columns(table_rows, columns))]
