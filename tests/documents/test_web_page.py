"""Web pages: each piece of text is the article's and kept in its role, or the frame's and counted."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.documents.web_page import read_html, tree
from classifier.errors import InputError, MissingExtraError
from tests.documents.page_shapes import HEAD, INFO, NEWS, PARAGRAPHS, SHAPES, TAIL, TITLE, links, page, ps

LINE = "各乡镇粮站本月完成仓房检修，收购价格张榜公布，农民随到随卖。"
HAN = re.compile("[\u4e00-\u9fff]")


def read(html: str, encoding: str = "utf-8") -> Reading:
    return read_html(html.encode(encoding), "a.html")


def blocks(body: str) -> list[Block]:
    """Return the blocks of a page without a title, whose body holds nothing else."""
    return list(read(page(body, title="")).blocks)


def body(*texts: str) -> list[Block]:
    return [Block(text) for text in texts]


def test_a_heading_behind_running_text_stays_behind_it() -> None:
    """The only h1 is the page's title where it comes first; where paragraphs stand before it, it is a part's heading."""
    found = read(f"<html><body><p>{PARAGRAPHS[0]}</p><h1>一、下一步安排</h1><p>{PARAGRAPHS[1]}</p></body></html>")
    assert [one.text for one in found.blocks] == [PARAGRAPHS[0], "一、下一步安排", PARAGRAPHS[1]]


@pytest.mark.parametrize("name", SHAPES)
def test_article_whole_and_frame_out(name: str) -> None:
    """Of each shape: title once, the article's paragraphs in order and nothing else; date and source as furniture."""
    found = read(SHAPES[name]())
    assert found.metadata["title"] == TITLE
    assert [one.text for one in found.blocks if one.level == 1] == [TITLE]
    assert tuple(one.text for one in found.blocks if one.level != 1 and one.role != "furniture") == PARAGRAPHS
    assert not {"whole_page", "undecodable"} & {note.kind for note in found.notes}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_is_not_shown_is_counted(name: str) -> None:
    """Characters on the page = characters shown + characters that the notes count (a title said twice is shown once)."""
    html = SHAPES[name]()
    visible = re.sub(r"(?s)<!--.*?-->|<\?.*?\?>|<(script|style|title)\b.*?</\1>|<[^>]*>", "", html)
    found = read(html)
    shown = sum(len(HAN.findall(one.text)) for one in found.blocks)
    counted = sum(note.amount for note in found.notes if note.kind in {"page_frame", "hidden_text"})
    doubled = len(HAN.findall(visible)) - shown - counted
    assert doubled in {0, len(TITLE) * (visible.count(TITLE) - 1)}


@pytest.mark.parametrize(
    ("data_encoding", "said", "encoding"),
    [
        ("utf-8", "gb2312", "utf-8"),
        ("utf-8", "gbk", "utf-8"),
        ("utf-8-sig", "big5", "utf-8-sig"),
        ("gb18030", "utf-8", "gb18030"),
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "iso-8859-1", "gb18030"),
        ("gb18030", "", "gb18030"),
        ("gb18030", "x-unheard-of", "gb18030"),
        ("utf-16", "utf-8", "utf-16"),
        ("utf-16-le", "", "utf-16-le"),
    ],
)
def test_bytes_decide_the_encoding(data_encoding: str, said: str, encoding: str) -> None:
    """㛃 has four bytes in GB18030 and none in GBK."""
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={said}"></head>{ps((LINE, "㛃镇粮站"))}'
    found = read(html, data_encoding)
    assert (found.blocks, found.encoding) == (body(LINE, "㛃镇粮站"), encoding)


def test_big5_as_the_page_says_and_without_a_word() -> None:
    text = "各鄉鎮糧站本月完成倉房檢修，收購價格張榜公布。"
    for head in ('<meta charset="big5">', ""):
        found = read(f"<html>{head}<p>{text}</p>", "big5")
        assert (found.blocks, found.encoding) == (body(text), "big5hkscs")


