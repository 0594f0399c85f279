"""Packages that Word opens are opened, however they are put together; others are refused in one line."""

import base64
import io
import zipfile

import pytest

from classifier import unzip
from classifier.documents.read import from_bytes
from classifier.documents.word import read_docx, read_word_xml
from classifier.errors import InputError
from tests.documents.word.making import (
    NAMESPACES,
    docx,
    listed,
    notes,
    p,
    part,
    r,
    read,
    relations,
    roles,
    zipped,
)

BODY = part("document", f"<w:body>{p('正文。')}</w:body>")
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def root_relation(target: str) -> str:
    return relations({"rId1": ("officeDocument", target)})


@pytest.mark.parametrize(
    "parts",
    [
        {"_rels/.rels": root_relation("word/document.xml"), "word/document.xml": BODY},
        {"_rels/.rels": root_relation("/word/document.xml"), "word/document.xml": BODY},
        {"_rels/.rels": root_relation("word\\document.xml"), "word\\document.xml": BODY},
        {"_rels\\.rels": root_relation("Word/Document.xml"), "word\\document.xml": BODY},
        {"_rels/.rels": root_relation("word/%6Dain.xml"), "word/main.xml": BODY},
        {"word/document.xml": BODY},
        {"_rels/.rels": root_relation("NULL"), "word/document2.xml": BODY, "word/glossary/document.xml": part("x", "")},
        {"_rels/.rels": "<broken", "word/document.xml": BODY},
        {
            "_rels/.rels": root_relation("word/document.xml"),
            "word/document.xml": BODY.replace("UTF-8", "UTF-16").encode("utf-16"),
        },
    ],
)
def test_the_document_part_is_found(parts: dict[str, str | bytes]) -> None:
    """By its relation (absolute or not, with backslashes, in other capitals), else by its name."""
    assert [one.text for one in read_docx(zipped(parts), "a.docx").blocks] == ["正文。"]


def test_strict_open_xml() -> None:
    """The namespaces of the strict form mean the same, in elements, attributes and relations."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    data = docx(
        listed("严格。", 1) + p("网址http://purl.oclc.org/ooxml/wordprocessingml/main照录。"), {"numbering": numbering}
    )
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode()
            for transitional, strict in STRICT.items():
                content = content.replace(f'="{transitional}', f'="{strict}')
            parts[name] = content
    assert "purl" in parts["word/document.xml"]
    assert [one.text for one in read_docx(zipped(parts), "a.docx").blocks] == [
        "1.严格。",
        "网址http://purl.oclc.org/ooxml/wordprocessingml/main照录。",
    ]


@pytest.mark.parametrize("target", ["NULL", "../NULL", "missing.xml", "", "http://[", "a" * 3000])
def test_relations_that_lead_nowhere_are_passed_over(target: str) -> None:
    kinds = ("styles", "numbering", "footnotes", "settings", "header", "image")
    links = {f"x{kind}": (kind, target) for kind in kinds}
    body = (
        p("正文。")
        + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="xheader"/></w:sectPr>'
    )
    reading = read(body, {}, links)
    assert [one.text for one in reading.blocks] == ["正文。"]
    assert [one.what for one in reading.notes] == ["word/footnotes.xml"]  # the one that the text misses


def test_a_note_that_is_referred_to_and_missing_is_noted() -> None:
    reading = read(f"<w:p>{r('正文。')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>", {})
    assert [one.text for one in reading.blocks] == ["正文。"]
    assert [one.say() for one in reading.notes] == ["a damaged part is left out: word/footnotes.xml"]


def test_damaged_parts_beside_the_document_are_noted() -> None:
    reading = read(p("正文。"), {"word/styles.xml": "<w:styles", "word/numbering.xml": "x"})
    assert [one.text for one in reading.blocks] == ["正文。"]
    assert [one.say() for one in reading.notes] == ["a damaged part is left out: word/styles.xml; word/numbering.xml"]


def test_a_document_part_that_is_not_whole_is_read_as_far_as_it_goes_and_noted() -> None:
    """A control character, or an end that is missing: what can be read is, and it is said."""
    broken = {"word/document.xml": BODY.replace("正文。", "正文。&#x1;尾。")}
    reading = read_docx(zipped(broken), "a.docx")
    assert notes(reading) == {"damaged": 1}
    assert reading.blocks[0].text.startswith("正文。")
    half = {"word/document.xml": BODY[: BODY.index("。") + 1]}
    assert roles(read_docx(zipped(half), "a.docx")) == [("body", "正文。")]


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": ""},
        {"word/document.xml": "no xml"},
        {"word/document.xml": part("document", "")},
        {"word/other.xml": "<x/>"},
        {"word/document.xml": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"},
    ],
)
def test_what_is_no_word_file_is_refused_in_one_line(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(InputError, match=r"^a\.docx: cannot be read as a Word file: .*; open it and save it again$"):
        read_docx(zipped(parts), "a.docx")


def test_entities_are_not_resolved() -> None:
    secret = BODY.replace("?>", "?><!DOCTYPE d [<!ENTITY b SYSTEM 'file:///etc/passwd'><!ENTITY c 'ccc'>]>").replace(
        "正文。", "正文。&b;"
    )
    reading = read_docx(zipped({"word/document.xml": secret}), "a.docx")
    assert [one.text for one in reading.blocks] == ["正文。"]


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(docx(p("正文" * 50)))
    place = data.find("正文".encode())
    data[place : place + 3] = b"abc"
    with pytest.raises(InputError, match=r"word/document\.xml cannot be read"):
        read_docx(bytes(data), "a.docx")


def test_parts_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file unpacks to is bounded; a part that goes beyond is left out and said."""
    monkeypatch.setattr(unzip, "UNPACKED_MOST", 4000)
    footnotes = f'<w:footnote w:id="1">{p("注" * 5000)}</w:footnote>'
    reading = read(f"<w:p>{r('正文。')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>", {"footnotes": footnotes})
    assert (roles(reading), notes(reading)) == ([("body", "正文。")], {"too_large": 1})


