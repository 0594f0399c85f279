"""Tables as blocks: a row is a block; tables that only lay out a page are read as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from classifier.documents.document import CELL, Block, Role

_DOCUMENT = 600  # characters of a cell that holds a text of its own rather than an entry
_PARAGRAPHS = 4  # such a text has at least


@dataclass
class Row:
    """A row under way. A cell is its blocks: paragraphs, and the rows of tables inside it."""

    cells: list[list[Block]] = field(default_factory=list)
    heading: bool = False


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield a table's blocks in reading order.

    A row's cells are divided by CELL (empty ones at its ends left out), the paragraphs of a cell joined by a space. A
    table inside a cell divides the row: what stands before it, its own rows, what stands behind. Footnotes follow the
    row. A table of one column, or with a whole text in a cell, only lays out the page: its paragraphs stay paragraphs.
    """
    if _is_layout(rows):
        for row in rows:
            for cell in row.cells:
                yield from cell
        return
    for row in rows:
        yield from _row_blocks(row)


def _is_layout(rows: Sequence[Row]) -> bool:
    return all(len(row.cells) <= 1 for row in rows) or any(_is_text(cell) for row in rows for cell in row.cells)


def _is_text(cell: Sequence[Block]) -> bool:
    own = [one for one in cell if one.role in {"body", "heading"} and one.text.strip()]
    return len(own) >= _PARAGRAPHS and sum(len(one.text) for one in own) >= _DOCUMENT


def _row_blocks(row: Row) -> Iterator[Block]:
    role: Role = "column_heading" if row.heading else "row"
    cells: list[str] = []
    for cell in row.cells:
        cells.append("")
        for one in cell:
            if one.role in {"row", "column_heading"}:
                yield _joined(cells, role)
                yield one
                cells = [""]
            elif one.role != "footnote":
                cells[-1] = f"{cells[-1]} {' '.join(one.text.replace(CELL, ' ').split(chr(10))).strip()}".strip()
    yield _joined(cells, role)
    yield from (one for cell in row.cells for one in cell if one.role == "footnote")


def _joined(cells: Sequence[str], role: Role) -> Block:
    filled = [place for place, text in enumerate(cells) if text]
    return Block(CELL.join(cells[filled[0] : filled[-1] + 1]) if filled else "", role)
