"""Web pages (the extra `documents`)."""

from typing import Any

from classifier.documents.document import Reading
from classifier.documents.extras import missing


def read_html(data: bytes, name: str) -> Reading:
    """Return a page's main text, menus and footers left out, and its encoding."""
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - optional
        from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "web pages", error)
    encoding = detect_encoding(data, html5_compatible=True, from_html_meta=True) or "utf-8"
    page = data.decode(encoding, errors="replace")
    options: dict[str, Any] = {"alt_texts": False, "links": False, "form_fields": False, "noscript": False}
    text: str = extract_plain_text(page, main_content=True, **options)
    if not text.strip():  # a page that is all main text, or none that the rules know
        text = extract_plain_text(page, main_content=False, **options)
    return Reading(text=text, encoding=encoding)
