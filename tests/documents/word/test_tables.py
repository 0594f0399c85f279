"""Tables are read by rows, tables that lay out a page as text."""

import pytest

from tests.documents.word.making import cell, notes, p, read, roles, row, table, texts

LONG = (
    "县里把项目建设作为头号工程，实行领导包联、专班推进、清单管理，确保按期开工、按期投产、按期见效，全年完成投资任务。"
)


def test_a_row_is_a_block_and_its_cells_are_divided() -> None:
    """A serial number never joins the next cell."""
    body = p("前。") + table(["序号", "任务", "单位"], ["1", "2个项目开工", "发改局"]) + p("后。")
    assert roles(read(body)) == [
        ("body", "前。"), ("column_heading", "序号 | 任务 | 单位"), ("row", "1 | 2个项目开工 | 发改局"), ("body", "后。"),
    ]  # fmt: skip


def test_a_cell_of_several_paragraphs_stays_together() -> None:
    rows = [["一", cell(p("抓招商。") + p("抓服务。"))], ["二", "抓作风。"]]
    assert texts(table(*rows)) == ["一 | 抓招商。 抓服务。", "二 | 抓作风。"]


def test_merged_cells_come_once() -> None:
    """GridSpan is one cell; the cells that go on one above are not shown by Word, whatever they hold."""
    top = cell("城关镇", '<w:vMerge w:val="restart"/>')
    below = cell("城关镇", "<w:vMerge/>")
    body = table(["甲", cell("乙", '<w:gridSpan w:val="2"/>')], [top, "修路", "东街"], [below, "建桥", "西街"])
    reading = read(body)
    assert [one.text for one in reading.blocks] == ["甲 | 乙", "城关镇 | 修路 | 东街", "建桥 | 西街"]
    assert notes(reading) == {"hidden_text": 3}


def test_a_merge_without_a_beginning_is_a_cell() -> None:
    assert texts(table([cell("甲", "<w:vMerge/>"), "乙"], ["丙", "丁"])) == ["甲 | 乙", "丙 | 丁"]


def test_empty_cells_keep_their_place_between_others() -> None:
    assert texts(table(["", "甲", "", "乙", ""], ["", "", "", "", ""], ["1", "2", "3", "4", "5"])) == [
        "甲 |  | 乙",
        "1 | 2 | 3 | 4 | 5",
    ]


def test_rows_and_cells_inside_content_controls() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('乙', '二')}</w:sdtContent></w:sdt>"
    inner = f"<w:tr><w:sdt><w:sdtContent>{cell('丙')}</w:sdtContent></w:sdt><w:customXml><w:tc>{p('三')}</w:tc></w:customXml></w:tr>"
    assert texts(f"<w:tbl><w:tblPr/><w:tblGrid/>{row('甲', '一')}{wrapped}{inner}</w:tbl>") == [
        "甲 | 一",
        "乙 | 二",
        "丙 | 三",
    ]


def test_deleted_and_hidden_rows_are_left_out_and_counted() -> None:
    gone = row("旧", "删", properties="<w:del w:id='1'/>")
    hidden = row("藏", "起来", properties="<w:hidden/>")
    cut = f"<w:tr>{cell('留')}{cell('去', '<w:cellDel/>')}{cell('下')}</w:tr>"
    reading = read(f"<w:tbl>{row('甲', '一')}{gone}{hidden}{cut}{row('新', '增', properties='<w:ins/>')}</w:tbl>")
    assert [one.text for one in reading.blocks] == ["甲 | 一", "留 | 下", "新 | 增"]
    assert notes(reading) == {"deleted_text": 3, "hidden_text": 3}


@pytest.mark.parametrize(
    ("first", "is_heading"),
    [
        (["序号", "项目名称", "总投资（万元）", "备注"], True),
        (["责任单位", "工作内容"], True),
        (["", "一季度情况", "二季度情况"], True),
        (["姓名", "张三", "性别", "男"], False),
        (["1", "修路", "2"], False),
        (["抓好项目。", "转变作风。"], False),
        (["单位", "单位"], False),
    ],
)
def test_a_first_row_that_names_the_columns(first: list[str], is_heading: bool) -> None:
    body = table(first, ["1", "2", "3", "4"][: len(first)])
    assert read(body).blocks[0].role == ("column_heading" if is_heading else "row")


def test_a_row_marked_as_heading_names_the_columns() -> None:
    marked = row("甲类", "乙类", properties="<w:tblHeader/>")
    title = row(cell("全县一览表", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
    assert roles(read(f"<w:tbl>{title}{marked}{row('3', '4')}</w:tbl>")) == [
        ("row", "全县一览表"), ("column_heading", "甲类 | 乙类"), ("row", "3 | 4"),
    ]  # fmt: skip


def test_a_bold_first_row_names_the_columns() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    assert read(table([bold.format("甲"), bold.format("乙")], ["丙", "丁"])).blocks[0].role == "column_heading"


def test_headings_of_two_rows() -> None:
    first = row(cell("序号", '<w:vMerge w:val="restart"/>'), cell("投资情况", '<w:gridSpan w:val="2"/>'))
    second = row(cell("", "<w:vMerge/>"), cell("计划"), cell("完成"))
    assert roles(read(f"<w:tbl>{first}{second}{row('1', '20', '18')}</w:tbl>")) == [
        ("column_heading", "序号 | 投资情况"), ("column_heading", "计划 | 完成"), ("row", "1 | 20 | 18"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        table([p("题") + p(LONG) + p(LONG)]),
        table(["题"], [LONG], [LONG]),
        table([p("题") + p(LONG), p(LONG)]),
        table([table([p("题")], [p(LONG) + p(LONG)])]),
        table([p("题") + p(LONG) + p(LONG), ""]),
    ],
)
def test_tables_that_lay_out_a_page_are_text(body: str) -> None:
    """One column, one cell, one row of long paragraphs, tables around tables: all read in order as paragraphs."""
    assert roles(read(body)) == [("body", "题"), ("body", LONG), ("body", LONG)]


def test_a_whole_document_in_a_cell_is_text() -> None:
    """A form's label and the report beside it: the row is no row, the others stay."""
    body = table(["姓名", "某甲"], ["事迹", "".join(p(LONG) for _ in range(12))])
    assert roles(read(body)) == [("row", "姓名 | 某甲"), ("body", "事迹"), *[("body", LONG)] * 12]


def test_a_table_inside_a_layout_table_keeps_its_rows() -> None:
    inner = table(["单位", "任务"], ["商务局", "招商"])
    assert roles(read(table([p("说明文字。") + inner]))) == [
        ("body", "说明文字。"), ("column_heading", "单位 | 任务"), ("row", "商务局 | 招商"),
    ]  # fmt: skip


def test_a_table_inside_a_cell_stays_in_its_row() -> None:
    inner = table(["东区", "三户"], ["西区", "五户"])
    assert texts(table(["1", "改造", inner], ["2", "新建", "八户"])) == [
        "1 | 改造 | 东区 三户 西区 五户",
        "2 | 新建 | 八户",
    ]


def test_footnotes_in_a_cell_follow_the_row() -> None:
    reference = '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    reading = read(
        table([reference, "乙"], ["丙", "丁"]), {"footnotes": f'<w:footnote w:id="2">{p("注。")}</w:footnote>'}
    )
    assert roles(reading) == [("row", "甲 | 乙"), ("footnote", "注。"), ("row", "丙 | 丁")]
