"""PDFs: the text as it is read on paper, paragraph by paragraph, whatever way the file holds it."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.documents.document import Block
from classifier.documents.pdf import read_pdf
from tests.documents.pdf.files import File, at, lines, picture, rule, set_text, turned

FIRST = "县招商局会同各乡镇逐户走访企业，帮助解决用地、用工、融资等实际困难，全年办结企业诉求三百余件，满意度稳步提升。"
SECOND = "县民政局新建村级养老服务站四十六个，为八十岁以上老人办理意外伤害保险，助餐点覆盖全部街道，群众普遍称好。"


def read(*pages: list[bytes], **more: object) -> list[Block]:
    return list(read_pdf(File(pages, **more).data(), "a.pdf").blocks)  # type: ignore[arg-type]


def texts(*pages: list[bytes], **more: object) -> list[str]:
    return [block.text for block in read(*pages, **more)]


def paragraphs(*given: str, y: float = 100, width: int = 26, indent: int = 2, x: float = 80) -> list[bytes]:
    shown: list[bytes] = []
    for text in given:
        more, y = set_text(text, x, y, width, indent)
        shown += more
    return shown


def test_an_indent_begins_a_paragraph() -> None:
    assert read(paragraphs(FIRST, SECOND)) == [Block(FIRST, page=1), Block(SECOND, page=1)]


def test_a_short_last_line_ends_a_paragraph_where_none_is_indented() -> None:
    assert texts(paragraphs(FIRST, SECOND, indent=0)) == [FIRST, SECOND]


def test_a_gap_parts_paragraphs_whose_last_line_is_full() -> None:
    whole = "县纪委监委通报三起典型问题，要求全县党员干部引以为戒。" * 2
    first, y = set_text(whole[:52], 80, 100, 26, 0)
    second, y = set_text(whole[:52], 80, y + 12, 26, 0)
    third, _ = set_text(FIRST, 80, y + 12, 26, 0)
    assert texts(first + second + third) == [whole[:52], whole[:52], FIRST]


def test_gaps_are_told_on_a_page_of_few_lines_by_those_before() -> None:
    """Its lines lie further apart in the middle than at the usual distance: the gaps are more, but gaps all the same."""
    whole = (FIRST * 2)[:52]
    first, y = set_text(FIRST + SECOND + FIRST, 80, 100, 26, 0)
    second, _ = set_text(SECOND + FIRST, 80, y + 12, 26, 0)
    hangs = whole[26:52] + "。"
    last = [at(80, 100, whole[:20]), at(80, 140, whole[:26]), at(80, 168, hangs), at(80, 208, whole[:18])]
    assert texts(first + second, last)[2:] == [whole[:20], whole[:26] + hangs, whole[:18]]


def test_a_sentence_goes_on_where_a_mark_took_a_character_along() -> None:
    """Lines with digits end at one place by chance, as justified ones do; 业， did not fit in, which leaves two free."""
    rows = [f"{n}县民政局新建村级养老服务站为八十岁以上老人办理保" for n in ("10", "20", "30")]
    shown = [one for i, row in enumerate(rows) for one in (at(112, 100 + 56 * i, row), at(80, 128 + 56 * i, "险。"))]
    cut = ["县招商局会同各乡镇办事处逐户走访帮助全县工业企", "业，解决用地困难。"]
    shown += [at(112, 268, cut[0]), at(80, 296, cut[1])]
    assert texts(shown) == [*(row + "险。" for row in rows), "".join(cut)]


def test_hanging_lines_belong_to_their_number() -> None:
    """The second line of 1. stands further right; the next number stands left again."""
    shown = lines(80, 100, ["1.县发改局牵头谋划专项债项目，会同县财政局争取中央"])
    shown += lines(112, 128, ["资金，按月调度进展情况，年底前全部开工建设投产"])
    shown += lines(112, 156, ["达效。"])
    shown += lines(80, 184, ["2.县住建局改造老旧小区。"])
    assert texts(shown) == [
        "1.县发改局牵头谋划专项债项目，会同县财政局争取中央资金，按月调度进展情况，年底前全部开工建设投产达效。",
        "2.县住建局改造老旧小区。",
    ]


def test_a_sentence_goes_on_over_the_page() -> None:
    """What stands between its parts (page number, running header) follows it."""
    shown = paragraphs(FIRST, SECOND, FIRST, y=80)
    number, header = at(280, 800, "— 1 —"), at(200, 40, "某县政务公报", 10)
    pages = [[header, *shown[:5], number], [header, *shown[5:], at(280, 800, "— 2 —")]]
    assert read(*pages) == [
        Block("某县政务公报", "furniture", page=1),
        Block(FIRST, page=1),
        Block(SECOND, page=1),
        Block(FIRST, page=2),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = paragraphs(FIRST, FIRST, width=13, x=60), paragraphs(SECOND, SECOND, width=13, x=310)
    across = at(180, 60, "全县重点工作推进情况", 22)
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]  # row by row in the file
    assert texts([across, *mixed]) == ["全县重点工作推进情况", FIRST, FIRST, SECOND, SECOND]


@pytest.mark.parametrize("indent", [0, 2])
def test_columns_of_short_paragraphs_and_headings(indent: int) -> None:
    """Fewer than half of the lines are full; that they begin at one or two places shows the columns."""
    left = [
        "一、回顾",
        FIRST[:19] + "。",
        "二、营商环境方面",
        FIRST[20:38] + "。",
        "三、下步工作",
        FIRST[18:33] + "。",
        FIRST[2:31] + "。",
    ]
    right = [
        "四、民生",
        SECOND[:19] + "。",
        "五、保障改善方面",
        SECOND[20:38] + "。",
        "六、打算下步",
        SECOND[18:33] + "。",
        SECOND[2:31] + "。",
    ]
    sides = [paragraphs(*given, width=13, x=x, indent=indent) for given, x in ((left, 60), (right, 310))]
    assert texts([one for pair in zip(*sides, strict=True) for one in pair]) == [*left, *right]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    shown = paragraphs(FIRST, SECOND, FIRST, SECOND, width=13, x=60)
    left = shown[:10]
    moved = [row.replace(b" 60 ", b" 310 ").replace(b" 92 ", b" 342 ") for row in shown[10:]]
    raised = [_raised(row, 10 * 28) for row in moved]
    assert texts(left + raised) == [FIRST, SECOND, FIRST, SECOND]


def _raised(row: bytes, by: int) -> bytes:
    words = row.split()
    place = words.index(b"Tm") - 1
    words[place] = b"%d" % (int(words[place]) + by)
    return b" ".join(words)


@pytest.mark.parametrize("font", [True, False], ids=["vertical font", "one by one"])
def test_vertical_text_runs_down_and_to_the_left(font: bool) -> None:
    columns = ["县政府召开常务会议，研究", "部署民生实事办理工作，县", "长主持会议。"]
    shown: list[bytes] = []
    for index, column in enumerate(columns):
        x = 500 - 30 * index
        if font:
            shown.append(turned(x, 100, column, 16, "down", (1, 0, 0, 1)))
        else:
            shown += [at(x, 100 + 18 * place, one) for place, one in enumerate(column)]
    assert texts(shown) == ["".join(columns)]


def test_vertical_text_under_horizontal_headers() -> None:
    """The way is told text by text: neither the long lines across the page nor the columns are taken apart."""
    columns = ["县政府召开常务会议，研究", "部署民生实事办理工作，县", "长主持会议。"]
    shown = [at(500 - 30 * i, 160 + 18 * j, one) for i, column in enumerate(columns) for j, one in enumerate(column)]
    header = "某县人民政府办公室关于进一步做好冬季困难群众取暖保障和安全生产各项工作的通知"
    for top in (header, "某县人民政府公报"):
        assert sorted(texts([at(60, 60, top, 10), *shown])) == sorted([top, "".join(columns)])


@pytest.mark.parametrize(("turn", "matrix"), [(90, (0, 1, -1, 0)), (270, (0, -1, 1, 0)), (180, (-1, 0, 0, -1))])
def test_turned_pages(turn: int, matrix: tuple[int, ...]) -> None:
    x, y = {90: (100, 762), 270: (400, 80), 180: (500, 700)}[turn]
    along = {90: (28, 0), 270: (-28, 0), 180: (0, -28)}[turn]
    rows = [
        "县招商局会同各乡镇逐户走访企业帮助解决用地用工",
        "融资等实际困难一共三百余件群众和企业满意度稳步",
        "提升，成效明显。",
    ]
    shown = [turned(x + i * along[0], y + i * along[1], row, 16, "song", matrix) for i, row in enumerate(rows)]
    assert texts(shown, rotate=turn) == ["".join(rows)]


def test_characters_in_any_order_of_the_file() -> None:
    shown = paragraphs(FIRST, SECOND)
    assert texts(shown[::-1]) == [FIRST, SECOND]


def test_text_drawn_twice_to_make_it_bold_is_read_once() -> None:
    """But characters that stand twice in the text stay."""
    shown = [at(80 + shift, 100, "人人参与、处处节约，户户受益11月见效") for shift in (0, 0.4, 0.8)]
    assert texts(shown) == ["人人参与、处处节约，户户受益11月见效"]


def test_invisible_text_over_a_scan_is_read() -> None:
    assert texts([picture(), b"3 Tr", *paragraphs(FIRST)]) == [FIRST]


def test_radicals_stay_as_they_are() -> None:
    """Normalising maps them to ideographs, for every format."""
    assert texts([at(80, 100, "⺠生⼯作")]) == ["⺠生⼯作"]


def test_words_are_parted_by_gaps_and_spaces_and_han_are_not() -> None:
    shown = [
        at(80, 100, "GDP"),
        at(80 + 3 * 8 + 5, 100, "top"),
        at(80 + 6 * 8 + 10 + 3, 100, "百强县"),
        at(180, 100, "5 G"),
    ]
    assert texts(shown) == ["GDP top百强县5 G"]


def test_spaces_drawn_between_all_characters_are_none_of_the_text() -> None:
    assert texts([at(80, 100, " ".join("关于开展2026年督查的通知"), 14), at(80, 140, "县长 书记 主任")]) == [
        "关于开展2026年督查的通知",
        "县长 书记 主任",
    ]


@pytest.mark.parametrize("apart", [0.25, 0.3, 0.45])  # of the size
@pytest.mark.parametrize(
    "text",
    [
        "2024年政府工作报告",
        "甲政发〔2024〕12号",
        "供水普及率提高6.5个百分点",
        "投资3000万元，增长12.35%",
        "第35条",
        "GDP增长",
    ],
)
def test_figures_and_words_among_letters_set_apart_are_whole(text: str, apart: float) -> None:
    """A gap between digits that stands between the other characters as well is how the line is set, no space."""
    size = 20.0
    shown, x = [], 60.0
    for character in text:
        shown.append(at(x, 100, character, size))
        x += (size / 2 if character < "\x7f" else size) + apart * size
    assert texts(shown) == [text]


@pytest.mark.parametrize(
    "text", ["县12乡34 56村", "见Microsoft Office Word版", "A Company与B Company", "镇1 2号村34户"]
)
def test_a_gap_between_words_of_letters_that_touch_is_a_space(text: str) -> None:
    """However far Han characters stand from them: 34 56 are no 3456 where 3 and 4 touch."""
    shown, x, before = [], 60.0, ""
    for character in text:
        x += 8 if character == " " or (before and (before < "\x7f") != (character < "\x7f") and before != " ") else 0
        if character != " ":
            shown.append(at(x, 100, character, 20))
            x += 10 if character < "\x7f" else 20
        before = character
    assert texts(shown) == [text]


def test_a_gap_wider_than_between_other_characters_is_a_space() -> None:
    shown, x = [], 60.0
    for character in "投产 11 12 两条产线":
        if character != " ":
            shown.append(at(x, 100, character, 20))
        x += 5 + (3 if character == " " else 10 if character < "\x7f" else 20)
    assert texts(shown) == ["投产11 12两条产线"]


def test_latin_words_are_joined_with_a_space_at_the_end_of_a_line() -> None:
    rows = ["The county office reads each letter and", "answers in seven days as was promised in", "the plan."]
    assert texts(lines(80, 100, rows)) == [" ".join(rows)]


@pytest.mark.parametrize("shown", [[(200, "通"), (300, "知")], [(200, "通　　　知")], [(200, "通 知")]])
def test_a_spaced_out_title_loses_its_spaces(shown: list[tuple[int, str]]) -> None:
    blocks = read([*(at(x, 60, text, 22) for x, text in shown), *paragraphs(FIRST)])
    assert blocks == [Block("通知", "heading", 1, 1), Block(FIRST, page=1)]


def test_official_layout() -> None:
    """GB/T 9704: title, to whom, body, attachment, signature and date at the right, a note: each by itself."""
    shown = [
        at(123, 90, "关于做好全县企业服务工作的若干", 22), at(266, 122, "意见", 22),
        at(80, 170, "各乡镇人民政府："), *paragraphs(FIRST, SECOND, y=198),
        at(112, 366, "附件：任务分工表"), at(350, 422, "某县人民政府"), at(360, 450, "2026年3月1日"),
        at(112, 478, "（此件公开发布）"),
    ]  # fmt: skip
    assert read(shown) == [
        Block("关于做好全县企业服务工作的若干意见", "heading", 1, 1),
        *(
            Block(text, page=1)
            for text in (
                "各乡镇人民政府：", FIRST, SECOND, "附件：任务分工表", "某县人民政府", "2026年3月1日", "（此件公开发布）",
            )
        ),
    ]  # fmt: skip


def test_headings_by_size_font_and_place() -> None:
    shown = [
        at(220, 80, "年度工作报告", 22), at(112, 130, "一、工作回顾", 18), *paragraphs(FIRST, y=170),
        at(112, 282, "（一）招商引资", 16, "hei"), *paragraphs(SECOND, y=310), at(112, 422, "二、下步打算", 18),
        *paragraphs(FIRST, y=462),
    ]  # fmt: skip
    assert [(block.text, block.role, block.level) for block in read(shown)] == [
        ("年度工作报告", "heading", 1),
        ("一、工作回顾", "heading", 2),
        (FIRST, "body", None),
        ("（一）招商引资", "heading", None),
        (SECOND, "body", None),
        ("二、下步打算", "heading", 2),
        (FIRST, "body", None),
    ]


def test_lines_of_a_list_of_contents_stay_apart() -> None:
    rows = [f"{name}{'…' * (22 - len(name))}{page}" for name, page in (("一、总体要求", 11), ("二、重点任务", 12))]
    assert texts(lines(80, 100, rows)) == rows


def test_footnotes() -> None:
    """They stand in a smaller font under a short line; the text flows round them."""
    shown = paragraphs(FIRST, SECOND, y=80)
    notes = [rule(80, 700, 200, 700), *lines(80, 720, ["①数据由县统计局提供，为快", "报数。", "②含续建。"], 10, 14)]
    assert read([*shown[:4], *notes], shown[4:]) == [
        Block(FIRST, page=1),
        Block(SECOND, page=1),
        Block("①数据由县统计局提供，为快报数。", "footnote", page=1),
        Block("②含续建。", "footnote", page=1),
    ]


def test_notes_in_the_margin_are_furniture() -> None:
    shown = [*paragraphs(FIRST, SECOND), *(at(36, 128 + 28 * i, one, 12) for i, one in enumerate("装订线"))]
    assert read(shown) == [Block("装订线", "furniture", page=1), Block(FIRST, page=1), Block(SECOND, page=1)]


def test_a_title_spread_over_the_page_keeps_its_last_character() -> None:
    """Text set to fill a line (分散对齐) may reach further than the lines of the text: no note in the margin."""
    spread = [at(80 + 84 * i, 90, one) for i, one in enumerate("供水保障方案")]
    assert texts([*spread, *lines(80, 128, [FIRST[:24], SECOND[:24], FIRST[24:46]])])[0] == "供水保障方案"


@pytest.mark.parametrize("apart", [0.9, 1.0, 1.45])  # of their size: close, as Word sets them, as LibreOffice does
@pytest.mark.parametrize("size", [16, 22, 36])
def test_two_lines_in_one_are_read_one_by_one(size: int, apart: float) -> None:
    """双行合一 in the head of a document that two offices issue, and inside a line."""
    half, middle = size / 2, 110 - size * 0.38
    above, below = (middle + way * apart * half / 2 + half * 0.38 for way in (-1, 1))

    def both(x: float) -> list[bytes]:
        return [at(x, above, "县委办公室", half), at(x, below, "县政府办公室", half)]

    head = [*both(80), at(80 + 6 * half, 110, "文件", size)]
    assert texts([*head, at(80, 200, "各乡镇：")]) == ["县委办公室县政府办公室文件", "各乡镇："]
    inside = [at(80, 110, "请", size), *both(80 + size), at(80 + size + 6 * half, 110, "报送", size)]
    assert texts([*inside, at(80, 200, "各乡镇：")]) == ["请县委办公室县政府办公室报送", "各乡镇："]


@pytest.mark.parametrize(("size", "small", "step"), [(18, 9, 11), (18, 12, 14), (30, 9, 11), (54, 16, 22)])
def test_lines_beside_a_large_character_are_read_one_after_the_other(size: int, small: int, step: int) -> None:
    """Characters that stand below each other in two lines, 县 and 局, are not the same drawn twice."""
    middle = 110 - size * 0.38
    label = lines(80 + size, middle - step / 2 + small * 0.38, ["县教育局", "县财政局"], small, step)
    assert texts([at(80, 110, "表", size), *label, at(80, 300, "各乡镇：")]) == ["表县教育局县财政局", "各乡镇："]


def test_values_of_form_fields_stand_where_the_page_shows_them() -> None:
    assert texts([at(80, 120, "申报单位：")], fields=[("a", "县招商服务中心", (165, 105, 400, 125))]) == [
        "申报单位：县招商服务中心"
    ]


PARAGRAPH = st.text(alphabet="全县优化营商环境大会召开要求转变作风狠抓落实民生工程，、", min_size=1, max_size=150)


def as_prose(text: str) -> str:
    """Return a text with words between its marks."""
    return re.sub("[，、]+", lambda marks: marks[0][0], text).strip("，、") or "县"


@settings(max_examples=60, deadline=None)
@example(["县"] * 6 + ["优、" * 8 + "优优、优优"], 4)  # a page of first lines only, one of them full
@given(st.lists(PARAGRAPH.map(as_prose), min_size=1, max_size=12), st.integers(4, 24))
def test_each_paragraph_comes_out_once_and_in_order(given: list[str], rows: int) -> None:
    """Indented paragraphs, none like another, on pages of so many rows with number and header.

    The last is long, for nothing else shows where the text's edges are.
    """
    given = [*(f"{text}第{'甲乙丙丁戊己庚辛壬癸子丑'[i]}。" for i, text in enumerate(given)), FIRST]
    shown = paragraphs(*given, y=0)
    pages: list[list[bytes]] = []
    for start in range(0, len(shown), rows):
        page = [_raised(row, 28 * start - 100) for row in shown[start : start + rows]]
        pages.append([at(80, 50, "某县政务公报", 10), *page, at(280, 810, f"— {len(pages) + 1} —", 14)])
    found = [block.text for block in read(*pages) if block.text != "某县政务公报"]
    assert found == given
