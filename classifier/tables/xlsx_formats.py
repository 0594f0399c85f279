"""Number formats of .xlsx files that openpyxl takes for others than they are."""

from typing import TYPE_CHECKING

from classifier.tables.number_formats import Shown, shown_by

if TYPE_CHECKING:
    from openpyxl import Workbook

_LOCAL_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of date formats that East Asian Excel has of its own and need not spell out (ECMA-376 part 1, 18.8.30): 31 is
yyyy年m月d日, 57 yyyy年m月. openpyxl 3.1.5 knows none of them, and gives those that a file spells out other numbers."""


def mended_formats(book: "Workbook") -> dict[int, Shown]:
    """Let openpyxl take the numbers of a workbook for dates as Excel does; return what shows those of some styles.

    It gives these as plain numbers then. Else it would take a length of time for a timedelta, which reads "1 day,
    2:30:00", and of formats for the day of the week some for dates (ddd) and some for numbers (aaaa).
    """
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415 - an extra

    styles = list(enumerate(book._cell_styles))  # noqa: SLF001 - read when a sheet is, as the others here
    old = book.epoch == CALENDAR_MAC_1904
    told = {at: shown_by(_code(book, style.numFmtId), from_1904=old) for at, style in styles}
    shown = {at: one for at, one in told.items() if one is not None}
    book._date_formats |= {at for at, style in styles if style.numFmtId in _LOCAL_DATES}  # noqa: SLF001
    book._date_formats -= shown.keys()  # noqa: SLF001
    book._timedelta_formats -= shown.keys()  # noqa: SLF001
    return shown


def _code(book: "Workbook", number: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415 - an extra

    own, spelt_out = number - BUILTIN_FORMATS_MAX_SIZE, book._number_formats  # noqa: SLF001
    return str(spelt_out[own]) if 0 <= own < len(spelt_out) else BUILTIN_FORMATS.get(number, "")
