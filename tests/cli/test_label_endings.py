"""The ending of -o is the format of `classify FILE`: what is written is what the name says, or it is refused."""

import csv
from collections.abc import Callable
from pathlib import Path

import docx
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from tests.cli.run import Ran, run
from tests.web.conftest import template as template_of_web

template = template_of_web
TEXT = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n上午九点，与会人员集体学习了有关文件。\n"
Command = Callable[..., Ran]


@pytest.fixture
def classify(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    (tmp_path / "models").symlink_to(template / "models")
    (tmp_path / "labels").symlink_to(template / "labels")
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.jsonl", b'{"file"'),
        ("a.csv", b"\xef\xbb\xbffile,"),
        ("a.HTML", b"<!doctype html>"),
        ("a.docx", b"PK"),
        ("a.md", "春耕".encode()),
        ("a.txt", "甲.txt".encode()),
        ("a", b'{"file"'),
    ],
)
def test_the_ending_names_the_format(name: str, begins: bytes, classify: Command, tmp_path: Path) -> None:
    ran = classify("甲.txt", "-o", name)
    assert ran.code == 0, ran.err
    assert (tmp_path / name).read_bytes().lower().startswith(begins.lower())
    assert f"written to {name}" in ran.err


@pytest.mark.parametrize("args", [("-o", "a.pdf"), ("-o", "a.ods"), ("-o", "a.csv", "--format", "jsonl")])
def test_another_ending_is_refused(args: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    ran = classify("甲.txt", *args)
    assert ran.code == 2
    assert "written" in ran.err
    assert not (tmp_path / args[1]).exists()


@pytest.mark.parametrize("command", [("report", "甲.txt"), ("topics", "--format", "html")])
def test_a_page_is_html(command: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    ran = classify(*command, "-o", "a.docx")
    assert (ran.code, ".html" in ran.err) == (2, True)
    assert not (tmp_path / "a.docx").exists()


def test_two_documents_in_one_word_file(classify: Command, tmp_path: Path) -> None:
    """Each under its name; the labels stand in the margin."""
    assert classify("甲.txt", "乙.txt", "-o", "a.docx").code == 0
    found = docx.Document(str(tmp_path / "a.docx"))
    assert [one.text for one in found.paragraphs if one.style and one.style.name == "Heading 1"] == ["甲.txt", "乙.txt"]
    assert [comment.text.split()[0] for comment in found.comments] == ["农业", "农业"]


def test_parquet_has_the_columns_of_csv_with_types(classify: Command, tmp_path: Path) -> None:
    assert classify("甲.txt", "乙.txt", "-o", "a.parquet", "--explain").code == 0
    assert classify("甲.txt", "乙.txt", "-o", "a.csv", "--explain").code == 0
    table = pq.read_table(tmp_path / "a.parquet")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    correcting = {"checked", "given", "text_check"}
    assert table.column_names == [name for name in rows[0] if name not in correcting]
    written = table.to_pylist()
    assert [row["file"] for row in written] == ["甲.txt", "甲.txt", "乙.txt", "乙.txt"]
    for row, cells in zip(written, rows, strict=True):
        assert row["text"] == cells["text"]
        assert ",".join(row["labels"]) == cells["labels"]
        assert str(row["start"]) == cells["start"]
        assert row["uncertain"] is (cells["uncertain"] == "True")
        numbers = [name for name in table.column_names if isinstance(row[name], float)]
        assert len(numbers) == len([name for name in table.column_names if name.startswith("why ")])
        assert [row[name] for name in numbers] == [float(cells[name]) for name in numbers]


def test_parquet_of_sentences_and_of_nothing(classify: Command, tmp_path: Path) -> None:
    assert classify("甲.txt", "-o", "a.parquet", "--unit", "sentence").code == 0
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 2
    assert classify("甲.txt", "-o", "b.parquet", "--only", "none").code == 0
    assert classify("甲.txt", "-o", "c.parquet", "--sentences").code == 2
    assert not (tmp_path / "c.parquet").exists()


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_reasons_that_have_no_place_are_refused(ending: str, classify: Command, tmp_path: Path) -> None:
    """A document of labels holds none, and left them out without a word."""
    ran = classify("甲.txt", "--explain", "-o", f"a.{ending}")
    assert ran.code == 2
    assert f"{ending} has no place for reasons" in " ".join(ran.err.replace("│", " ").split())
    assert not (tmp_path / f"a.{ending}").exists()


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv", "jsonl", "txt", "parquet"])
def test_reasons_stand_in_what_has_a_place_for_them(ending: str, classify: Command, tmp_path: Path) -> None:
    for name, more in (("a", ()), ("b", ("--explain",))):
        assert classify("甲.txt", *more, "-o", f"{name}.{ending}").code == 0
    plain, explained = ((tmp_path / f"{name}.{ending}").stat().st_size for name in "ab")
    assert explained > plain


@pytest.mark.parametrize(("language", "reason"), [("zh", "没有.txt：没有这个文件"), ("en", "没有.txt: no such file")])
def test_a_table_to_correct_lists_what_could_not_be_read(
    language: str, reason: str, classify: Command, tmp_path: Path
) -> None:
    assert classify("甲.txt", "没有.txt", "-o", "表.xlsx", "--language", language).code == 2
    rows = list(load_workbook(tmp_path / "表.xlsx").worksheets[2].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["甲.txt", "没有.txt"]
    assert (rows[1][1], reason in rows[1][3]) == (None, True), rows


@pytest.mark.parametrize("name", ["关于：通知.txt", "2024: 通知.txt"])
def test_a_document_that_could_not_be_read_is_called_by_its_whole_name(
    name: str, classify: Command, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"")
    assert classify("甲.txt", name, "-o", "表.xlsx", "--language", "zh").code == 2
    rows = load_workbook(tmp_path / "表.xlsx").worksheets[2].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == ["甲.txt", name]


@pytest.mark.parametrize("command", [("没有.txt",), ("extract", "没有.txt")])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "docx", "jsonl", "html"])
def test_where_nothing_can_be_read_what_an_earlier_run_wrote_is_kept(
    command: tuple[str, ...], ending: str, classify: Command, tmp_path: Path
) -> None:
    """A name typed wrong costs no work: nothing is written."""
    (tmp_path / f"前.{ending}").write_bytes(b"before")
    ran = classify(*command, "-o", f"前.{ending}")
    assert (ran.code, "没有.txt: " in ran.err) == (2, True), ran.err
    assert (tmp_path / f"前.{ending}").read_bytes() == b"before"