def test_a_bad_byte_is_shown_and_said() -> None:
    data = f"<html><p>{LINE}</p>\n<p>".encode() + b"\xff" + f"{LINE}</p>".encode()
    found = read_html(data, "a.html")
    assert found.blocks == body(LINE, "\ufffd" + LINE)
    assert found.notes == [Note("undecodable", 1, (2,), "line")]


@pytest.mark.parametrize(
    "opening", ["\ufeff", '<?xml version="1.0" encoding="gb2312"?>', "<!-- 由系统生成 -->\n", "\n\n  "]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_is_told_by_its_content(opening: str, encoding: str) -> None:
    html = opening.removeprefix("\ufeff" if encoding == "utf-16" else "") + page(ps((LINE,)))
    document = from_bytes(html.encode(encoding), "无后缀")
    assert (document.format, document.text.split("\n")[-1]) == ("html", LINE)


def test_headings_have_their_levels() -> None:
    assert blocks(f"<h2>一、<b>收</b>粮</h2><p>{LINE}</p><h4>（一）售粮</h4>") == [
        Block("一、收粮", "heading", 2),
        Block(LINE),
        Block("（一）售粮", "heading", 4),
    ]


def test_tables_of_data_by_rows() -> None:
    table = (
        "<table border=1><caption>收购进度</caption><thead><tr><th>片区</th><th>仓容（吨）</th><th>备注</th></tr></thead>"
        "<tr><td>东片</td><td>1200</td><td><p>已检修</p><p>可收粮</p></td></tr><tr><td></td><td>800</td><td></td></tr></table>"
    )
    unmarked = "<table><tr><td>片区</td><td>仓容</td></tr><tr><td>东片</td><td>1200</td></tr></table>"
    assert blocks(f"<p>{LINE}</p>{table}") == [
        *body(LINE, "收购进度"),
        Block("片区 | 仓容（吨） | 备注", "column_heading"),
        Block("东片 | 1200 | 已检修 可收粮", "row"),
        Block("800", "row"),
    ]
    assert blocks(f"<p>{LINE}</p>{unmarked}")[1:] == [
        Block("片区 | 仓容", "column_heading"),
        Block("东片 | 1200", "row"),
    ]


def test_tables_that_lay_out_a_page_are_text() -> None:
    nested = (
        f"<table><tr><td><table><tr><td>{LINE}</td></tr></table></td><td><p>秋粮</p><p>{LINE}</p></td></tr></table>"
    )
    one_column = f"<table><tr><td>{LINE}</td></tr><tr><td>秋粮收储</td></tr></table>"
    long_cell = f"<table><tr><td>说明</td><td>{ps((LINE,) * 30)}</td></tr></table>"
    assert blocks(nested) == body(LINE, "秋粮", LINE)
    assert blocks(one_column) == body(LINE, "秋粮收储")
    assert blocks(long_cell) == body("说明", *(LINE,) * 30)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<ol><li>检修仓房</li><li>公布价格</li></ol>", ["1. 检修仓房", "2. 公布价格"]),
        ('<ol start="3"><li>检修</li><li value="7">公布</li><li>结算</li></ol>', ["3. 检修", "7. 公布", "8. 结算"]),
        ('<ol style="list-style-type:simp-chinese-informal"><li>检修</li><li>公布</li></ol>', ["一、检修", "二、公布"]),
        ('<ol start="120" style="list-style:cjk-ideographic"><li>检修</li></ol>', ["一百二十、检修"]),
        ('<ol start="27" type="a"><li>检修</li><li>公布</li></ol>', ["aa. 检修", "ab. 公布"]),
        ('<ol style="list-style-type:cjk-heavenly-stem"><li>检修</li><li>公布</li></ol>', ["甲、检修", "乙、公布"]),
        ("<ol><li>一、检修</li><li>二、公布</li></ol>", ["一、检修", "二、公布"]),
        (
            '<ol type="a"><li>检修<ol type="I"><li>东仓</li></ol></li><li>公布</li></ol>',
            ["a. 检修", "I. 东仓", "b. 公布"],
        ),
        ("<ul><li>检修</li><li>公布</li></ul>", ["检修", "公布"]),
        ('<ol style="list-style:none"><li>检修</li></ol>', ["检修"]),
    ],
)
def test_lists_have_the_numbers_that_are_shown(html: str, texts: list[str]) -> None:
    assert blocks(f"<p>{LINE}</p>{html}") == body(LINE, *texts)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "2026<span>年</span>9<font>月</font>8<o:p>日</o:p><span>，</span>开<b>会</b><span>。</span>",
            "2026年9月8日，开会。",
        ),
        ("<ruby>粮<rp>(</rp><rt>liáng</rt><rp>)</rp>站<rt>zhàn</rt></ruby>检修", "粮站检修"),
        ("收\n购价\r\n  格 <b>张 榜</b>\nA 级", "收购价格 张 榜A 级"),
        ("第一行<br>第二行", "第一行\n第二行"),
        ("<u>收购</u><ins>价格</ins><s>张榜</s>", "收购价格张榜"),
        ('<img alt="图" src="a.png">图下<svg><text>标</text></svg>文字<noscript>请开脚本</noscript>', "图下文字"),
        ('<textarea>草稿</textarea><iframe srcdoc="&lt;p&gt;内页"></iframe>正文', "正文"),
        ("&nbsp;&nbsp;1&lt;2，&#20892;民", "1<2，农民"),
        ('<span style="mso-list:Ignore">（1）<span>&nbsp;&nbsp;</span></span>检修', "（1）\xa0\xa0检修"),
    ],
)
def test_inside_a_paragraph(html: str, text: str) -> None:
    assert blocks(f"<p>{LINE}</p><p>{html}</p>") == body(LINE, text)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ruby>粮<rp>(</rp><rt>liáng</rt><rp>)</rp>站<rt>zhàn</rt></ruby>", {"phonetic": 11}),
        ("<ruby>粮<rt>liáng<rt></ruby>", {"phonetic": 5}),
        ("<ruby>粮<rtc><rt>liáng</rt></rtc></ruby>", {"phonetic": 5}),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td><ruby>粮<rt>liáng</rt></ruby></td><td>1</td></tr></table>", {"phonetic": 5}),
        ("<div class=footer><ruby>粮<rt>liáng</rt></ruby></div>", {"phonetic": 5, "page_frame": 1}),
        ("<textarea>草稿</textarea><input value=查询><input type=hidden value=编号>", {"page_frame": 4}),
        ("<noscript>请开脚本</noscript><iframe>内页</iframe><video>影片</video><object>附图</object>", {"hidden_text": 10}),
        ("<dialog>提示</dialog>", {"hidden_text": 2}),
        ("<dialog open>提示</dialog>", {}),
        ("<svg><text>路线图</text></svg>", {"pictures": 1}),
    ],
)  # fmt: skip
def test_what_of_a_page_is_no_running_text_is_named(html: str, expected: dict[str, int]) -> None:
    found = read(page(f"<p>{LINE}</p>{html}<p>{LINE}</p>", title=""))
    assert {note.kind: note.amount for note in found.notes} == expected
    assert [one.text for one in found.blocks if one.text == LINE] == [LINE, LINE]


