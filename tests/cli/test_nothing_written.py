"""What stood in an output before stays where nothing could be read, or where the disk takes no more; both are said."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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
