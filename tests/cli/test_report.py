"""`classify … --format html`, `classify report`, `classify topics --format html`: through processes of their own."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import classifier
from classifier.cli.main import main
from classifier.cli.pages import PageLanguage, language_of
from classifier.cli.report_counting import _model_of
from classifier.report.scored import Table
from classifier.report.scored_columns import Columns
from tests.cli.test_label import SPEECH, classify

NOTICE = (
    "关于优化营商环境的通知\n要深化放管服改革，推行一网通办，帮助中小企业解决融资难题。\n某县人民政府\n2022年3月1日\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two counties, three documents, one that cannot be read."""
    again = NOTICE.replace("要深化", "要继续深化")  # the same text would count once
    for name, text in (("甲县/讲话.txt", SPEECH), ("乙县/通知.txt", NOTICE), ("乙县/<b>通知2023年6月.txt", again)):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "docs"


def test_a_document_becomes_a_page(tmp_path: Path) -> None:
    (tmp_path / "讲话.txt").write_text(SPEECH, encoding="utf-8")
    result = classify(str(tmp_path / "讲话.txt"), "--format", "html", "-o", str(tmp_path / "r.html"))
    assert (result.returncode, result.stdout) == (0, b"")
    assert f"written to {tmp_path / 'r.html'}; open it in a browser" in result.stderr.decode()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "要深化放管服改革" in page


def test_a_page_goes_to_a_pipe_too() -> None:
    result = classify("-", "--format", "html", stdin=NOTICE.encode("gb18030"))
    assert (result.returncode, result.stderr) == (0, b"")
    assert "要深化放管服改革" in result.stdout.decode()


def test_a_folder_is_compared_by_its_folders_and_over_time(folder: Path, tmp_path: Path) -> None:
    (folder / "photo.gif").write_bytes(b"\xff\xd8")
    (folder / "甲县" / "empty.txt").write_bytes(b"")
    result = classify("report", str(folder), "-o", str(tmp_path / "r.html"), "--title", "两县对比", "--language", "zh")
    assert result.returncode == 2
    said = result.stderr.decode()
    assert f"passed over, being of another kind: {folder / 'photo.gif'}" in said
    assert "empty.txt: the file is empty" in said
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<h1>两县对比</h1>" in page
    assert "对比：文件夹" in page
    assert "随时间变化" in page
    assert "2021-03-05" in page
    assert "2022-03-01" in page
    assert "<b>通知" not in page.replace("<b>通知</b>", "")


def test_what_label_wrote_becomes_a_report(folder: Path, tmp_path: Path) -> None:
    """JSON Lines and CSV give the same page: same figures, same words that decided."""
    pages = []
    for kind in ("jsonl", "csv"):
        table = tmp_path / f"labels.{kind}"
        files = [str(path) for path in sorted(folder.rglob("*.txt"))]
        assert classify(*files, "--format", kind, "-o", str(table)).returncode == 0
        result = classify("report", str(table), "-o", str(tmp_path / "r.html"), "--language", "en")
        assert (result.returncode, result.stderr.decode()) == (
            0,
            f"classify: written to {tmp_path / 'r.html'}; open it in a browser\n",
        )
        pages.append((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert "data-why" in pages[0]


def test_a_scored_table_has_time_and_places(tmp_path: Path) -> None:
    lines = [
        {
            "text": f"全年签约亿元以上项目{n}个。", "date": f"2021-0{n}-01", "place": place, "labels": ["project_recruitment"],
            "primary": "project_recruitment", "uncertain": False, "project_recruitment": 0.9, "livelihood": 0.1, "error": None,
            "model": "gone",
        }
        for n in range(1, 7)
        for place in ("甲县", "乙县")
    ]  # fmt: skip
    lines.append({**lines[0], "text": None, "labels": [], "error": "the row has no text"})
    (tmp_path / "parts").mkdir()
    for number in (0, 1):
        part = "".join(json.dumps(line) + "\n" for line in lines[number::2])
        (tmp_path / "parts" / f"part-{number}.jsonl").write_text(part, encoding="utf-8")
    result = classify("report", str(tmp_path / "parts"), "--language", "en", "--by", "place")
    assert result.returncode == 0
    assert "the model gone is not here" in result.stderr.decode()
    page = result.stdout.decode()
    assert "Side by side: place" in page
    assert "Share of the text by month. 12 of 12 paragraphs have a date." in page
    assert "1 rows could not be scored" in page
    assert "项目招引" in page
    assert "作风建设" not in page


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["report", "nowhere", "-o", "r.html"], 2, "nowhere: no such file"),
        (["report", "empty", "-o", "r.html"], 1, "empty: holds no tables and no documents"),
        (["report", "t.csv", "-o", "r.html"], 1, "t.csv: has no labels"),
        (["report", "t.csv", "-o", "r.html", "--by", "县"], 1, "there is no column 县; the columns are: text"),
        (["report", "t.csv", "a.txt", "-o", "r.html"], 1, "t.csv: has no labels"),
        (["report", "a.txt", "-o", "no/r.html"], 1, "no/r.html: there is no folder no; make it first"),
        (["a.txt", "--format", "html", "--only", "民生", "-o", "r.html"], 2, "the page has filters of its own"),
        (["missing.txt", "--format", "html", "-o", "r.html"], 2, "missing.txt: no such file"),
        (["topics", "-o", "r.html", "--format", "csv"], 2, "csv is written under .csv"),
        (["topics", "--format", "csv", "--against", "nope"], 2, "goes with --format html"),
        (["topics", "--format", "html", "--against", "nope", "-o", "r.html"], 1, "no model 'nope'"),
    ],
)
def test_what_is_wrong_is_said_and_no_page_is_left(
    tmp_path: Path,
    args: list[str],
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "t.csv").write_text("text\n甲\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["classify", *args])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == code
    assert message in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert not (tmp_path / "r.html").exists()


def test_topics_become_a_page(tmp_path: Path) -> None:
    result = classify("topics", "--format", "html", "-o", str(tmp_path / "t.html"), "--language", "en")
    assert result.returncode == 0
    assert "Topics of model" in (tmp_path / "t.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "zh_CN", "LC_ALL": "C"}, "en"), ({"LANG": "de_DE"}, "en"), ({}, "en")],
)
def test_the_language_is_that_of_the_system(
    settings: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert language_of(None) == expected
    assert language_of(PageLanguage.zh) == "zh"


def test_without_the_extra_the_way_to_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "pygal.py").write_text("raise ImportError\n", encoding="utf-8")
    result = classify(str(tmp_path / "a.txt"), "--format", "html", cwd=tmp_path)
    assert result.returncode == 1
    assert 'pip install "local-government-classifier[web]"' in result.stderr.decode()


def test_a_table_names_no_path_to_open(tmp_path: Path) -> None:
    """A version is looked up among the models at hand; a path in a table is not followed."""
    model = classifier.load()
    found = {
        name: _model_of(Table(tmp_path / "t.jsonl", Columns(), model.ids, name), replace(model, version="other"))
        for name in (model.version, str(model.stored.folder), f"../{model.version}", "", "gone")
    }
    assert {name for name, one in found.items() if one is not None} == {model.version}
