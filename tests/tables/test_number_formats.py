"""Numbers that Excel shows as a day of the week or as a length of time: read as shown, in every kind of workbook."""

import io
import os
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from classifier.tables.number_formats import shown_by
from classifier.tables.workbook import sheets
from tests.other_programs import SOFFICE, needs_libreoffice

DAY = 45420  # 8 May 2024, a Wednesday
SHOWN = [
    ("aaaa", DAY, "星期三"),
    ("aaa", DAY, "三"),
    ('"星期"aaa', DAY + 0.75, "星期三"),
    ("[$-804]aaaa;@", DAY, "星期三"),
    ("[$-804]aaa;@", DAY, "周三"),
    ("[$-804]ddd", DAY, "周三"),
    ("[$-zh-CN]dddd", DAY + 4, "星期日"),
    ("ddd", DAY, "Wed"),
    ("dddd", DAY + 3, "Saturday"),
    ("[$-409]dddd", DAY, "Wednesday"),
    ("[h]:mm", 26.5 / 24, "26:30"),
    ("[hh]:mm:ss", 1.5 / 24, "01:30:00"),
    ("[mm]", 26.5 / 24, "1590"),
    ("[m]:ss", 0.001, "1:26"),
    ("[ss]", 1 / 24, "3600"),
    ('[h]"小时"mm"分"', 26.51 / 24, "26小时30分"),
    ("[h]:mm:ss.00", 1.00001, "24:00:00.86"),
]
AS_STORED = [
    ("yyyy-mm-dd aaaa", DAY, "2024-05-08"),
    ("yyyy/m/d", DAY, "2024-05-08"),
    ('m"月"d"日"', DAY, "2024-05-08"),
    ("h:mm", 0.5, "12:00:00"),
    ("General", DAY, "45420"),
    ("0.00", 26.5, "26.5"),
    ('0"天"', 3, "3"),
    ("[Red]0", 3, "3"),
    ("[h]:mm", -0.5, "-0.5"),
]


def book_of(cells: list[tuple[str, float, str]], *, from_1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for number, (code, value, _) in enumerate(cells, start=1):
        book.active.cell(1, number, value).number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row(data: bytes, name: str) -> list[str]:
    return next(line.cells for sheet in sheets(data, name) for line in sheet.lines)


@pytest.mark.parametrize("cells", [SHOWN, AS_STORED], ids=["shown", "as stored"])
def test_numbers_of_xlsx(cells: list[tuple[str, float, str]]) -> None:
    assert row(book_of(cells), "a.xlsx") == [text for *_, text in cells]


def test_a_length_of_time_whose_format_has_a_number_alone() -> None:
    """46 is [h]:mm:ss in every Excel, and the file does not spell it out."""
    assert row(book_of([("[h]:mm:ss", 26.5 / 24, "")]), "a.xlsx") == ["26:30:00"]


def test_days_counted_from_1904() -> None:
    cells = [("aaaa", DAY - 1462, "星期三"), ("[h]:mm", 26.5 / 24, "26:30"), ("yyyy-mm-dd", DAY - 1462, "2024-05-08")]
    assert row(book_of(cells, from_1904=True), "a.xlsx") == [text for *_, text in cells]


def converted(book: bytes, ending: str, folder: Path) -> bytes:
    (folder / "a.xlsx").write_bytes(book)
    subprocess.run(
        [SOFFICE or "", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "a.xlsx"],
        cwd=folder, check=True, capture_output=True, env=os.environ | {"LC_ALL": "zh_CN.UTF-8"},
    )  # fmt: skip
    return (folder / f"a.{ending}").read_bytes()


@needs_libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_numbers_of_other_workbooks(ending: str, tmp_path: Path) -> None:
    """As LibreOffice saves them in Chinese; it shows ddd without a language in its own."""
    cells = [one for one in SHOWN if one[0] not in {"ddd", "dddd", "[$-804]aaa;@", "[$-804]ddd", "[$-zh-CN]dddd"}]
    assert row(converted(book_of(cells), ending, tmp_path), f"a.{ending}") == [text for *_, text in cells]


@needs_libreoffice
def test_an_xls_whose_styles_are_damaged_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows then which format a cell has; it was said that the file is damaged, as a whole."""
    data = converted(book_of([("aaaa", DAY, ""), ("@", DAY, "")]), "xls", tmp_path)
    opened = xlrd.open_workbook

    def damaged(*, formatting_info: bool, **more: object) -> object:
        if formatting_info:
            raise IndexError
        return opened(formatting_info=False, **more)

    monkeypatch.setattr(xlrd, "open_workbook", damaged)
    assert len(row(data, "a.xls")) == 2


@pytest.mark.parametrize("code", ["[>1][h]:mm;0", "[h]:mm d", "aaaa h:mm", "e", 'yyyy"年"', "@", ""])
def test_other_formats_are_left_to_their_readers(code: str) -> None:
    assert shown_by(code) is None
