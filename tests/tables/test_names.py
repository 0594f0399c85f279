"""Columns found by what they are called, whatever stands in their headings besides."""

import pytest

from classifier.errors import TableError
from classifier.tables.heading_row import named
from classifier.tables.names import find, places, text_place


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
