"""Pictures and scanned pages to blocks and notes."""

from collections.abc import Sequence

import numpy as np

from classifier.documents.document import Block, Reading
from classifier.documents.layout.blocks import blocks_of
from classifier.documents.notes import Note
from classifier.documents.ocr.cache import kept
from classifier.documents.ocr.engine import Picture, require
from classifier.documents.ocr.lines import RecognisedPage
from classifier.documents.ocr.page import recognise
from classifier.documents.ocr.pictures import page_numbers, pages
from classifier.documents.pdf.pdfium_types import PdfPage
from classifier.documents.progress import page_begins
from classifier.errors import InputError

_UNSURE = 0.8  # a line with a smaller score is worth a second look
_DPI = 200  # of a page drawn to be recognised: a 10 pt character has 28 pixels
_LONGEST = 3_600  # pixels of a page's longer side, however large its sheet


def read_picture(data: bytes, name: str) -> Reading:
    """Return the text on a picture or on the pages of a TIFF file, its blocks marked as recognised.

    Raises InputError where the file is damaged, too large or shows no text, MissingExtraError without `ocr`.
    """
    require(name)
    numbers = page_numbers(data, name)
    found: list[RecognisedPage] = []
    for number, picture in enumerate(pages(data, name, numbers), 1):
        page_begins(name, number, len(numbers))
        found.append(kept(picture, recognise))
    if not any(page.lines for page in found):
        raise InputError(f"{name}: no text was found on the picture; if there is some, scan it sharper, at 300 dpi")
    blocks, notes = blocks_of([page.placed(number) for number, page in enumerate(found, 1)])
    return Reading(blocks=blocks, notes=[*notes, *recognition_notes(list(enumerate(found, 1)))])


def read_pdf_page(page: PdfPage, number: int, name: str = "the PDF") -> RecognisedPage:
    """Return the lines on a page of a PDF that holds pictures but no text.

    `number`: counted from 1, for whoever waits. Raises MissingExtraError, naming the file, without `ocr`.
    """
    require(name)
    page_begins(name, number)
    return kept(_drawn(page), recognise)


def pdf_page_blocks(page: PdfPage, number: int) -> list[Block]:
    """Return the blocks on a page of a PDF that holds pictures but no text; none where no text is found."""
    blocks, _ = blocks_of([read_pdf_page(page, number).placed(number)])
    return blocks


def read_picture_page(picture: Picture, number: int, name: str) -> RecognisedPage:
    """Return the lines on a page that is one picture, as scans inside other formats are."""
    require(name)
    page_begins(name, number)
    return kept(picture, recognise)


def recognition_notes(numbered_pages: Sequence[tuple[int, RecognisedPage]]) -> list[Note]:
    """Return what is to be said of recognised pages, given with their numbers."""
    read = [number for number, page in numbered_pages if page.lines]
    empty = [number for number, page in numbered_pages if not page.lines]
    unsure = {number: sum(line.score < _UNSURE for line in page.lines) for number, page in numbered_pages}
    unread = {number: page.unread for number, page in numbered_pages}
    seals = {number: page.seals for number, page in numbered_pages}
    counted = (("unsure_lines", unsure), ("unread_lines", unread), ("seals", seals))
    notes = [Note("recognised", len(read), tuple(read))] if read else []
    for kind, amounts in counted:
        if total := sum(amounts.values()):
            notes.append(Note(kind, total, tuple(number for number, amount in amounts.items() if amount)))
    return [*notes, Note("pages_without_words", len(empty), tuple(empty))] if empty else notes


def _drawn(page: PdfPage) -> Picture:
    width, height = page.get_size()
    scale = min(_DPI / 72, _LONGEST / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False)
    try:
        drawn = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    return (
        drawn[:, :, :3]
        if drawn.ndim == 3 and drawn.shape[2] >= 3
        else np.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2)
    )
