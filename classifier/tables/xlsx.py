"""Excel's .xlsx and .xlsm, as Excel, WPS and LibreOffice write them (the extra `excel`)."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, fromstring, iterparse, tostring

from classifier.errors import MissingExtraError, TableError
from classifier.tables.number_formats import Shown
from classifier.tables.workbook import ERROR, UNSOLVED, Line, Range, Sheet, date_text
from classifier.tables.xlsx_formats import mended_formats
from classifier.unzip import check_unpacked_size

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (  # strict namespaces, each with the one it stands for (ECMA-376, part 4)
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_WIDEST = 16_384  # columns of a sheet


def sheets_of_xlsx(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each sheet's title and its rows.

    Raises MissingExtraError without openpyxl, TableError for a file that is too large once unpacked, one
    of `workbook.DAMAGE` where it is damaged.
    """
    try:
        import openpyxl  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            f'{name}: Excel files need openpyxl: pip install "local-government-classifier[excel]" '
            "(or save the sheet as CSV)"
        ) from error
    check_unpacked_size(data, name, TableError)
    book = _opened(data)
    shown = mended_formats(book)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some writers say A1 and go on; openpyxl would drop what lies outside
            marks = _marks(sheet)
            lines = _lines(sheet, marks, shown)
            yield Sheet(sheet.title, lines, sheet.sheet_state != "visible", frozenset(marks.columns))
    finally:
        book.close()


def _opened(data: bytes) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra

    def opened(content: bytes) -> "Workbook":
        with _unwarned():
            return load_workbook(io.BytesIO(content), read_only=True, data_only=True)

    if is_strict(data):  # openpyxl 3.1.5 reads no row of it, without a word
        return opened(_mended(data))
    try:
        return opened(data)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):  # openpyxl refuses many a style
        return opened(_mended(data))


def is_strict(data: bytes) -> bool:
    """Tell whether a workbook is in the strict kind of Open XML, which openpyxl does not understand."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            name.endswith("workbook.xml") and _STRICT in archive.read(name)[:4096] for name in archive.namelist()
        )


def _mended(data: bytes) -> bytes:
    """Return a workbook with plain styles (number formats stay, for they tell dates) and in ordinary namespaces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for part in before.infolist():
            content = before.read(part)
            if _STRICT in content[:4096]:
                for strict, ordinary in _TRANSITIONAL:
                    content = content.replace(strict, ordinary)
            if part.filename.lower().endswith("styles.xml"):
                content = _plain_styles(content)
            after.writestr(part.filename, content)
    return stream.getvalue()


def _plain_styles(content: bytes) -> bytes:
    root = fromstring(content)  # noqa: S314 - expat expands no external entity; openpyxl reads it the same way
    for part in list(root):
        if part.tag not in {f"{_MAIN}numFmts", f"{_MAIN}cellXfs"}:
            root.remove(part)
    for style in root.iter(f"{_MAIN}xf"):
        number = style.get("numFmtId", "0")
        style.clear()
        style.set("numFmtId", number)
    for list_, one in (("fonts", "font"), ("fills", "fill"), ("borders", "border")):
        made = SubElement(SubElement(root, _MAIN + list_), _MAIN + one)
        if one == "fill":  # openpyxl 3.1.5 stops at one that is empty, which some report systems write
            SubElement(made, f"{_MAIN}patternFill")
    return tostring(root)


@dataclass
class _Marks:
    """What openpyxl does not tell of a sheet that is only read.

    `unsolved`: the places of formulas without a result, by row. `merged`: merged cells. `rows`, `columns`: those that
    are hidden, rows by their number, columns by their place.
    """

    unsolved: dict[int, list[int]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def _lines(sheet: "ReadOnlyWorksheet", marks: _Marks, shown: dict[int, Shown]) -> Iterator[Line]:
    waiting = sorted(marks.merged, key=lambda one: one[1], reverse=True)
    reaching: list[Range] = []
    for number, row in enumerate(_rows(sheet), start=1):
        while waiting and waiting[-1][1] <= number:
            reaching.append(waiting.pop())
        reaching = [one for one in reaching if one[3] >= number]
        unreadable = {place: ERROR.format(cell.value) for place, cell in enumerate(row) if cell.data_type == "e"}
        unreadable |= dict.fromkeys(marks.unsolved.get(number, ()), UNSOLVED)
        cells = ["" if place in unreadable else _text(cell, shown) for place, cell in enumerate(row)]
        yield Line(sheet.title, number, cells, unreadable, reaching, number in marks.rows)


def _rows(sheet: "ReadOnlyWorksheet") -> Iterator[Sequence["Cell"]]:
    rows = sheet.iter_rows()
    while True:
        with _unwarned():
            row = next(rows, None)
        if row is None:
            return
        yield row


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep openpyxl's warnings from the terminal: odd styles are no matter, a date that is none is told as an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _marks(sheet: "ReadOnlyWorksheet") -> _Marks:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - an extra

    found, row = _Marks(), 0
    with sheet._get_source() as stream:  # noqa: SLF001 - the sheet's XML; there is no other way to it
        for _, element in iterparse(stream):  # noqa: S314 - openpyxl reads it the same way
            if element.tag == f"{_MAIN}row":
                row = int(float(element.get("r", row + 1)))
                if places := _unsolved(element):
                    found.unsolved[row] = places
                if _is_hidden(element, "ht"):
                    found.rows.add(row)
                element.clear()
            elif element.tag == f"{_MAIN}mergeCell":
                found.merged.append(range_boundaries(element.get("ref")))
            elif element.tag == f"{_MAIN}col" and _is_hidden(element, "width"):
                found.columns.update(range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _WIDEST)))
    return found


def _is_hidden(element: Element, size: str) -> bool:
    return element.get("hidden") in {"1", "true"} or float(element.get(size, 1)) == 0


def _unsolved(row: Element) -> list[int]:
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415 - an extra

    found, column = [], 0
    for cell in row:
        where = cell.get("r")
        column = coordinate_to_tuple(where)[1] if where else column + 1
        # A result that is an empty text has the type "str": it was worked out.
        if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v") and cell.get("t") != "str":
            found.append(column - 1)
    return found


def _text(cell: "Cell", shown: dict[int, Shown]) -> str:
    if cell.value is None:
        return ""
    if shown and isinstance(cell.value, (int, float)) and cell._style_id in shown:  # noqa: SLF001 - as above
        return shown[cell._style_id](cell.value) or str(cell.value)  # noqa: SLF001
    if isinstance(cell.value, float) and cell.value.is_integer() and abs(cell.value) < 1e15:
        return str(int(cell.value))  # 1234567890.0, as some writers store whole numbers
    if isinstance(cell.value, datetime.datetime):
        return date_text(cell.value)
    return _unescaped(str(cell.value))


def _unescaped(text: str) -> str:
    """Return what `xlsx_writer.escaped` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
