"""OpenDocument texts: what LibreOffice shows of each element, and what it does not show."""

import io
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.opendocument import read_odt
from classifier.documents.read import from_bytes
from classifier.errors import InputError, MissingExtraError

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for prefix, rest in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
    }.items()
)
LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", automatic: str = "", master: str = "", mimetype: str = MIMETYPE) -> bytes:
    """Return a text with this body, these common and automatic styles and these master pages."""
    content = (
        f"<office:document-content {NAMESPACES} {LOEXT}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = (
        f"<office:document-styles {NAMESPACES} {LOEXT}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
    )
    return packed({"mimetype": mimetype, "content.xml": content, "styles.xml": common})


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def reading(body: str, styles: str = "", automatic: str = "", master: str = "") -> Reading:
    return read_odt(odt(body, styles, automatic, master), "a.odt")


def blocks(body: str, styles: str = "", automatic: str = "", master: str = "") -> list[Block]:
    return [one for one in reading(body, styles, automatic, master).blocks if one.text.strip()]


def texts(body: str, styles: str = "", automatic: str = "") -> list[str]:
    return [one.text for one in blocks(body, styles, automatic)]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_white_space_is_collapsed_but_what_elements_stand_for() -> None:
    body = p(' 春耕\n  备耕<text:s text:c="2"/>a<text:s/>b<text:tab/>c<text:line-break/>d <text:soft-page-break/>e')
    assert texts(body) == ["春耕 备耕  a b\tc\nd e"]


def test_spans_links_fields_content_controls_and_unknown_elements_are_text() -> None:
    body = p(
        'a<text:span>b<text:a>c</text:a></text:span><text:page-number>3</text:page-number>'
        "<loext:content-control>d</loext:content-control><text:bookmark-start/>e<text:meta>f</text:meta>"
        "<text:drop-down><text:label/>g</text:drop-down>"
    )  # fmt: skip
    assert texts(body) == ["abc3defg"]


def test_of_phonetic_guides_only_the_text_is_read() -> None:
    body = p("<text:ruby><text:ruby-base>品</text:ruby-base><text:ruby-text>pǐn</text:ruby-text></text:ruby>种")
    assert texts(body) == ["品种"]
    assert Note("phonetic", 3) in reading(body).notes


OUTLINE = (
    '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/><text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="." '
    'text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
)


def test_headings_are_numbered_by_the_outline() -> None:
    """Levels count on, restart below a higher one, or stay without number; a style may take the number away."""
    styles = OUTLINE + '<style:style style:family="paragraph" style:name="Plain" style:list-style-name=""/>'
    h = '<text:h text:outline-level="{}" {}>{}</text:h>'
    body = "".join(
        h.format(level, more, text)
        for level, more, text in [
            (1, "", "a"), (2, "", "b"), (2, "", "c"), (3, "", "d"), (1, 'text:is-list-header="true"', "e"), (1, "", "f"),
            (2, "", "g"), (1, 'text:style-name="Plain"', "h"), (1, 'text:restart-numbering="true" text:start-value="9"', "i"),
        ]
    )  # fmt: skip
    assert [(one.text, one.level) for one in blocks(body, styles)] == [
        ("一、a", 1), ("一.1. b", 2), ("一.2. c", 2), ("d", 3), ("e", 1), ("二、f", 1), ("二.1. g", 2), ("h", 1), ("九、i", 1),
    ]  # fmt: skip
    assert {one.role for one in blocks(body, styles)} == {"heading"}


def test_paragraphs_are_headings_by_their_style_and_those_it_builds_on() -> None:
    styles = (
        '<style:style style:family="paragraph" style:name="H" style:default-outline-level="2"/>'
        '<style:style style:family="paragraph" style:name="H2" style:parent-style-name="H"/>'
        '<style:style style:family="paragraph" style:name="Loop" style:parent-style-name="Loop"/>'
    )
    assert blocks(p("a", "H2") + p("b", "Title") + p("c", "Loop"), styles) == [
        Block("a", "heading", 2), Block("b", "heading", 1), Block("c"),
    ]  # fmt: skip


