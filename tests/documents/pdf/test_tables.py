"""Tables of PDFs: a row is a block, its cells divided, whatever draws the table."""

from classifier.documents.document import Block
from classifier.documents.notes import Note
from classifier.documents.pdf import read_pdf
from tests.documents.pdf.files import File, at, grid, lines, set_text

XS = (80, 130, 260, 520)
NAMES = ("序号", "责任单位", "工作任务")


def read(*pages: list[bytes]) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in read_pdf(File(pages).data(), "a.pdf").blocks]


def row(y: float, *cells: str, xs: tuple[int, ...] = XS) -> list[bytes]:
    return [at(x + 5, y, cell, 12) for x, cell in zip(xs, cells, strict=False) if cell]


def test_ruled_table() -> None:
    """Wrapped cells are one text; a row of column names is told apart."""
    shown = [
        *grid(XS, (100, 130, 170, 200)), *row(120, *NAMES), *row(148, "1", "县发展和改革局"),
        *lines(265, 148, ["谋划专项债项目，积极争取中央预算内资金支持", "重点项目。"], 12, 16), *row(190, "2", "县住建局", "改造老旧小区"),
    ]  # fmt: skip
    assert read(shown) == [
        ("column_heading", "序号 | 责任单位 | 工作任务"),
        ("row", "1 | 县发展和改革局 | 谋划专项债项目，积极争取中央预算内资金支持重点项目。"),
        ("row", "2 | 县住建局 | 改造老旧小区"),
    ]


def test_paragraphs_of_a_cell_are_divided_by_a_space() -> None:
    shown = [
        *grid(XS, (100, 130, 180)),
        *row(120, *NAMES),
        *row(148, "1", "县住建局", "改造小区。"),
        *row(166, "", "", "新建公园。"),
    ]
    assert read(shown)[1] == ("row", "1 | 县住建局 | 改造小区。 新建公园。")


def test_merged_cells_stand_where_they_begin() -> None:
    """A cell over two rows is read with the first; one character below the other is one word."""
    ruling = [*grid(XS, (100, 200))[:2], *grid(XS, (100, 200))[2:], *grid((130, 520), (150, 150))[:1]]
    shown = [*ruling, *(at(98, 122 + 18 * i, one, 12) for i, one in enumerate("领导小组"))]
    shown += [*row(130, "", "组长", "县长"), *row(180, "", "副组长", "常务副县长")]
    assert read(shown) == [("row", "领导小组 | 组长 | 县长"), ("row", "副组长 | 常务副县长")]


def test_a_frame_round_running_text_is_no_table() -> None:
    text = (
        "县招商局会同各乡镇逐户走访企业，帮助解决用地、用工、融资等实际困难，全年办结企业诉求三百余件，满意度稳步提升。"
    )
    shown, _ = set_text(text, 90, 130, 24)
    assert read([*grid((80, 510), (100, 250)), *shown]) == [("body", text)]


def test_table_without_ruling_lines() -> None:
    shown = [
        *row(120, *NAMES),
        *row(144, "1", "县发改局", "谋划专项债项目"),
        *row(160, "", "", "并争取支持"),
        *row(184, "2", "县住建局", "改造小区"),
    ]
    before, _y = set_text("各单位要对照任务分工抓好落实，按月报送进展情况。", 80, 50, 27)
    assert read([*before, *shown]) == [
        ("body", "各单位要对照任务分工抓好落实，按月报送进展情况。"),
        ("column_heading", "序号 | 责任单位 | 工作任务"),
        ("row", "1 | 县发改局 | 谋划专项债项目并争取支持"),
        ("row", "2 | 县住建局 | 改造小区"),
    ]


