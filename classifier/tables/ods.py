"""OpenDocument's spreadsheets (.ods), by a walk of our own: odfpy is of 2020, python-calamine drops error values."""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from classifier.errors import TableError
from classifier.files import UNPACKED_MOST, unpacked_size
from classifier.tables.workbook import ERROR, MOST_CELLS, Line, Range, Sheet

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_WIDEST = 4096  # cells of a row: a file may say that they go on for ever


def sheets_of_ods(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each sheet's title and its rows."""
    if unpacked_size(data) > UNPACKED_MOST:
        raise TableError(f"{name}: would unpack to more than {UNPACKED_MOST // 1_000_000} MB; it is not opened")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise TableError(f"{name}: is protected by a password; take the password off and save it again")
        with archive.open("content.xml") as stream:
            yield from _sheets(stream, name)


def _sheets(stream: IO[bytes], name: str) -> Iterator[Sheet]:
    title, lines, inside, held = "", list[Line](), 0, 0
    number, merged = 0, list[Range]()
    for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - expat expands no external entity
        if element.tag == f"{_TABLE}table":
            inside += 1 if event == "start" else -1
            if event == "start" and inside == 1:
                title, lines, number, merged = element.get(f"{_TABLE}name", ""), [], 0, []
                held = 0
            elif event == "end" and inside == 0:
                yield title, iter(lines)
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row" and inside == 1:
            line = _line(element, title, number + 1, merged)
            times = _times(element, "rows") if any(line.cells) or line.unreadable else 1
            blank = 0 if times > 1 else _times(element, "rows") - 1
            held += times * max(1, len(line.cells))
            if held > MOST_CELLS:
                raise TableError(f"{name}: sheet {title} has more than {MOST_CELLS:,} cells; save the table as CSV")
            for _ in range(times):
                number += 1
                lines.append(Line(title, number, list(line.cells), dict(line.unreadable), line.merged))
            number += blank
            element.clear()


def _line(row: Element, title: str, number: int, merged: list[Range]) -> Line:
    cells: list[str] = []
    unreadable: dict[int, str] = {}
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        text = _text(cell)
        if cell.get(f"{_CALC}value-type") == "error":
            unreadable[len(cells)], text = ERROR.format(text), ""
        wide, tall = (int(cell.get(f"{_TABLE}number-{one}-spanned", 1)) for one in ("columns", "rows"))
        if wide > 1 or tall > 1:
            merged.append((len(cells) + 1, number, len(cells) + wide, number + tall - 1))
        cells += [text] * min(_times(cell, "columns"), _WIDEST - len(cells))
    while cells and not cells[-1] and len(cells) - 1 not in unreadable:
        cells.pop()
    return Line(title, number, cells, unreadable, [one for one in merged if one[1] <= number <= one[3]])


def _times(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", 1)))


def _text(cell: Element) -> str:
    """Return what a cell shows; a whole number and a date as they are stored, not as they are shown."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "float" and (value := cell.get(f"{_OFFICE}value")):
        return value
    if kind == "date" and (value := cell.get(f"{_OFFICE}date-value")):
        return value.replace("T", " ")
    return "\n".join(_paragraph(one) for one in cell if one.tag == f"{_TEXT}p")


def _paragraph(element: Element) -> str:
    """Return a paragraph's text. A note in a cell (office:annotation) is none of its paragraphs."""
    found = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            found.append(" " * int(child.get(f"{_TEXT}c", 1)))
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            found.append("\t" if child.tag.endswith("tab") else "\n")
        elif child.tag not in {f"{_TEXT}ruby-text", f"{_OFFICE}annotation"}:
            found.append(_paragraph(child))
        found.append(child.tail or "")
    return "".join(found)
