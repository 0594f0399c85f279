"""The one place where PDFs meet text recognition: pages without text go to the extra `ocr` where it is installed."""

from importlib import import_module

from classifier.documents.document import Block
from classifier.documents.pdf.pdfium_types import PdfPage
from classifier.errors import MissingExtraError


def recognise_page(page: PdfPage, number: int) -> list[Block] | None:
    """Return the blocks of a pypdfium2 page, recognised from its picture; None where the extra is not installed."""
    try:
        found: list[Block] = import_module("classifier.documents.ocr").pdf_page_blocks(page, number)
    except (ImportError, MissingExtraError):
        return None
    return found


def why_unloadable() -> str:
    """Return why the extra `ocr`, which is installed, cannot be loaded; "" where it can, or is not installed."""
    try:
        return str(import_module("classifier.documents.ocr.engine").why_unloadable())
    except ImportError:
        return ""
