"""Markdown: the text that its reader sees, in blocks; what is no text is left out and counted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block
from classifier.documents.markdown import read_markdown
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.errors import InputError


def blocks(source: str) -> list[Block]:
    return list(read_markdown(source.encode(), "a.md").blocks)


def body(*texts: str) -> list[Block]:
    return [Block(text) for text in texts]


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        ("---\ntitle: 春耕简报\ndate: 2026-03-01\n---\n", 4),
        ("\n---\n# 说明\ntitle: 春耕简报\ndate: 2026-03-01\ntags:\n  - 农业\n...\n", 7),
        ('+++\ntitle = "春耕简报"\ndate = 2026-03-01\n+++\n', 4),
        ('{\n  "title": "春耕简报",\n  "date": "2026-03-01"\n}\n', 4),
        ("---\r\n标题: 春耕简报\r\n日期: 2026-03-01\r\n---\r\n", 4),
    ],
)
def test_front_matter_is_left_out_and_read_as_facts(front: str, lines: int) -> None:
    found = read_markdown((front + "种子已经备足。").encode(), "a.md")
    assert found.blocks == body("种子已经备足。")
    assert found.metadata == {"title": "春耕简报", "date": "2026-03-01"}
    assert found.notes[0] == Note("front_matter", lines)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert blocks("---\n\n种子已经备足。\n\n---\n\n化肥也到了。") == body("种子已经备足。", "化肥也到了。")


def test_headings_of_both_forms_with_their_levels() -> None:
    assert blocks("春耕简报\n===\n\n### 一、备种 ###\n\n二、备肥\n---\n") == [
        Block("春耕简报", "heading", 1),
        Block("一、备种", "heading", 3),
        Block("二、备肥", "heading", 2),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**备足**种子，*及早*播种，~~不误~~农时。", "备足种子，及早播种，不误农时。"),
        ("要做到**“早备”**种，**（一）**早播。", "要做到“早备”种，（一）早播。"),
        ("用`良种`，见[清单](https://example.org/清单?a=1 \"名\")。", "用良种，见清单。"),
        ("见[清单][a]。\n\n[a]: https://example.org", "见清单。"),
        (r"带星\*\*不是\*\*加粗，\[不是链接\]", "带星**不是**加粗，[不是链接]"),
        ("每亩5*3*2株", "每亩5*3*2株"),
        ("文件名 a__b__c 不变", "文件名 a__b__c 不变"),
        ("亩产&gt;500公斤&nbsp;以上", "亩产>500公斤\xa0以上"),
        ("第一行<br>第二行  \n第三行\n第四行", "第一行\n第二行\n第三行\n第四行"),
        ("<span style='color:red'>红字</span>也是字<!-- 批注 -->", "红字也是字"),
        ("[附件]: 良种清单", "[附件]: 良种清单"),
        ("    缩进四格的是**段落**，不是代码。", "缩进四格的是段落，不是代码。"),
    ],
)  # fmt: skip
def test_inline_markup(source: str, text: str) -> None:
    assert blocks(source) == body(text)


def test_lists_keep_their_numbers_and_quotes_their_text() -> None:
    source = "3. 选种\n4. 晒种\n\n   再筛一遍\n\n- 浸种\n  - 催芽\n\n1) 播种\n\n> 农时不等人，\n> 早播早收。\n\n***\n"
    assert blocks(source) == body(
        "3. 选种", "4. 晒种", "再筛一遍", "浸种", "催芽", "1) 播种", "农时不等人，\n早播早收。"
    )


def test_tables_by_rows() -> None:
    source = "| 作物 | 面积 |\n| --- | ---: |\n| **小麦** | 3\\|5万亩 |\n| [玉米](b) | 2万亩 |\n"
    html = "<table><tr><th>作物</th><th>面积</th></tr><tr><td>小麦</td><td>3万亩</td></tr></table>\n"
    assert blocks(source) == [
        Block("作物 | 面积", "column_heading"),
        Block("小麦 | 3|5万亩", "row"),
        Block("玉米 | 2万亩", "row"),
    ]
    assert blocks(html) == [Block("作物 | 面积", "column_heading"), Block("小麦 | 3万亩", "row")]


def test_footnotes_stand_at_the_end() -> None:
    source = "亩产过千斤[^1]。\n\n[^1]: 县农业局*初步*统计，\n    秋后再核。\n[^2]: 核实\n\n还要再测。"
    assert blocks(source) == [
        *body("亩产过千斤[1]。", "还要再测。"),
        Block("[1] 县农业局初步统计， 秋后再核。", "footnote"),
        Block("[2] 核实", "footnote"),
    ]


def test_code_and_inline_pages() -> None:
    source = (
        '```\n亩产 = 500\n```\n\n<div align="center">居中<b>文字</b></div>\n\n<script>x = 1</script>\n\n<!-- 隐去 -->\n'
    )
    assert blocks(source) == body("亩产 = 500", "居中文字")


def test_pictures_and_their_data_are_left_out_and_counted() -> None:
    source = "![图](data:image/png;base64,iVBORw0KGgo=)见上图\n\n<img src='a.png'>\n"
    found = read_markdown(source.encode(), "a.md")
    assert found.blocks == body("见上图")
    counted = len("".join(source.split())) - len("见上图")
    assert found.notes == [Note("pictures", 2), Note("markup", counted)]


def test_nesting_without_end_is_read_as_it_stands() -> None:
    document = from_bytes(("> " * 2000 + "深处的字").encode(), "a.md")
    assert "深处的字" in document.text


def test_a_damaged_file_says_so_and_a_binary_one_is_refused() -> None:
    assert read_markdown("# 春耕\n\n种子备足。".encode() + b"\xff", "a.md").notes[0].kind == "undecodable"
    with pytest.raises(InputError, match="not a text"):
        read_markdown(bytes(range(256)) * 9, "a.md")


PIECES = st.sampled_from(["选种", "**", "*", "“", "”", "，", "[", "](a)", "`", "> ", "- ", "1. ", "# ", "|", "\n", "\n\n", "  ", "<b>"])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_whatever_the_markup_each_word_comes_out_in_order(pieces: list[str]) -> None:
    words = iter(f"第{number}种" for number in range(99))
    source = "".join(next(words) if piece == "选种" else piece for piece in pieces)
    shown = "\n".join(one.text for one in blocks(source))
    assert re.findall(r"第\d+种", shown) == re.findall(r"第\d+种", source)


@pytest.mark.parametrize(
    ("source", "text", "amount"),
    [
        ("收<ruby>粮<rp>(</rp><rt>liáng</rt><rp>)</rp></ruby>站**检修**。", "收粮站检修。", 7),
        ("收<ruby>粮<rt>*liáng*<rp>)</ruby>站检修。", "收粮站检修。", 6),
        ("<div>\n收<ruby>粮<rt>liáng</ruby>站<ruby>检<rt>jiǎn</rt></ruby>修。\n</div>", "收粮站检修。", 9),
        ("<p>收<ruby>粮<rt>liáng</p>\n<p>站检修。</p>", "收粮\n站检修。", 5),
    ],
)
def test_phonetic_readings_are_left_out_and_named(source: str, text: str, amount: int) -> None:
    """End tags may be missing: the next part of the guide, its end or the paragraph's ends a reading."""
    found = read_markdown(source.encode(), "a.md")
    assert "\n".join(one.text for one in found.blocks) == text
    assert Note("phonetic", amount) in found.notes


@pytest.mark.parametrize("around", ["{}", "<div>\n{}\n</div>", "{}</ruby>收官。", "<div>\n{}</ruby>收官。\n</div>"])
def test_what_follows_a_guide_that_was_never_closed_is_text(around: str) -> None:
    line = "各乡镇粮站本月完成仓房检修，收购价格张榜公布，农民随到随卖。"
    found = read_markdown(f"{around.format(f'收<ruby>粮<rt>liáng{line}')}\n\n后文".encode(), "a.md")
    after = "收官。" if "收官" in around else ""
    assert [one.text for one in found.blocks] == [f"收粮liáng{line}{after}", "后文"]
    assert not [one for one in found.notes if one.kind == "phonetic"]
