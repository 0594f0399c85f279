"""Puts the pages together: furniture and margins out, columns in reading order, then the flow of the text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from classifier.documents.document import Block
from classifier.documents.notes import Note
from classifier.documents.pdf.alignment import with_aligned_tables
from classifier.documents.pdf.columns import Column, columns_of
from classifier.documents.pdf.flow import Flow
from classifier.documents.pdf.footnotes import take_footnotes
from classifier.documents.pdf.frames import Frame, Lines, frames_of
from classifier.documents.pdf.furniture import Furniture, PageRows, take_furniture
from classifier.documents.pdf.headings import fonts_of
from classifier.documents.pdf.lines import Piece, line_of
from classifier.documents.pdf.margins import take_margins
from classifier.documents.pdf.page import Page
from classifier.documents.pdf.placed_lines import Line
from classifier.documents.pdf.tables import Table

_NOTE = 60  # characters that a text across the page or in its margin has at most; a longer one is body


class _PageParts:
    """A page's columns with their lines, footnotes taken out."""

    def __init__(self, page: Page, usual: float) -> None:
        self.page = page
        self.columns: list[tuple[Column, list[Piece | Table]]] = []
        self.footnotes: list[str] = []
        pieces = [piece for row in page.rows for piece in row]
        for column in columns_of(pieces, page.tables):
            items, notes = take_footnotes(column.items, usual, page.across, (page.width, page.height))
            self.footnotes += notes
            lines = [line_of(item) if isinstance(item, list) else item for item in with_aligned_tables(items)]
            self.columns.append((column, lines))


def blocks_of(pages: Sequence[Page]) -> tuple[list[Block], list[Note]]:
    """Return the blocks of pages in reading order, and notes on the furniture that was left out."""
    beside, again = _margins(pages)
    rows = [PageRows(page.number, page.height, page.rows) for page in pages]
    furniture = take_furniture(rows)
    for page, kept in zip(pages, rows, strict=True):
        page.rows = kept.rows
    fonts = fonts_of(piece for page in pages for row in page.rows for piece in row)
    parts = [_PageParts(page, fonts.usual) for page in pages]
    flow = Flow(fonts)
    frames = iter(_frames(parts))
    for part in parts:
        for text in furniture.texts.get(part.page.number, []) + beside.get(part.page.number, []):
            flow.add_beside(Block(text, "furniture" if len(text) <= _NOTE else "body", page=part.page.number))
        for block in part.page.recognised or []:
            flow.add_block(block)
        _add_columns(flow, part, frames)
        for text in part.footnotes:
            flow.add_beside(Block(text, "footnote", page=part.page.number))
    blocks = list(flow.blocks())
    return blocks, list(_left_out(furniture, again + flow.again))


def _left_out(furniture: Furniture, again: int) -> Iterator[Note]:
    if furniture.numbers:
        yield Note("page_numbers", furniture.numbers)
    if furniture.again + again:
        yield Note("repeated_furniture", furniture.again + again)


def _margins(pages: Sequence[Page]) -> tuple[dict[int, list[str]], int]:
    """Take the notes in margins out of the pages' rows; return each once, by page, and how often one stands again."""
    found: dict[int, list[str]] = {}
    said: Counter[str] = Counter()
    for page in pages:
        page.rows, notes = take_margins(page.rows)
        for text in notes + page.turned:
            said[text] += 1
            if said[text] == 1 or len(text) > _NOTE:
                found.setdefault(page.number, []).append(text)
    return found, sum(count - 1 for text, count in said.items() if len(text) <= _NOTE)


def _frames(parts: Sequence[_PageParts]) -> list[Frame]:
    return frames_of(
        [
            Lines(column.place, part.page.width, [item for item in lines if isinstance(item, Piece)])
            for part in parts
            for column, lines in part.columns
        ]
    )


def _add_columns(flow: Flow, part: _PageParts, frames: Iterator[Frame]) -> None:
    for _, lines in part.columns:
        frame = next(frames)
        above: Piece | None = None
        for item in lines:
            if isinstance(item, Piece):
                gap = item.y - above.y if above is not None else None
                flow.add_line(Line(item, frame, part.page.number, gap))
                above = item
            else:
                flow.add_table(item, part.page.number)
                above = None
