"""Paragraphs of a Word file as XML: written as text, which takes a tenth of python-docx's time."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from classifier.report.shown import shown

_WRAPPED = re.compile("(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # they turn what a reader takes the text to say
_BREAK = re.compile(r"([\n\t])")
_MAIN = "word/document.xml"
_NUMBER = "—"  # stands where a page number goes until the program that opens the file works it out


def plain(text: str) -> str:
    """Return a text as a Word file can hold it: what no file holds is replaced."""
    return _BIDI.sub(lambda found: f"[U+{ord(found[0]):04X}]", shown(_one_break(text)))


def joined(text: str) -> str:
    """Return a document's paragraph with its wrapped lines put together where Chinese goes on from one to the next."""
    return _WRAPPED.sub("", _one_break(text))


def _one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def run(text: str, properties: str = "") -> str:
    """Return a run; line breaks and tabs stay. `properties`: XML inside w:rPr."""
    inside = "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _BREAK.split(plain(text))
        if part
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Return a paragraph in a style, named by its id. `properties`: XML inside w:pPr."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def field(instruction: str, shown_before: str = _NUMBER) -> str:
    """Return a field: what the program that opens the file works out (PAGE, PAGEREF name)."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + run(shown_before) + mark("end")


def bookmarked(number: int, name: str, *runs: str) -> str:
    """Return runs that a link or a page number can point to."""
    marked = quoteattr(name)
    return f'<w:bookmarkStart w:id="{number}" w:name={marked}/>{"".join(runs)}<w:bookmarkEnd w:id="{number}"/>'


def link(name: str, *runs: str) -> str:
    """Return runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{"".join(runs)}</w:hyperlink>'


def table(style: str, widths: Sequence[int], rows: Sequence[Sequence[str]], heading: str, body: str) -> str:
    """Return a table whose first row is repeated on every page. `widths`: in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = []
    for number, row in enumerate(rows):
        mark = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if number == 0 else "<w:trPr><w:cantSplit/></w:trPr>"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(body if number else heading, run(text))}</w:tc>"
            for width, text in zip(widths, row, strict=True)
        )
        lines.append(f"<w:tr>{mark}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )


def save(document: Any, parts: Iterable[str], stream: IO[bytes]) -> None:
    """Write a python-docx document with paragraphs and tables at its end: as they are, for nobody must read them."""
    packed = io.BytesIO()
    document.save(packed)
    with ZipFile(packed) as before, ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for one in before.infolist():
            content = before.read(one)
            if one.filename == _MAIN:
                start, mark, end = content.decode().rpartition("<w:sectPr")
                content = "".join([start, *parts, mark, end]).encode()
            after.writestr(one.filename, content)
