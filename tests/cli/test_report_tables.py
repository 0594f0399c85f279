"""Folders of tables in reports and extracts: one that does not go with the others is named, and stops nothing."""

import csv
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from classifier.i18n.sentences import translated
from tests.cli.run import Ran, run
from tests.cli.test_report_places import LIVELIHOOD, RECRUITING, STYLE
from tests.tables.workbooks import xlsx

Command = Callable[..., Ran]
OTHERS = f"text,labels,uncertain,water,air,error,model\n{STYLE},water,false,0.9,0.1,,m9\n"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """The command beside a folder 表 in which a scored table lies."""
    (tmp_path / "表").mkdir()
    (tmp_path / "帖.csv").write_text(f"编号,内容\n1,{STYLE}\n2,{LIVELIHOOD}\n", encoding="utf-8")
    assert run(capsys, "score", "帖.csv", "表/甲.csv", cwd=tmp_path).code == 0
    return lambda *args: run(capsys, *args, cwd=tmp_path)


def paragraphs(path: Path) -> int:
    """Return how many paragraphs a table of figures counts in all."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return int(next(csv.DictReader(stream))["段数"])


@pytest.mark.parametrize("beside", ["tables", "documents"])
@pytest.mark.parametrize("source", ["表", "表/*"])
def test_a_table_of_other_labels_is_named_and_the_rest_is_read(
    source: str, beside: str, classify: Command, tmp_path: Path
) -> None:
    """Be it read before or after the others: the model's own labels are those of a folder with documents."""
    (tmp_path / "表" / ("乙.csv" if beside == "documents" else "非.csv")).write_text(OTHERS, encoding="utf-8")
    name = "表/乙.csv" if beside == "documents" else "表/非.csv"
    why = f"{name}: its labels are not those of 表/甲.csv; report on them apart"
    if beside == "documents":
        (tmp_path / "表" / "讲话.txt").write_text(RECRUITING, encoding="utf-8")
        why = f"{name}: its labels are not those of the model that labels 表/讲话.txt; report on them apart"
    ran = classify("report", source, "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert (ran.code, why in ran.err) == (2, True), ran.err
    assert paragraphs(tmp_path / "t.csv") == (3 if beside == "documents" else 2)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert translated(why, "zh").removeprefix(name).lstrip("：") in page


def test_a_table_of_other_labels_that_was_named_stops_a_report(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "非.csv").write_text(OTHERS, encoding="utf-8")
    ran = classify("report", "表", "非.csv", "-o", "t.csv")
    assert (ran.code, (tmp_path / "t.csv").exists()) == (1, False)
    assert "非.csv: its labels are not those of 表/甲.csv; report on them apart" in ran.err


@pytest.mark.parametrize("only", [(), ("--only", "民生")])
def test_an_extract_names_a_table_of_other_labels(only: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    (tmp_path / "表" / "非.csv").write_text(OTHERS, encoding="utf-8")
    ran = classify("extract", "表", *only, "-o", "e.md")
    assert (ran.code, "表/非.csv: knows no label " in ran.err) == (2, True), ran.err
    text = (tmp_path / "e.md").read_text(encoding="utf-8")
    assert LIVELIHOOD[:12] in text
    assert "表/非.csv" in text


def test_columns_in_another_order_are_the_same_labels(classify: Command, tmp_path: Path) -> None:
    with (tmp_path / "表" / "甲.csv").open(encoding="utf-8-sig", newline="") as stream:
        names, *rows = csv.reader(stream)
    order = sorted(range(len(names)), reverse=True)
    rows[0][1], rows[1][1] = RECRUITING, f"{STYLE}又"  # other rows than the first table's
    with (tmp_path / "表" / "移.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([row[place] for place in order] for row in (names, *rows))
    ran = classify("report", "表", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 4), ran.err


def hidden(path: Path, row: int) -> None:
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[row].hidden = True
    book.save(path)


@pytest.fixture
def filtered(classify: Command, tmp_path: Path) -> str:
    """A workbook that `score` wrote and in which somebody hid a row; in its folder a text."""
    rows = [["编号", "内容"], ["1", STYLE], ["2", LIVELIHOOD], ["3", RECRUITING]]
    (tmp_path / "帖.xlsx").write_bytes(xlsx({"来信": rows}))
    assert classify("score", "帖.xlsx", "分.xlsx").code == 0
    hidden(tmp_path / "分.xlsx", 3)
    return "分.xlsx"


def test_hidden_rows_of_a_scored_workbook_are_said_in_a_report(
    filtered: str, classify: Command, tmp_path: Path
) -> None:
    ran = classify("report", filtered, "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    assert paragraphs(tmp_path / "t.csv") == 2
    assert ran.err.count("分.xlsx: sheet 来信, row 3: hidden; passed over") == 1
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<b>分.xlsx</b> 工作表 来信 第 3 行是隐藏的，未处理" in page


@pytest.mark.parametrize("scored", [True, False])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "md", "csv", "jsonl"])
def test_what_is_passed_over_of_a_table_is_said_in_an_extract(
    ending: str, scored: bool, filtered: str, classify: Command, tmp_path: Path
) -> None:
    said, chinese = "sheet 来信, row 3: hidden; passed over", "工作表 来信 第 3 行是隐藏的，未处理"
    if not scored:
        (tmp_path / "帖.csv").write_text(f"编号,内容\n1,{STYLE}\n编号,内容\n2,{LIVELIHOOD}\n", encoding="utf-8")
        filtered = "帖.csv"
        said = "line 3: the headings stand there once more; passed over"
        chinese = translated(said, "zh")
        assert chinese != said
    ran = classify("extract", filtered, "-o", f"e.{ending}")
    assert ran.code == 0, ran.err
    assert ran.err.count(f"{filtered}: {said}") == 1
    assert chinese in text_of(tmp_path / f"e.{ending}")
    assert classify("extract", filtered, "-o", f"e.{ending}", "--language", "en").code == 0
    assert said in text_of(tmp_path / f"e.{ending}")


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    if path.suffix == ".xlsx":
        return "\n".join(str(row) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True))
    return path.read_text(encoding="utf-8")
