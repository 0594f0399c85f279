"""Rows → a workbook that Excel, WPS and LibreOffice show well: widths, wrapped text, a frozen heading row, filters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Any, Literal

from classifier.errors import MissingExtraError, TableError

CELL_MOST = 32_767  # characters that an Excel cell holds
_ROWS_MOST = 1_048_576  # rows that a sheet holds, its headings included
_LIST_MOST = 255  # characters of a drop-down list that is written with its column
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")  # no XML file holds these
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # Excel refuses these in the title of a sheet
_TITLE_MOST = 31
_A4 = 9  # its number among the sizes of paper
GOES_ON, GONE_ON = "（下行续）", "（接上行）"
_LINE_HEIGHT, _HEIGHT_MOST = 15.0, 409.0  # points: of a line, of the highest row that Excel takes
_FONT, _HEADING_FONT = "宋体", "黑体"
_GREY, _LINE = "E7E6E6", "BFBFBF"
_FORMATS = {"text": "General", "number": "General", "share": "0%", "probability": "0.000"}

Value = str | int | float | None
Kind = Literal["text", "number", "share", "probability"]


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet to write. `width`: in Latin characters, of which a Chinese one takes two.

    `kind`: how its cells are shown: text wraps; a share, 0 to 1, as per cent; a probability with three decimals.
    `choices`: what a drop-down offers in its cells, which take anything else as well. `hidden`: for machines.
    """

    heading: str
    width: float = 12
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass
class SheetRows:
    """A sheet to write: its headings and its rows, a value a column; texts are never formulas.

    `freeze`: how many columns at the left stay in sight, as the headings do. `whole`: a text that no cell holds raises
    TableError; else it goes on in the next row, which repeats the other cells. `hidden`: the sheet is for machines.
    Known when it is written: `written`, its rows; `gone_on`, the numbers of the rows whose text goes on in the next.
    """

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]]
    freeze: int = 0
    filter: bool = True
    whole: bool = False
    hidden: bool = False
    written: int = 0
    gone_on: tuple[int, ...] = ()


