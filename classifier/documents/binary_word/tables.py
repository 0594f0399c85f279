"""Paragraphs → blocks: a row of a table is one block; tables that only lay out a page are read as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from classifier.documents.binary_word.paragraphs import Paragraph
from classifier.documents.document import Block
from classifier.documents.rows import cell_text, heading_rows, joined_cells

_LONG = 600  # characters over which a cell of several paragraphs holds a text, not an entry
_ROWS = frozenset({"row", "column_heading"})


@dataclass
class Row:
    """A row under way. A cell is its blocks: paragraphs, notes, and the rows of tables inside it.

    `merged`: the cells that only continue the one before.
    """

    cells: list[list[Block]] = field(default_factory=lambda: [[]])
    column_heading: bool = False
    merged: frozenset[int] = frozenset()


class Blocks:
    """Gathers paragraphs into blocks. The stack of rows begun goes as deep as tables lie in tables."""

    def __init__(self) -> None:
        self._open: list[Row] = []
        self._tables: list[list[Row]] = [[]]  # rows ended, of each depth

    def of(self, paragraphs: Iterable[Paragraph]) -> Iterator[Block]:
        """Yield the blocks of a story in reading order, those without text, too."""
        for paragraph in paragraphs:
            while len(self._open) > paragraph.depth:  # rows whose end is missing
                self._end_row()
            while len(self._tables) > max(paragraph.depth, 1):
                self._end_table()
            if not paragraph.depth:
                yield from self._end_outermost()
                yield paragraph.block
                yield from paragraph.after
                continue
            while len(self._open) < paragraph.depth:
                self._open.append(Row())
                while len(self._tables) < len(self._open):
                    self._tables.append([])
            self._add(paragraph)
        while self._open:
            self._end_row()
        while len(self._tables) > 1:
            self._end_table()
        yield from self._end_outermost()

    def _add(self, paragraph: Paragraph) -> None:
        row = self._open[-1]
        if paragraph.row_end:
            row.column_heading, row.merged = paragraph.column_heading, paragraph.merged
            if paragraph.block.text.strip():  # a row's end that damage has put behind text
                row.cells[-1].append(paragraph.block)
            row.cells[-1] += paragraph.after
            self._end_row()
            return
        row.cells[-1] += [paragraph.block, *paragraph.after]
        if paragraph.cell_end:
            row.cells.append([])

    def _end_row(self) -> None:
        row = self._open.pop()
        if not row.cells[-1]:
            row.cells.pop()
        self._tables[len(self._open)].append(row)

    def _end_table(self) -> None:
        """Put the rows of a table inside a cell into it."""
        rows = self._tables.pop()
        if rows:
            depth = len(self._tables)
            while len(self._open) < depth:
                self._open.append(Row())
            self._open[depth - 1].cells[-1] += table_blocks(rows)

    def _end_outermost(self) -> Iterator[Block]:
        rows, self._tables[0] = self._tables[0], []
        yield from table_blocks(rows)


def table_blocks(rows: list[Row]) -> Iterator[Block]:
    """Yield a table's rows as blocks; where it has one column or a whole text in a cell, the blocks in its cells."""
    one_column = all(len(row.cells) < 2 for row in rows)
    marked = {place for place, row in enumerate(rows) if row.column_heading}
    headings = set() if one_column else heading_rows([_texts(row) for row in rows], marked)
    for place, row in enumerate(rows):
        if one_column or _is_text(row, alone=len(rows) == 1):
            for cell in row.cells:
                yield from cell
        else:
            yield from _as_row(row, place in headings)


def _texts(row: Row) -> list[str]:
    """Return the texts of a row's cells, without those that only continue the one before."""
    texts = [cell_text(_paragraphs(cell)) for cell in row.cells]
    return [text for number, text in enumerate(texts) if text or number not in row.merged]


def _as_row(row: Row, is_heading: bool) -> Iterator[Block]:
    if text := joined_cells(_texts(row)):
        yield Block(text, "column_heading" if is_heading else "row")
    for cell in row.cells:
        yield from (one for one in cell if one.role == "footnote")


def _paragraphs(cell: list[Block]) -> list[str]:
    return [
        " ".join(block.text.split("\n")).strip() for block in cell if block.role != "footnote" and block.text.strip()
    ]


def _is_text(row: Row, alone: bool) -> bool:
    """Return whether a row only lays out a page; `alone`: in a table of one row, which has no columns to speak of."""
    filled = [cell for cell in row.cells if _paragraphs(cell)]
    if len(filled) == 1 and _has_table(filled[0]):
        return True
    return any(_is_document(cell, alone) for cell in filled)


def _is_document(cell: list[Block], alone: bool) -> bool:
    lengths = [len(paragraph) for paragraph in _paragraphs(cell)]
    if alone:
        return _has_table(cell) or (len(lengths) > 1 and sum(lengths) > 80 and max(lengths) > 30)
    return (len(lengths) > 2 and sum(lengths) > _LONG) or (len(lengths) > 5 and sum(lengths) > _LONG // 2)


def _has_table(cell: list[Block]) -> bool:
    return sum(block.role in _ROWS for block in cell) > 1
