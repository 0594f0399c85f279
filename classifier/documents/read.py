"""Read documents from a path, from bytes or from standard input, whatever their format."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePath

from classifier.documents.archive import Unread, count_members, members
from classifier.documents.document import Document, Reading
from classifier.documents.file_names import readable
from classifier.documents.notes import Note
from classifier.documents.recognise import format_of
from classifier.errors import InputError
from classifier.tables.old_office import old_office

STDIN = "-"
_READERS = {  # format → module and function(data, name) -> Reading; imported where a file of that format comes
    "bmp": ("ocr", "read_picture"),
    "csv": ("spreadsheet", "read_csv"),
    "doc": ("binary_word", "read_doc"),
    "docx": ("word", "read_docx"),
    "eml": ("mail", "read_eml"),
    "epub": ("epub", "read_epub"),
    "html": ("web_page", "read_html"),
    "jpg": ("ocr", "read_picture"),
    "md": ("markdown", "read_markdown"),
    "mht": ("mail", "read_mht"),
    "ods": ("spreadsheet", "read_workbook"),
    "odt": ("opendocument", "read_odt"),
    "ofd": ("ofd", "read_ofd"),
    "pdf": ("pdf", "read_pdf"),
    "png": ("ocr", "read_picture"),
    "rtf": ("rtf", "read_rtf"),
    "tif": ("ocr", "read_picture"),
    "txt": ("plain_text", "read_text"),
    "word-xml": ("word", "read_word_xml"),
    "xls": ("spreadsheet", "read_workbook"),
    "xlsx": ("spreadsheet", "read_workbook"),
}
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
_ENDINGS = frozenset({
    ".txt", ".md", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".eml", ".epub", ".pdf", ".ofd", ".zip",
    ".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".fodt",
})  # fmt: skip
SUFFIXES = _ENDINGS | (PICTURES if find_spec("rapidocr") and find_spec("onnxruntime") else frozenset())
"""Endings of files that are taken for documents where a folder is read: pictures only where the extra `ocr` is
installed, since without it every logo beside the documents would be one that cannot be read. They are passed over then,
which is said; a picture that is named itself is an error that names the extra."""

_UNREAD = {
    "ppt": "slides are not read; save them as .pdf",
    "pptx": "slides are not read; save them as .pdf",
    "word2": "written by Word 2 or older, which is not read; save it as .docx",
    "works": "a Microsoft Works file, which is not read; save it as .docx",
    "encrypted": "is protected by a password; take the password off and save it again",
    "rar": "an archive of a kind that is not opened; unpack it and name its files",
    "7z": "an archive of a kind that is not opened; unpack it and name its files",
    "exe": "a program, not a document; it is not read",
    "gif": "a picture of a kind that is not read; save it as .png",
    "webp": "a picture of a kind that is not read; save it as .png",
    "rows": "a table of rows, not a document; label its rows with `classify score`",
    "damaged zip": "is damaged (not a whole zip archive, which .docx, .xlsx and .ofd files are); save it again",
}


def read(path: str) -> Document:
    """Return the document at `path` ("-" for standard input).

    The format is told from the content first, then from the name's ending. Raises InputError where
    there is nothing to label: no such file, a folder, an empty or binary file, an unknown format, an archive
    of several documents (`read_all` reads those).
    """
    return from_bytes(file_bytes(path), _name(path))


def read_all(path: str, text_column: str | None = None) -> Iterator[Document | Unread]:
    """Yield the document at `path`, or each of those in an archive; what cannot be read of an archive as an Unread.

    `text_column`: of tables the column that is read, None for the one whose heading tells.

    Raises InputError, once iterated, where the file itself cannot be read.
    """
    yield from all_from_bytes(file_bytes(path), _name(path), text_column)


def read_each(paths: Iterable[str], text_column: str | None = None) -> Iterator[Document | Unread]:
    """Yield the document at each path, or each of those in an archive; as an Unread what cannot be read.

    "-" is standard input. `text_column`: see `read_all`. Raises nothing where a file cannot be read.
    """
    for path in paths:
        try:
            yield from read_all(path, text_column)
        except InputError as error:
            yield Unread(_name(path), error)


def read_readable(
    paths: Iterable[str], failed: Callable[[InputError], object], text_column: str | None = None
) -> Iterator[Document]:
    """Yield the documents of paths, those of archives one by one; `failed` is told of each that cannot be read.

    `text_column`: see `read_all`.
    """
    for document in read_each(paths, text_column):
        if isinstance(document, Unread):
            failed(document.error)
        else:
            yield document


def all_from_bytes(data: bytes, name: str, text_column: str | None = None) -> Iterator[Document | Unread]:
    """Yield the document in a file's bytes, or each of those in an archive; as an Unread what cannot be read of it.

    `name`: for messages and for the format's ending. `text_column`: see `read_all`. Raises InputError,
    once iterated, where the file itself cannot be read.
    """
    if not _is_archive(data, name):
        yield from_bytes(data, name, text_column)
        return
    for member in members(data, name):
        try:
            yield member if isinstance(member, Unread) else from_bytes(member.data, member.name, text_column)
        except InputError as error:
            yield Unread(member.name, error)


def from_bytes(data: bytes, name: str, text_column: str | None = None) -> Document:
    """Return the document in `data`; `name` is for messages and for the format's ending. Raises InputError.

    `text_column`: see `read_all`.

    Of an archive it is the one that can be read, where there is exactly one: what else lies there is in its notes.
    """
    if not data.strip():
        raise InputError(f"{name}: the file is empty; nothing to label")
    if _is_archive(data, name):
        return _only_member(data, name, text_column)
    kind = "rows" if _is_rows(data, name) else format_of(data, name)
    document = Document.of(_reading(data, name, kind, text_column), name, kind)
    if not document.text.strip().strip("\ufeff\ufffd"):
        said = "; ".join(note.say() for note in document.notes)
        raise InputError(f"{name}: holds no text; nothing to label" + (f" ({said})" if said else ""))
    return document


def file_bytes(path: str) -> bytes:
    """Return a file's content, of standard input for "-". Raises InputError where it cannot be read."""
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


