"""Tables in markup under a workbook's name: their rows, whatever the page says of its encoding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.read import from_bytes
from classifier.errors import InputError
from classifier.tables.workbook import Line, is_markup, sheets

EXCEL = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
XML = (
    f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {EXCEL}><Worksheet ss:Name="台账"><Table>'
    '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">汇总</Data></Cell><Cell><Data ss:Type="String">六月</Data></Cell></Row>'
    '<Row ss:Index="3"><Cell><Data ss:Type="Number">7</Data></Cell><Cell ss:Index="3"><Data ss:Type="Error">#REF!</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)
PAGE = (
    '<html><head><meta charset="gb2312"><style>td {}</style></head><body><table><tr><th colspan="2">汇总<th>六月</tr>'
    "<tr><td rowspan=2>东镇<td>路灯&nbsp;坏了。<br>请修。<td>1</tr><tr><td><p>停水。</p><script>x</script></td><td>2</td></tr>"
    "<tr><td>西镇<td><table><tr><td>内</td><td>表</td></tr></table></td><td>3</table><table><tr><td>另一张</table></body></html>"
)


def lines(data: bytes) -> list[Line]:
    return [line for sheet in sheets(data, "a.xls") for line in sheet.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_s_tables(encoding: str) -> None:
    """Cells that cover others leave them blank; a table in a cell is the cell's text."""
    found = lines(PAGE.encode(encoding))
    assert [(line.sheet, line.number, line.cells) for line in found] == [
        ("table 1", 1, ["汇总", "", "六月"]), ("table 1", 2, ["东镇", "路灯 坏了。\n请修。", "1"]),
        ("table 1", 3, ["", "停水。", "2"]), ("table 1", 4, ["西镇", "内 表", "3"]), ("table 2", 1, ["另一张"]),
    ]  # fmt: skip
    assert found[2].wrong(0) == "is merged with row 2; unmerge and fill the cells"


def test_excel_s_xml_of_2003() -> None:
    first, second = lines(XML.encode())
    assert (first.sheet, first.number, first.cells) == ("台账", 1, ["汇总", "", "六月"])
    assert (second.number, second.cells) == (3, ["7", "", ""])
    assert second.unreadable == {2: "holds the error #REF!; correct it and save the file again"}
    assert from_bytes(XML.encode(), "a.xls").text == "汇总 |  | 六月\n7"


def test_other_markup_is_no_table() -> None:
    assert [is_markup(text.encode()) for text in (PAGE, XML, "<html><p>正文</p></html>", "<a,b>\n1,2\n", "text\n<table>")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_cells_that_say_they_go_on_for_ever_are_bounded() -> None:
    page = '<table><tr><td colspan="999999999" rowspan="999999999">甲</td></tr><tr><td>乙</td></tr></table>'
    first, second = lines(page.encode())
    assert (first.cells[0], len(first.cells)) == ("甲", 4096)
    assert second.cells == [*[""] * 4096, "乙"]
    with pytest.raises(InputError, match=r"a\.xls: has more than 5,000,000 cells; save the table as CSV"):
        lines(f"<table>{'<tr><td colspan=4096>甲' * 1300}</table>".encode())


@settings(max_examples=200, deadline=None)
@given(page=st.booleans(), data=st.data())
def test_mutated_markup_ends_in_rows_or_a_clear_error(page: bool, data: st.DataObject) -> None:
    made = bytearray((PAGE if page else XML).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(32, 126))
    said = ""
    try:
        lines(bytes(made))
    except InputError as error:
        said = str(error)
    assert not said or (said.startswith("a.xls: ") and "\n" not in said)
