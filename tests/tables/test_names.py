"""Columns found by what they are called, whatever stands in their headings besides."""

import pytest

from classifier.errors import TableError
from classifier.tables.heading_row import find_heading_row, named
from classifier.tables.names import find, in_chinese, own_names, places, text_place


@pytest.mark.parametrize(
    "name", ["text", "文本", "正文", "内容", "段落", "content", "sentence", "TEXT", " 内\n容 ", "内容（必填）", "*内容"]
)
def test_a_column_of_text_is_found_by_itself(name: str) -> None:
    assert text_place(["编号", name, "日期"]) == 1


def test_where_several_may_be_the_text_one_must_be_chosen() -> None:
    with pytest.raises(
        TableError, match="any of the columns 内容, 正文 may hold the paragraphs; choose one with --text"
    ):
        text_place(["内容", "正文"])
    assert text_place(["内容", "text"]) == 1


def test_a_named_column_is_found_but_for_spaces_and_widths() -> None:
    names = ["留言\n详情", "ＡＢ", "留言 主题", "留言主题"]
    assert (find(names, "留言详情"), find(names, "ab"), find(names, "留言主题"), find(names, "无")) == (0, 1, 3, None)


def test_blank_and_repeated_headings_get_names() -> None:
    assert named(["甲", "", "甲", "\ufeff"]) == (
        ["甲", "column_2", "甲 (2)", "column_4"],
        [
            "column 2 has no heading and is called column_2",
            "two columns are called 甲: the one at place 3 is called 甲 (2)",
            "column 4 has no heading and is called column_4",
        ],
    )


def test_roles_of_other_columns() -> None:
    assert (places(["日期", "标注人"], "date"), places(["日期", "标注人"], "by")) == ([0], [1])


@pytest.mark.parametrize(
    "name",
    [
        "来信内容", "留言内容", "诉求内容", "工单内容（必填）", "主要内容", "内容摘要", "问题描述", "主要诉求", "通知正文",
        "來信內容", "事项\n描述",
    ],
)  # fmt: skip
def test_a_heading_that_ends_as_headings_of_texts_do_names_the_text_where_it_is_the_only_one(name: str) -> None:
    assert text_place(["编号", name, "承办单位"]) == 1
    assert text_place(["编号", name, "内容"]) == 2
    assert text_place(["编号", name, "答复内容"]) is None
    assert text_place(["编号", name, f"text_check:{name}"]) == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["2024年来信内容", "", ""],
        ["群众来信主要内容", "", "单位：件"],
        ["1", "请公示拆迁内容", "甲县"],
        ["甲县", "请公开拆迁补偿的内容", "已办"],
        ["甲县", "请公示内容", "路灯坏了半年没有人修。"],
    ],
)
def test_a_title_or_a_row_that_ends_so_holds_no_headings(cells: list[str]) -> None:
    assert text_place(cells) is None


def test_a_heading_below_that_says_text_itself_counts_before_one_that_only_ends_so() -> None:
    rows = [["编号", "办理内容", "", "结果"], ["", "时间", "内容", ""], ["1", "三月", "路灯坏了。", "已办"]]
    found = find_heading_row(rows, text_place)
    assert found is not None
    assert (found.place, found.said) == (1, 2)


def test_what_scoring_added_in_chinese_is_known_by_standing_together() -> None:
    added = ["labels", "checked", "primary", "uncertain", "民生概率", "error", "model"]
    for prefix in ("", "甲_"):
        shown = ["编号", "主题", *(in_chinese(prefix + name, prefix) for name in added)]
        assert not set(shown) & {prefix + name for name in added if name != "民生概率"}
        assert own_names(shown) == ["编号", "主题", *(prefix + name for name in added)]
    for own in (["存疑", "首要主题", "正文"], ["主题判定", "正文", "已核对"]):  # somebody's own table
        assert own_names(own) == own
