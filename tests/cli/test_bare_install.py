"""Without extras: what needs none works, what needs one says which."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.places import SPEECH, packaged
from tests.cli.bare_install import beyond_the_base
from tests.tables.workbooks import xls, xlsx

ROOT = Path(__file__).parents[2]
NEEDS_NONE = (
    "speech.txt", "speech.txt -o a.csv", "speech.txt -o a.md", "speech.txt -o a.jsonl", "speech.txt --explain",
    "speech.txt --unit sentence -o b.csv", "extract speech.txt --only 民生 -o c.md", "extract speech.txt --only 民生 -o c.csv",
    "extract speech.txt missing.txt --only 民生 -o c.jsonl", "--language zh extract speech.txt missing.txt --only 民生 -o d.md",
    "extract speech.txt in.csv --only 民生 --unit sentence --context", "score in.csv out.jsonl --workers 1", "score in.csv out.csv --workers 1",
    "score in.csv s.csv --unit sentence --workers 1", "labels stats", "labels audit --help", "topics", "models list",
    "suggest in.csv -n 1 -o e.csv", "--language zh speech.txt -o f.csv", "labels import labelled.csv", "labels export -o g.csv",
)  # fmt: skip
NEEDS_ONE = (
    ("speech.txt -o a.docx", "documents"), ("speech.txt -o a.xlsx", "excel"), ("speech.txt -o a.html", "web"),
    ("speech.txt -o a.parquet", "bulk"), ("extract speech.txt --only 民生 -o a.docx", "documents"),
    ("extract speech.txt --only 民生 -o a.xlsx", "excel"), ("extract speech.txt --only 民生 -o a.html", "web"),
    ("report speech.txt -o a.html", "web"), ("score in.csv a.parquet --workers 1", "bulk"),
    ("score in.csv a.xlsx --workers 1", "excel"), ("topics --format html -o a.html", "web"), ("serve", "web"),
    ("page.html", "documents"),
)  # fmt: skip
NEEDS_MODULE = (  # of an extra whose other packages are there, as where one was installed by hand
    ("xlsxwriter", "score in.csv lacking.xlsx --workers 1", "excel"), ("openpyxl", "score in.xlsx lacking.xlsx", "excel"),
    ("xlsxwriter", "score in.xlsx lacking.xlsx --workers 1", "excel"), ("xlsxwriter", "speech.txt -o lacking.xlsx", "excel"),
    ("openpyxl", "suggest in.csv -n 1 -o lacking.xlsx", "excel"), ("xlrd", "old.xls -o lacking.csv", "excel"),
    ("pyarrow", "score in.csv lacking.parquet --engine spark", "spark"), ("cleanlab", "labels audit", "audit"),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    (folder / "speech.txt").write_bytes(packaged(SPEECH).read_bytes())
    (folder / "in.csv").write_text("text\n新建两所小学，改造老旧小区。\n", encoding="utf-8")
    (folder / "labelled.csv").write_text("text,labels\n新建一所小学。,livelihood\n", encoding="utf-8")
    (folder / "page.html").write_text("<html><body><p>新建两所小学。</p></body></html>", encoding="utf-8")
    (folder / "in.xlsx").write_bytes(xlsx({"甲": [["text"], ["新建两所小学，改造老旧小区。"]]}))
    (folder / "old.xls").write_bytes(xls({"甲": [["text"], ["新建两所小学，改造老旧小区。"]]}))
    return folder


def classify(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.cli.bare_install", *shlex.split(command)], cwd=folder, text=True, check=False,
        capture_output=True, encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(ROOT), "CLASSIFIER_HOME": str(folder / "home"), "PYTHONUTF8": "1", **more},
    )  # fmt: skip


def test_the_extras_are_out_of_reach_and_the_base_is_not() -> None:
    hidden = beyond_the_base()
    assert {"fastapi", "jinja2", "docx", "openpyxl", "pyarrow", "resiliparse", "pytest"} <= hidden
    assert not {"classifier", "numpy", "sklearn", "typer", "orjson", "jieba", "joblib"} & hidden


def test_what_needs_no_extra(folder: Path) -> None:
    for command in NEEDS_NONE:  # in this order: some read what others wrote
        ran = classify(folder, command)
        assert ran.returncode == (2 if "missing.txt" in command else 0), f"{command}: {ran.stderr}"


def test_what_needs_one_says_which(folder: Path) -> None:
    for command, extra in NEEDS_ONE:
        ran = classify(folder, command)
        assert ran.returncode != 0, command
        assert f"local-government-classifier[{extra}]" in ran.stderr, f"{command}: {ran.stderr}"


@pytest.mark.parametrize(("module", "command", "extra"), NEEDS_MODULE)
def test_what_lacks_one_package_of_an_extra_says_which_before_any_work(
    module: str, command: str, extra: str, folder: Path
) -> None:
    ran = classify(folder, command, WITHOUT=module)
    assert (ran.returncode != 0, "Traceback" in ran.stderr) == (True, False), ran.stderr
    assert f'pip install "local-government-classifier[{extra}]"' in ran.stderr
    assert not list(folder.glob("lacking.*"))