def _reading(data: bytes, name: str, kind: str, text_column: str | None) -> Reading:
    reader = _reader(kind, data, name)
    if text_column is None or _READERS[kind][0] != "spreadsheet":
        return reader(data, name)
    from classifier.documents.spreadsheet import read_csv, read_workbook  # noqa: PLC0415 - as the other readers

    return (read_csv if kind == "csv" else read_workbook)(data, name, text_column)


def _only_member(data: bytes, name: str, text_column: str | None) -> Document:
    documents: list[Document] = []
    unread: list[Unread] = []
    for document in all_from_bytes(data, name, text_column):
        if isinstance(document, Unread):
            unread.append(document)
        else:
            documents.append(document)
        if len(documents) > 1:
            raise InputError(
                f"{name}: an archive of {count_members(data, name):,} files, of which only one can be opened here; "
                "unpack it, or label all with the command `classify` or with `read_all`"
            )
    if not documents:
        raise InputError(f"{name}: none of the archive's {len(unread):,} files can be read: {unread[0].error}")
    notes = (Note("unread_member", 1, what=str(document.error)) for document in unread)
    return replace(documents[0], notes=(*documents[0].notes, *notes))


def _is_archive(data: bytes, name: str) -> bool:
    return data.startswith(b"PK") and format_of(data, name) == "zip"


def _is_rows(data: bytes, name: str) -> bool:
    """Tell whether it is a table of JSON or Parquet: read as text, its marks and names would be labelled as well."""
    if data.startswith(b"PAR1"):
        return True
    begins = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return PurePath(name).suffix.lower() in {".jsonl", ".ndjson", ".json"} and begins.startswith((b"{", b"["))


def _name(path: str) -> str:
    return "<stdin>" if path == STDIN else readable(path)


def _reader(kind: str, data: bytes, name: str) -> Callable[[bytes, str], Reading]:
    suffix = PurePath(name).suffix.lower()
    if kind == "txt" and suffix in {".docx", ".pdf", ".ofd", ".odt"}:
        raise InputError(f"{name}: not a {suffix[1:]} file inside; open it and save it again")
    if kind == "ole":
        old = old_office(data, name)
        raise InputError(
            f"{name}: an old {old.program} file of a kind that is not read, or a damaged one; "
            f"open it and save it as {old.save_as}"
        )
    if kind not in _READERS:
        why = _UNREAD.get(kind, "this format is not read; save it as .docx, .txt or .pdf and try again")
        raise InputError(f"{name}: {why}")
    module, function = _READERS[kind]
    reader: Callable[[bytes, str], Reading] = getattr(import_module(f"classifier.documents.{module}"), function)
    return reader
