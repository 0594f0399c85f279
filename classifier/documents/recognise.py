"""Tell a file's format: from its content first, from its name's ending only where the content does not say.

An ending tells little in an office: .doc files that are really HTML, RTF, MHT or .docx are common, .wps is Microsoft
Works' ending as well as WPS's.
"""

import re
import zipfile
from pathlib import PurePath

from classifier.tables.old_office import OLE, old_office_kind
from classifier.tables.workbook import is_excel_xml
from classifier.unzip import BROKEN, BoundedZip, TooLargeError

_MARKS = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"BM", "bmp"),
    (b"\xdb\xa5\x2d\0", "word2"),
)
_SURE_MARKS = (  # that no text begins with, whatever follows
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"MZ\x90\0", "exe"),
    (b"GIF87a", "gif"), (b"GIF89a", "gif"),
)  # fmt: skip
_PART_MOST = 1_000_000  # bytes of a part that says what kind of file it is
_ZIP_ENTRIES = (  # a member that only this format's files have
    (re.compile(r"OFD\.xml$", re.IGNORECASE), "ofd"),
    (re.compile(r"word/"), "docx"),
    (re.compile(r"xl/"), "xlsx"),
    (re.compile(r"ppt/"), "pptx"),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/epub+zip": "epub",
}
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE | re.DOTALL
)
_FLAT_ODT = re.compile(rb"<office:document\b[^>]*\boffice:mimetype=.application/vnd\.oasis\.opendocument\.text\b")
_WORD_XML = re.compile(rb"<(?:pkg:package|w:wordDocument)\b")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_MAIL_HEADERS = re.compile(
    rb"^(?:mime-version|content-type|received|message-id|subject):", re.IGNORECASE | re.MULTILINE
)
_TEXT_ENDINGS = {
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".mht": "mht", ".mhtml": "mht", ".eml": "eml", ".csv": "csv", ".tsv": "csv",
    ".xls": "csv", ".et": "csv",  # text under a workbook's name, as web systems hand it out
}  # fmt: skip


def format_of(data: bytes, name: str) -> str:
    """Return a format's id: docx, doc, rtf, odt, ofd, pdf, html, md, xlsx, xls, zip, png …; txt where nothing fits."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # the second: an archive of nothing
        return _zip_format(data)
    if data.startswith(OLE):
        return old_office_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for mark, kind in (*_SURE_MARKS, *_MARKS):
        if data.startswith(mark) and ((mark, kind) in _SURE_MARKS or b"\0" in data[:64]):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return _text_format(_head(data).removeprefix(b"\xef\xbb\xbf").lstrip(), PurePath(name).suffix.lower())


def _head(data: bytes) -> bytes:
    """Return the first bytes, of UTF-16 as UTF-8."""
    head = data[:4096]
    return head.decode("utf-16", "replace").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _zip_format(data: bytes) -> str:
    try:
        archive = BoundedZip(data)
        names = {member.filename: member for member in archive.members}
        if kind := _MIMETYPES.get(_part(archive, names.get("mimetype")).strip()):
            return kind
    except BROKEN:
        return "damaged zip"
    for pattern, kind in _ZIP_ENTRIES:
        if any(pattern.match(name.replace("\\", "/").lstrip("/")) for name in names):
            return kind
    return "docx" if _says_word(archive, names.get("[Content_Types].xml")) else "zip"


def _part(archive: BoundedZip, part: zipfile.ZipInfo | None) -> bytes:
    """Return a small part; nothing where there is none, or one larger than any program writes."""
    try:
        return archive.read(part, _PART_MOST) if part is not None else b""
    except TooLargeError:
        return b""


def _says_word(archive: BoundedZip, types: zipfile.ZipInfo | None) -> bool:
    """Return whether a package says that it is a Word file whose parts lie in no folder named word."""
    try:
        return b".wordprocessingml." in _part(archive, types)
    except BROKEN:
        return False


def _text_format(head: bytes, suffix: str) -> str:
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if is_excel_xml(head):
        return "xls"
    if found := next((kind for mark, kind in ((_WORD_XML, "word-xml"), (_FLAT_ODT, "odt")) if mark.search(head)), None):
        return found
    mail = _MAIL.match(head)
    if mail and _MAIL_HEADERS.search(mail[0]):
        return "eml" if suffix == ".eml" else "mht"
    if _HTML.match(head) or suffix in {".html", ".htm", ".xhtml", ".shtml"}:
        return "html"
    return _TEXT_ENDINGS.get(suffix, "txt")
