"""Workbooks: their sheets as rows of text, and what keeps a cell from being read.

.xlsx by openpyxl, .xls and .et (which WPS writes in the same form) by xlrd, .ods and tables in markup by walks of our
own. python-calamine 0.9.1 reads the first three, faster, but gives error values (#N/A) as empty cells, which is silent.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from classifier.errors import InputError, TableError
from classifier.tables.old_office import OLE

_ZIP = b"PK\x03\x04"
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_LOOKED_AT = 1 << 14  # bytes in which the markup of a table begins
_NO_FRACTION = re.compile(r"\.0+\Z")  # of a second
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(.*\)", re.IGNORECASE | re.DOTALL)
DAMAGE = (  # what reading a damaged workbook raises, at its opening or in the middle of its rows
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    SyntaxError,
    MemoryError,
    NotImplementedError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_OTHERS = {".ods": "LibreOffice", ".ots": "LibreOffice", ".et": "WPS", ".ett": "WPS"}  # that write workbooks
ERROR = "holds the error {}; correct it and save the file again"
UNSOLVED = "is a formula without a stored result; open the file in Excel and save it"
PICTURE = "is a picture (DISPIMG), not text"
MOST_CELLS = 5_000_000  # of a sheet whose cells say that they repeat: a small file may say so of very many
Range = tuple[int, int, int, int]  # first column, first row, last column, last row, each from 1


@dataclass(frozen=True)
class Line:
    """A row of a sheet, counted from 1. Places of cells are counted from 0.

    `unreadable`: why a cell has no value, by its place. `merged`: the merged cells that reach into the row. `hidden`:
    the workbook does not show the row. `spread`: what merged cells that begin in a row above say of this row as well,
    by the place of their column.
    """

    sheet: str
    number: int
    cells: list[str]
    unreadable: dict[int, str] = field(default_factory=dict)
    merged: Sequence[Range] = ()
    hidden: bool = False
    spread: dict[int, str] = field(default_factory=dict)

    def beside(self, place: int) -> str:
        """Return what a cell beside the text says of its row: its own text, else that of the merged cell it is in."""
        return (self.cells[place] if place < len(self.cells) else "") or self.spread.get(place, "")

    def all_beside(self) -> list[str]:
        """Return this of all cells."""
        return [self.beside(place) for place in range(max(len(self.cells), *(one + 1 for one in self.spread), 0))]

    def wrong(self, place: int) -> str:
        """Return what is wrong with a cell; empty where nothing is."""
        for left, top, right, _ in self.merged:
            if left <= place + 1 <= right and top < self.number:
                return f"is merged with row {top}; unmerge and fill the cells"
        return self.unreadable.get(place, "")


class Sheet(NamedTuple):
    """A sheet's title and its rows. `hidden`: it is not shown; `hidden_columns`: the places of columns that are not."""

    title: str
    lines: Iterator[Line]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


def is_workbook(data: bytes) -> bool:
    """Tell from a file's first bytes whether it may be a workbook: zip archive, old Office file, tables in markup."""
    return data.startswith((_ZIP, OLE)) or is_markup(data)


def is_markup(data: bytes) -> bool:
    """Tell whether a file is a table in markup, which many systems hand out under the name of a workbook.

    Its first bytes tell; other markup is none.
    """
    head = data[:_LOOKED_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return is_excel_xml(head) or (head.startswith(b"<") and re.search(rb"<table[\s>]", head, re.IGNORECASE) is not None)


def is_excel_xml(data: bytes) -> bool:
    """Tell whether a file is a workbook in Excel's XML of 2003."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and _EXCEL_XML in head and b"<html" not in head[:1000].lower()


def is_picture(text: str) -> bool:
    """Tell whether a cell's text is the formula by which WPS shows a picture in a cell."""
    return text.startswith("=") and bool(_PICTURE.fullmatch(text.strip()))


def date_text(date: object) -> str:
    """Return a date and its time, given as ISO 8601 writes it; midnight is how workbooks say that there is no time."""
    return _NO_FRACTION.sub("", str(date).replace("T", " ")).removesuffix(" 00:00:00")


def sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield each sheet and its rows, blank and hidden ones too; take the rows before the next sheet.

    Raises TableError where the workbook is damaged or too large, MissingExtraError where its package is missing.
    """
    with _named(name):
        if data.startswith(OLE):
            from classifier.tables.xls import sheets_of_xls  # noqa: PLC0415 - few files are

            found = sheets_of_xls(data, name)
        elif not data.startswith(_ZIP) and is_markup(data):
            from classifier.tables.markup import sheets_of_markup  # noqa: PLC0415 - few files are

            found = sheets_of_markup(data, name)
        elif _is_opendocument(data):
            from classifier.tables.ods import sheets_of_ods  # noqa: PLC0415 - few files are

            found = sheets_of_ods(data, name)
        else:
            from classifier.tables.xlsx import sheets_of_xlsx  # noqa: PLC0415 - not every table is

            found = sheets_of_xlsx(data, name)
        for sheet in found:
            yield sheet._replace(lines=_sound(sheet.lines, name))


def _sound(lines: Iterator[Line], name: str) -> Iterator[Line]:
    """Yield lines; a cell that is a picture has no value, one merged downwards has it in each row (`Line.spread`)."""
    tops: dict[Range, str] = {}
    with _named(name):
        for line in lines:
            for place, cell in enumerate(line.cells):
                if cell.startswith("=") and is_picture(cell):
                    line.cells[place] = ""
                    line.unreadable[place] = PICTURE
            tops = _spread(line, tops)
            yield line


def _spread(line: Line, tops: dict[Range, str]) -> dict[Range, str]:
    """Put into a row what the merged cells say that reach into it from above; return what they and new ones say."""
    found: dict[Range, str] = {}
    for one in line.merged:
        place, top = one[0] - 1, one[1]
        if top == line.number:
            found[one] = line.cells[place] if place < len(line.cells) else ""
        elif text := tops.get(one, ""):
            found[one] = line.spread[place] = text
    return found


def _is_opendocument(data: bytes) -> bool:
    return data[30:120].startswith(b"mimetypeapplication/vnd.oasis.opendocument")


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Turn what a damaged workbook raises into a TableError that names it."""
    try:
        yield
    except InputError:
        raise
    except DAMAGE as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        program = _OTHERS.get(PurePath(name).suffix.lower(), "Excel")
        raise TableError(f"{name}: the {program} file is damaged: {reason}; open it and save it again") from error
