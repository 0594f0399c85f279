"""Workbooks: their rows as text, and what keeps a cell from being read."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from classifier.errors import LabelError, MissingExtraError
from classifier.files import UNPACKED_MOST, unpacked_size
from classifier.labelling.exchange.format import Source

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ERROR = "holds the error {}; correct it and save the file again"
_UNSOLVED = "is a formula without a stored result; open the file in Excel and save it"
_DAMAGE = (  # what reading a damaged workbook raises, at its opening or in the middle of its rows
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
)
_Range = tuple[int, int, int, int]  # first column, first row, last column, last row, each from 1


@dataclass(frozen=True)
class Line:
    """A row of a sheet, counted from 1. Places of cells are counted from 0.

    `unreadable`: why a cell has no value, by its place. `merged`: the merged cells that reach into the row.
    """

    sheet: str
    number: int
    cells: list[str]
    unreadable: dict[int, str]
    merged: Sequence[_Range] = ()

    def wrong(self, place: int) -> str:
        """Return what is wrong with a cell; empty where nothing is."""
        for left, top, right, _ in self.merged:
            if left <= place + 1 <= right and top < self.number:
                return f"is merged with row {top}; unmerge and fill the cells"
        return self.unreadable.get(place, "")


def lines(source: Source, wanted: Callable[[Sequence[str]], object]) -> Iterator[Line]:
    """Yield the rows of each sheet whose first row is wanted, that row included.

    Raises LabelError where the workbook is damaged or too large.
    """
    with _opened(source) as book:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some writers say A1 and go on; openpyxl would drop what lies outside
            rows = sheet.iter_rows()
            header = [_text(cell) for cell in next(rows, ())]
            if wanted(header):
                yield Line(sheet.title, 1, header, {})
                yield from _below(sheet, rows)


def _below(sheet: Any, rows: Iterator[Sequence[Any]]) -> Iterator[Line]:
    unsolved, merged = _marks(sheet)
    waiting = sorted(merged, key=lambda one: one[1], reverse=True)
    reaching: list[_Range] = []
    for number, row in enumerate(rows, start=2):
        while waiting and waiting[-1][1] <= number:
            reaching.append(waiting.pop())
        reaching = [one for one in reaching if one[3] >= number]
        unreadable = {place: _ERROR.format(cell.value) for place, cell in enumerate(row) if cell.data_type == "e"}
        unreadable |= dict.fromkeys(unsolved.get(number, ()), _UNSOLVED)
        yield Line(sheet.title, number, [_text(cell) for cell in row], unreadable, reaching)


def _marks(sheet: Any) -> tuple[dict[int, list[int]], list[_Range]]:
    """Return the places of formulas without a result by row, and the merged cells: openpyxl tells neither here."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - an extra

    unsolved: dict[int, list[int]] = {}
    merged: list[_Range] = []
    row = 0
    with sheet._get_source() as stream:  # noqa: SLF001 - the sheet's XML; there is no other way to it
        for _, element in iterparse(stream):  # noqa: S314 - openpyxl reads it the same way
            if element.tag == f"{_MAIN}row":
                row = int(float(element.get("r", row + 1)))
                if found := _unsolved(element):
                    unsolved[row] = found
                element.clear()
            elif element.tag == f"{_MAIN}mergeCell":
                merged.append(range_boundaries(element.get("ref")))
    return unsolved, merged


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


def _text(cell: Any) -> str:
    return "" if cell.value is None else _unescaped(str(cell.value))


def _unescaped(text: str) -> str:
    """Return what `table_output.escaped` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            f"{source.name}: Excel files need openpyxl: pip install 'local-government-classifier[excel]' "
            "(or save the sheet as CSV)"
        ) from error
    try:
        _check_size(source)
        book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()
    except _DAMAGE as error:
        raise LabelError(f"{source.name}: the Excel file is damaged: {error}; open it and save it again") from error


def _check_size(source: Source) -> None:
    if unpacked_size(source.data) > UNPACKED_MOST:
        raise LabelError(f"{source.name}: would unpack to more than {UNPACKED_MOST // 1_000_000} MB; it is not opened")
