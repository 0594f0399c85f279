"""What stood in an output before stays where nothing could be read, or where the disk takes no more; both are said."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.i18n.sentences import translated
from classifier.platforms import on_windows
from tests.cli.run import run

ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]+ [A-Za-z]+")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "jsonl", "html", "md", "parquet", "txt"])
@pytest.mark.parametrize("command", [(), ("extract", "--only", "民生")])
def test_a_mistyped_name_leaves_the_output_as_it_was(
    command: tuple[str, ...], ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if command and ending in {"parquet", "txt"}:
        pytest.skip("not an ending of extracts")
    output = tmp_path / f"out.{ending}"
    output.write_bytes(b"before")
    ran = run(capsys, *command, str(tmp_path / "nowhere.txt"), "-o", str(output), "--overwrite")
    assert (ran.code, output.read_bytes()) == (2, b"before"), ran.err
    assert "nowhere.txt" in ran.err
    assert f"{output}: stays as it was, for nothing could be read" in ran.err
    output.unlink()
    ran = run(capsys, *command, str(tmp_path / "nowhere.txt"), "-o", str(output))
    assert (ran.code, output.exists(), "stays as it was" in ran.err) == (2, False, False), ran.err


@pytest.mark.parametrize("more", [(), ("--table", "t.csv")])
@pytest.mark.parametrize("name", ["r.html", "r.xlsx", "r.csv"])
def test_a_report_on_nothing_leaves_the_one_before(
    name: str, more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if more and name != "r.html":
        pytest.skip("goes with a page")
    (tmp_path / "坏.txt").write_bytes(b"")
    outputs = [tmp_path / name, *(tmp_path / one for one in more[1:])]
    for one in outputs:
        one.write_bytes(b"before")
    ran = run(capsys, "report", "坏.txt", "-o", name, *more, "--overwrite", cwd=tmp_path)
    assert (ran.code, [one.read_bytes() for one in outputs]) == (2, [b"before"] * len(outputs)), ran.err
    assert all(f"{one.name}: stays as it was, for nothing could be read" in ran.err for one in outputs)
    assert translated(f"{name}: stays as it was, for nothing could be read", "zh") == (
        f"{name}：没有可读的内容，原有文件保持不变"
    )


@pytest.mark.parametrize(
    ("name", "unit"), [*((f"分.{one}", "paragraph") for one in ("csv", "jsonl", "xlsx", "parquet")), ("分", "sentence")]
)
def test_scoring_what_cannot_be_read_leaves_the_output_as_it_was(
    unit: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "甲.txt").write_text("要优化营商环境。", encoding="utf-8")
    score = ("score", "材料", name, "--unit", unit, "--workers", "1")
    assert run(capsys, *score, cwd=tmp_path).code == 0
    before = _content(tmp_path / name)
    (tmp_path / "材料" / "甲.txt").unlink()
    (tmp_path / "材料" / "坏.docx").write_bytes(b"\0bad")
    ran = run(capsys, *score, "--overwrite", cwd=tmp_path)
    assert (ran.code, _content(tmp_path / name)) == (2, before), ran.err
    said = ran.err.splitlines()[-1]
    kept = f"classify: 材料: nothing could be scored; {name} stays as it was: the document cannot be read: "
    assert said.startswith(f"{kept}材料/坏.docx: not a docx")
    (tmp_path / "材料" / "坏.docx").write_bytes(b"PK\x03\x04bad")  # of which more is said, in brackets
    also = run(capsys, *score, "--overwrite", cwd=tmp_path).err.splitlines()[-1]
    assert also.startswith(f"{kept}材料/坏.docx: is damaged (")
    for one in (said, also):
        assert not re.search("[a-z]{2,} [a-z]{2,}", translated(one.removeprefix("classify: "), "zh")), one
    assert not (tmp_path / f"{name}.scoring").exists()
    (tmp_path / "材料" / "乙.txt").write_text("要办好民生实事。", encoding="utf-8")
    assert run(capsys, *score, "--overwrite", cwd=tmp_path).code == 2  # one of two is read
    assert _content(tmp_path / name) != before


def test_a_table_without_a_row_that_can_be_scored_leaves_the_output_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "好.jsonl").write_text('{"text": "要优化营商环境。"}\n', encoding="utf-8")
    (tmp_path / "坏.jsonl").write_text('{"text": 1}\n{"text": 2}\n', encoding="utf-8")
    (tmp_path / "空.csv").write_text("text\n", encoding="utf-8")
    assert run(capsys, "score", "坏.jsonl", "新.csv", cwd=tmp_path).code == 0  # says under error why
    assert run(capsys, "score", "好.jsonl", "分.csv", cwd=tmp_path).code == 0
    before = _content(tmp_path / "分.csv")
    ran = run(capsys, "score", "坏.jsonl", "分.csv", "--overwrite", cwd=tmp_path)
    assert (ran.code, _content(tmp_path / "分.csv")) == (1, before), ran.err
    assert (
        "坏.jsonl: nothing could be scored; 分.csv stays as it was: 坏.jsonl, line 1: the text is a number, not a text"
        in ran.err
    )
    assert "written to" not in ran.err
    assert run(capsys, "score", "空.csv", "分.csv", "--overwrite", cwd=tmp_path).code == 0  # was read, and holds no row
    assert _content(tmp_path / "分.csv") != before


def _content(output: Path) -> list[bytes]:
    """What an output holds; the parts of a folder, in order."""
    return [one.read_bytes() for one in (sorted(output.iterdir()) if output.is_dir() else [output])]


def test_the_option_that_names_the_wrong_ending_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("要优化营商环境。", encoding="utf-8")
    ran = run(capsys, "report", "a.txt", "-o", "r.html", "--table", "t.txt", cwd=tmp_path)
    assert ran.code == 2
    assert "--table" in ran.err
    assert "--output" not in ran.err


def test_a_document_that_is_not_read_is_told_by_the_exit_code_of_scoring_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the help of `score` says, and as the other commands do; a bad row of a table is none."""
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "甲.txt").write_text("要优化营商环境。", encoding="utf-8")
    assert run(capsys, "score", "材料", "好.csv", cwd=tmp_path).code == 0
    (tmp_path / "材料" / "坏.docx").write_bytes(b"\0bad")
    ran = run(capsys, "score", "材料", "分.csv", cwd=tmp_path)
    assert (ran.code, "could not be scored: 1" in ran.err) == (2, True), ran.err
    assert "要优化营商环境" in (tmp_path / "分.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "表.jsonl").write_text('{"text": "要优化营商环境。"}\n{"text": 3}\n', encoding="utf-8")
    ran = run(capsys, "score", "表.jsonl", "行.csv", cwd=tmp_path)
    assert (ran.code, "could not be scored: 1" in ran.err) == (0, True), ran.err


CODE = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from classifier.cli.main import main
main()
"""


@pytest.mark.skipif(on_windows(), reason="has no limit for the size of a file")
@pytest.mark.parametrize(
    "command",
    [("a.txt", "-o", "a.docx"), ("suggest", "a.txt", "-o", "a.xlsx"), ("report", "a.txt", "-o", "a.html")],
)
def test_a_disk_that_takes_no_more_is_said_in_chinese_and_once(command: tuple[str, ...], tmp_path: Path) -> None:
    """Also where the library that writes workbooks tells it in its own way; no traceback, nothing half written."""
    text = "\n".join(f"第{n}条，要优化营商环境，为企业办好{n}件事。" for n in range(60))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run_ = [sys.executable, "-c", CODE, "--language", "zh", *command]
    home = os.environ | {"CLASSIFIER_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    ran = subprocess.run(run_, cwd=tmp_path, env=home, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 1
    assert "写不进去：文件超出允许的大小" in ran.stderr
    assert not ENGLISH.search(ran.stderr), ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("a.")) == ["a.txt"]
