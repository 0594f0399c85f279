"""Hard-wrapped text is put together again; lines that were meant stay apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Document
from classifier.text.split import split

REPORT = [
    "政府工作报告",
    "（2024年1月16日）",
    "各位代表：",
    "一、2023年工作回顾",
    "用心用力保障民生，新建改建乡村道路73公里，新增公办幼儿园学位1450个，镇卫生院门诊楼投入使用，困难群众补助提高5%。",
    "持之以恒整顿作风，开展明察暗访52次，公开曝光推诿拖延问题29起，处理干部24人，超标准配备的办公用房全部清退。",
    "二、2024年工作安排",
    "把改善群众生活放在首位，完成四个老旧小区改造，新增城镇就业2400人，建成社区食堂35处，让老人就近吃上热饭菜。",
    "引进农产品深加工企业9家，完成工业投资14亿元。",
]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def wrapped(text: str, width: int, kinsoku: bool = True) -> str:
    """Return a text cut at so many columns; with `kinsoku` no mark stands at a line's head and no number is cut."""
    lines: list[str] = []
    taken = start = 0
    for at, character in enumerate(text):
        taken += 1 if character.isascii() else 2
        if taken > width:
            end = at
            while kinsoku and (text[end] in "，。、" or text[end - 1 : end + 1].isdigit()):
                end -= 1
            lines.append(text[start:end])
            start = end
            taken = sum(1 if one.isascii() else 2 for one in text[start : at + 1])
    return "\n".join([*lines, text[start:]])


def parts(lines: list[str], gap: str = "\n") -> list[str]:
    return [bare(paragraph.text) for paragraph in split(Document("", gap.join(lines)))]


@pytest.mark.parametrize("width", [50, 60, 70, 76, 80])
@pytest.mark.parametrize("kinsoku", [True, False])
def test_a_short_report_is_seen_as_wrapped(width: int, kinsoku: bool) -> None:
    """Headings and last lines are more than the full lines here, and say nothing of the width."""
    lines = [wrapped("　　" + line if len(line) > 20 else line, width, kinsoku) for line in REPORT]
    assert parts(lines) == REPORT


@pytest.mark.parametrize("width", [60, 76, 80])
def test_without_an_indent(width: int) -> None:
    assert parts([wrapped(line, width) for line in REPORT]) == REPORT


def test_a_full_line_that_ends_its_paragraph_stays_its_end() -> None:
    """The next line's first word had room on it, so it was not the width that ended it."""
    body = "".join(f"第{n}村的渠道已经清淤完毕并且通过了县水利局组织的验收，" for n in "一二三四五")
    lines = wrapped(body + "群众满意。", 60).split("\n")
    short = "经过半年的共同努力，全县道路养护工作取得了新的进展。"
    short += "很好。"
    assert columns_of(short) == 58
    assert parts([*lines, short, "在全县推广。"])[-2:] == [short, "在全县推广。"]


def columns_of(text: str) -> int:
    return 2 * len(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["办公室主任张某某、李某某、王某某共三名", "财政局代表赵某某、钱某某、孙某某共三名", "教育局代表周某某、吴某某、郑某某共三名"] * 3,
        [f"{hour}:00-{hour + 1}:00 听取第{hour}组的工作汇报并进行讨论（会议室{hour}）" for hour in range(10, 18)],
        [f"第{n}乡镇　　完成投资{n}亿元　　同比增长{n}%　　排名第{n}" for n in "一二三四五六七八"],
        ["春风吹过北山坡上新栽的果树林", "渠水流进村口去年修好的晒谷场", "孩子背着书包走进明亮的新校舍", "老人坐在门前说起今年的好收成"] * 2,
    ],
    ids=["names", "agenda", "table", "verses"],
)  # fmt: skip
def test_even_lines_that_were_meant_stay_apart(lines: list[str]) -> None:
    assert parts(lines) == [bare(line) for line in lines]


SENTENCES = st.lists(
    st.sampled_from([sentence for line in REPORT for sentence in re.findall("[^。]+。", line)]), min_size=1, max_size=12
)


@given(SENTENCES)
def test_a_sentence_a_line_stays_so(lines: list[str]) -> None:
    assert parts(lines) == lines


@given(st.lists(st.sampled_from(REPORT), min_size=2, max_size=14), st.integers(28, 100), st.booleans())
def test_no_two_indented_paragraphs_are_ever_joined(lines: list[str], width: int, kinsoku: bool) -> None:
    found = parts([wrapped("　　" + line, width, kinsoku) for line in lines])
    assert "".join(found) == "".join(lines)
    assert all(any(part in line for line in lines) for part in found)