def test_a_table_of_wide_cells_is_not_two_columns() -> None:
    """Its cells begin at two places, too, and are about as long, but hold no marks."""
    projects = ["县城污水处理厂扩建", "农村饮水安全巩固提升", "中心城区老旧小区改造类", "乡镇卫生院标准化建设项目"] * 2
    offices = ["某县住房和城乡建设局二", "某县水利和湖泊管理局", "某县城市建设投资有限公司", "某县卫生健康委员会"] * 2
    shown = [
        at(x, 100 + 24 * i, text, 12)
        for i, cells in enumerate(zip(projects, offices, strict=True))
        for x, text in zip((80, 300), cells, strict=True)
    ]
    assert read(shown) == [("row", f"{a} | {b}") for a, b in zip(projects, offices, strict=True)]


def test_forms_and_lists_side_by_side_are_not_two_columns() -> None:
    """Colons after labels and marks after numbers are in every line of them."""
    names = ["项目名称", "建设单位", "联系电话", "电子邮箱", "通信地址", "法人代表", "主管部门", "投资规模"]
    for lead in ("{}：", "{}、"):
        pairs = [(lead.format(name) + "某县城区东" * 2, lead.format(name[::-1]) + "某县城区西" * 2) for name in names]
        cut = [(left[: len(left) - i % 4], right[: len(right) - (i + 2) % 4]) for i, (left, right) in enumerate(pairs)]
        shown = [
            one for i, (a, b) in enumerate(cut) for one in (at(80, 100 + 24 * i, a, 12), at(320, 100 + 24 * i, b, 12))
        ]
        assert [text for _, text in read(shown)] == [f"{a} | {b}" for a, b in cut]


def test_a_table_of_wrapped_sentences_is_not_two_columns() -> None:
    """Its cells hold marks, too; but one that ends before the one beside it leaves a hole."""
    lefts, rights = "窗口少，办事慢，群众多次跑动", "推行一窗受理，限时办结，开展评议，公开承诺，按月通报，整改到位"
    cells = [
        (lefts[:n], rights[:15], rights[15 : 15 + m]) for n, m in zip((9, 10, 11, 12) * 2, range(7, 15), strict=True)
    ]
    shown: list[bytes] = []
    for i, (left, *right) in enumerate(cells):
        shown += [at(80, 100 + 40 * i, left, 12), *lines(300, 100 + 40 * i, right, 12, 16)]
    assert read(shown) == [("row", f"{left} | {above}{below}") for left, above, below in cells]


def test_a_table_goes_on_over_the_page() -> None:
    """Names of columns said again are left out and noted; a row that the page's end parts is one."""
    first = [
        *grid(XS, (700, 730, 780)),
        *row(720, *NAMES),
        *row(750, "1", "县发改局", "谋划专项债项目，并争取中央预算内"),
        at(280, 810, "— 1 —"),
    ]
    second = [
        *grid(XS, (100, 130, 160, 190)),
        *row(120, *NAMES),
        *row(150, "", "", "资金支持。"),
        *row(180, "2", "县住建局", "改造小区"),
    ]
    reading = read_pdf(File([first, second]).data(), "a.pdf")
    assert list(reading.blocks) == [
        Block("序号 | 责任单位 | 工作任务", "column_heading", page=1),
        Block("1 | 县发改局 | 谋划专项债项目，并争取中央预算内资金支持。", "row", page=1),
        Block("2 | 县住建局 | 改造小区", "row", page=2),
    ]
    assert list(reading.notes) == [Note("page_numbers", 1), Note("repeated_furniture", 1)]


def test_numbers_and_keys_name_no_columns() -> None:
    shown = [*grid(XS, (100, 130, 160)), *row(120, "1", "县发改局", "谋划项目"), *row(150, "2", "县住建局", "改造小区")]
    assert [role for role, _ in read(shown)] == ["row", "row"]


def test_a_label_that_is_spread_over_its_cell_is_one() -> None:
    rows = [[("名", 80), ("称：河湾县粮油公司", 130), ("三亿", 400)], [("地", 80), ("址：北街8号", 130), ("两亿", 400)]]
    shown = [at(x, 100 + 28 * i, words) for i, row in enumerate(rows) for words, x in row]
    found = read_pdf(File([shown]).data(), "a.pdf").blocks
    assert [block.text for block in found] == ["名称：河湾县粮油公司 | 三亿", "地址：北街8号 | 两亿"]