def flat(parts: dict[str, str | bytes]) -> bytes:
    inside = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.partition("?>")[2] or content}</pkg:xmlData></pkg:part>'
        if isinstance(content, str)
        else f'<pkg:part pkg:name="/{name}"><pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData></pkg:part>'
        for name, content in parts.items()
    )
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'.encode()


def test_flat_open_xml() -> None:
    """All parts in one XML text; a picture of more than ten megabytes is no obstacle, an embedded text is read."""
    document = part("document", f'<w:body>{p("正文。")}<w:altChunk r:id="c"/></w:body>')
    data = flat(
        {
            "_rels/.rels": root_relation("word/document.xml"),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations({"c": ("aFChunk", "chunk.txt")}),
            "word/media/image1.png": b"\x89PNG" * 3_000_000,
            "word/chunk.txt": "嵌入。".encode(),
        }
    )
    assert [one.text for one in from_bytes(data, "a.xml").blocks] == ["正文。", "嵌入。"]


def test_word_2003_xml() -> None:
    """Another vocabulary for the same: lists, changes, notes where they are referred to, merged cells."""
    body = """<w:body><wx:sect>
    <w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr><w:r><w:t>抓项目</w:t></w:r></w:p>
    <w:p><w:r><w:t>新增</w:t></w:r><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧词</w:delText></w:r></aml:content></aml:annotation>
    <aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>学位</w:t></w:r></aml:content></aml:annotation>
    <w:r><w:footnote><w:p><w:r><w:t>注文。</w:t></w:r></w:p></w:footnote></w:r></w:p>
    <w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
    <w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>"""
    document = f"""<?xml version="1.0" encoding="UTF-8"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
    xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">
    <w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef>
    <w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
    <w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>{body}</w:wordDocument>"""
    reading = read_word_xml(document.encode(), "a.xml")
    assert roles(reading) == [
        ("furniture", "页眉"), ("heading", "一、抓项目"), ("body", "新增学位"), ("footnote", "注文。"), ("row", "甲 | 乙"), ("row", "丙"),
    ]  # fmt: skip
    assert notes(reading) == {"deleted_text": 2}


@pytest.mark.parametrize("data", [b"<pkg:package>", b"<w:wordDocument/>", f"<pkg:package {NAMESPACES}/>".encode()])
def test_xml_without_a_document_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.xml: cannot be read as a Word file"):
        from_bytes(data, "a.xml")


def test_deep_nesting_ends_in_text_or_an_error() -> None:
    """libxml2 takes 256 elements in each other; deeper ones are cut and said, without a crash."""
    deep = p("底。")
    for _ in range(300):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    try:
        reading = read(p("前。") + deep)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert "damaged" in notes(reading)


def test_a_package_without_a_word_folder_is_told_by_its_content_types() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types xmlns="x"><Override PartName="/main.xml" ContentType="{kind}"/></Types>'
    data = zipped({"[Content_Types].xml": types, "_rels/.rels": root_relation("main.xml"), "main.xml": BODY})
    document = from_bytes(data, "a.bin")
    assert (document.format, document.text) == ("docx", "正文。")


def test_several_bodies_are_all_read() -> None:
    twice = part("document", f"<w:body>{p('上。')}</w:body><w:body>{p('下。')}</w:body>")
    assert [one.text for one in read_docx(zipped({"word/document.xml": twice}), "a.docx").blocks] == ["上。", "下。"]


def test_styles_of_tables_are_passed_over_and_those_after_them_are_not() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="t"><w:name w:val="Table Grid"/></w:style><w:style w:type="table" w:styleId="e"/>'
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/></w:style><w:style w:type="table" w:styleId="u"><w:pPr/></w:style>'
    )
    (block,) = read(p("题", '<w:pStyle w:val="h"/>'), {"styles": styles}).blocks
    assert (block.role, block.level) == ("heading", 2)
