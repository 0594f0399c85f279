"""The files: whatever a text holds is there, nothing runs, what was not read is named."""

import csv
import html
import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from classifier.documents.notes import Note
from classifier.documents.read import from_bytes
from classifier.extract.formats import WRITERS
from classifier.extract.markdown import escaped
from classifier.extract.passage import Extract, UnreadDocument
from classifier.extract.word.paragraphs import joined, plain
from tests.extract.making import extract_of, result, results, wanted, written
from tests.other_programs import SOFFICE, needs_libreoffice

FIRST = results(
    "沛县工作报告", "（2023年5月4日）", "一、抓好粮食生产", "粮食收成好，大家都很高兴。", "粮价稳不稳？还不知道。"
)
SECOND = results("一、山里", "游客多了，山里很热闹。", "粮食收成好，大家都很高兴。")


def sample() -> Extract:
    noted = [replace(SECOND[0], notes=(Note("pictures", 2),)), *SECOND[1:]]
    found = extract_of({"材料/甲/报告.txt": FIRST, "材料/乙/报告.txt": noted})
    found.unread.append(UnreadDocument("材料/坏.docx", "材料/坏.docx: 文件损坏"))
    found.passed_over.append("材料/表.pptx")
    return found


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html", "md", "csv"])
def test_all_of_an_extract_is_in_every_file(format_: str) -> None:
    """Passages with their sources, the doubt, the second place of a repeated one, notes, what was not read."""
    data = written(sample(), format_)
    text = as_text(data, format_)
    for said in (
        "粮食收成好，大家都很高兴。", "游客多了，山里很热闹。", "粮价稳不稳？还不知道。", "甲/报告.txt", "乙/报告.txt", "沛县",
        "2023-05-04", "一、抓好粮食生产", "存疑", "图片2张未读入", "材料/坏.docx", "文件损坏",
    ):  # fmt: skip
        assert said in text, said
    assert ("乙/报告.txt · 一、山里 · 第3段" in text) == (format_ != "jsonl")
    if format_ in {"docx", "html", "md"}:
        assert text.count("粮食收成好，大家都很高兴。") == 1
        assert "材料/表.pptx" in text


def as_text(data: bytes, format_: str) -> str:
    if format_ == "docx":
        document = docx.Document(io.BytesIO(data))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(one.text for one in document.paragraphs), *cells])
    if format_ == "xlsx":
        book = load_workbook(io.BytesIO(data))
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    text = data.decode("utf-8-sig")
    if format_ == "html":
        return re.sub(r"<i class=nl>.*?</i>|<[^>]*>", "", text.partition("</style>")[2])
    return text.replace("\\", "") if format_ == "md" else text


def test_json_lines_are_for_machines() -> None:
    rows = [orjson.loads(line) for line in written(sample(), "jsonl").splitlines()]
    first = rows[0]
    assert (first["file"], first["paragraph"], first["labels"]) == ("材料/甲/报告.txt", 4, ["farming"])
    assert [(one["file"], one["paragraph"]) for one in first["again"]] == [("材料/乙/报告.txt", 3)]
    assert rows[-1] == {"file": "材料/坏.docx", "error": "材料/坏.docx: 文件损坏"}
    assert rows[-2]["notes"][0]["zh"] == "图片2张未读入"


def test_the_word_file_is_a_proper_one() -> None:
    """Built-in headings in Chinese fonts, a contents line a document that leads to it, page numbers, A4."""
    document = docx.Document(io.BytesIO(written(sample(), "docx")))
    styles = {one.style.name for one in document.paragraphs if one.style}
    assert {"Title", "Heading 1", "Heading 2", "Body Text", "toc 1"} <= styles
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == ["甲/报告.txt", "乙/报告.txt", "文件清单", "未能读取的文件", "未作文件读取的其他文件"]
    xml = document.element.xml
    marks = re.findall(r'w:anchor="([^"]+)"', xml)
    assert marks == ["_document0", "_document1", "_documents", "_unread"]
    assert all(f'w:name="{mark}"' in xml and f"PAGEREF {mark} " in xml for mark in marks)
    assert 'w:eastAsia="黑体"' in document.styles["Heading 1"].element.xml
    assert 'w:eastAsia="宋体"' in document.styles["Body Text"].element.xml
    assert " PAGE " in document.sections[0].footer._element.xml
    width = document.sections[0].page_width
    assert width is not None
    assert round(width.cm) == 21


