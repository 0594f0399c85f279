"""Sheets, rows and columns that a workbook does not show: left out by every road, and told."""

from pathlib import Path
from typing import Any

import pytest

from classifier.bulk.settings import Format
from classifier.bulk.sheets import Workbook
from classifier.bulk.table_file import TableFile
from classifier.documents.spreadsheet import read_workbook
from classifier.errors import TableError
from classifier.labelling.candidates import read_pool
from classifier.labelling.exchange.recognise import understood
from classifier.tables.sheet import SheetTable, sheet_tables
from tests.labelling.exchange.test_formats import NAMES
from tests.tables.workbooks import Hidden, ods, ods_row, xls, xlsx

ROWS = [
    ["编号", "文本", "备注", "标签"],
    ["1", "甲", "密", "农业"],
    ["2", "乙", "密", "农业"],
    ["3", "丙", "密", "文旅"],
]
SHEETS: dict[str, list[list[Any]]] = {"明": ROWS, "暗": ROWS}
HIDDEN = Hidden(sheets={"暗"}, rows={3}, columns={3})


def opendocument() -> bytes:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="1021"/>'
    )
    rows = [ods_row(*row) for row in ROWS]
    rows[2] = rows[2].replace("<table:table-row", '<table:table-row table:visibility="filter"')
    return ods(dict.fromkeys(SHEETS, rows), {"暗"}, columns)


def excel_xml() -> bytes:
    rows = [
        f"<Row ss:Hidden='{int(number == 3)}'>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for number, row in enumerate(ROWS, start=1)
    ]
    table = f'<Table><Column/><Column ss:Index="3" ss:Hidden="1"/>{"".join(rows)}</Table>'
    options = '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel"><x:Visible>SheetHidden</x:Visible>'
    sheets = f'<Worksheet ss:Name="明">{table}</Worksheet>'
    sheets += f'<Worksheet ss:Name="暗">{table}{options}</x:WorksheetOptions></Worksheet>'
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    return f'<?xml version="1.0"?><Workbook {names}>{sheets}</Workbook>'.encode()


BOOKS = {
    "xlsx": xlsx(SHEETS, hidden=HIDDEN),
    "xls": xls(SHEETS, HIDDEN),
    "ods": opendocument(),
    "xml": excel_xml(),
}
NOTES = [
    "sheet 明, row 3: hidden; passed over",
    "sheet 明, column C (备注): hidden; passed over",
    "sheet 暗: is hidden; its 4 rows passed over",
]


@pytest.mark.parametrize("kind", BOOKS)
def test_every_workbook_tells_what_it_does_not_show(kind: str) -> None:
    tables, rows, notes = [], list[list[str]](), list[str]()
    for table in sheet_tables(BOOKS[kind], "a", lambda names: names.index("文本") if "文本" in names else None):
        tables.append((table.title, table.hidden))
        rows += [line.cells for line in table.rows]
        notes += table.hidden_notes()
    assert tables == [("明", False), ("暗", True)]
    assert rows == [["1", "甲", "", "农业"], ["3", "丙", "", "文旅"]]
    assert notes == NOTES


def test_a_page_as_a_workbook_hides_rows_as_well() -> None:
    page = "<table><tr><td>甲</td></tr><tr style='height:0; DISPLAY: none'><td>乙</td></tr><tr hidden><td>丙</td></tr></table>"
    table: SheetTable[int]
    (table,) = sheet_tables(page.encode(), "a.xls", lambda _: None)
    assert [line.cells for line in table.rows] == [["甲"]]
    assert table.hidden_notes() == ["sheet table 1, rows 2, 3: hidden; passed over"]


@pytest.mark.parametrize("kind", BOOKS)
def test_a_document_leaves_it_out(kind: str) -> None:
    reading = read_workbook(BOOKS[kind], f"a.{kind}")
    assert [block.text for block in reading.blocks] == ["甲", "丙"]
    assert [note.say() for note in reading.notes] == [
        "row 3: 1 hidden row is left out",
        "1 hidden column is left out: C (备注)",
        "the cells of the text column are read; 2 other columns are not read as text: 编号, 标签",
        "1 hidden sheet is left out: 暗",
    ]


@pytest.mark.parametrize("kind", BOOKS)
def test_scoring_leaves_it_out(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOKS[kind])
    book = Workbook(str(path), "文本")
    (chunk,) = book.chunks()
    assert chunk.payload.decode().splitlines()[1:] == ["编号,文本,标签", "1,甲,农业", "3,丙,文旅"]
    assert book.notes == NOTES


@pytest.mark.parametrize("hidden", [Hidden(sheets={"数"}), Hidden(columns={2})])
def test_a_text_that_is_hidden_is_told_where_nothing_else_is_scored(hidden: Hidden, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx({"空": [], "数": [["编号", "文本"], [1, "甲"]]}, hidden=hidden))
    file = TableFile(str(path), Format.csv)
    assert not file.is_blank()
    with pytest.raises(
        TableError, match=r"a\.xlsx: no column of the text is shown: sheet 数.*hidden.*; show it in Excel"
    ):
        file.columns()


@pytest.mark.parametrize("kind", BOOKS)
def test_an_import_leaves_it_out(kind: str) -> None:
    found = understood(BOOKS[kind], "a", NAMES)
    assert [(one.text, one.labels) for one in found.decisions] == [("甲", ("farming",)), ("丙", ("tourism",))]
    assert (found.problems, list(found.notes)) == ((), [f"a: {note}" for note in NOTES])


def test_a_pool_leaves_it_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOKS["xlsx"])
    said: list[str] = []
    assert [one.text for one in read_pool([str(path)], said.append)] == ["甲", "丙"]
    assert said == [f"{path}: {note}" for note in NOTES]


def test_a_hidden_column_of_a_label_is_refused() -> None:
    """Without it, its paragraphs would have none."""
    book = xlsx({"甲": [["文本", "农业", "文旅"], ["一", 1, 0], ["二", 0, 1]]}, hidden=Hidden(columns={3}))
    found = understood(book, "a", NAMES)
    assert found.decisions == ()
    assert found.problems == (
        "a: sheet 甲, column C (文旅): is called as a label is, but hidden: show it, or delete it",
    )
