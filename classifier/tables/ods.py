"""OpenDocument's spreadsheets (.ods), by a walk of our own: odfpy is of 2020, python-calamine drops error values."""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from classifier.errors import TableError
from classifier.tables.number_formats import WEEKDAY
from classifier.tables.workbook import ERROR, MOST_CELLS, Line, Range, Sheet, date_text
from classifier.unzip import check_unpacked_size

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_WIDEST = 4096  # cells of a row: a file may say that they go on for ever


def sheets_of_ods(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each sheet's title and its rows.

    Raises TableError for a file that is too large once unpacked, or protected by a password, one of
    `workbook.DAMAGE` where it is damaged.
    """
    check_unpacked_size(data, name, TableError)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise TableError(f"{name}: is protected by a password; take the password off and save it again")
        with archive.open("content.xml") as stream:
            yield from _sheets(stream, name)


def _sheets(stream: IO[bytes], name: str) -> Iterator[Sheet]:
    inside, hidden_styles = 0, set[str | None]()
    sheet = _Sheet("", name, False)
    for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - expat expands no external entity
        if element.tag == f"{_TABLE}table":
            inside += 1 if event == "start" else -1
            if event == "start" and inside == 1:
                hidden = element.get(f"{_TABLE}style-name") in hidden_styles
                sheet = _Sheet(element.get(f"{_TABLE}name", ""), name, hidden)
            elif event == "end" and inside == 0:
                yield sheet.whole()
                element.clear()
        elif event == "end" and element.tag == f"{_STYLE}style" and _hides(element):
            hidden_styles.add(element.get(f"{_STYLE}name"))
        elif event == "end" and inside == 1 and element.tag == f"{_TABLE}table-column":
            sheet.add_columns(element)
        elif event == "end" and inside == 1 and element.tag == f"{_TABLE}table-row":
            sheet.add_rows(element)
            element.clear()


class _Sheet:
    """A sheet while it is read."""

    def __init__(self, title: str, file: str, hidden: bool) -> None:
        self._title, self._file, self._hidden = title, file, hidden
        self._lines: list[Line] = []
        self._merged: list[Range] = []
        self._columns: list[bool] = []  # which are hidden
        self._number = self._held = 0

    def whole(self) -> Sheet:
        columns = frozenset(place for place, hidden in enumerate(self._columns) if hidden)
        return Sheet(self._title, iter(self._lines), self._hidden, columns)

    def add_columns(self, element: Element) -> None:
        self._columns += [_is_hidden(element)] * min(_times(element, "columns"), _WIDEST - len(self._columns))

    def add_rows(self, element: Element) -> None:
        """Add a row as often as it stands there; a blank one only counts."""
        line = _line(element, self._title, self._number + 1, self._merged)
        times = _times(element, "rows") if any(line.cells) or line.unreadable else 1
        blank = 0 if times > 1 else _times(element, "rows") - 1
        self._held += times * max(1, len(line.cells))
        if self._held > MOST_CELLS:
            raise TableError(
                f"{self._file}: sheet {self._title} has more than {MOST_CELLS:,} cells; save the table as CSV"
            )
        for _ in range(times):
            self._number += 1
            copied = list(line.cells), dict(line.unreadable)
            self._lines.append(Line(self._title, self._number, *copied, line.merged, line.hidden))
        self._number += blank


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
    reaching = [one for one in merged if one[1] <= number <= one[3]]
    return Line(title, number, cells, unreadable, reaching, _is_hidden(row))


def _hides(style: Element) -> bool:
    return any(one.get(f"{_TABLE}display") == "false" for one in style.iter(f"{_STYLE}table-properties"))


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility") in {"collapse", "filter"}


def _times(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", 1)))


def _text(cell: Element) -> str:
    """Return what a cell shows; a whole number and a date as they are stored, not as they are shown.

    Of a date shown as a day of the week, that.
    """
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "float" and (value := cell.get(f"{_OFFICE}value")):
        return value
    shown = "\n".join(_paragraph(one) for one in cell if one.tag == f"{_TEXT}p")
    if kind == "date" and not WEEKDAY.fullmatch(shown) and (value := cell.get(f"{_OFFICE}date-value")):
        return date_text(value)
    return shown


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
