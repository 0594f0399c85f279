"""Pages of placed text to blocks and notes: the way from positions to paragraphs, in one function."""

from collections.abc import Sequence

from classifier.documents.document import CELL, Block
from classifier.documents.layout.columns import halves, in_columns
from classifier.documents.layout.furniture import Furnished, apart
from classifier.documents.layout.paragraphs import body_size, in_region, paragraphs, text_of
from classifier.documents.layout.placed import Line, PlacedPage
from classifier.documents.layout.rows import grouped, rows_of
from classifier.documents.layout.table_rows import with_cells
from classifier.documents.notes import Note

_HEADING = 1.22  # of the size most text is set in: a larger line is a heading
_LONGEST_HEADING = 120  # characters


def blocks_of(pages: Sequence[PlacedPage]) -> tuple[list[Block], list[Note]]:
    """Return the blocks of a document in reading order, and notes on page numbers and repetitions left out.

    Each text handed in stands in exactly one block, but page numbers and what repeats at the edges of pages.
    """
    rows = [rows_of(page.pieces, page.number) for page in pages]
    found = apart(pages, rows)
    lines: list[Line] = []
    region = 0
    for page, page_rows in zip(pages, found.body, strict=True):
        for half in halves([one for row in page_rows for one in row], page.width, page.height):
            for part in in_columns(half):
                region += 1
                part_rows = grouped(part)
                lines += in_region(part_rows, with_cells(part_rows), region, half, page.width)
    size = body_size(lines)
    seen = {page.number for page in pages if page.recognised}
    blocks = [_block(group, size, group[0].page in seen) for group in paragraphs(lines)]
    running = [Block(text, "furniture", page=number, recognised=number in seen) for text, number in found.running]
    return _with_furniture(blocks, running), _notes(found)


def _block(group: Sequence[Line], size: float, recognised: bool) -> Block:
    first = group[0]
    if first.cells:
        return Block(CELL.join(first.cells), "row", page=first.page, recognised=recognised)
    text = text_of(group)
    heading = first.size > _HEADING * size and len(text) <= _LONGEST_HEADING and text[-1] not in "。，；、"
    return Block(text, "heading" if heading else "body", page=first.page, recognised=recognised)


def _with_furniture(blocks: Sequence[Block], furniture: Sequence[Block]) -> list[Block]:
    """Put each header and footer behind the last block that begins on its page."""
    ordered: list[Block] = []
    waiting = list(furniture)
    for block in blocks:
        while waiting and (waiting[0].page or 0) < (block.page or 0):
            ordered.append(waiting.pop(0))
        ordered.append(block)
    return [*ordered, *waiting]


def _notes(furnished: Furnished) -> list[Note]:
    notes = []
    if furnished.numbers:
        notes.append(Note("page_numbers", len(furnished.numbers), tuple(furnished.numbers)))
    if furnished.repeated:
        notes.append(Note("repeated_furniture", len(furnished.repeated), tuple(sorted(set(furnished.repeated)))))
    return notes
