"""Pages to blocks: the text flows from column to column and page to page, round furniture and footnotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from classifier.documents.document import Block
from classifier.documents.pdf.headings import Fonts, heading_level
from classifier.documents.pdf.paragraphs import paragraphs_of, text_of
from classifier.documents.pdf.placed_lines import Line
from classifier.documents.pdf.tables import Table, continued, goes_on, joined_rows

_SAME_TABLE = 6.0  # points by which the edges of a table's parts may differ


@dataclass
class _Run:
    """Lines that nothing but furniture and footnotes parts. `beside`: blocks, and after how many lines they stand."""

    lines: list[Line] = field(default_factory=list)
    beside: list[tuple[int, Block]] = field(default_factory=list)


@dataclass
class _TablePart:
    table: Table
    page: int


class Flow:
    """Takes what stands on the pages, in reading order; gives blocks. `again`: column names said again, left out."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._parts: list[_Run | _TablePart | Block] = []
        self.again = 0

    def add_line(self, line: Line) -> None:
        """Take a line of running text."""
        self._run().lines.append(line)

    def add_beside(self, block: Block) -> None:
        """Take furniture or a footnote, round which the text flows."""
        run = self._run()
        run.beside.append((len(run.lines), block))

    def add_block(self, block: Block) -> None:
        """Take a block that parts the text before it from the text after it."""
        self._parts.append(block)

    def add_table(self, table: Table, page: int) -> None:
        """Take a table, or the part of one that stands on a page."""
        before = self._table_before(table, page)
        if before is not None:
            table, again = continued(before.table, table)
            self.again += again
            if table.rows and goes_on(before.table.rows[-1], table.rows[0]):
                last = joined_rows(before.table.rows[-1], table.rows[0])
                before.table = replace(before.table, rows=(*before.table.rows[:-1], last))
                table = replace(table, rows=table.rows[1:])
        if table.rows:
            self._parts.append(_TablePart(table, page))

    def _table_before(self, table: Table, page: int) -> _TablePart | None:
        """Return the table that goes on in another: on the page before, as wide, with nothing but furniture between."""
        for part in reversed(self._parts):
            if isinstance(part, _Run) and not part.lines:
                continue
            if not isinstance(part, _TablePart) or part.page != page - 1 or part.table.columns != table.columns:
                return None
            same = abs(part.table.x0 - table.x0) < _SAME_TABLE and abs(part.table.x1 - table.x1) < _SAME_TABLE
            return part if same and part.table.rows else None
        return None

    def _run(self) -> _Run:
        if not self._parts or not isinstance(self._parts[-1], _Run):
            self._parts.append(_Run())
        last = self._parts[-1]
        assert isinstance(last, _Run)  # noqa: S101 - put there above
        return last

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        for part in self._parts:
            if isinstance(part, Block):
                yield part
            elif isinstance(part, _TablePart):
                for index, row in enumerate(part.table.rows):
                    yield Block(row.text, "column_heading" if index < part.table.names else "row", page=part.page)
            else:
                yield from self._run_blocks(part)

    def _run_blocks(self, run: _Run) -> Iterator[Block]:
        beside, done = list(run.beside), 0
        for lines in paragraphs_of(run.lines, self._fonts.usual):
            while beside and beside[0][0] <= done:
                yield beside.pop(0)[1]
            yield self._paragraph(lines)
            done += len(lines)
        yield from (block for _, block in beside)

    def _paragraph(self, lines: Sequence[Line]) -> Block:
        is_heading, level = heading_level(lines, self._fonts)
        return Block(text_of(lines), "heading" if is_heading else "body", level, lines[0].page)
