"""Text boxes, notes, headers and embedded documents: once each, in their place."""

import pytest

from tests.documents.word.making import docx, notes, p, part, r, read, roles, texts

VML = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
SHAPE = (
    "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
BOTH = (
    "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    "drawing",
    [
        SHAPE.format(p("框内。")),
        VML.format(p("框内。")),
        BOTH.format(SHAPE.format(p("框内。")), VML.format(p("框内。"))),
        BOTH.format("<w:drawing/>", VML.format(p("框内。"))),
        "<w:pict><v:group><v:shape><v:textbox><w:txbxContent>"
        + p("框内。")
        + "</w:txbxContent></v:textbox></v:shape></v:group></w:pict>",
        "<w:pict><v:shape><v:textpath string='框内。'/></v:shape></w:pict>",
        "<w:drawing><a:txSp><a:txBody><a:p><a:r><a:t>框内。</a:t></a:r></a:p></a:txBody></a:txSp></w:drawing>",
        SHAPE.format("<w:sdt><w:sdtContent>" + p("框内。") + "</w:sdtContent></w:sdt>"),
    ],
)
def test_text_in_boxes_and_shapes_comes_once(drawing: str) -> None:
    """After the paragraph that anchors it; of a choice and its fallback, the one that has the text."""
    assert texts(f"<w:p>{r('前')}<w:r>{drawing}</w:r>{r('半句。')}</w:p>" + p("后。")) == ["前半句。", "框内。", "后。"]


def test_boxes_in_boxes_and_tables_in_boxes() -> None:
    inner = f"<w:p>{r('外框。')}<w:r>{VML.format(p('内框。'))}</w:r></w:p>"
    grid = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    assert texts(f"<w:p><w:r>{SHAPE.format(inner + grid)}</w:r></w:p>") == ["外框。", "内框。", "甲 | 乙"]


def test_pictures_charts_and_objects_are_counted() -> None:
    body = (
        f"<w:p>{r('图')}<w:r><w:drawing><pic:pic/></w:drawing></w:r><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
        "<w:r><w:drawing><c:chart r:id='x'/></w:drawing></w:r><w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r></w:p>"
    )
    reading = read(body)
    assert (roles(reading), notes(reading)) == ([("body", "图")], {"pictures": 2, "objects": 2})


def test_the_text_of_smart_art_in_its_order() -> None:
    """Points in the order of the tree, not of the file."""
    point = "<dgm:pt modelId='{0}'><dgm:t><a:p><a:r><a:t>{1}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    line = "<dgm:cxn modelId='{0}{1}' srcId='{0}' destId='{1}' srcOrd='{2}'/>"
    points = (
        "<dgm:pt modelId='0' type='doc'/>" + point.format(3, "落实") + point.format(1, "部署") + point.format(2, "细则")
    )
    lines = (
        line.format(0, 3, 1)
        + line.format(0, 1, 0)
        + line.format(1, 2, 0)
        + "<dgm:cxn type='presOf' srcId='3' destId='1' srcOrd='0'/>"
    )
    data = part("x", f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{lines}</dgm:cxnLst>")
    body = f"<w:p>{r('流程')}<w:r><w:drawing><dgm:relIds r:dm='rId9'/></w:drawing></w:r></w:p>"
    assert texts(body, {"word/data1.xml": data}, {"rId9": ("diagramData", "data1.xml")}) == [
        "流程",
        "部署",
        "细则",
        "落实",
    ]
    assert notes(read(body)) == {"objects": 1}


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_footnotes_and_endnotes_follow_the_paragraph_that_refers_to_them() -> None:
    parts = {
        "footnotes": f'<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{r("来源：统计局。")}</w:p>{p("第二段。")}</w:footnote>'
        f'<w:footnote w:id="9">{p("没有引用。")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{p("尾注。")}</w:endnote>',
    }
    body = f"<w:p>{r('增长')}{reference('footnote', 1)}{r('较快。')}{reference('endnote', 1)}{reference('footnote', 1)}{reference('footnote', 5)}</w:p>"
    assert roles(read(body + p("完。"), parts)) == [
        ("body", "增长较快。"), ("footnote", "来源：统计局。"), ("footnote", "第二段。"), ("footnote", "尾注。"), ("body", "完。"),
    ]  # fmt: skip


def header(kind: str, name: str) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="{name}"/>'


HEADERS = {
    "word/h1.xml": part("hdr", p("县府文件")),
    "word/h2.xml": part("hdr", p("首页")),
    "word/f1.xml": part("ftr", p("— 1 —")),
}
LINKS = {"h1": ("header", "h1.xml"), "h2": ("header", "h2.xml"), "f1": ("footer", "f1.xml")}


def test_headers_come_first_and_footers_last_once() -> None:
    """Several sections with one header: it is furniture, once; a first page's only where it has one of its own."""
    first = p("一。", f"<w:sectPr>{header('default', 'h1')}{header('first', 'h2')}</w:sectPr>")
    last = f'<w:sectPr>{header("default", "h1")}<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    body = first + p("二。") + last
    assert roles(read(body, HEADERS, LINKS)) == [
        ("furniture", "县府文件"), ("body", "一。"), ("body", "二。"), ("furniture", "— 1 —"),
    ]  # fmt: skip
    titled = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>", 1)
    assert ("furniture", "首页") in roles(read(titled, HEADERS, LINKS))


@pytest.mark.parametrize(
    ("settings", "shown"), [("", False), ("<w:evenAndOddHeaders/>", True), ('<w:evenAndOddHeaders w:val="0"/>', False)]
)
def test_headers_of_even_pages_where_the_document_has_them(settings: str, shown: bool) -> None:
    body = p("一。") + f"<w:sectPr>{header('even', 'h2')}</w:sectPr>"
    found = roles(read(body, {**HEADERS, "settings": settings}, LINKS))
    assert (("furniture", "首页") in found) == shown


def test_an_embedded_word_file_is_read() -> None:
    """w:altChunk holds documents that Word shows as text of this one; no deeper than once."""
    inner = docx(
        p("内文。") + '<w:altChunk r:id="c"/>', {"word/in.docx": docx(p("深处。"))}, {"c": ("aFChunk", "in.docx")}
    )
    body = p("前。") + '<w:altChunk r:id="rId8"/>' + p("后。")
    reading = read(body, {"word/chunk.docx": inner}, {"rId8": ("aFChunk", "chunk.docx")})
    assert roles(reading) == [("body", "前。"), ("body", "内文。"), ("body", "后。")]
    assert notes(reading) == {"attachments": 1}


@pytest.mark.parametrize(
    ("name", "data", "expected", "kinds"),
    [
        ("chunk.txt", "嵌入的文字。".encode(), ["嵌入的文字。"], {}),
        ("chunk.docx", b"PK\x03\x04 broken", [], {"damaged": 1}),
        ("chunk.bin", b"\x00\x01\x02" * 99, [], {"damaged": 1}),
        ("", b"", [], {"attachments": 1}),
    ],
)
def test_embedded_files_of_other_kinds(name: str, data: bytes, expected: list[str], kinds: dict[str, int]) -> None:
    reading = read(
        p("前。") + '<w:altChunk r:id="rId8"/>', {f"word/{name}": data} if name else {}, {"rId8": ("aFChunk", name)}
    )
    assert ([one.text for one in reading.blocks], notes(reading)) == (["前。", *expected], kinds)


def test_parts_of_a_master_document_are_named() -> None:
    reading = read(p("总。") + '<w:subDoc r:id="rId8"/>', {}, {"rId8": ("subDocument", "chapter.docx")})
    assert [one.say() for one in reading.notes] == ["1 attachment is not read: word/chapter.docx"]
