"""Workbooks and delimited tables as documents: every row a paragraph, or in the notes."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Reading
from classifier.documents.read import from_bytes
from classifier.documents.spreadsheet import read_csv, read_workbook
from classifier.errors import InputError
from tests.tables.workbooks import Hidden, Rows, ods, ods_row, xls, xlsx

Shown = list[tuple[str, str]]


def shown(reading: Reading) -> Shown:
    return [(one.role, one.text) for one in reading.blocks]


def said(reading: Reading) -> list[str]:
    return [note.say() for note in reading.notes]


@pytest.mark.parametrize("book", [xlsx, xls])
def test_the_text_column_is_read_where_one_is_clear(book: Any) -> None:
    rows: Rows = [
        ["工单汇总"],
        ["编号", "内容", "镇"],
        [1, "路灯坏了。\n请修。", "东镇"],
        [2, None, "西镇"],
        [3, "停水。", None],
    ]
    reading = read_workbook(book({"工单": rows}), "a.xlsx")
    assert shown(reading) == [
        ("heading", "工单汇总"), ("row", "路灯坏了。 请修。"), ("row", "停水。"),
    ]  # fmt: skip
    assert said(reading) == [
        "row 4: 1 row has no text in the text column",
        "the cells of the text column are read; 2 other columns are not read as text: 编号, 镇",
    ]


def test_all_cells_are_read_where_no_column_is_the_text() -> None:
    rows: list[list[Any]] = [
        ["督查台账"],
        ["序号", "事项", "责任单位"],
        [1, "修路。", "交通局"],
        ["序号", "事项", "责任单位"],
        [2, "种树。", None],
    ]
    reading = read_workbook(
        ods({"台账": [ods_row(*("" if c is None else str(c) for c in row)) for row in rows]}), "a.ods"
    )
    assert shown(reading) == [
        ("heading", "督查台账"), ("row", "1 | 修路。 | 交通局"), ("row", "2 | 种树。"),
    ]  # fmt: skip
    assert said(reading) == [
        "row 4: 1 repetition of the headings of a table is left out",
        "the row of headings is no paragraph: 序号, 事项, 责任单位",
        "no heading says which column is the text: 2 rows were read whole, all cells as text; "
        "name the column with --text-column, or head it text",
    ]
    assert [one.cells for one in reading.blocks[1:]] == [
        (("序号", "1"), ("事项", "修路。"), ("责任单位", "交通局")), (("序号", "2"), ("事项", "种树。")),
    ]  # fmt: skip


def test_sheets_are_named_where_there_are_several() -> None:
    reading = read_workbook(xls({"甲": [["一", "二"]], "空": [], "乙": [["内容"], ["三"]]}), "a.xls")
    assert shown(reading) == [
        ("heading", "甲"), ("row", "一 | 二"), ("heading", "乙"), ("row", "三"),
    ]  # fmt: skip


def test_what_is_no_text_is_told() -> None:
    rows: list[list[Any]] = [["内容", "n"], ["#N/A", 1], ['=DISPIMG("ID_3",1)', 2], ["好。", 3]]
    reading = read_workbook(xls({"甲": rows}), "a.xls")
    assert shown(reading) == [("row", "好。")]
    assert said(reading)[:2] == [
        "row 2: 1 cell holds an error value and was not read: #N/A",
        "row 3: 1 picture is not read",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimited_text(mark: str, encoding: str) -> None:
    text = f'编号{mark}内容\n1{mark}"甲{mark}乙"\n2{mark}"一网通办"推进\n3{mark}"没关{mark}\n'
    reading = read_csv(text.encode(encoding), "a.csv")
    assert [text for _, text in shown(reading)] == [f"甲{mark}乙", '"一网通办"推进', '"没关']
    assert said(reading)[0].startswith("line 4: 1 quotation mark at the beginning of a cell is not closed")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cells_beyond_the_headings_are_read_and_told(kind: str) -> None:
    """A text with commas that nobody quoted: its second half stands in no column."""
    rows = [
        ["编号", "内容", "备注"],
        ["1", "修路。", "好", "种树。"],
        ["2", "停水。"],
        ["3", "", "", "浇水。", "", "除草。"],
    ]
    content = "\n".join(map(",".join, rows)).encode() if kind == "csv" else xlsx({"表": rows})
    reading = (read_csv if kind == "csv" else read_workbook)(content, f"a.{kind}")
    assert shown(reading) == [("row", "修路。 | 种树。"), ("row", "停水。"), ("row", "浇水。 | 除草。")]
    unit = "lines" if kind == "csv" else "rows"
    assert said(reading)[0] == (
        f"{unit} 2, 4: 2 rows have more cells than the headings: what is too much was read with the text"
    )


def test_columns_without_a_heading_are_told_where_they_hold_something() -> None:
    reading = read_csv("编号,,内容,\n1,修路。,种树。,\n".encode(), "a.csv")
    assert shown(reading) == [("row", "种树。")]
    assert said(reading) == [
        "the cells of the text column are read; 2 other columns are not read as text: 编号, column_2",
    ]


def test_a_document_by_its_content_and_name() -> None:
    document = from_bytes(xlsx({"甲": [["正文"], ["修路。"]]}), "表.et")
    assert (document.format, document.text) == ("xlsx", "修路。")
    assert from_bytes("正文\n修路。\n".encode(), "a.tsv").format == "csv"


def test_a_damaged_workbook_is_one_line() -> None:
    with pytest.raises(InputError, match=r"a\.xls: the old Excel file is damaged: .*; open it and save it as \.xlsx"):
        read_workbook(xls({"甲": [["正文"], ["修路。" * 2000]]})[:3000], "a.xls")


words = st.text(alphabet="甲乙丙丁，。 ", min_size=1, max_size=8).filter(str.strip)


@given(st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=8))
def test_each_cell_comes_out_once_and_in_order(rows: list[list[str]]) -> None:
    """Or it is a repetition of headings, which the notes count."""
    reading = read_workbook(xls({"表": rows}), "a.xls")
    repeated = sum(note.amount for note in reading.notes if note.kind == "repeated_headings")
    found = "".join(one.text for one in reading.blocks).replace(" | ", "").replace(" ", "")
    if not repeated:
        assert found == "".join(cell for row in rows for cell in row).replace(" ", "")
    assert len(reading.blocks) + repeated == len(rows)


@pytest.mark.parametrize("heading", ["正文", "办法"])
def test_a_merged_cell_beside_the_text_says_the_same_of_all_its_rows(heading: str) -> None:
    rows: Rows = [["地区", heading, "日期"], ["甲县", "修路。", "2024年"], [None, "种树。"], [None, "供水。", "三月"]]
    reading = read_workbook(xlsx({"表": rows}, merged="A2:A3"), "a.xlsx")
    assert [dict(one.cells).get("地区") for one in reading.blocks[-3:]] == ["甲县", "甲县", None]


def test_a_merged_cell_of_the_text_is_one_text() -> None:
    rows: Rows = [["地区", "正文"], ["甲县", "修路。"], ["乙县", None]]
    assert shown(read_workbook(xlsx({"表": rows}, merged="B2:B3"), "a.xlsx")) == [("row", "修路。")]


def test_what_a_hidden_column_says_does_not_spread() -> None:
    rows: Rows = [["地区", "正文"], ["甲县", "修路。"], [None, "种树。"]]
    reading = read_workbook(xlsx({"表": rows}, merged="A2:A3", hidden=Hidden(columns=[1])), "a.xlsx")
    assert [(one.text, one.cells) for one in reading.blocks] == [("修路。", ()), ("种树。", ())]


def test_a_merged_cell_whose_first_row_is_hidden_is_read() -> None:
    rows: Rows = [["地区", "正文"], ["甲县", "修路。"], [None, "种树。"]]
    reading = read_workbook(xlsx({"表": rows}, merged="A2:A3", hidden=Hidden(rows=[2])), "a.xlsx")
    assert [(one.text, one.cells) for one in reading.blocks] == [("种树。", (("地区", "甲县"),))]


BY_NAME: Rows = [["编号", "留言详情", "镇"], [1, "路灯坏了。", "东镇"], [2, "停水。", "西镇"]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.zip"])
def test_a_column_of_text_that_no_heading_tells_is_named(name: str) -> None:
    data = xlsx({"表": BY_NAME})
    if name == "a.csv":
        data = "\n".join(",".join(map(str, row)) for row in BY_NAME).encode()
    if name == "a.zip":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.xlsx", data)
        data = stream.getvalue()
    assert "1 | 路灯坏了。 | 东镇" in from_bytes(data, name).text
    found = from_bytes(data, name, "留言详情")
    assert found.text == "路灯坏了。\n停水。"
    assert [dict(one.cells)["镇"] for one in found.blocks] == ["东镇", "西镇"]
    assert not any(note.kind == "whole_rows" for note in found.notes)
    with pytest.raises(
        InputError, match="there is no column 内容; the columns are: 编号, 留言详情, 镇; choose one with"
    ):
        from_bytes(data, name, "内容")


def test_paragraphs_typed_into_a_sheet_are_no_rows_read_whole() -> None:
    reading = read_workbook(xlsx({"表": [["通知"], ["一、修路。"], ["二、种树。"]]}), "a.xlsx")
    assert not any(note.kind == "whole_rows" for note in reading.notes)