def write_workbook(sheets: Iterable[SheetRows], stream: IO[bytes]) -> None:
    """Write sheets one after another, row by row. More rows than a sheet holds go on on one more.

    Raises MissingExtraError without openpyxl, TableError where a sheet is to be whole and a text is too long.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            "Excel files need openpyxl: pip install 'local-government-classifier[excel]' (or write .csv)"
        ) from error
    book = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _write_sheets(book, sheet)
        book.save(stream)
    except BaseException:
        _abandon(book)
        raise


def _write_sheets(book: Any, sheet: SheetRows) -> None:
    rows = _cut_rows(sheet)
    first, part = next(rows, None), 1
    while part == 1 or first is not None:
        _write_sheet(book, sheet, islice(rows if first is None else chain([first], rows), _ROWS_MOST - 1), part)
        first, part = next(rows, None), part + 1


def _abandon(book: Any) -> None:
    """Close what openpyxl holds of a workbook that is not to be: its files stay behind otherwise, and it complains."""
    for page in book.worksheets:
        if not page.closed:
            page.close()
        with suppress(FileNotFoundError):
            page._writer.cleanup()  # noqa: SLF001 - there is no other way to it


def escaped(text: str) -> str:
    """Return a text as Excel stores it: control characters, and what looks like their escape, as _xHHHH_."""
    plain = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return _SURROGATE.sub("\ufffd", plain)  # half a character, which no file holds


def pieces(text: str) -> list[str]:
    """Return a text as one piece where a cell holds it, else cut; what was cut says so at both sides of the cut.

    Excel counts UTF-16 units, openpyxl the characters with their escapes: a piece stays below both.
    """
    if _size(text) <= CELL_MOST:
        return [text]
    room = CELL_MOST - len(GOES_ON) - len(GONE_ON)
    found, start = [], 0
    while start < len(text):
        end = start + room
        while _size(text[start:end]) > room:
            end = start + (min(end, len(text)) - start) * 7 // 8
        found.append(text[start:end])
        start = end
    last = len(found) - 1
    return [GONE_ON * (place > 0) + one + GOES_ON * (place < last) for place, one in enumerate(found)]


def _size(text: str) -> int:
    plain = escaped(text)
    return len(plain) + sum(letter > "\uffff" for letter in plain)


def _cut_rows(sheet: SheetRows) -> Iterator[Sequence[Value]]:
    """Yield rows whose cells all fit, and count them in the sheet."""
    for row in sheet.rows:
        sheet.written += 1
        cut = [pieces(value) if isinstance(value, str) and len(value) * 7 > CELL_MOST else [value] for value in row]
        most = max(map(len, cut), default=1)
        if most > 1 and sheet.whole:
            size = max(len(value) for value in row if isinstance(value, str))
            raise TableError(
                f"row {sheet.written}: a text of {size:,} characters; an Excel cell holds {CELL_MOST:,}: "
                "use another format"
            )
        for place in range(most):
            yield [one[min(place, len(one) - 1)] for one in cut]
            if place < most - 1:
                sheet.gone_on += (sheet.written,)


def _write_sheet(book: Any, sheet: SheetRows, rows: Iterator[Sequence[Value]], part: int) -> None:
    page = book.create_sheet(_title(sheet.title, part))
    _set_up(page, sheet)
    heading, styles = _styles(page, sheet.columns)
    page.append([_cell(page, column.heading, heading) for column in sheet.columns])
    count = 1
    for row in rows:
        count += 1
        if (height := _height(row, sheet.columns)) > _LINE_HEIGHT:
            page.row_dimensions[count].height = height
        page.append([_cell(page, value, style) for value, style in zip(row, styles, strict=True)])
        page.row_dimensions.pop(count, None)
    if sheet.filter and sheet.columns:
        page.auto_filter.ref = f"A1:{_letter(len(sheet.columns))}{count}"
    _offer_choices(page, sheet.columns, count)


def _set_up(page: Any, sheet: SheetRows) -> None:
    """Set what stands before the rows in the file, and how the sheet is printed: across the width of a page."""
    for place, column in enumerate(sheet.columns, start=1):
        found = page.column_dimensions[_letter(place)]
        found.width, found.hidden = column.width, column.hidden
    page.freeze_panes = f"{_letter(sheet.freeze + 1)}2"
    page.sheet_state = "hidden" if sheet.hidden else "visible"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddFooter.center.text = "&P / &N"


def _styles(page: Any, columns: Sequence[SheetColumn]) -> tuple[Any, list[Any]]:
    """Return the style of the headings and one a column, as cells to take it from."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - an extra
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    line = Border(bottom=Side("thin", _LINE))
    heading = WriteOnlyCell(page)
    heading.font = Font(_HEADING_FONT, 11, bold=True)
    heading.fill = PatternFill("solid", _GREY)
    heading.alignment = Alignment(vertical="center", wrap_text=True)
    heading.border = line
    styles = []
    for column in columns:
        style = WriteOnlyCell(page)
        style.font, style.border = Font(_FONT, 11), line
        style.alignment = Alignment(vertical="top", wrap_text=column.kind == "text")
        style.number_format = _FORMATS[column.kind]
        styles.append(style)
    return heading, styles


def _cell(page: Any, value: Value, style: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - an extra

    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        cell._style = style._style  # noqa: SLF001 - by its number; by font and fill it takes ten times as long
        return cell
    cell = WriteOnlyCell(page, escaped(value))
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell._style = style._style  # noqa: SLF001
    if value.startswith(_FORMULA):
        cell._style = copy(style._style)  # noqa: SLF001
        cell.quotePrefix = True  # else it becomes one as soon as somebody edits the cell
    return cell


def _height(row: Sequence[Value], columns: Sequence[SheetColumn]) -> float:
    """Return how high a row must be for its texts: LibreOffice and WPS do not work it out when they open a file."""
    lines = max(
        (_lines(value, column.width) for value, column in zip(row, columns, strict=True) if isinstance(value, str)),
        default=1,
    )
    return min(lines * _LINE_HEIGHT + 3 * (lines > 1), _HEIGHT_MOST)


def _lines(text: str, width: float) -> int:
    """Return in how many lines a text stands; GB 18030 has two bytes where a character is two letters wide."""
    return sum(1 + int(len(line.encode("gb18030", "replace")) / max(2, width - 2)) for line in text.split("\n"))


def _offer_choices(page: Any, columns: Sequence[SheetColumn], count: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - an extra

    for place, column in enumerate(columns, start=1):
        if not column.choices or count < 2:
            continue
        listed = ",".join(column.choices)
        if len(listed) > _LIST_MOST or len(column.choices) != listed.count(",") + 1 or '"' in listed:
            raise TableError(f"the choices of the column {column.heading} make no drop-down list: {listed}")
        letter = _letter(place)
        offer = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        offer.add(f"{letter}2:{letter}{count}")
        page.data_validations.append(offer)


def _title(title: str, part: int) -> str:
    ending = f" ({part})" if part > 1 else ""
    plain = _NO_TITLE.sub(" ", title).strip().strip("'") or "Sheet"
    return plain[: _TITLE_MOST - len(ending)] + ending


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - an extra

    return str(get_column_letter(place))
