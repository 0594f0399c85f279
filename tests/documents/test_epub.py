"""E-books: chapters in the order of the spine, each paragraph once."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from classifier.documents.document import Block
from classifier.documents.epub import read_epub
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.errors import InputError

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
EPUB = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def page(body: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html {EPUB}><head><title>no</title></head><body>{body}</body></html>'


def epub(
    chapters: Mapping[str, str | None], more: dict[str, str] | None = None, nav: str = "", guide: str = ""
) -> bytes:
    """Return a book of these pages, in this order, None being a missing one; `nav`: its table of contents."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml" {"properties=" + chr(34) + "nav" + chr(34) if name == nav else ""}/>'
        for number, name in enumerate(sorted(chapters))
    )
    spine = "".join(f'<itemref idref="i{sorted(chapters).index(name)}"/>' for name in chapters)
    book = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine>{guide}</package>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": book, **(more or {})}.items():
            archive.writestr(name, text)
        for name, chapter in chapters.items():
            if chapter is not None:
                archive.writestr("OEBPS/" + name.replace("%20", " "), chapter)
    return stream.getvalue()


def blocks(body: str) -> list[Block]:
    return [one for one in read_epub(epub({"a.xhtml": page(body)}), "a.epub").blocks if one.text.strip()]


def test_chapters_come_in_the_order_of_the_spine() -> None:
    document = from_bytes(epub({"z.xhtml": page("<p>甲</p>"), "a%20b.xhtml": page("<p>乙</p>")}), "a.epub")
    assert (document.format, document.text) == ("epub", "甲\n乙")


def test_every_element_of_its_own_line_is_a_paragraph() -> None:
    body = "<h2>标题</h2>散<p>a<b>b</b>&nbsp;c<br/>d</p><div>e<p>f</p>g</div><ul><li>h</li><li>i<ul><li>j</li></ul></li></ul><custom>k</custom>"
    assert blocks(body) == [
        Block("标题", "heading", 2), Block("散"), Block("ab\u00a0c\nd"), Block("e"), Block("f"), Block("g"), Block("h"), Block("i"),
        Block("j"), Block("k"),
    ]  # fmt: skip


def test_guides_scripts_and_hidden_elements_are_no_text() -> None:
    body = "<p><ruby>品<rp>(</rp><rt>pǐn</rt><rp>)</rp></ruby>种<script>x</script></p><div hidden=''>y</div><style>z</style>"
    found = read_epub(
        epub({"a.xhtml": page(body), "b.xhtml": page("<nav>边栏</nav><noscript>请开脚本</noscript>")}), "a.epub"
    )
    assert [one.text for one in found.blocks] == ["品种"]
    assert {one.kind: one.amount for one in found.notes} == {"phonetic": 5, "hidden_text": 5, "page_frame": 2}


def test_tables_are_rows_and_footnotes_footnotes() -> None:
    body = (
        "<table><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>"
        "<aside epub:type='footnote'><p>注</p></aside>"
    )
    assert blocks(body) == [Block("甲 | 乙", "column_heading"), Block("1 | 2 3", "row"), Block("注", "footnote")]


def test_captions_are_read_and_tables_in_tables_once() -> None:
    inner = "<table><tr><td>1</td><td>2</td></tr></table>"
    body = f"<table><caption>表名</caption><tbody><tr><td>甲{inner}</td><td>乙</td></tr></tbody></table>"
    assert [one.text for one in blocks(body)] == ["表名", "甲", "1 | 2", "乙"]


def test_a_table_of_contents_is_furniture() -> None:
    contents = page("<nav epub:type='toc'><ol><li><a>第一章</a></li></ol></nav>")
    chapters = {"n.xhtml": contents, "a.xhtml": page("<nav>side</nav><h1>第一章</h1>")}
    expected = [Block("第一章", "furniture"), Block("第一章", "heading", 1)]
    assert list(read_epub(epub(chapters, nav="n.xhtml"), "a.epub").blocks) == expected
    guide = '<guide><reference type="toc" href="n.xhtml#x"/></guide>'
    assert list(read_epub(epub(chapters, guide=guide), "a.epub").blocks) == expected


def test_pages_that_are_no_xml_and_pages_in_gbk_are_read() -> None:
    chapters = {"a.xhtml": "<html><body><p>春耕<br>备耕 & 秋收<p>又一段</body></html>"}
    assert [one.text for one in read_epub(epub(chapters), "a.epub").blocks] == ["春耕\n备耕 & 秋收", "又一段"]


@pytest.mark.parametrize(
    "chapter",
    [
        "<p>甲</p></body></html><p>乙</p>",
        "<div>" * 400 + "甲<p>乙",
        "<p>甲</p>\x01<a:b 1=2>乙",
        "<ruby>甲<rt></ruby><p>乙",
    ],
)
def test_of_a_page_that_is_no_xml_nothing_is_lost(chapter: str) -> None:
    """Behind its end, at any depth, under names that XML does not know."""
    found = read_epub(epub({"a.xhtml": f"<html><body>{chapter}"}), "a.epub")
    assert [one.text for one in found.blocks] == ["甲", "乙"]