def level(number: int, format_: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{number}" style:num-format="{format_}" {more}/>'


@pytest.mark.parametrize(
    ("format_", "more", "expected"),
    [
        ("一, 二, 三, ...", 'style:num-prefix="（" style:num-suffix="）"', "（十一）"),
        ("壹, 贰, 叁, ...", 'style:num-suffix="、"', "壹拾壹、"),
        ("壹, 貳, 參, ...", "", "壹拾壹"),
        ("①, ②, ③, ...", "", "⑪"),
        ("甲, 乙, 丙, ...", 'style:num-suffix="、"', "11、"),
        ("1, 2, 3, ...", 'style:num-suffix="、"', "１１、"),
        ("1", 'style:num-suffix="."', "11. "),
        ("a", 'style:num-suffix=")"', "k) "),
        ("I", "", "XI "),
        ("一, 二, 三, ...", 'loext:num-list-format="第%1%条"', "第十一条"),
        ("", 'style:num-suffix="§"', "§ "),
    ],
)
def test_numbers_in_every_form(format_: str, more: str, expected: str) -> None:
    style = f'<text:list-style style:name="L">{level(1, format_, more)}</text:list-style>'
    body = f'<text:list text:style-name="L"><text:list-item text:start-value="11">{p("x")}</text:list-item></text:list>'
    assert texts(body, automatic=style) == [
        expected.rstrip() + (" " if expected[-1] == " " and "条" not in expected else "") + "x"
    ]


def item(content: str, more: str = "") -> str:
    return f"<text:list-item {more}>{content}</text:list-item>"


SUFFIXES = ['style:num-suffix="、"', 'style:num-suffix="."']
LIST = f'<text:list-style style:name="L">{level(1, "一, 二, 三, ...", SUFFIXES[0])}{level(2, "1", SUFFIXES[1])}</text:list-style>'


def test_lists_are_counted_as_the_document_says() -> None:
    """Levels inside, further paragraphs of an item, headers without number, lists that go on and lists that begin anew."""
    inner = f"<text:list>{item(p('c'))}{item(p('d') + p('more'))}</text:list>"
    one = f"<text:list>{item(p('f'))}</text:list>"
    body = (
        f'<text:list xml:id="l1" text:style-name="L">{item(p("a"))}{item(p("b") + inner)}'
        f"<text:list-header>{p('head')}</text:list-header>{item(p('e') + one)}</text:list>"
        f'<text:list text:style-name="L">{item(p("g"))}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item(p("h"))}</text:list>'
        f'<text:list text:style-name="L" text:continue-list="l1">{item(p("i"))}</text:list>'
    )
    assert texts(body, automatic=LIST) == [
        "一、a", "二、b", "1. c", "2. d", "more", "head", "三、e", "1. f", "一、g", "二、h", "四、i",
    ]  # fmt: skip


def test_bullets_and_lists_without_a_style() -> None:
    style = '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>'
    body = f'<text:list text:style-name="B">{item(p("a"))}</text:list><text:list>{item(p("b"))}</text:list>'
    assert texts(body, automatic=style) == ["• a", "b"]


def cell(content: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_tables_are_rows_with_their_headings() -> None:
    body = (
        "<table:table><table:table-header-rows>" + row(cell(p("甲")), cell(p("乙"))) + "</table:table-header-rows>"
        + row(cell(p("1")), cell(p("2") + p("3")))
        + row(cell(p("合计"), 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>") + "</table:table>"
    )  # fmt: skip
    assert blocks(body) == [Block("甲 | 乙", "column_heading"), Block("1 | 2 3", "row"), Block("合计", "row")]


def test_a_table_in_a_cell_divides_the_row_and_one_column_lays_out_a_page() -> None:
    inner = "<table:table>" + row(cell(p("i")), cell(p("j"))) + "</table:table>"
    body = "<table:table>" + row(cell(p("a")), cell(p("b") + inner + p("c")), cell(p("d"))) + "</table:table>"
    assert texts(body) == ["a | b", "i | j", "c | d"]
    assert blocks("<table:table>" + row(cell(p("a") + p("b"))) + "</table:table>") == [Block("a"), Block("b")]


def test_frames_and_shapes_stand_once_after_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('in')}{p('box')}</draw:text-box></draw:frame>"
    shape = f"<draw:g><draw:custom-shape>{p('shape')}</draw:custom-shape></draw:g>"
    assert texts(p(f"a{box}b{shape}") + box + p("c")) == ["ab", "in", "box", "shape", "in", "box", "c"]


def test_footnotes_follow_their_paragraph_and_their_numbers_are_left() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    body = p("a" + note.format(p("n1") + p("n2")) + "b") + p("c")
    assert blocks(body) == [Block("ab"), Block("n1", "footnote"), Block("n2", "footnote"), Block("c")]


def test_tracked_deletions_are_left_out_and_said() -> None:
    change = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><creator>somebody</creator>"
        f"</office:change-info>{p('旧 字')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    found = reading(change + p('a<text:change-start text:change-id="x"/>b<text:change-end text:change-id="x"/>c'))
    assert [one.text for one in found.blocks] == ["abc"]
    assert found.notes == [Note("deleted_text", 2)]


def test_deletions_between_marks_in_the_text_are_left_out_and_said() -> None:
    """As LibreOffice writes flat files; who deleted and when is no text."""
    info = "<office:change-info><creator>somebody</creator></office:change-info>"
    changes = "".join(
        f'<text:changed-region text:id="{name}"><text:{kind}>{info}</text:{kind}></text:changed-region>'
        for name, kind in (("x", "deletion"), ("y", "insertion"))
    )
    body = (
        p('a<text:change-start text:change-id="y"/>b<text:change-end text:change-id="y"/>c<text:change-start '
          'text:change-id="x"/>d <text:span>e</text:span>')
        + p('f<text:change-end text:change-id="x"/>g')
    )  # fmt: skip
    found = reading(f"<text:tracked-changes>{changes}</text:tracked-changes>{body}")
    assert [one.text for one in found.blocks] == ["abc", "g"]
    assert found.notes == [Note("deleted_text", 3)]


def test_hidden_text_is_left_out_and_said() -> None:
    hidden = (
        '<style:style style:family="text" style:name="T"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:family="paragraph" style:name="P"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        p("a<text:span text:style-name='T'>bc</text:span>d") + p("ef", "P") + p('<text:hidden-paragraph text:is-hidden="true"/>g')
        + f'<text:section text:display="none">{p("hi")}</text:section><text:section>{p("shown")}</text:section>'
        + p('<text:hidden-text text:is-hidden="true">j</text:hidden-text>k')
    )  # fmt: skip
    found = reading(body, automatic=hidden)
    assert [one.text for one in found.blocks] == ["ad", "shown", "k"]
    assert found.notes == [Note("hidden_text", 8)]


def test_comments_pictures_and_objects_are_counted() -> None:
    body = p(
        f"a<office:annotation><creator>x</creator>{p('comment')}</office:annotation>"
        "<draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame>"
    )
    found = reading(body)
    assert [one.text for one in found.blocks] == ["a"]
    assert found.notes == [Note("comments", 1), Note("pictures", 1), Note("objects", 1)]


def test_a_table_of_contents_is_furniture_and_its_template_nothing() -> None:
    body = (
        f"<text:table-of-content><text:table-of-content-source>{p('template')}</text:table-of-content-source>"
        f"<text:index-body><text:index-title>{p('目录')}</text:index-title>{p('一、甲')}</text:index-body></text:table-of-content>"
    )
    assert blocks(body) == [Block("目录", "furniture"), Block("一、甲", "furniture")]


def test_headers_and_footers_stand_once() -> None:
    page = f'<style:master-page style:name="{{}}"><style:header>{p("H")}</style:header><style:footer>{p("F")}</style:footer><style:footer-left style:display="false">{p("no")}</style:footer-left></style:master-page>'
    found = reading(p("a"), master=page.format("x") + page.format("y"))
    assert list(found.blocks) == [Block("H", "furniture"), Block("a"), Block("F", "furniture")]
    assert found.notes == [Note("repeated_furniture", 2)]


def test_flat_files_templates_and_files_without_mimetype_are_recognised() -> None:
    flat = (
        f'<?xml version="1.0"?>\n<office:document {NAMESPACES} office:mimetype="{MIMETYPE}"><office:body><office:text>'
        f"{p('春耕<draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>')}"
        "</office:text></office:body></office:document>"
    )
    assert (from_bytes(flat.encode(), "a.fodt").format, from_bytes(flat.encode(), "a.xml").text) == ("odt", "春耕")
    assert from_bytes(odt(p("春耕"), mimetype=MIMETYPE + "-template"), "a.ott").text == "春耕"


def test_what_cannot_be_read_is_said() -> None:
    manifest = {"mimetype": MIMETYPE, "META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "sealed"}
    sheet = packed({"mimetype": MIMETYPE, "content.xml": f"<office:document-content {NAMESPACES}/>"})
    for data, message in [
        (packed(manifest), "protected by a password"),
        (packed({"mimetype": MIMETYPE}), r"it has no content\.xml"),
        (packed({"mimetype": MIMETYPE, "content.xml": "<a>"}), "cannot be read as a LibreOffice text"),
        (sheet, "another kind of LibreOffice document"),
    ]:
        with pytest.raises(InputError, match=message):
            read_odt(data, "a.odt")


def test_entities_are_not_opened() -> None:
    content = f'<!DOCTYPE a [<!ENTITY e "boom"><!ENTITY f SYSTEM "file:///etc/passwd">]><office:document-content {NAMESPACES}><office:body><office:text>{p("a&e;&f;b")}</office:text></office:body></office:document-content>'
    assert [one.text for one in read_odt(packed({"mimetype": MIMETYPE, "content.xml": content}), "a.odt").blocks] == [
        "ab"
    ]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtraError, match="LibreOffice texts"):
        read_odt(b"PK", "a.odt")


WORDS = st.text("种草治沙，修渠引水。 abc<&>", min_size=1).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from("phcnbd"), WORDS), max_size=12))
def test_each_paragraph_comes_out_once_and_in_order_or_in_the_notes(parts: list[tuple[str, str]]) -> None:
    """Paragraphs, headings, cells, notes, boxes and deletions, each marked with its place."""
    body, shown, deleted = "", [], 0
    for number, (kind, content) in enumerate(parts):
        text = " ".join(content.split()) + str(number)
        code = etree.tostring(_element(text), encoding="unicode")[3:-4]
        if kind == "d":
            body += f"<text:tracked-changes><text:deletion>{p(code)}</text:deletion></text:tracked-changes>"
            deleted += len(text.replace(" ", ""))
        elif kind == "n":
            body += p(f"x<text:note><text:note-body>{p(code)}</text:note-body></text:note>")
            shown += ["x", text]
        elif kind == "b":
            body += p(f"x<draw:frame><draw:text-box>{p(code)}</draw:text-box></draw:frame>")
            shown += ["x", text]
        elif kind == "c":
            body += "<table:table>" + row(cell(p(code)), cell(p("y"))) + "</table:table>"
            shown.append(f"{text} | y")
        else:
            body += p(code) if kind == "p" else f'<text:h text:outline-level="1">{code}</text:h>'
            shown.append(text)
    found = reading(body)
    assert [one.text for one in found.blocks] == shown
    assert found.notes == ([Note("deleted_text", deleted)] if deleted else [])


def _element(text: str) -> etree._Element:
    element = etree.Element("a")
    element.text = text
    return element


def test_damaged_styles_cost_no_text() -> None:
    with zipfile.ZipFile(io.BytesIO(odt(p("正文一段")))) as archive:
        parts = {one: archive.read(one).decode() for one in archive.namelist()}
    found = read_odt(packed({**parts, "styles.xml": parts["styles.xml"][:200]}), "a.odt")
    assert [one.text for one in found.blocks] == ["正文一段"]
    assert found.notes == [Note("damaged", what="styles.xml")]
