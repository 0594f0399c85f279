"""Workbooks of every kind give the same rows, and say why a cell has none of its value."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import InputError, TableError
from classifier.tables.sheet import sheet_tables
from classifier.tables.workbook import PICTURE, Line, is_picture, sheets
from tests.tables.workbooks import changed, ods, ods_row, xls, xlsx

ROWS: list[list[Any]] = [
    ["编号", "内容", "办结"],
    [1001, "村里的路灯坏了。", True],
    [1234567890, "007", False],
    [2.5, "#N/A", None],
]
Book = Callable[..., bytes]


def lines(data: bytes) -> list[Line]:
    return [line for sheet in sheets(data, "a") for line in sheet.lines]


def test_xls_and_xlsx_give_the_same_rows() -> None:
    """Whole numbers stay whole, numbers stored as text keep their form, an error value is told."""
    for data in (xls({"工单": ROWS}), xlsx({"工单": ROWS})):
        found = lines(data)
        assert [line.sheet for line in found] == ["工单"] * 4
        assert [line.cells[:2] for line in found] == [
            ["编号", "内容"], ["1001", "村里的路灯坏了。"], ["1234567890", "007"], ["2.5", ""],
        ]  # fmt: skip
        assert [line.cells[2] for line in found[1:3]] == ["True", "False"]
        assert found[3].wrong(1) == "holds the error #N/A; correct it and save the file again"


def test_ods_gives_its_rows() -> None:
    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="1234567890"><text:p>1.2E9</text:p></table:table-cell>'
    several = "<table:table-cell><text:p>一<text:s text:c='2'/>二</text:p><text:p>三</text:p></table:table-cell>"
    note = "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>正文</text:p></table:table-cell>"
    rows = [
        ods_row("编号", "内容"),
        ods_row(number, several),
        ods_row(error, note),
        ods_row("", times=1000000),
        ods_row("末"),
    ]
    found = [
        line for line in lines(ods({"甲": rows, "乙": [ods_row("x", times=2)]})) if any(line.cells) or line.unreadable
    ]
    assert [(line.sheet, line.number, line.cells) for line in found] == [
        ("甲", 1, ["编号", "内容"]), ("甲", 2, ["1234567890", "一  二\n三"]), ("甲", 3, ["", "正文"]),
        ("甲", 1000004, ["末"]), ("乙", 1, ["x"]), ("乙", 2, ["x"]),
    ]  # fmt: skip
    assert found[2].unreadable == {0: "holds the error #REF!; correct it and save the file again"}


def test_rows_that_say_they_go_on_for_ever_are_refused() -> None:
    with pytest.raises(TableError, match=r"a: sheet 甲 has more than 5,000,000 cells; save the table as CSV"):
        lines(ods({"甲": [ods_row("甲", "乙", times=1_000_000_000)]}))


def test_styles_that_openpyxl_refuses_keep_no_row_back() -> None:
    """It (3.1.5) stops at an empty fill, which some report systems write; dates are dates still."""
    data = xlsx({"甲": [["text", "date"], ["甲", datetime.date(2026, 3, 1)]]})
    broken = changed(data, "xl/styles.xml", b"<fill><patternFill", b"<fill /><fill><patternFill")
    assert [line.cells for line in lines(broken)] == [["text", "date"], ["甲", "2026-03-01"]]


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_a_date_in_a_form_of_chinese_excel_is_a_date_though_the_file_names_its_number_alone(number: int) -> None:
    data = xlsx({"甲": [[datetime.datetime(2026, 3, 1), 46082]]})
    data = changed(data, "xl/styles.xml", b'<xf numFmtId="164"', f'<xf numFmtId="{number}"'.encode())
    assert [line.cells for line in lines(data)] == [["2026-03-01", "46082"]]


def test_a_form_that_the_file_spells_out_under_such_a_number_counts() -> None:
    data = xlsx({"甲": [[datetime.datetime(2026, 3, 1)]]})
    for old, new in ((b'xf numFmtId="164"', b'xf numFmtId="31"'), (b'mt numFmtId="164"', b'mt numFmtId="31"')):
        data = changed(data, "xl/styles.xml", old, new)
    data = changed(data, "xl/styles.xml", b'"yyyy-mm-dd h:mm:ss"', '"0&quot;万元&quot;"'.encode())
    assert [line.cells for line in lines(data)] == [["46082"]]


def test_a_date_without_a_time_is_written_as_a_date() -> None:
    day, hour = datetime.datetime(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30)
    dated = '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>x</text:p></table:table-cell>'
    sheet = '<Cell><Data ss:Type="DateTime">{}</Data></Cell>'
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    moments = ["2026-03-01T00:00:00.000", "2026-03-01T09:30:00.000"]
    row = "".join(map(sheet.format, moments))
    books = [
        xlsx({"甲": [[day, hour]]}),
        ods({"甲": [ods_row(dated.format("2026-03-01"), dated.format("2026-03-01T09:30:00"))]}),
        ods({"甲": [ods_row(*map(dated.format, moments))]}),
        f'<Workbook {names}><Worksheet ss:Name="甲"><Table><Row>{row}</Row></Table></Worksheet></Workbook>'.encode(),
    ]
    for data in books:
        assert [line.cells for line in lines(data)] == [["2026-03-01", "2026-03-01 09:30:00"]]


def strict(data: bytes) -> bytes:
    """Return a workbook in strict Open XML."""
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        data = changed(data, part, old + b"spreadsheetml/2006/main", new + b"spreadsheetml/main")
    relations = old + b"officeDocument/2006/relationships", new + b"officeDocument/relationships"
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        data = changed(data, part, *relations)
    return data


def test_strict_workbooks_are_read() -> None:
    data = strict(xlsx({"甲": [["text"], ["村道硬化。"]]}))
    assert [line.cells for line in lines(data)] == [["text"], ["村道硬化。"]]


@pytest.mark.parametrize("formula", ['=DISPIMG("ID_1A2B",1)', '=_xlfn.DISPIMG("ID_1A2B",1)'])
def test_a_picture_of_wps_in_a_cell_is_no_text(formula: str) -> None:
    assert is_picture(formula)
    assert not is_picture("=1+1")
    (line,) = lines(xls({"甲": [[formula, "乙"]]}))
    assert (line.cells, line.unreadable) == (["", "乙"], {0: PICTURE})


def test_the_table_on_a_sheet_is_found_below_its_title() -> None:
    rows: list[list[Any]] = [["某县段落汇总表"], [], ["编号", "text"], [1, "甲"], ["编号", "text"], [2, "乙"]]
    sheets_: dict[str, list[list[Any]]] = {"说明": [["怎么填"]], "空": [], "数据": rows}
    for data in (xlsx(sheets_), xls(sheets_)):
        found = []
        for table in sheet_tables(data, "a", lambda names: "text" in names or None):
            taken = [line.cells for line in table.rows]
            found.append((table.title, table.heading_line, [one.number for one in table.above], taken, table.repeated))
        assert found == [("说明", 0, [], [["怎么填"]], []), ("数据", 3, [1], [["1", "甲"], ["2", "乙"]], [5])]


@pytest.mark.parametrize("book", [xlsx, xls, lambda sheets: ods({"甲": [ods_row("text"), ods_row("甲")]})])
def test_a_workbook_cut_off_is_named(book: Book) -> None:
    data = book({"甲": [["text"], ["甲" * 3000]]})
    with pytest.raises(TableError, match=r"a\.et: "):
        taken(data[: len(data) // 2], "a.et")


def taken(data: bytes, name: str) -> None:
    for _, every, *_ in sheets(data, name):
        list(every)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="_=\ufeff\ufffe\uffff")
)


@settings(max_examples=25)
@given(
    st.lists(st.lists(texts.map(lambda text: text[:40].lstrip("<")), min_size=1, max_size=4), min_size=1, max_size=6)
)
def test_texts_come_back_from_every_kind(rows: list[list[str]]) -> None:
    expected = [row for row in rows if any(row)]
    kept = {"甲": [[cell or None for cell in row] for row in rows]}
    made = ods({"甲": [ods_row(*row) for row in rows]})
    for data in (xls(kept), made):
        found = [line.cells for line in lines(data)]
        assert [trimmed(row) for row in found if any(row)] == [trimmed(row) for row in expected]


def trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from([0, 1, 2]), data=st.data())
def test_a_mutated_workbook_ends_in_rows_or_a_clear_error(kind: int, data: st.DataObject) -> None:
    made = bytearray(BOOKS[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([0, 0, 0, 100, 1000]))
    said = ""
    try:
        taken(bytes(made[: len(made) - cut]), "坏.xlsx")
    except InputError as error:
        said = str(error)
    assert not said or (said.startswith("坏.xlsx: ") and "\n" not in said)


BOOKS = (
    xlsx({"甲": ROWS, "乙": [["text"], ["甲"]]}),
    xls({"甲": ROWS, "乙": [["text"], ["甲"]]}),
    ods({"甲": [ods_row("text", "n"), ods_row("甲", "1")]}),
)
