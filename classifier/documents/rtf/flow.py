"""A stream of paragraphs under way: the body, a note, a header, a text box; its tables, nested as they are."""

from dataclasses import dataclass, field, replace

from classifier.documents.document import Block, Role
from classifier.documents.rows import Row, table_blocks
from classifier.documents.rtf.styles import BODY


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    row: Row = field(default_factory=Row)
    cell: list[Block] = field(default_factory=list)


class Flow:
    """Collects characters into paragraphs, cells and rows.

    `use`: what it becomes when it ends. `bad_before`: how many bytes had fitted no character when it began.
    """

    def __init__(self, use: str, bad_before: int = 0) -> None:
        self.use = use
        self.bad_before = bad_before
        self.pieces: list[str] = []
        self.number = ""  # the automatic number of the paragraph under way
        self.blocks: list[Block] = []
        self.after: list[Block] = []  # text boxes and footnotes of the paragraph under way
        self._tables: list[_Table] = []

    def text(self) -> str:
        """Return the paragraph under way as it stands."""
        return "".join(self.pieces)

    def end_paragraph(self, depth: int, shape: Block = BODY) -> None:
        """End the paragraph under way. `depth`: in how many tables it stands; `shape`: its role and level."""
        self._move_to(depth)
        into = self._tables[-1].cell if self._tables else self.blocks
        text = self.text()
        if text.strip():
            into.append(replace(shape, text=self.number + text.lstrip(" \t") if self.number else text))
        into.extend(self.after)
        self.pieces, self.number, self.after = [], "", []

    def end_cell(self, depth: int, shape: Block = BODY) -> None:
        """End the cell under way, and the paragraph in it."""
        self.end_paragraph(depth, shape)
        table = self._tables[-1]
        table.row.cells.append(table.cell)
        table.cell = []

    def end_row(self, depth: int, heading: bool) -> None:
        """End the row under way of the table at `depth`. `heading`: it is repeated on each page, so names columns."""
        if self.text().strip():  # a paragraph without the mark that ends a cell
            self.end_cell(depth)
        self._move_to(depth)
        table = self._tables[-1]
        if table.cell:
            table.row.cells.append(table.cell)
            table.cell = []
        if table.row.cells:
            table.row.heading = heading
            table.rows.append(table.row)
        table.row = Row()

    def end(self, role: Role | None = None) -> list[Block]:
        """End the stream and return its blocks; its paragraphs in `role` where one is given."""
        self.end_paragraph(len(self._tables))
        self._move_to(0)
        if role is None:
            return self.blocks
        return [replace(block, role=role, level=None) for block in self.blocks]

    def _move_to(self, depth: int) -> None:
        while len(self._tables) < depth:
            self._tables.append(_Table())
        while len(self._tables) > depth:
            table = self._tables.pop()
            if table.cell:
                table.row.cells.append(table.cell)
            if table.row.cells:
                table.rows.append(table.row)
            (self._tables[-1].cell if self._tables else self.blocks).extend(table_blocks(table.rows))
