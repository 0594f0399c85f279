"""`classify extract` as a clerk runs it: folders, patterns, archives, tables; every ending; what was not read."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from tests.cli.run import Ran, run
from tests.web.conftest import template as template_of_web

template = template_of_web
FIRST = "沛县工作报告\n（2023年5月4日）\n一、农业\n春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n二、其他\n上午九点，与会人员集体学习了有关文件。\n"
SECOND = "古镇游客比去年多了两成，民宿一房难求。\n春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n"
Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two counties' reports of one name, a file that is damaged, one of another kind; a model beside them."""
    import shutil  # noqa: PLC0415

    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    for name, text in (("甲县", FIRST), ("乙县", SECOND)):
        (tmp_path / "材料" / name).mkdir(parents=True)
        (tmp_path / "材料" / name / "报告.txt").write_text(text, encoding="utf-8")
    (tmp_path / "材料" / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "材料" / "图.exe").write_bytes(b"MZ")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], folder: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=folder)


def test_a_folder_to_word(classify: Command, folder: Path) -> None:
    """By document and in order; the repeated passage once; what could not be read is named, and the exit code tells."""
    ran = classify("extract", "材料", "--only", "农业,文旅", "-o", "摘编.docx")
    assert ran.code == 2
    assert "坏.docx" in ran.err
    assert "图.exe" in ran.err
    document = docx.Document(str(folder / "摘编.docx"))
    text = "\n".join(one.text for one in document.paragraphs)
    assert text.count("春耕备耕") == 1
    assert "又见：甲县/报告.txt" in text or "又见：乙县/报告.txt" in text
    assert "坏.docx" in text.partition("未能读取的文件")[2]


@pytest.mark.parametrize("ending", ["xlsx", "html", "md", "csv", "jsonl"])
def test_every_ending(ending: str, classify: Command, folder: Path) -> None:
    assert classify("extract", "材料/甲县", "材料/乙县", "--only", "文旅", "-o", f"a.{ending}").code == 0
    data = (folder / f"a.{ending}").read_bytes()
    begins = {"xlsx": b"PK", "html": b"<!DOCTYPE", "md": "# 文旅摘编".encode(), "csv": b"\xef\xbb\xbf", "jsonl": b"{"}
    assert data.startswith(begins[ending])


def test_an_ending_that_is_not_written_is_refused_with_those_that_are(classify: Command, folder: Path) -> None:
    ran = classify("extract", "材料", "-o", "a.pdf")
    assert ran.code == 2
    said = " ".join(ran.err.replace("│", " ").split())
    assert ".pdf is not written; end the name in .docx, .xlsx, .html, .md, .csv or .jsonl" in said
    assert not (folder / "a.pdf").exists()


def test_patterns_and_archives(classify: Command, folder: Path) -> None:
    """A quoted pattern is filled in; a file that two names stand for is read once; an archive's members have names."""
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("丙县/报告.txt", SECOND)
    ran = classify("extract", "材料/**/*.txt", "材料/甲县/报告.txt", "包.zip", "--only", "文旅", "--format", "jsonl")
    assert ran.code == 0
    (row,) = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["file"] for one in (row, *row["again"])] == ["材料/乙县/报告.txt", "包.zip/丙县/报告.txt"]
    missing = classify("extract", "材料/*.wps", "--only", "文旅")
    assert (missing.code, "no file fits this pattern" in missing.err) == (1, True)


