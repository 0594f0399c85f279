"""PDFs with a text layer (the extra `documents`)."""

from typing import Any

from classifier.documents.document import Reading
from classifier.documents.extras import damaged, missing
from classifier.errors import InputError


def read_pdf(data: bytes, name: str) -> Reading:
    """Return the text layer of a PDF, page after page."""
    try:
        import pypdfium2  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "PDFs", error)
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page_text(pdf, number) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        damaged(name, "PDF (or it needs a password)", error)
    text = "\n".join(pages)
    if not text.strip():
        raise InputError(f"{name}: the PDF has no text layer (a scan?); run text recognition (OCR) on it first")
    return Reading(text=text)


def _page_text(pdf: Any, number: int) -> str:
    page = pdf[number]
    layer = page.get_textpage()
    # U+FFFE is where pdfium joins a word hyphenated at the line's end
    text: str = layer.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
    layer.close()
    page.close()
    return text
