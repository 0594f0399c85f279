"""An .xlsx file with columns added at the right: its other sheets, formats, formulas and hidden columns stay."""

import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import MissingExtraError, TableError
from classifier.files import replacing
from classifier.tables.workbook import DAMAGE
from classifier.tables.xlsx_results import put_back, stored_results
from classifier.tables.xlsx_texts import cut, escaped
from classifier.tables.xlsx_writer import COLUMNS_MOST, SheetColumn, Value, cell_format, list_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 100 << 20  # bytes of sheets, unpacked: openpyxl holds some ten times as much in memory
_LOST = {  # what openpyxl does not write again, by its place in the file
    "xl/media/": "pictures",
    "xl/vbaProject.bin": "macros",
    "xl/embeddings/": "embedded files",
    "xl/ctrlProps/": "form controls",
    "xl/slicers/": "slicers",
    "xl/threadedComments/": "threads of comments",
    "xl/drawings/drawing": "drawings",
    "xl/charts/chart": "charts",
}
Row = tuple[str, int, Sequence[Value]]  # a sheet's title, the number of a row on it, what is put there


def size_of_sheets(path: Path) -> int:
    """Return how many bytes the sheets of an .xlsx file have, unpacked."""
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/"))


class KeptBook:
    """A workbook that is opened to be added to. `columns`: what is added, behind the last column that holds something.

    `headings`: the number of the row of headings on each sheet that is added to. Raises TableError where it cannot be
    opened so, or where a sheet has no room.
    """

    def __init__(self, path: Path, headings: Mapping[str, int], columns: Sequence[SheetColumn]) -> None:
        self._path, self._columns = path, columns
        self.notes: list[str] = []
        self._book = self._opened()
        self._results = stored_results(path)
        self._first = {title: self._free(title) for title in headings}
        self._last = dict(headings)  # the number of the last row that is put, by sheet
        self._headings = headings
        for title, row in headings.items():
            self._put_headings(self._book[title], row, self._first[title])

    def put(self, rows: Iterable[Row]) -> None:
        """Put values into rows; a text that no cell holds is cut."""
        for title, number, values in rows:
            sheet, first = self._book[title], self._first[title]
            self._last[title] = max(self._last[title], number)
            for place, (value, column) in enumerate(zip(values, self._columns, strict=True), start=first):
                if value is None:
                    continue
                cell = sheet.cell(number, place)
                cell.value = escaped(cut(value)) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
                elif column.kind != "text":
                    cell.number_format = cell_format(column.kind)

    def save(self, target: Path) -> list[str]:
        """Write the workbook; return what it does not hold any more."""
        for title in self._headings:
            self._offer_choices(title)
        if self._book.calculation is not None:
            self._book.calculation.fullCalcOnLoad = True
        with replacing(target) as part:
            with part.open("wb") as stream:
                self._book.save(stream)
            missed = put_back(part, self._results)
        if missed:
            self.notes.append(
                f"{missed:,} formulas stand in the output without their results; open it in Excel and save it"
            )
        lost = [what for place, what in _LOST.items() if _count(self._path, place) > _count(target, place)]
        if lost:
            self.notes.append(f"not kept in the output: {', '.join(lost)}")
        return self.notes

    def _offer_choices(self, title: str) -> None:
        """Let the cells of columns with choices offer them; they take anything else as well."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - an extra
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        first, last = self._headings[title] + 1, self._last[title]
        for place, column in enumerate(self._columns, start=self._first[title]):
            if column.choices and last >= first:
                letter = get_column_letter(place)
                offer = DataValidation(
                    "list", formula1=f'"{list_of(column)}"', allow_blank=True, showErrorMessage=False
                )
                offer.add(f"{letter}{first}:{letter}{last}")
                self._book[title].add_data_validation(offer)

    def _opened(self) -> "Workbook":
        try:
            from openpyxl import load_workbook  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError(
                'Excel files need openpyxl: pip install "local-government-classifier[excel]" (or --format csv)'
            ) from error
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                book = load_workbook(self._path, rich_text=True)
            except DAMAGE as error:
                why = " ".join(str(error).split())[:200] or type(error).__name__
                raise TableError(
                    f"{self._path}: cannot be opened so that it is kept as it is ({why}); open it in Excel and save it "
                    "again, or write .csv"
                ) from error
        self.notes += dict.fromkeys(str(one.message) for one in told)
        return book

    def _free(self, title: str) -> int:
        """Return the number of the first column behind those that hold something."""
        cells = self._book[title]._cells  # noqa: SLF001 - going through rows would make a cell of every blank
        last = max((column for (_, column), cell in cells.items() if cell.value is not None), default=0)
        if last + len(self._columns) > COLUMNS_MOST:
            raise TableError(
                f"{self._path}, sheet {title}: has no room for {len(self._columns)} columns more; write .csv"
            )
        return last + 1

    def _put_headings(self, sheet: "Worksheet", row: int, first: int) -> None:
        from openpyxl.utils import get_column_letter, range_boundaries  # noqa: PLC0415 - an extra

        like = sheet.cell(row, max(1, first - 1))
        _show(sheet, first, len(self._columns))
        for place, column in enumerate(self._columns, start=first):
            cell = sheet.cell(row, place, column.heading)
            cell.data_type = "s"
            cell._style = copy(like._style)  # noqa: SLF001 - openpyxl has no other way to copy a look
            look = sheet.column_dimensions[get_column_letter(place)]
            look.width, look.hidden = column.width, column.hidden
        if sheet.auto_filter.ref:
            left, top, right, bottom = range_boundaries(sheet.auto_filter.ref)
            if top == row and right == first - 1:
                last = get_column_letter(first + len(self._columns) - 1)
                sheet.auto_filter.ref = f"{get_column_letter(left)}{top}:{last}{bottom}"


def _show(sheet: "Worksheet", first: int, count: int) -> None:
    """Let columns be shown where a span that begins before them is hidden: "all the rest", as many sheets have it."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - an extra
    from openpyxl.worksheet.dimensions import ColumnDimension  # noqa: PLC0415

    last = first + count - 1
    for letter, span in list(sheet.column_dimensions.items()):
        begins, ends = span.min or 0, span.max or 0
        if ends < first or begins > last:
            continue
        rest = copy(span)
        if begins < first:
            span.max = first - 1
        else:
            del sheet.column_dimensions[letter]
        if ends > last:
            after = get_column_letter(last + 1)
            sheet.column_dimensions[after] = ColumnDimension(
                sheet, after, width=rest.width, hidden=rest.hidden, min=last + 1, max=ends
            )


def _count(path: Path, place: str) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(name.startswith(place) for name in archive.namelist())
