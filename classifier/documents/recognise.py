"""Tell a file's format: from its content first, from its name's ending only where the content does not say.

An ending tells little in an office: .doc files that are really HTML, RTF, MHT or .docx are common, .wps is Microsoft
Works' ending as well as WPS's.
"""

import io
import re
import zipfile
from pathlib import PurePath

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_STREAMS = (  # the stream that only this format's files have, as its directory spells it
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "works"),
    ("EncryptedPackage", "encrypted"),
)
_MARKS = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"), (b"BM", "bmp"),
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"),
)  # fmt: skip
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
}  # fmt: skip


def format_of(data: bytes, name: str) -> str:
    """Return a format's id: docx, doc, rtf, odt, ofd, pdf, html, md, xlsx, xls, zip, png …; txt where nothing fits."""
    if data.startswith(b"PK\x03\x04"):
        return _zip_format(data)
    if data.startswith(_OLE):
        return next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for mark, kind in _MARKS:
        if data.startswith(mark) and b"\0" in data[:64]:
            return kind
    return _text_format(data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(), PurePath(name).suffix.lower())


def _zip_format(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                kind = _MIMETYPES.get(archive.read("mimetype")[:80].strip())
                if kind:
                    return kind
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return "damaged zip"
    for pattern, kind in _ZIP_ENTRIES:
        if any(pattern.match(name.replace("\\", "/").lstrip("/")) for name in names):
            return kind
    return "zip"


def _text_format(head: bytes, suffix: str) -> str:
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _WORD_XML.search(head):
        return "word-xml"
    if _FLAT_ODT.search(head):
        return "odt"
    mail = _MAIL.match(head)
    if mail and _MAIL_HEADERS.search(mail[0]):
        return "eml" if suffix == ".eml" else "mht"
    if _HTML.match(head) or suffix in {".html", ".htm", ".xhtml", ".shtml"}:
        return "html"
    return _TEXT_ENDINGS.get(suffix, "txt")
