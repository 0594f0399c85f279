"""Word files put together from raw XML, small enough to see what a test is about."""

import io
import zipfile
from collections.abc import Mapping

from classifier.documents.document import Reading
from classifier.documents.word import read_docx

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OWN = ("styles", "numbering", "settings", "footnotes", "endnotes")


def p(text: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: str | int, level: int = 0) -> str:
    """Return a paragraph that is numbered by a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """Return a table of cells that hold a paragraph each, or XML that begins with <."""
    return f"<w:tbl>{''.join(row(*one) for one in rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; a cell that begins with <w:tc is taken as it is."""
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inside}{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell of text, or of XML that begins with <."""
    inside = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{inside}{content if content.startswith('<') else p(content)}</w:tc>"


def part(tag: str, content: str) -> str:
    """Return an XML part with all namespaces."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def relations(entries: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of relations from id → (kind, target)."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for name, (kind, target) in entries.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """Return a Word file. `parts`: the content of styles, numbering, footnotes … by name, other parts by their path.

    `links`: relations of the document beyond those to these parts: id → (kind, target).
    """
    parts = parts or {}
    own = {name: part(name, str(parts[name])) for name in _OWN if name in parts}
    entries = {name: (name, f"{name}.xml") for name in own} | dict(links or {})
    return zipped(
        {
            "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(entries),
            **{f"word/{name}.xml": content for name, content in own.items()},
            **{name: content for name, content in parts.items() if name not in _OWN},
        }
    )


def read(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, tuple[str, str]] | None = None
) -> Reading:
    """Return what is read of a Word file with this body."""
    return read_docx(docx(body, parts, links), "a.docx")


def texts(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, tuple[str, str]] | None = None
) -> list[str]:
    """Return the texts of the blocks of a Word file with this body, of which nothing is left out."""
    reading = read(body, parts, links)
    assert not reading.notes, reading.notes
    return [one.text for one in reading.blocks]


def roles(reading: Reading) -> list[tuple[str, str]]:
    """Return role and text of each block."""
    return [(one.role, one.text) for one in reading.blocks]


def notes(reading: Reading) -> dict[str, int]:
    """Return the amounts of the notes by kind."""
    return {one.kind: one.amount for one in reading.notes}
