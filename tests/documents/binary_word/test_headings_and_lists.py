"""Headings by style and outline level; automatic numbers as Word prints them."""

import pytest

from classifier.documents.binary_word import read_doc
from classifier.documents.document import Block
from tests.documents.binary_word.making import (
    Level,
    Para,
    Style,
    lists,
    nine,
    overrides,
    para,
    simple,
    sprm,
    style_sheet,
)

ONE, TWO, THREE = "\0", "\1", "\2"  # where the number of a level stands in its text


def numbered(text: str, use: int = 1, level: int = 0, style: int = 0, mark: str = "\r") -> Para:
    return para(text, properties=sprm(0x460B, use) + sprm(0x260A, level), style=style, mark=mark)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_doc(data, "x.doc").blocks]


def test_headings_by_style_by_outline_level_and_by_a_style_that_rests_on_one() -> None:
    """A style's own number of Word says what it is; an outline level of the paragraph goes before it."""
    styles = style_sheet(
        [
            Style(),
            Style(1),
            Style(2),
            Style(0xFFE, base=2),
            Style(62),
            Style(19),
            Style(0xFFE, paragraph=sprm(0x2640, 2)),
        ]
    )
    data = simple(
        para("通知", style=4),
        para("总则\t1", style=5),
        para("一、总体要求", style=1),
        para("（一）目标", style=3),
        para("1.任务", style=6),
        para("正文。"),
        para("直接设级别", properties=sprm(0x2640, 0)),
        para("取消级别", properties=sprm(0x2640, 9), style=1),
        styles=styles,
    )
    assert read_doc(data, "x.doc").blocks == [
        Block("通知", "heading"),
        Block("总则\t1", "furniture"),
        Block("一、总体要求", "heading", 1),
        Block("（一）目标", "heading", 2),
        Block("1.任务", "heading", 3),
        Block("正文。"),
        Block("直接设级别", "heading", 1),
        Block("取消级别"),
    ]


def test_chinese_numbers_of_several_levels() -> None:
    """Levels count on their own, a deeper one begins anew behind a higher one."""
    levels = nine(Level(39, f"{ONE}、"), Level(37, f"（{TWO}）"), Level(0, f"{THREE}."), Level(18, "\3"))
    order = [
        ("总体要求", 0),
        ("目标", 1),
        ("任务", 1),
        ("减流程", 2),
        ("线上", 3),
        ("线下", 3),
        ("减时限", 2),
        ("保障", 0),
        ("资金", 1),
    ]
    data = simple(
        *(numbered(text, level=level) for text, level in order),
        **lists((7, levels, [])),
        list_overrides=overrides((7, {})),
    )
    assert texts(data) == [
        "一、总体要求", "（一）目标", "（二）任务", "1.减流程", "①线上", "②线下", "2.减时限", "二、保障", "（一）资金",
    ]  # fmt: skip


def test_numbers_that_name_the_levels_above() -> None:
    """1.2.1; legal numbers are Arabic whatever the level above prints; what would run together is kept apart."""
    levels = nine(
        Level(39, f"第{ONE}章"),
        Level(0, f"{ONE}.{TWO}", flags=0x04),
        Level(0, f"{ONE}.{TWO}.{THREE}", flags=0x04, follow=2),
    )
    order = [("总则", 0), ("目的", 1), ("依据", 1), ("2024年起", 2)]
    data = simple(
        *(numbered(text, level=level) for text, level in order),
        **lists((7, levels, [])),
        list_overrides=overrides((7, {})),
    )
    assert texts(data) == ["第一章 总则", "1.1 目的", "1.2 依据", "1.2.12024年起"]


def test_uses_of_a_list_go_on_unless_they_begin_anew() -> None:
    """Two uses share the numbers of their list; one with a start of its own begins there, once."""
    data = simple(
        numbered("甲"), numbered("乙", use=2), numbered("丙", use=3), numbered("丁", use=3), para("间隔。"), numbered("戊"),
        **lists((7, [Level(0, f"{ONE}.")], [])), list_overrides=overrides((7, {}), (7, {}), (7, {0: 5})),
    )  # fmt: skip
    assert texts(data) == ["1.甲", "2.乙", "5.丙", "6.丁", "间隔。", "7.戊"]


def test_a_level_may_count_on_behind_a_higher_one() -> None:
    """Articles count through all chapters."""
    levels = nine(Level(39, f"第{ONE}章"), Level(39, f"第{TWO}条", flags=0x08))
    order = [("总则", 0), ("目的", 1), ("依据", 1), ("附则", 0), ("施行", 1)]
    data = simple(
        *(numbered(text, level=level) for text, level in order),
        **lists((7, levels, [])),
        list_overrides=overrides((7, {})),
    )
    assert texts(data) == ["第一章 总则", "第一条 目的", "第二条 依据", "第二章 附则", "第三条 施行"]


def test_a_style_that_is_linked_to_a_level_numbers_its_paragraphs() -> None:
    styles = style_sheet([Style(), Style(1, paragraph=sprm(0x460B, 1)), Style(2, paragraph=sprm(0x460B, 1))])
    definition = (7, nine(Level(37, f"{ONE}、"), Level(37, f"（{TWO}）")), [1, 2])
    data = simple(
        para("要求", style=1), para("目标", style=2), para("措施", style=2), para("无号", style=2, properties=sprm(0x460B, 0)),
        styles=styles, **lists(definition), list_overrides=overrides((7, {})),
    )  # fmt: skip
    assert texts(data) == ["一、要求", "（一）目标", "（二）措施", "无号"]


def test_bullets_are_signs_and_numbers_stand_alone_where_the_text_is_empty() -> None:
    """A column of automatic serial numbers has no text of its own."""
    data = simple(
        numbered("圆点"), numbered("", use=2, mark="\x07"), para("事项", mark="\x07"),
        para(mark="\x07", properties=sprm(0x2416, 1) + sprm(0x2417, 1)),
        **lists((7, [Level(23, "\uf0b7")], []), (8, [Level(0, ONE)], [])), list_overrides=overrides((7, {}), (8, {})),
    )  # fmt: skip
    assert read_doc(data, "x.doc").blocks == [Block("•圆点"), Block("1 | 事项", "row")]


def test_a_paragraph_that_a_page_break_divides_is_numbered_once() -> None:
    data = simple(
        numbered("上\x0c下"),
        numbered("\x0c其次"),
        **lists((7, [Level(0, f"{ONE}.")], [])),
        list_overrides=overrides((7, {})),
    )
    assert [one for one in texts(data) if one] == ["1.上", "下", "2.其次"]


@pytest.mark.parametrize("use", [0, 9, 0xF801])
def test_a_use_that_is_none_prints_nothing(use: int) -> None:
    data = simple(numbered("正文", use=use), **lists((7, [Level(0, f"{ONE}.")], [])), list_overrides=overrides((7, {})))
    assert texts(data) == ["正文"]