@needs_libreoffice
def test_libreoffice_fills_in_the_contents(tmp_path: Path) -> None:
    """Each document stands in the contents with the page on which it begins; every page has its number."""
    long = results(*(f"第{number}批粮食收成好，大家都很高兴。" * 40 for number in range(9)))
    found = extract_of({"甲.txt": long, "乙.txt": FIRST})
    (tmp_path / "a.docx").write_bytes(written(found, "docx"))
    office = [str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    pages = list(from_bytes((tmp_path / "a.pdf").read_bytes(), "a.pdf").blocks)
    lines = [one.text for one in pages if one.page == 1]
    contents: dict[str, str] = dict(match for line in lines for match in re.findall(r"(甲|乙)\.txt[.…\s]*(\d+)", line))
    begins = {
        name: str(next(one.page for one in pages if one.page and one.page > 1 and one.text.startswith(f"{name}.txt")))
        for name in "甲乙"
    }
    assert contents == begins
    assert begins["甲"] != begins["乙"]


def test_the_workbook_has_chinese_headings_and_filters() -> None:
    book = load_workbook(io.BytesIO(written(sample(), "xlsx")))
    assert book.sheetnames == ["摘编", "文件清单"]
    sheet = book["摘编"]
    assert [cell.value for cell in sheet[1]][:5] == ["序号", "正文", "主题", "存疑", "文件"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("C2", True)
    states = [row[1] for row in book["文件清单"].iter_rows(min_row=2, values_only=True)]
    assert states == ["已读", "已读", "未读：材料/坏.docx: 文件损坏", "未作文件读取的其他文件"]


def test_english_on_demand() -> None:
    assert "# Extract: farming, tourism" in written(sample(), "md", "en").decode()


def test_nothing_found_is_said() -> None:
    empty = extract_of({"甲.txt": results("会议开了三次，大家都到了。")})
    for format_ in ("docx", "html"):
        assert "没有摘到内容" in as_text(written(empty, format_), format_)
    assert all(written(empty, format_) is not None for format_ in WRITERS)


HARD = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("<>&\"'`*_[]#|~\\-+=1.)\n\t\r\x00\x07\x0b\x1f\x85\u2028\u202e\ud800\ufffe ")
    ),
    max_size=50,
)  # fmt: skip


@settings(max_examples=60)
@given(HARD)
def test_any_text_is_in_the_word_file_as_it_can_be_shown(text: str) -> None:
    whole = f"粮{text}食"
    document = docx.Document(io.BytesIO(written(extract_of({f"{text}.txt": [result(0, whole, kind="body")]}), "docx")))
    (found,) = [one.text for one in document.paragraphs if one.style and one.style.name == "Body Text"]
    assert found == plain(joined(whole))


def test_the_word_file_breaks_the_line_where_another_place_of_a_text_is_named() -> None:
    """Both lines end and begin in Chinese: only the text of a document goes on over a line's end."""
    wrapped = result(0, "粮食收成好，\n大家都很高兴。", kind="body")
    found = extract_of({"甲.txt": [wrapped], "乙.txt": [wrapped]})
    lines = as_text(written(found, "docx"), "docx").splitlines()
    assert "粮食收成好，大家都很高兴。" in lines
    assert "又见：乙.txt · 第1段" in lines


@given(HARD)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    """Only spaces at the ends of lines and between lines may go."""
    whole = f"粮{text}食"
    rendered = MarkdownIt("commonmark").render(escaped(whole))
    assert not re.search(r"<(?!/?p>)", rendered.replace("<br />", ""))
    shown = re.sub(r"</?p>|<br />", "", rendered)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, letter)
    assert "".join(shown.split()) == "".join(plain(whole).split())


@settings(max_examples=30)
@given(HARD)
def test_no_cell_is_a_formula_and_no_page_runs_anything(text: str) -> None:
    whole = f"={text}粮食"
    found = extract_of({f"={text}.txt": [result(0, whole, kind="body")]}, wanted("farming"))
    sheet = load_workbook(io.BytesIO(written(found, "xlsx")))["摘编"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} <= {"s", "n"}
    rows = list(csv.reader(io.StringIO(written(found, "csv").decode("utf-8-sig"), newline="")))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    page = written(found, "html").decode()
    assert "<script" not in page
    assert "default-src 'none'" in html.unescape(page)