def test_what_follows_a_guide_that_was_never_closed_is_text() -> None:
    assert [one.text for one in blocks(f"<p>{LINE}</p><p><ruby>粮<rt>liáng</p><p>{LINE}</p>")][-1] == LINE


@pytest.mark.parametrize("doctype", ["<!DOCTYPE>", "<!DOCTYPE br>", "<!DOCTYPE img>", "<!DOCTYPE p>"])
def test_a_doctype_is_no_element_whatever_it_names(doctype: str) -> None:
    found = read(f"{doctype}<html><body><p>{LINE}</p></body></html>")
    assert (found.blocks, found.notes) == (body(LINE), [])


def test_a_letter_in_a_field_is_text() -> None:
    """Pages of mayors' mailboxes show letter and answer in fields that cannot be written in."""
    assert blocks(f"<p>来信内容</p><textarea readonly>{LINE}\n{LINE}</textarea>") == body("来信内容", f"{LINE}\n{LINE}")


@pytest.mark.parametrize(
    "end",
    [
        '<p style="tex',
        "<p",
        f"<p title='{LINE}</p></body></html>",
        f"<!-- <p>{LINE}</p></body></html>",
        f"<script>var a = 1; <p>{LINE}</p></body></html>",
        f"<p>{LINE[:9]}",
        f"<div><p>{LINE}</p>",
        f"<script>x = '</body>'</script><div><p>{LINE[:9]}",
        f"<!-- </html> --><textarea></body></textarea><div><p>{LINE[:9]}",
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙",
    ],
)
def test_a_page_whose_end_is_missing_says_so(end: str) -> None:
    found = read(f"<html><body><p>{LINE}</p>{end}")
    assert LINE in [one.text for one in found.blocks]
    assert "cut_off" in {note.kind for note in found.notes}


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body><p>{LINE}</p></body></html>\n<!-- 2026 -->",
        f"<html><body><div><p>{LINE}</body></html>",  # a </div> forgotten is no missing end
        f"<html><body><p>{LINE}<p>{LINE}",  # the standard lets these end tags be left out
        f"<html><body><p>{LINE}</p>",
        f"<div><p>{LINE}</p>",  # a part of a page
        f"<html><frameset><frame src=a></frameset></html><p>{LINE}</p>",
        f"<html><body><script>x = '<!--'</script><p>{LINE}</p></body></html><div><p>{LINE}</p>",
    ],
)
def test_a_page_without_its_last_tags_may_be_whole(html: str) -> None:
    assert "cut_off" not in {note.kind for note in read(html).notes}


