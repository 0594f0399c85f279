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
