"""Excel's old .xls and WPS's .et, which is the same binary form (the extra `excel`)."""

import datetime
import io
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from classifier.errors import MissingExtraError, TableError
from classifier.tables.number_formats import Shown, shown_by
from classifier.tables.old_office import old_office, old_office_kind
from classifier.tables.workbook import DAMAGE, ERROR, Line, Range, Sheet, date_text

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet


def sheets_of_xls(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each sheet's title and its rows.

    Raises MissingExtraError without xlrd, TableError for a file that is damaged, locked by a password or no workbook.
    """
    old = old_office(data, name)
    if old.kind in {"doc", "ppt"} and old_office_kind(data) == old.kind:
        raise TableError(f"{name}: an old {old.program} file, not a workbook; save its table as .xlsx or CSV")
    try:
        import xlrd  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            f'{name}: old Excel files (.xls, .et) need xlrd: pip install "local-government-classifier[excel]" '
            "(or save the sheet as .xlsx)"
        ) from error
    try:
        book = _opened(xlrd, data)
        shown = _shown(book)
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            columns = frozenset(place for place, one in sheet.colinfo_map.items() if one.hidden or one.width == 0)
            yield Sheet(sheet.name, _lines(sheet, book.datemode, shown), sheet.visibility != 0, columns)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *DAMAGE) as error:
        if isinstance(error, TableError):
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if "encrypt" in reason:
            raise TableError(f"{name}: is protected by a password; take the password off and save it again") from error
        save_as = old.save_as if old.kind != "ole" else ".xlsx"
        raise TableError(
            f"{name}: the old {old.program} file is damaged: {reason}; open it and save it as {save_as}"
        ) from error


def _opened(xlrd: ModuleType, data: bytes) -> "Book":
    said = io.StringIO()  # what xlrd finds odd, which would be printed

    def opened(formats: bool) -> "Book":
        return xlrd.open_workbook(file_contents=data, formatting_info=formats, logfile=said, ragged_rows=True)

    try:
        return opened(True)  # only then is told what is merged or hidden
    except (xlrd.XLRDError, *DAMAGE):  # a damaged style, of which the text is whole
        return opened(False)


def _shown(book: "Book") -> dict[int, Shown]:
    """Return what shows the numbers of styles whose format makes no date of them; none where styles are damaged."""
    if not book.formatting_info:
        return {}
    codes = {at: book.format_map[style.format_key].format_str for at, style in enumerate(book.xf_list)}
    told = {at: shown_by(code, from_1904=bool(book.datemode)) for at, code in codes.items()}
    return {at: one for at, one in told.items() if one is not None}


def _lines(sheet: "XlsSheet", datemode: int, shown: dict[int, Shown]) -> Iterator[Line]:
    merged: list[Range] = [(left + 1, top + 1, right, bottom) for top, bottom, left, right in sheet.merged_cells]
    for row in range(sheet.nrows):
        cells, unreadable = [], {}
        for place, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind == 5:  # XL_CELL_ERROR
                unreadable[place] = ERROR.format(_ERRORS.get(value, "#ERROR"))
            show = shown.get(sheet.cell_xf_index(row, place)) if shown and kind in {2, 3} else None
            cells.append((show and show(float(value))) or _text(kind, value, datemode))
        reaching = [one for one in merged if one[1] <= row + 1 <= one[3]]
        looks = sheet.rowinfo_map.get(row)
        yield Line(sheet.name, row + 1, cells, unreadable, reaching, bool(looks and looks.hidden))


_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _text(kind: int, value: float | str, datemode: int) -> str:
    """Return a cell's value as .xlsx of the same sheet gives it. `kind`: XL_CELL_*."""
    if kind == 2:
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(value)
    if kind == 3:
        return _date(float(value), datemode)
    if kind == 4:
        return str(bool(value))
    return str(value) if kind == 1 else ""


def _date(value: float, datemode: int) -> str:
    import xlrd  # noqa: PLC0415 - an extra

    try:
        found: datetime.datetime = xlrd.xldate_as_datetime(value, datemode)
    except (*DAMAGE, xlrd.xldate.XLDateError):
        return str(value)
    return str(found.time()) if 0 <= value < 1 else date_text(found)