def test_what_word_leaves_in_its_pages() -> None:
    html = (
        f"<div class=WordSection1><p class=MsoNormal>{LINE}<a href='#_ftn1' style='mso-footnote-id:ftn1'>[1]</a></p>"
        "<p><del cite='mailto:a' datetime='2026-09-08'>旧价</del><ins>新价</ins>已定。<span style='display:none;mso-hide:all'>"
        "密记</span><span style='mso-special-character:comment'>[甲1]</span></p></div>"
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>[1] 含直属库。</p></div></div>"
        "<div style='mso-element:header'><p>河湾县粮食局文件</p></div><div style='mso-element:comment-list'><p>请核</p></div>"
        "<!--[if supportFields]><span>PAGE</span><![endif]--><xml><w:View>Print</w:View></xml>"
    )
    found = read(page(html, title=""))
    assert found.blocks == [
        *body(LINE + "[1]", "新价已定。"),
        Block("[1] 含直属库。", "footnote"),
        Block("河湾县粮食局文件", "furniture"),
    ]
    assert {note.kind: note.amount for note in found.notes} == {"deleted_text": 2, "hidden_text": 2, "comments": 3}


def test_hidden_text_stays_out_where_the_rest_is_the_article() -> None:
    found = read(
        page(f'<div id="zoom">{ps()}<p style="display:none">浏览器过旧</p><p hidden>请升级</p></div>', title="")
    )
    assert [one.text for one in found.blocks] == list(PARAGRAPHS)
    assert found.notes == [Note("hidden_text", 8)]


def test_attachments_are_named() -> None:
    files = '<div class="fj">附件：<a href="a.doc">1.仓容表.doc</a><br><a href="b.xlsx?id=1">2.价格表</a></div>'
    found = read(page(f'{HEAD}<h1>{TITLE}</h1><div id="zoom">{ps()}</div>{files}{TAIL}'))
    assert [one.text for one in found.blocks][-1:] == ["附件：1.仓容表.doc\n2.价格表"]


