"""Reading: every encoding and format that Chinese documents come in, and clear words for what is none."""

import io
import sys
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.read import from_bytes, read
from classifier.errors import InputError, MissingExtraError

SIMPLIFIED = "全县优化营商环境大会召开，会议要求各部门转变作风、狠抓落实。\n一、抓项目\n"
TRADITIONAL = "全縣優化營商環境大會召開，會議要求各部門轉變作風、狠抓落實。\n一、抓項目\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_simplified_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(SIMPLIFIED.encode(encoding))
    assert read(str(path)).text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    assert from_bytes(TRADITIONAL.encode(encoding), "text.txt").text == TRADITIONAL


@given(st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    data, read_as = text.encode(), text.removeprefix("\ufeff")
    if read_as.strip().strip("\ufeff") and not data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"<")):
        assert from_bytes(data, "x.txt").text == read_as


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SIMPLIFIED.encode("gb18030"))))
    document = read("-")
    assert (document.name, document.text, document.encoding) == ("<stdin>", SIMPLIFIED, "gb18030")


def test_text_cut_off_inside_a_character_is_still_read() -> None:
    cut = (SIMPLIFIED * 20).encode("gb18030")[:-2]
    assert from_bytes(cut, "x.txt").text.startswith(SIMPLIFIED)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt: the file is empty"),
        (b" \n\r\n", "a.txt", "a.txt: the file is empty"),
        (b"\xef\xbb\xbf \n", "a.txt", "a.txt: holds no text"),
        (bytes(range(256)) * 20, "a.txt", "a.txt: not a text"),
        (b"PK\x05\x06" + bytes(18), "a.zip", "a.zip: the archive holds no files"),
        (b"7z\xbc\xaf\x27\x1c" + b"\1" * 80, "a.7z", "a.7z: an archive of a kind that is not opened"),
        (b"MZ\x90\0" + b"\1" * 80, "a.exe", "a.exe: a program, not a document"),
        (b"GIF89a" + b"\1" * 80, "a.gif", "a.gif: a picture of a kind that is not read"),
        (b"RIFF\1\0\0\0WEBPVP8 " + b"\1" * 80, "a.webp", "a.webp: a picture of a kind that is not read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old.doc", "old.doc: an old Word file of a kind that is not read"),
        (b"PK\x03\x04rest", "a.xlsx", "a.xlsx: is damaged (not a whole zip archive"),
        (b"PK\x03\x04rest", "a.docx", "a.docx: is damaged (not a whole zip archive"),
        (b"just text", "a.docx", "a.docx: not a docx file inside"),
        (b"%PDF-1.7 rest", "a.pdf", "a.pdf: cannot be read as a PDF"),
        (b"\xff\xfea", "a.txt", "a.txt: holds no text"),
        (
            b'{"text": "a"}\n',
            "a.jsonl",
            "a.jsonl: a table of rows, not a document; label its rows with `classify score`",
        ),
        (b'\xef\xbb\xbf [{"text": "a"}]', "a.JSON", "a.JSON: a table of rows"),
        (b"PAR1\x15\x04PAR1", "a.parquet", "a.parquet: a table of rows"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, name: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(str(path))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file"):
        read(str(tmp_path / "nowhere.txt"))
    with pytest.raises(InputError, match="is a folder"):
        read(str(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        read("a\0b")


PAGE = """<html><head><meta charset="gb2312"><title>要闻</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">新闻动态</a></li><li><a href="/b">政务公开</a></li></ul></div>
<div class="article"><h1>全县项目观摩会举行</h1><p>　　3月4日，全县重点项目观摩会举行，与会人员先后来到五个项目现场察看进度。</p>
<p>&nbsp;&nbsp;会议要求，要强化服务保障，确保项目早日投产，各单位要转变作风、真抓实干。</p>
<table><tr><td>单位</td><td>任务</td></tr><tr><td>县发改局</td><td>谋划专项债项目</td></tr></table></div>
<div class="footer"><a href="/m">网站地图</a> <a href="/l">联系我们</a></div><script>var 弹窗 = 1;</script></body></html>"""


@pytest.mark.parametrize("name", ["page.html", "page.txt", "<stdin>"])
def test_web_page_without_its_menus(name: str) -> None:
    data = PAGE.encode("gb18030")
    if name != "page.html":
        data = b"<!DOCTYPE html>" + data
    text = from_bytes(data, name).text
    assert "五个项目现场" in text
    assert "县发改局" in text
    assert "弹窗" not in text
    assert "网站地图" not in text
    assert "政务公开" not in text


def test_word_file_with_tables_in_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("工作要点", 1)
    word.add_paragraph("一、抓好项目。")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["单位", "任务", "县招商局", "外出招商"], strict=True
    ):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    word.add_paragraph("二、抓好作风。")
    word.save(str(tmp_path / "a.docx"))
    lines = read(str(tmp_path / "a.docx")).text.split("\n")
    assert lines == ["工作要点", "一、抓好项目。", "单位 任务", "县招商局 | 外出招商", "二、抓好作风。"]


def pdf(*lines: str) -> bytes:
    """Return a PDF with a text layer: Han characters through a standard CJK font that is not embedded."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return (
        body
        + b"xref\n0 8\n0000000000 65535 f \n"
        + table
        + b"trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def test_pdf_text_layer() -> None:
    assert from_bytes(pdf("全县作风建设大会召开。", "会议要求真抓实干。"), "a.pdf").text.split("\n") == [
        "全县作风建设大会召开。",
        "会议要求真抓实干。",
    ]


def test_pdf_without_text_layer_says_so() -> None:
    with pytest.raises(InputError, match="no text layer"):
        from_bytes(pdf(), "scan.pdf")


def docx_bytes() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("module", "data", "name"),
    [
        ("lxml", docx_bytes(), "a.docx"),
        ("pypdfium2", b"%PDF-1.4", "a.pdf"),
        ("resiliparse.parse.html", b"<html>", "a.html"),
    ],
)
def test_a_missing_extra_names_the_pip_line(
    module: str, data: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r'pip install "local-government-classifier\[documents\]"'):
        from_bytes(data, name)


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.bin", "<stdin>"]))
def test_any_bytes_are_read_or_refused_in_our_own_words(data: bytes, name: str) -> None:
    """Whatever a file holds, there is a text or an InputError, never another exception."""
    try:
        document = from_bytes(data, name)
    except InputError as error:
        assert str(error).startswith(name)  # noqa: PT017 - either outcome is right
    else:
        assert document.text.strip()


@given(st.text(alphabet="全县优化营商环境大会召开，会议要求转变作风。\n", min_size=30), st.integers(0, 3))
def test_cut_off_legacy_text_is_still_chinese(text: str, cut: int) -> None:
    data = text.encode("gb18030")
    if not text.strip() or not data[: len(data) - cut].strip():
        return
    read_back = from_bytes(data[: len(data) - cut], "a.txt").text
    assert text.startswith(read_back[:-1])