def test_a_doctype_that_is_none_does_not_stop_a_chapter() -> None:
    assert [one.text for one in read_epub(epub({"a.xhtml": "x<!DOCTYPE><p>甲<br>乙"}), "a.epub").blocks] == [
        "x",
        "甲\n乙",
    ]
    found = read_epub(epub({"a.xhtml": "<!-- --> <!DOCTYPE p [<!ENTITY a 'b>]><p>甲<br>乙"}), "a.epub")
    assert found.blocks[-1].text.endswith("甲\n乙")


def test_a_chapter_that_breaks_off_is_named() -> None:
    found = read_epub(epub({"a.xhtml": "<html><body><p>甲</p><p title='乙"}), "a.epub")
    assert ([one.text for one in found.blocks], found.notes) == (["甲"], [Note("damaged", 1, what="OEBPS/a.xhtml")])


def test_pictures_are_counted_and_missing_chapters_named() -> None:
    pictures = "<p>a<img src='x'/></p><svg xmlns='http://www.w3.org/2000/svg'><image/></svg>"
    reading = read_epub(epub({"a.xhtml": page(pictures), "b.xhtml": None}), "a.epub")
    assert reading.notes == [Note("pictures", 2), Note("damaged", 1, what="OEBPS/b.xhtml")]


def test_what_cannot_be_read_is_said() -> None:
    chapters = {"a.xhtml": page("<p>a</p>")}
    sealed = {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/a.xhtml"/></e>'}
    font = {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/font.otf"/></e>'}
    with pytest.raises(InputError, match="protected against copying"):
        read_epub(epub(chapters, sealed), "a.epub")
    assert read_epub(epub(chapters, font), "a.epub").blocks == [Block("a")]
    with pytest.raises(InputError, match="names no book"):
        read_epub(epub(chapters, {"META-INF/container.xml": "<a/>"}), "a.epub")
    with pytest.raises(InputError, match="cannot be read as a book"):
        read_epub(epub(chapters, {"OEBPS/book.opf": "<a"}), "a.epub")


def test_a_chapter_outside_the_spine_is_named() -> None:
    """It is part of the book, but no reader comes to it."""
    data = epub({"a.xhtml": page("<p>甲</p>"), "b.xhtml": page("<p>乙</p>")})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {one: archive.read(one).decode() for one in archive.namelist()}
    parts["OEBPS/book.opf"] = parts["OEBPS/book.opf"].replace('<itemref idref="i1"/>', "")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    found = read_epub(stream.getvalue(), "a.epub")
    assert [one.text for one in found.blocks] == ["甲"]
    assert [(one.kind, one.what) for one in found.notes] == [("attachments", "OEBPS/b.xhtml")]


def table(inside: str) -> str:
    return f"<p>前</p><table>{inside}</table><p>后</p>"


@pytest.mark.parametrize(
    "inside",
    [
        "<form><tr><td>甲</td><td>乙</td></tr></form>",
        "<tbody><div><tr><form><td>甲</td></form><td>乙</td></tr></div></tbody>",
        "<table><tr><td>甲</td><td>乙</td></tr></table>",
    ],
)
def test_rows_of_a_table_are_read_whatever_is_put_around_them(inside: str) -> None:
    assert [one.text for one in blocks(table(inside))] == ["前", "甲 | 乙", "后"]


def test_a_table_in_a_cell_comes_once() -> None:
    inner = "<table><tr><td>丙</td><td>丁</td></tr></table>"
    assert [one.text for one in blocks(table(f"<tr><td>甲{inner}</td><td>乙</td></tr>"))] == [
        "前",
        "甲",
        "丙 | 丁",
        "乙",
        "后",
    ]


@pytest.mark.parametrize(
    "inside", ["散文字<tr><td>甲</td><td>乙</td></tr>", "<tr><div>散文字</div><td>甲</td><td>乙</td></tr>"]
)
def test_text_of_a_table_outside_its_cells_stands_before_it(inside: str) -> None:
    assert [one.text for one in blocks(table(inside))] == ["前", "散文字", "甲 | 乙", "后"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<tr hidden=""><td>密件</td></tr>', '<tr style="display:none"><td>密件</td></tr>',
        '<tbody hidden=""><tr><td>密件</td></tr></tbody>', '<tr><td style="display: none">密件</td></tr>',
    ],
)  # fmt: skip
def test_hidden_rows_and_cells_are_left_out_and_named(hidden: str) -> None:
    found = read_epub(epub({"a.xhtml": page(table(f"<tr><td>甲</td><td>乙</td></tr>{hidden}"))}), "a.epub")
    assert [one.text for one in found.blocks if one.text] == ["前", "甲 | 乙", "后"]
    assert found.notes == [Note("hidden_text", 2)]


def test_what_follows_a_guide_that_was_never_closed_stays_in_its_sentence() -> None:
    line = "各乡镇粮站本月完成仓房检修，收购价格张榜公布，农民随到随卖。"
    assert [one.text for one in blocks(f"<p>收<ruby>粮<rt>{line}</rt></ruby>后</p>")] == [f"收粮{line}后"]
