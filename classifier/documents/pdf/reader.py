"""From a PDF's bytes to blocks and notes: opens it, reads page after page, then puts the pages together."""

from collections.abc import Callable, Iterator, Sequence

from classifier.documents.document import Reading
from classifier.documents.extras import LIBRARY, damaged, missing
from classifier.documents.notes import Note
from classifier.documents.pdf.fields import form_of, holds_xfa
from classifier.documents.pdf.layout import blocks_of
from classifier.documents.pdf.page import Page, read_page
from classifier.documents.pdf.pdfium_types import Form, Pdf
from classifier.documents.pdf.recognition import recognise_page, why_unloadable
from classifier.documents.pdf.stand_in_font import stand_in
from classifier.errors import InputError, obtainable

_XFA = Note("unread_member", 1, what="the XFA form inside is not read（其中的 XFA 表单未读入）")
_LISTED = 5  # names of attachments said one by one


def read_pdf(data: bytes, name: str) -> Reading:
    """Return the blocks of a PDF; pages without text are recognised where the extra `ocr` is installed.

    Raises InputError where it is no PDF, is protected by a password, or holds no text at all;
    MissingExtraError without the extra `documents`.
    """
    try:
        import pypdfium2  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "PDFs", error)
    stand_in(pypdfium2.raw)
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            with form_of(pdf) as form:
                pages = [_page(pdf, index, form, pypdfium2.PdfiumError) for index in range(len(pdf))]
            beside = [*_attachments(pdf), *([_XFA] if holds_xfa(pdf) else [])]
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise InputError(f"{name}: is protected by a password; take the password off and save it again") from error
        damaged(name, "PDF", error)
    return _reading(pages, beside, name)


def _page(pdf: Pdf, index: int, form: Form | None, failed: type[Exception]) -> Page:
    """Return a page, recognised where it has no text; a page that pdfium cannot load is marked as broken."""
    try:
        page = pdf[index]
    except failed:
        return Page(index + 1, broken=True)
    try:
        found = read_page(page, index + 1, form)
        if not found.has_text:
            found.take_recognised(recognise_page(page, index + 1))
    finally:
        page.close()
    return found


def _reading(pages: Sequence[Page], beside: Sequence[Note], name: str) -> Reading:
    blocks, left_out = blocks_of(pages)
    notes = [*_notes(pages), *left_out, *beside]
    if not any(block.text.strip() for block in blocks):
        raise InputError(f"{name}: {_why_empty(pages)}")
    return Reading(blocks=blocks, notes=notes)


def _why_empty(pages: Sequence[Page]) -> str:
    if any(page.is_unread for page in pages):
        if reason := why_unloadable():
            return f"the PDF has no text layer (a scan?), and text recognition cannot be loaded ({reason}): {LIBRARY}"
        install = 'pip install "local-government-classifier[ocr]"'
        why = "the PDF has no text layer (a scan?); reading it needs text recognition"
        return obtainable(f"{why}; install it with: {install}")
    if any(page.wordless for page in pages):
        return "no text was found on the pages' pictures; if there is some, scan them sharper, at 300 dpi"
    if any(page.broken for page in pages):
        return "the PDF's pages are damaged; open it and save it again"
    return "the PDF has no text layer and no pictures; nothing to label"


def _attachments(pdf: Pdf) -> list[Note]:
    count = pdf.count_attachments()
    if not count:
        return []
    names = ", ".join(pdf.get_attachment(index).get_name() for index in range(min(count, _LISTED)))
    return [Note("attachments", count, what=names + (", …" if count > _LISTED else ""))]


def _notes(pages: Sequence[Page]) -> Iterator[Note]:
    """Yield what the pages do not give."""
    yield from _by_page(pages, "pages_without_text", lambda page: int(page.is_unread))
    if any(page.is_unread for page in pages) and (reason := why_unloadable()):
        yield Note("unloadable", what=reason)
    yield from _by_page(pages, "glyphs_without_characters", lambda page: page.unmapped * (page.recognised is None))
    yield from _by_page(pages, "pages_without_words", lambda page: int(page.wordless))
    yield from _by_page(pages, "recognised", lambda page: int(page.recognised is not None))
    yield from _by_page(pages, "pictures", lambda page: page.pictures)
    yield from _by_page(pages, "hidden_text", lambda page: page.outside)
    yield from _by_page(pages, "comments", lambda page: page.comments)
    yield from _by_page(pages, "seals", lambda page: page.signatures)
    broken = tuple(page.number for page in pages if page.broken)
    if broken:
        yield Note("damaged", len(broken), broken, what="the page cannot be loaded")
    crowded = tuple(page.number for page in pages if page.left_out)
    if crowded:
        yield Note("too_large", len(crowded), crowded, what="characters beyond the first 200,000 of a page")


def _by_page(pages: Sequence[Page], kind: str, amount: Callable[[Page], int]) -> Iterator[Note]:
    amounts = {page.number: amount(page) for page in pages}
    places = tuple(number for number, count in amounts.items() if count)
    if places:
        yield Note(kind, sum(amounts.values()), places)
