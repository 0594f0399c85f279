"""Rows → a workbook that Excel, WPS and LibreOffice show well: widths, wrapped text, a frozen heading row, filters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal, NamedTuple

from classifier.errors import MissingExtraError, TableError
from classifier.own_outputs import MARK
from classifier.tables.xlsx_texts import CELL_MOST, pieces, sheet_title, written

ROWS_MOST = 1_048_576  # rows that a sheet holds, its headings included
_LIST_MOST = 255  # characters of a drop-down list that is written with its column
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_A4 = 9  # its number among the sizes of paper
COLUMNS_MOST = 16_384
_LINE_HEIGHT, _HEIGHT_MOST = 15.0, 409.0  # points: of a line, of the highest row that Excel takes
_FONT, _HEADING_FONT = "宋体", "黑体"
_GREY, _LINE = "#E7E6E6", "#BFBFBF"
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


def write_workbook(sheets: Iterable[SheetRows], stream: IO[bytes], *, marked: bool = True) -> None:
    """Write sheets one after another, row by row. More rows than a sheet holds go on on one more.

    `marked`: it bears the mark by which it is no source of a later run (`own_outputs`).
    XlsxWriter, for openpyxl takes three times as long. Rows wait in a file of their own, not in memory.
    Raises MissingExtraError without it, TableError where a sheet is to be whole and a text is too long.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            'Excel files need XlsxWriter: pip install "local-government-classifier[excel]" (or write .csv)'
        ) from error
    with TemporaryDirectory(prefix="classify-") as folder:
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "tmpdir": folder})
        try:
            book.set_properties({"keywords": MARK} if marked else {})
            titles: set[str] = set()
            for sheet in sheets:
                _write_sheets(book, sheet, titles)
            book.close()
        finally:
            for page in book.worksheets():
                page._opt_close()  # noqa: SLF001 - else its file stays open where the rows raise


def _write_sheets(book: Any, sheet: SheetRows, titles: set[str]) -> None:
    rows = _cut_rows(sheet)
    first, part = next(rows, None), 1
    while part == 1 or first is not None:
        page = book.add_worksheet(sheet_title(sheet.title, part, titles))
        _write_sheet(book, page, sheet, islice(rows if first is None else chain([first], rows), ROWS_MOST - 1))
        first, part = next(rows, None), part + 1


def cell_format(kind: Kind) -> str:
    """Return how Excel is told to show a kind of cell."""
    return _FORMATS[kind]


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


def _write_sheet(book: Any, page: Any, sheet: SheetRows, rows: Iterator[Sequence[Value]]) -> None:
    _set_up(page, sheet)
    heading, styles = _styles(book, sheet.columns)
    for place, column in enumerate(sheet.columns):
        _write_text(page, (0, place), column.heading, heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        if (height := _height(row, sheet.columns)) > _LINE_HEIGHT:
            page.set_row(last, height)
        for place, (value, style) in enumerate(zip(row, styles, strict=True)):
            if isinstance(value, str):
                _write_text(page, (last, place), value, style)
            elif value is None:
                page.write_blank(last, place, None, style.plain)
            else:
                page.write_number(last, place, value, style.plain)
    if sheet.filter and sheet.columns:
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
    _offer_choices(page, sheet.columns, last)


def _set_up(page: Any, sheet: SheetRows) -> None:
    """Set widths and what stays in sight, and how the sheet is printed: across the width of a page."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, None, {"hidden": column.hidden})
    page.freeze_panes(1, sheet.freeze)
    if sheet.hidden:
        page.hide()
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")


class _Style(NamedTuple):
    """How a cell looks; `quoted`: one whose text would become a formula as soon as somebody edits it."""

    plain: Any
    quoted: Any


def _styles(book: Any, columns: Sequence[SheetColumn]) -> tuple[_Style, list[_Style]]:
    """Return the style of the headings and one a column."""
    line = {"bottom": 1, "bottom_color": _LINE, "font_size": 11}
    heading = line | {
        "font_name": _HEADING_FONT, "bold": True, "bg_color": _GREY, "valign": "vcenter", "text_wrap": True,
    }  # fmt: skip
    looks = [
        line
        | {"font_name": _FONT, "valign": "top", "num_format": _FORMATS[column.kind], "text_wrap": column.kind == "text"}
        for column in columns
    ]
    found = [
        _Style(book.add_format(look), book.add_format(look | {"quote_prefix": True})) for look in (heading, *looks)
    ]
    return found[0], found[1:]


def _write_text(page: Any, where: tuple[int, int], text: str, style: _Style) -> None:
    """Write a text, never a formula, whatever it begins with."""
    whole = written(text)
    look = style.quoted if text.startswith(_FORMULA) else style.plain
    if whole.startswith("<r>") and whole.endswith("</r>"):  # XlsxWriter 3.3 takes these for XML of its own
        page.write_rich_string(*where, whole[:1], whole[1:2], whole[2:], look)
    elif whole:
        page.write_string(*where, whole, look)
    else:
        page.write_blank(*where, None, look)


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


def _offer_choices(page: Any, columns: Sequence[SheetColumn], last: int) -> None:
    for place, column in enumerate(columns):
        if not column.choices or not last:
            continue
        list_of(column)
        offer = {"validate": "list", "source": list(column.choices), "show_error": False, "ignore_blank": True}
        page.data_validation(1, place, last, place, offer)


def is_listable(choices: Sequence[str]) -> bool:
    """Tell whether a drop-down can offer these: they are not too long together, and none holds what divides them."""
    listed = ",".join(choices)
    return len(listed) <= _LIST_MOST and len(choices) == listed.count(",") + 1 and '"' not in listed


def list_of(column: SheetColumn) -> str:
    """Return a column's choices as a workbook names them. Raises TableError where no list can hold them."""
    listed = ",".join(column.choices)
    if not is_listable(column.choices):
        raise TableError(f"the choices of the column {column.heading} make no drop-down list: {listed}")
    return listed
