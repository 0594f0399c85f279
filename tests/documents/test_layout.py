"""The layout: positions to lines, columns, rows of cells, page furniture, paragraphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.layout.blocks import blocks_of
from classifier.documents.layout.furniture import apart
from classifier.documents.layout.placed import Piece, PlacedPage
from classifier.documents.layout.rows import rows_of
from classifier.documents.notes import Note

WIDTH, HEIGHT = 600.0, 850.0


def piece(text: str, x: float, y: float, size: float = 16.0) -> Piece:
    """Return a piece whose characters, Latin ones by half, are `size` wide."""
    width = sum(0.5 if one.isascii() else 1.0 for one in text) * size
    return Piece(text, x, x + width, y, size)


def sheet(*pieces: Piece, number: int = 1, furniture: tuple[str, ...] = ()) -> PlacedPage:
    return PlacedPage(number, WIDTH, HEIGHT, pieces, furniture)


def texts(*pages: PlacedPage) -> list[str]:
    return [one.text for one in blocks_of(pages)[0]]


# --- rows


@pytest.mark.parametrize(
    ("gap", "line"),
    [(0.0, ["税费", "减免"]), (8.0, ["税费", "减免"]), (16.0, ["税费 减免"]), (40.0, ["税费", "减免"])],
)
def test_a_gap_is_nothing_a_blank_or_a_division(gap: float, line: list[str]) -> None:
    found = [one.text for row in rows_of([piece("税费", 0, 100), piece("减免", 32 + gap, 100)], 1) for one in row]
    assert found == (["税费减免"] if gap <= 8 else line)


@pytest.mark.parametrize("apart", [0.25, 0.4, 0.6])  # of the size
@pytest.mark.parametrize("text", ["2024年政府工作报告", "投资3000万元，增长12.35%", "第35条", "GDP增长"])
def test_figures_among_characters_set_apart_one_by_one_are_whole(text: str, apart: float) -> None:
    shown, x = [], 0.0
    for character in text:
        shown.append(piece(character, x, 100))
        x = shown[-1].x1 + apart * 16
    assert [one.text for row in rows_of(shown, 1) for one in row] == [text]


def test_a_gap_between_numbers_whose_digits_touch_is_a_blank() -> None:
    places = (0, 24, 32, 48, 72, 80, 96, 104, 120)
    numbers = [piece(one, x, 100) for one, x in zip("县12乡3456村", places, strict=False)]
    assert [one.text for row in rows_of(numbers, 1) for one in row] == ["县12乡34 56村"]


def test_a_gap_wider_than_between_single_characters_or_between_runs_is_a_blank() -> None:
    single = [piece(one, x, 100) for one, x in zip("投产1212两条", (0, 21, 42, 55, 76, 89, 102, 123), strict=True)]
    assert [one.text for row in rows_of(single, 1) for one in row] == ["投产12 12两条"]
    runs = [piece("投资", 0, 100), piece("3000", 37, 100), piece("5000", 74, 100), piece("万元", 111, 100)]
    assert [one.text for row in rows_of(runs, 1) for one in row] == ["投资3000 5000万元"]


def test_latin_words_keep_a_narrow_blank() -> None:
    (row,) = rows_of([piece("WTO", 0, 100), piece("rules", 28, 100), piece("规则", 74, 100)], 1)
    assert [one.text for one in row] == ["WTO rules规则"]


def test_pieces_at_nearly_one_height_are_one_row_that_does_not_creep() -> None:
    pieces = [piece("甲", 20.0 * i, 100 + 5.0 * i) for i in range(5)]
    assert [len("".join(one.text for one in row)) for row in rows_of(pieces, 1)] == [2, 2, 1]


# --- page furniture


@pytest.mark.parametrize(
    "number", ["— 3 —", "-3-", "－3－", "3", "第3页", "第 3 页 共 9 页", "3/9", "·3·", "iv", "第三页", "一3一"]
)
def test_page_numbers_in_any_form_are_noted(number: str) -> None:
    blocks, notes = blocks_of([sheet(piece("修建水渠三公里。", 90, 300), piece(number, 290, 800, 12))])
    assert ([one.text for one in blocks], notes) == (["修建水渠三公里。"], [Note("page_numbers", 1, (1,))])


@pytest.mark.parametrize(
    ("text", "y"), [("2031", 400), ("3", 700), ("三、", 800), ("第3页说明", 800), ("合计3户", 800)]
)
def test_what_only_looks_like_a_page_number_stays(text: str, y: float) -> None:
    assert texts(sheet(piece("修建水渠三公里。", 90, 300), piece(text, 290, y))) == ["修建水渠三公里。", text]


def test_headers_are_furniture_once_numbers_in_them_may_count_the_pages() -> None:
    pages = [
        sheet(piece(f"县报 第{4 + i}版", 90, 40, 12), piece(f"正文{word}段。", 90, 300), number=i)
        for i, word in enumerate("甲乙丙", 1)
    ]
    blocks, notes = blocks_of(pages)
    assert [one.text for one in blocks if one.role == "furniture"] == ["县报 第5版"]
    assert notes == [Note("repeated_furniture", 2, (2, 3))]


def test_rows_of_figures_at_the_edges_that_differ_are_no_furniture() -> None:
    """They differ in their figures only; none of these counts pages."""
    pages = [sheet(piece(f"小麦 {amount} 吨", 90, 60), number=i) for i, amount in enumerate((310, 285, 902), 1)]
    assert not apart(pages, [rows_of(page.pieces, page.number) for page in pages]).running
    assert texts(*pages) == ["小麦 310 吨", "小麦 285 吨", "小麦 902 吨"]


def test_a_page_that_holds_nothing_else_is_no_header() -> None:
    pages = [sheet(piece("此页无正文", 90, 60), number=i) for i in (1, 2)]
    assert texts(*pages) == ["此页无正文", "此页无正文"]


def test_headers_on_every_other_page_are_found() -> None:
    pages = [
        sheet(piece("公报" if i % 2 else "县政府文件", 90, 40, 12), piece(f"{word}项工作完成。", 90, 300), number=i)
        for i, word in enumerate("甲乙丙丁戊己", 1)
    ]
    assert sorted(one.text for one in blocks_of(pages)[0] if one.role == "furniture") == ["公报", "县政府文件"]


def test_texts_given_as_furniture_are_shown_once() -> None:
    blocks, notes = blocks_of([sheet(furniture=("机密", "机密")), sheet(number=2, furniture=("机密",))])
    assert [(one.text, one.role, one.page) for one in blocks] == [("机密", "furniture", 1)]
    assert notes == [Note("repeated_furniture", 2, (1, 2))]


# --- columns and tables


def column(x: float, y: float, *lines: str, step: float = 28.0) -> list[Piece]:
    return [piece(one, x, y + i * step) for i, one in enumerate(lines)]


LEFT = ["入冬以来，各乡镇分片包干", "逐户排查燃煤取暖隐患，发", "放报警器两千只，无一遗漏"]
RIGHT = ["春耕之前，农技站把课堂搬", "到田埂上，讲怎样选种、怎", "样防治病虫，听者数百余人"]


@pytest.mark.parametrize("shift", [0.0, 5.0, 14.0])
def test_columns_whose_lines_do_not_stand_beside_each_other_are_columns(shift: float) -> None:
    page = sheet(*column(60, 200, *LEFT), *column(320, 200 + shift, *RIGHT))
    assert "".join(texts(page)) == "".join(LEFT + RIGHT)


def test_three_columns_are_read_from_left_to_right() -> None:
    third = ["养老食堂开到家门口，老人", "花几元就能吃上热饭，行动", "不便的由志愿者送到床前来"]
    page = PlacedPage(1, 900, 850, [*column(60, 200, *LEFT), *column(320, 200, *RIGHT), *column(580, 200, *third)])
    assert "".join(texts(page)) == "".join(LEFT + RIGHT + third)


def test_what_stands_below_columns_is_read_after_them() -> None:
    below = piece("以上两则短讯由县融媒体中心供稿，转载请注明出处", 60, 330)
    assert texts(sheet(*column(60, 200, *LEFT), *column(320, 200, *RIGHT), below))[-1] == below.text


def test_a_caption_between_columns_does_not_break_them() -> None:
    caption = piece("田间课堂现场", 266, 228, 8)
    found = texts(sheet(*column(60, 200, *LEFT), *column(320, 200, *RIGHT), caption))
    assert "".join(found) == "".join(LEFT + RIGHT) + caption.text


def test_a_short_line_whose_size_is_misjudged_does_not_break_columns() -> None:
    """Recognised lines are placed to within a point or two, and short ones are thought too large."""
    right = [piece("办结。", 318, 200, 22), *column(320, 228, *RIGHT)]
    page = sheet(*column(60, 200, *LEFT, "并登记造册。"), *right)
    assert "".join(texts(page)) == "".join([*LEFT, "并登记造册。", "办结。", *RIGHT])


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    left = column(60, 100, *(one + "，" + two for one, two in zip(LEFT, RIGHT, strict=True)))
    right = [piece("清溪县", 700, 143, 30), piece("办事指南", 680, 213, 30), piece("政务服务中心编", 690, 487)]
    found = texts(PlacedPage(1, 1200, 850, [*left, *right]))
    assert "".join(found).endswith("清溪县办事指南政务服务中心编")


def test_rows_of_short_cells_are_a_table() -> None:
    rows = [("序号", "项目名称", "总投资"), ("1", "粮食物流园", "3.2亿元"), ("2", "城区供热管网", "9800万元")]
    pieces = [
        piece(cell, x, 200 + 30 * i) for i, row in enumerate(rows) for cell, x in zip(row, (60, 160, 400), strict=True)
    ]
    blocks, _ = blocks_of([sheet(*pieces)])
    assert [(one.text, one.role) for one in blocks] == [(" | ".join(row), "row") for row in rows]


def test_a_line_with_one_wide_gap_is_no_table() -> None:
    page = sheet(piece("清政办发〔2031〕9号", 60, 200), piece("签发人：周长河", 400, 200), piece("各乡镇：", 60, 260))
    assert texts(page) == ["清政办发〔2031〕9号 签发人：周长河", "各乡镇："]


# --- paragraphs

FULL = "为方便群众办事减少跑动次数各窗口一律实行预约错峰和容缺受理"


def test_lines_flush_left_in_a_text_without_indents_part_at_the_end_of_sentences() -> None:
    lines = [FULL, "并公开承诺时限。" + FULL[:22], "不再另行收费。", "二、" + FULL[2:], "做到一次办结。"]
    assert texts(sheet(*column(60, 200, *lines))) == [lines[0] + lines[1] + lines[2], lines[3] + lines[4]]


def test_a_list_whose_lines_are_full_is_not_run_together() -> None:
    lines = [f"{i}、{FULL[:27]}" for i in range(1, 5)]
    assert texts(sheet(*column(60, 200, *lines))) == lines


def test_a_title_of_two_lines_is_one_heading() -> None:
    title = [piece("清溪县人民政府", 222, 100, 22), piece("关于加强防汛值守工作的通知", 156, 140, 22)]
    body = [piece(FULL[:27], 92, 200), piece(FULL, 60, 228), piece("请遵照执行。", 60, 256)]
    blocks, _ = blocks_of([sheet(*title, *body)])
    assert (blocks[0].text, blocks[0].role) == ("清溪县人民政府关于加强防汛值守工作的通知", "heading")


def test_a_word_that_had_no_room_does_not_end_a_paragraph() -> None:
    lines = [piece(FULL[:27], 92, 200), piece(FULL[:23], 60, 228), piece("www.qingxi.gov.cn查询", 60, 256)]
    assert len(texts(sheet(*lines))) == 1


def test_lines_set_apart_by_a_blank_line_are_parted() -> None:
    lines = [piece(FULL, 60, y) for y in (200, 228, 256, 330)]
    assert texts(sheet(*lines)) == [FULL * 3, FULL]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("路桥渠坝站校院所村镇abc12 "), min_size=1, max_size=18),
            st.integers(20, 400),
            st.integers(130, 700),
            st.sampled_from([9.0, 16.0, 22.0]),
        ),
        max_size=25,
    )
)
def test_whatever_stands_on_a_page_comes_out_once(placed: list[tuple[str, int, int, float]]) -> None:
    """But the same text at nearly the same place, which is drawn twice to look bold."""
    pieces = [piece(text, float(x), float(y), size) for text, x, y, size in placed if text.strip()]
    apart_enough = [
        one
        for i, one in enumerate(pieces)
        if not any(
            one.text == other.text and abs(one.x0 - other.x0) + abs(one.y - other.y) < 0.5 * max(one.size, other.size)
            for other in pieces[:i]
        )
    ]
    found = "".join(texts(sheet(*apart_enough)))
    wanted = "".join(one.text for one in apart_enough)
    assert sorted(found.replace(" | ", "").replace(" ", "")) == sorted(wanted.replace(" ", ""))
