"""Tables in markup under a workbook's name: pages that web systems hand out as .xls, and Excel's XML of 2003.

With the standard library alone, for a table needs no browser: a cell's text, and how many rows and columns it covers.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse

from classifier.errors import TableError
from classifier.files import UNPACKED_MOST
from classifier.tables.workbook import ERROR, MOST_CELLS, Line, Range, Sheet, date_text, is_excel_xml

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_WIDEST = 4096  # cells of a row
_TALLEST = 1 << 16  # rows that a cell goes over
_SPACE = re.compile(r"[^\S\n\xa0]+")
_HIDDEN = frozenset({"script", "style", "template"})


def sheets_of_markup(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each table's title and its rows; tables of a page are called by their number.

    Raises TableError for a file that is too large or damaged.
    """
    if len(data) > UNPACKED_MOST:
        raise TableError(f"{name}: has more than {UNPACKED_MOST // 1_000_000} MB; it is not opened")
    if is_excel_xml(data):
        yield from _sheets_of_xml(data, name)
        return
    parser = _Page(name)
    parser.feed(_decoded(data))
    parser.close()
    parser.end_row()
    for number, lines in enumerate(parser.tables, start=1):
        title = f"table {number}"
        yield Sheet(title, (replace(line, sheet=title) for line in lines))


def _decoded(data: bytes) -> str:
    """Return a page's text by its bytes, whatever it says of itself: many say gb2312 and are UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


class _Page(HTMLParser):
    """The tables of a page; one that stands in a cell is part of the cell's text."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name, self._held = name, 0
        self.tables: list[list[Line]] = []
        self._depth = self._hidden = 0
        self._row: list[str] | None = None
        self._row_hidden = False
        self._pieces: list[str] | None = None
        self._span = (1, 1)
        self._merged: list[Range] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.end_row()
                self.tables.append([])
                self._merged = []
        elif tag in _HIDDEN:
            self._hidden += 1
        elif self._depth == 1 and tag == "tr":
            self.end_row()
            self._row, self._row_hidden = [], _is_undisplayed(dict(attrs))
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._pieces, said = [], dict(attrs)
            self._span = _number(said.get("colspan"), _WIDEST), _number(said.get("rowspan"), _TALLEST)
        elif self._pieces is not None and tag in {"br", "p", "div", "li", "tr"}:
            self._pieces.append("\n")
        elif self._pieces is not None and tag in {"td", "th"}:
            self._pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self.end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._pieces is not None and not self._hidden:
            self._pieces.append(_SPACE.sub(" ", data.replace("\n", " ").replace("\r", " ")))

    def _end_cell(self) -> None:
        if self._pieces is None or self._row is None:
            return
        number = len(self.tables[-1]) + 1
        self._pass_covered(number)
        lines = ("".join(self._pieces).replace("\xa0", " ")).split("\n")
        text = "\n".join(part for line in lines if (part := line.strip()))
        wide, tall = self._span
        left = len(self._row) + 1
        if wide > 1 or tall > 1:
            self._merged.append((left, number, left + wide - 1, number + tall - 1))
        self._row += [text, *[""] * min(wide - 1, max(0, _WIDEST - left))]
        self._pieces = None

    def _pass_covered(self, number: int) -> None:
        """Leave blank the cells that a cell of a row above reaches into."""
        row = self._row if self._row is not None else []
        while any(left <= len(row) + 1 <= right and top < number <= end for left, top, right, end in self._merged):
            row.append("")

    def end_row(self) -> None:
        """Put down the row that is open."""
        self._end_cell()
        if self._row is not None and self.tables:
            number = len(self.tables[-1]) + 1
            self._merged = [one for one in self._merged if one[3] >= number]
            self._held += len(self._row) + len(self._merged)
            if self._held > MOST_CELLS:
                raise TableError(f"{self._name}: has more than {MOST_CELLS:,} cells; save the table as CSV")
            self.tables[-1].append(Line("", number, self._row, {}, list(self._merged), self._row_hidden))
        self._row, self._row_hidden = None, False


def _is_undisplayed(said: dict[str, str | None]) -> bool:
    return "hidden" in said or "display:none" in "".join((said.get("style") or "").split()).lower()


def _number(text: str | None, most: int) -> int:
    return min(most, max(1, int(text))) if text and text.strip().isascii() and text.strip().isdigit() else 1


def _sheets_of_xml(data: bytes, name: str) -> Iterator[Sheet]:
    held = 0
    title, lines, merged = "", list[Line](), list[Range]()
    number = 0
    for event, element in iterparse(BytesIO(data), ("start", "end")):  # noqa: S314 - expat expands no external entity
        if element.tag == f"{_SS}Worksheet":
            if event == "start":
                title, lines, merged, number = element.get(f"{_SS}Name", ""), [], [], 0
            else:
                hidden = element.findtext(f".//{_X}Visible", "") in {"SheetHidden", "SheetVeryHidden"}
                yield Sheet(title, iter(lines), hidden, frozenset(_hidden_columns(element)))
                element.clear()
        elif element.tag == f"{_SS}Row" and event == "end":
            number = int(element.get(f"{_SS}Index", number + 1))
            lines.append(_line(element, title, number, merged))
            held += len(lines[-1].cells) + len(lines[-1].merged)
            if held > MOST_CELLS:
                raise TableError(f"{name}: has more than {MOST_CELLS:,} cells; save the table as CSV")
            element.clear()


def _hidden_columns(sheet: Element) -> Iterator[int]:
    place = 0
    for column in sheet.iter(f"{_SS}Column"):
        place = int(column.get(f"{_SS}Index", place + 1))
        last = min(_WIDEST, place + int(column.get(f"{_SS}Span", 0)))
        if _is_hidden(column, "Width"):
            yield from range(place - 1, last)
        place = last


def _is_hidden(element: Element, size: str) -> bool:
    return element.get(f"{_SS}Hidden") == "1" or element.get(f"{_SS}{size}") == "0"


def _line(row: Element, title: str, number: int, merged: list[Range]) -> Line:
    cells: list[str] = []
    unreadable: dict[int, str] = {}
    for cell in row.iter(f"{_SS}Cell"):
        place = min(_WIDEST, int(cell.get(f"{_SS}Index", len(cells) + 1))) - 1
        cells += [""] * (place - len(cells))
        data = cell.find(f"{_SS}Data")
        text = "" if data is None else "".join(data.itertext())
        kind = "" if data is None else data.get(f"{_SS}Type")
        if kind == "Error":
            unreadable[len(cells)], text = ERROR.format(text), ""
        elif kind == "DateTime":
            text = date_text(text.strip())
        wide, tall = (int(cell.get(f"{_SS}Merge{way}", 0)) for way in ("Across", "Down"))
        if wide or tall:
            merged.append((len(cells) + 1, number, len(cells) + 1 + wide, number + tall))
        cells += [text, *[""] * min(wide, max(0, _WIDEST - len(cells)))]
    reaching = [one for one in merged if one[1] <= number <= one[3]]
    return Line(title, number, cells, unreadable, reaching, _is_hidden(row, "Height"))