def test_what_a_page_says_of_itself() -> None:
    head = '<meta name="ContentSource" content="县粮食局"><meta name="PubDate" content="2026-09-09">'
    found = read(page(f'<p>{INFO}</p><div id="zoom">{ps()}<p>2026年9月9日</p></div>', head=head))
    assert found.metadata == {"title": TITLE, "date": "2026-09-09", "source": "县粮食局"}
    assert found.blocks == [
        Block(TITLE, "heading", 1),
        Block(INFO, "furniture"),
        *body(*PARAGRAPHS, "2026年9月9日"),
    ]


def test_a_title_on_two_lines_is_one() -> None:
    found = read(page(f'<div id="zoom"><p>{TITLE[:3]}</p><p>{TITLE[3:]}</p>{ps()}</div>'))
    assert [one.text for one in found.blocks] == [f"{TITLE[:3]} {TITLE[3:]}", *PARAGRAPHS]


def test_a_page_that_is_a_list_of_links_is_read_whole_and_says_so() -> None:
    found = read(page(links(NEWS), title="要闻"))
    assert [one.text for one in found.blocks] == list(NEWS)
    assert found.notes == [Note("whole_page")]


def test_articles_side_by_side_are_all_read() -> None:
    """Two parts of equal weight, one of them under a body's name: neither is dropped for the other."""
    found = read(page(f'<div id="zoom">{ps((LINE,) * 3)}</div><div class="b">{ps(PARAGRAPHS)}</div>', title=""))
    assert [one.text for one in found.blocks] == [*(LINE,) * 3, *PARAGRAPHS]


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "b><p", "blockquote"])
def test_no_depth_is_too_deep(tag: str) -> None:
    assert LINE in [one.text for one in blocks(f"<{tag}>" * 3000 + LINE)]


def test_a_page_too_large_is_read_as_far_as_it_goes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_NODES", 30)
    found = read(page(ps((LINE,) * 40), title=""))
    assert 0 < len(found.blocks) < 40
    assert found.notes == [Note("too_large", what="HTML, 30+ nodes")]


def test_a_page_without_text_and_a_binary_file_are_refused() -> None:
    with pytest.raises(InputError, match="holds no text"):
        from_bytes(page("<script>x</script>", title="").encode(), "a.html")
    with pytest.raises(InputError, match="not a text"):
        from_bytes(b"<html>" + bytes(range(256)) * 9, "a.html")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.parse.html", None)
    with pytest.raises(MissingExtraError, match=r"\[documents\]"):
        read(page(LINE))


TAGS = st.sampled_from(
    ["p", "div", "span", "b", "li", "td", "h3", "a href='x'", "section", "table", "tr", "ul", "center", "font"]
)


@given(st.lists(st.tuples(st.sampled_from(["open", "close", "text", "br"]), TAGS), max_size=60))
def test_each_piece_of_text_comes_out_once_or_is_counted(steps: list[tuple[str, str]]) -> None:
    html, opened, number = [], [], 0
    for what, tag in steps:
        if what == "open":
            html.append(f"<{tag}>")
            opened.append(tag.split()[0])
        elif what == "close" and opened:
            html.append(f"</{opened.pop()}>")
        elif what == "text":
            html.append(f"第{number}号仓收粮{number}吨，")
            number += 1
        elif what == "br":
            html.append("<br>")
    found = read(page("".join(html), title=""))
    shown = "\n".join(one.text for one in found.blocks)
    frame = sum(note.amount for note in found.notes if note.kind == "page_frame")
    for one in range(number):
        assert len(re.findall(rf"第{one}号仓", "".join(shown.split()))) <= 1
    assert len(HAN.findall(shown)) + frame == 6 * number
