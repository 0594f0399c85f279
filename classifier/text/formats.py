"""Take the text out of web pages, Word files and PDFs (the extra `documents`)."""

import io
from collections.abc import Iterator
from typing import Any, NoReturn

from classifier.errors import InputError, MissingExtraError

INSTALL = 'pip install "local-government-classifier[documents]"'


def html_text(data: bytes, name: str) -> tuple[str, str]:
    """Return a page's main text, menus and footers left out, and its encoding."""
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - optional
        from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - optional
    except ImportError as error:
        _missing(name, "web pages", error)
    encoding = detect_encoding(data, html5_compatible=True, from_html_meta=True) or "utf-8"
    page = data.decode(encoding, errors="replace")
    options: dict[str, Any] = {"alt_texts": False, "links": False, "form_fields": False, "noscript": False}
    text: str = extract_plain_text(page, main_content=True, **options)
    if not text.strip():  # a page that is all main text, or none that the rules know
        text = extract_plain_text(page, main_content=False, **options)
    return text, encoding


def docx_text(data: bytes, name: str) -> str:
    """Return a Word file's paragraphs and the cells of its tables in reading order, one a line."""
    try:
        import docx  # noqa: PLC0415 - optional
    except ImportError as error:
        _missing(name, "Word files", error)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(_blocks(document))
    except Exception as error:  # noqa: BLE001 - zip, XML and key errors of many kinds, all meaning the same
        _damaged(name, "Word file (.docx)", error)


def pdf_text(data: bytes, name: str) -> str:
    """Return the text layer of a PDF, page after page."""
    try:
        import pypdfium2  # noqa: PLC0415 - optional
    except ImportError as error:
        _missing(name, "PDFs", error)
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page_text(pdf, number) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        _damaged(name, "PDF (or it needs a password)", error)
    text = "\n".join(pages)
    if not text.strip():
        raise InputError(f"{name}: the PDF has no text layer (a scan?); run text recognition (OCR) on it first")
    return text


def _page_text(pdf: Any, number: int) -> str:
    page = pdf[number]
    layer = page.get_textpage()
    # U+FFFE is where pdfium joins a word hyphenated at the line's end
    text: str = layer.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
    layer.close()
    page.close()
    return text


def _blocks(container: Any) -> Iterator[str]:
    """Yield the text of paragraphs and of tables' cells in order; merged cells once."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            seen = set()
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # noqa: SLF001 - python-docx's own way to tell merged cells
                        seen.add(cell._tc)  # noqa: SLF001
                        yield from _blocks(cell)
        else:
            yield block.text


def _missing(name: str, what: str, error: ImportError) -> NoReturn:
    raise MissingExtraError(f"{name}: reading {what} needs an extra package; install it with: {INSTALL}") from error


def _damaged(name: str, what: str, error: Exception) -> NoReturn:
    raise InputError(f"{name}: cannot be read as a {what}: {error}; open it and save it again") from error