def test_a_scored_table_and_one_that_is_not(classify: Command, folder: Path) -> None:
    """Both give the same passages; place and date come from their columns."""
    rows = [("乙县", "2022-03-01", line) for line in SECOND.splitlines()]
    with (folder / "p.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([("地区", "日期", "内容"), *rows])
    assert classify("score", "p.csv", "s.csv").code == 0
    found = [classify("extract", name, "--only", "文旅", "--format", "jsonl") for name in ("p.csv", "s.csv")]
    assert [ran.code for ran in found] == [0, 0]
    one, other = ([json.loads(line) for line in ran.out.splitlines()] for ran in found)
    for row in (*one, *other):
        row.pop("file")
        assert (row["place"], row["date"], row["text"]) == ("乙县", "2022-03-01", rows[0][2])
        row["probabilities"] = {label: round(value, 4) for label, value in row["probabilities"].items()}
    assert one == other


def test_a_table_of_results_keeps_the_numbers_of_paragraphs(classify: Command, folder: Path) -> None:
    assert classify("label", "材料/甲县/报告.txt", "--format", "jsonl", "-o", "r.jsonl").code == 0
    direct = classify("extract", "材料/甲县/报告.txt", "--only", "农业", "--format", "jsonl", "--unit", "sentence")
    stored = classify("extract", "r.jsonl", "--only", "农业", "--format", "jsonl", "--unit", "sentence")
    one, other = (json.loads(ran.out.splitlines()[0]) for ran in (direct, stored))
    keys = ("text", "paragraph", "headings", "labels", "file")
    assert [one[key] for key in keys] == [other[key] for key in keys]


def test_precision_is_respected(classify: Command, folder: Path) -> None:
    """What `classify label` labels at a precision is taken, of the document as of a table stored without one."""
    assert classify("label", "材料/甲县/报告.txt", "--format", "jsonl", "-o", "r.jsonl").code == 0

    def rows(*args: str) -> list[str]:
        ran = classify(*args, "--format", "jsonl", "--precision", "0.95")
        assert ran.code == 0, ran.err
        return [one["text"] for one in map(json.loads, ran.out.splitlines()) if one["labels"]]

    labelled = rows("label", "材料/甲县/报告.txt")
    headings = {"一、农业", "二、其他", "沛县工作报告"}
    assert rows("extract", "材料/甲县/报告.txt") == rows("extract", "r.jsonl")
    assert set(rows("extract", "r.jsonl")) - headings == set(labelled) - headings


def test_many_documents_are_read_in_several_processes_with_the_same_result(classify: Command, folder: Path) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(20):
        (many / f"{number:02}.txt").write_text(f"第{number}号\n{SECOND}", encoding="utf-8")
    found = [
        classify("extract", "many", "--context", "--format", "jsonl", "--workers", workers).out
        for workers in ("1", "2")
    ]
    assert found[0] == found[1]
    assert len(json.loads(found[0].splitlines()[0])["again"]) == 19


def test_a_label_that_is_not_known(classify: Command) -> None:
    ran = classify("extract", "材料", "--only", "渔业")
    assert (ran.code, "渔业" in ran.err) == (2, True)


def test_the_workbook_names_what_was_not_read(classify: Command, folder: Path) -> None:
    assert classify("extract", "材料", "--only", "农业", "-o", "a.xlsx").code == 2
    sheet = load_workbook(io.BytesIO((folder / "a.xlsx").read_bytes()))["文件清单"]
    states = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert states["材料/坏.docx"].startswith("未读：")
    assert states["甲县/报告.txt"] == "已读"


def written(path: Path) -> str:
    """Return the text of an extract, whatever its format."""
    if path.suffix == ".docx":
        return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("kind", ["md", "html", "docx", "csv", "xlsx", "jsonl"])
def test_a_row_that_could_not_be_labelled_is_named_and_is_no_document(
    kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One row with an error made a whole table one that could not be read."""
    (tmp_path / "帖.csv").write_text(
        "内容\n新建两所小学，改造老旧小区十二个，提高城乡低保标准。\nabc\n", encoding="utf-8"
    )
    assert run(capsys, "score", "帖.csv", "判.csv", cwd=tmp_path).code == 0
    ran = run(capsys, "extract", "判.csv", "--only", "民生", "-o", f"e.{kind}", cwd=tmp_path)
    assert ran.code == 2
    assert "判.csv, line 3: the text holds no Chinese words" in ran.err
    if kind == "jsonl":
        last = json.loads((tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        assert last == {"file": "判.csv", "row": True, "error": "判.csv, line 3: the text holds no Chinese words"}
        return
    text = written(tmp_path / f"e.{kind}")
    assert "判.csv, 第 3 行" in text
    assert "未能读取的文件" not in text
    if kind in {"csv", "xlsx"}:
        assert "此行未判定：" in text
        assert "未读：" not in text
    else:
        assert "表格中有1行未能判定" in text
        assert "未能判定的表格行" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_an_extract_is_no_table_of_decisions(ending: str, language: str, classify: Command, folder: Path) -> None:
    """Its labels are the model's, whatever columns somebody names: what nobody read is not stored as if they had."""
    source = "材料/甲县/报告.txt"
    assert classify("extract", source, "--only", "农业", "-o", f"x.{ending}", "--language", language).code == 0
    columns = {"zh": ("正文", "主题"), "en": ("text", "topics")}[language]
    named = () if ending == "jsonl" else ("--text-column", columns[0], "--label-column", columns[1])
    ran = classify("labels", "import", f"x.{ending}", *named, "--labels", "我的标注")
    assert "a model's own answers and left out" in ran.err, ran.err
    if ending == "csv":
        text = (
            (folder / "x.csv").read_text(encoding="utf-8").replace(columns[0], "文本", 1).replace(columns[1], "标签", 1)
        )
        (folder / "x.csv").write_text(text, encoding="utf-8")
        assert "a model's own answers" in classify("labels", "import", "x.csv", "--labels", "我的标注").err
    assert not list((folder / "我的标注").rglob("*-import*"))


@pytest.mark.parametrize(("empty", "more"), [(20, ""), (25, "… and 5 more rows left out")])
def test_rows_that_could_not_be_labelled_are_named_up_to_a_number(
    empty: int, more: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extract itself lists all of them."""
    rows = "新建公办幼儿园六所，惠及居民一万户。,甲\n" + ",乙\n" * empty
    (tmp_path / "表.csv").write_text("text,id\n" + rows, encoding="utf-8")
    assert run(capsys, "score", "表.csv", "判定.csv", cwd=tmp_path).code == 0
    ran = run(capsys, "extract", "判定.csv", "--only", "民生", "-o", "摘编.jsonl", cwd=tmp_path)
    assert ran.err.count("the text is empty") == 20
    assert (more in ran.err) if more else ("more rows" not in ran.err)
    assert (tmp_path / "摘编.jsonl").read_text(encoding="utf-8").count("the text is empty") == empty
