"""Rows of cells: told from running text by cells that stand below each other; a wrapped cell is put together again."""

from collections.abc import Sequence
from dataclasses import replace

from classifier.documents.layout.placed import Line, Row, usual_step
from classifier.documents.layout.rows import joined

_ALIGNED = 0.8  # characters: edges or centres that lie closer stand below each other
_NEAR = 2  # rows: a cell below another is looked for as far as that
_TIGHT = 0.8  # of the step from row to row: lines closer than that are one cell's


def with_cells(rows: Sequence[Row]) -> list[Line]:
    """Return each row as one line: a table's with its cells, any other with its text joined by spaces."""
    of_table = [_is_of_table(rows, i) for i in range(len(rows))]
    step = usual_step([row for row, yes in zip(rows, of_table, strict=True) if yes and row[0].x0 <= _left(rows)])
    lines: list[Line] = []
    head: Row = []  # the row whose cells the next lines may go on with
    for row, yes in zip(rows, of_table, strict=True):
        if head and _wraps(row, head, row[0].y - lines[-1].y, step):
            lines[-1] = _continued(lines[-1], row, head)
            continue
        head = row if yes else []
        line = _one_line(row)
        lines.append(replace(line, cells=tuple(one.text for one in row)) if yes else line)
    return lines


def _left(rows: Sequence[Row]) -> float:
    return min(row[0].x0 + 2 * row[0].size for row in rows)


def _is_of_table(rows: Sequence[Row], at: int) -> bool:
    row = rows[at]
    around = (*rows[max(0, at - _NEAR) : at], *rows[at + 1 : at + 1 + _NEAR])
    return len(row) > 1 and any(len(other) > 1 and _below_each_other(row, other) for other in around)


def _below_each_other(row: Row, other: Row) -> bool:
    return sum(any(_aligned(one, two) for two in other) for one in row) > 1


def _aligned(line: Line, other: Line) -> bool:
    gaps = (line.x0 - other.x0, line.x1 - other.x1, (line.x0 + line.x1 - other.x0 - other.x1) / 2)
    return min(abs(gap) for gap in gaps) <= _ALIGNED * max(line.size, other.size)


def _wraps(row: Row, head: Row, below: float, step: float) -> bool:
    """Tell whether a row only goes on in cells of the row above: it stands close and its first cell is empty."""
    if len(row) >= len(head) or row[0].x0 < head[0].x1 or below >= _TIGHT * step:
        return False
    return all(_cell_of(one, head) is not None for one in row)


def _cell_of(line: Line, head: Row) -> int | None:
    """Return the cell of `head` in whose column `line` stands."""
    for i, cell in enumerate(head):
        end = head[i + 1].x0 if i + 1 < len(head) else float("inf")
        if line.x0 >= cell.x0 - _ALIGNED * cell.size and line.x1 <= end:
            return i
    return None


def _continued(line: Line, row: Row, head: Row) -> Line:
    cells = list(line.cells)
    for one in row:
        at = _cell_of(one, head) or 0
        cells[at] = joined(cells[at], one.text)
    return replace(line, cells=tuple(cells), y=row[0].y)


def _one_line(row: Row) -> Line:
    text = row[0].text
    for one in row[1:]:
        text = joined(text, one.text, blank=True)
    return replace(row[0], text=text, x1=row[-1].x1, size=max(one.size for one in row), gapped=len(row) > 1)
