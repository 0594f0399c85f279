"""Read a document from a path or from standard input, whatever its format."""

import sys
from pathlib import Path

from classifier.errors import InputError
from classifier.text.decode import decode
from classifier.text.document import Document
from classifier.text.formats import docx_text, html_text, pdf_text

STDIN = "-"
_OTHER_OFFICE = {".doc", ".wps", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".rtf", ".ofd", ".et"}
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


def read(path: str) -> Document:
    """Return the document at `path` ("-" for standard input).

    The format is told from the content first, then from the name's ending. Raises InputError where
    there is nothing to label: no such file, a folder, an empty or binary file, an unknown format.
    """
    name = "<stdin>" if path == STDIN else path
    data = _bytes(path)
    if not data.strip():
        raise InputError(f"{name}: the file is empty; nothing to label")
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Document:
    """Return the document in `data`; `name` is for messages and for the format's ending."""
    suffix = Path(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        document = Document(name, pdf_text(data, name), "pdf")
    elif data.startswith(b"PK\x03\x04") and suffix in {".docx", ".docm", ""}:
        document = Document(name, docx_text(data, name), "docx")
    elif suffix in _OTHER_OFFICE or data.startswith((_OLD_OFFICE, b"PK\x03\x04", b"{\\rtf")):
        raise InputError(f"{name}: this format is not read; save it as .docx, .txt or .pdf and try again")
    elif suffix in {".docx", ".pdf"}:
        raise InputError(f"{name}: not a {suffix[1:]} file inside; open it and save it again")
    elif suffix in {".html", ".htm", ".xhtml", ".shtml"} or _looks_like_html(data):
        text, encoding = html_text(data, name)
        document = Document(name, text, "html", encoding)
    else:
        text, encoding = decode(data, name)
        document = Document(name, text, "md" if suffix == ".md" else "txt", encoding)
    if not document.text.strip().strip("\ufeff"):
        raise InputError(f"{name}: holds no text; nothing to label")
    return document


def _bytes(path: str) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; name its files, e.g. {path.rstrip('/')}/*.txt") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read ({reason})") from error


def _looks_like_html(data: bytes) -> bool:
    head = data[:1000].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
