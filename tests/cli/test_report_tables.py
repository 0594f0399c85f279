"""Folders of tables in reports and extracts: one that does not go with the others is named, and stops nothing."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from classifier.bulk.chunk import Fault
from classifier.errors import InputError
from classifier.i18n.sentences import translated
from classifier.report.own_columns import OwnColumns
from classifier.report.repeated_rows import RepeatedRows
from classifier.report.tables import Row
from tests.cli.run import Ran, run
from tests.cli.test_report_places import LIVELIHOOD, RECRUITING, STYLE
from tests.cli.test_report_rows import by_column
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
    """Return how many paragraphs (of a table of sentences, how many of these) a table of figures counts in all."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))
    return int(row["段数"] if "段数" in row else row["句数"])


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
    assert "<b>分.xlsx</b> 工作表 来信 第 3 行是隐藏的，未读入" in page


@pytest.mark.parametrize("scored", [True, False])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "md", "csv", "jsonl"])
def test_what_is_passed_over_of_a_table_is_said_in_an_extract(
    ending: str, scored: bool, filtered: str, classify: Command, tmp_path: Path
) -> None:
    said, chinese = "sheet 来信, row 3: hidden; passed over", "工作表 来信 第 3 行是隐藏的，未读入"
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


ROWS = [
    {"编号": 1, "日期": "2023-01-05", "件数": 2.0, "急": True, "备注": None, "内容": STYLE},
    {"编号": 2, "日期": "2023-02-06", "件数": 1.5, "急": False, "备注": "", "内容": LIVELIHOOD},
]


def lines_of(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("second", ["jsonl", "xlsx", "parquet", "csv.gz"])
def test_the_same_rows_in_another_format_count_once(second: str, classify: Command, tmp_path: Path) -> None:
    (tmp_path / "表" / "甲.csv").unlink()
    lines_of(tmp_path / "帖.jsonl", ROWS)
    for name in ("甲.csv", f"甲.{second}"):
        assert classify("score", "帖.jsonl", f"表/{name}").code == 0
    first, other = sorted(("表/甲.csv", f"表/甲.{second}"))
    ran = classify("report", "表", "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 2), ran.err
    assert f"counted once in all, and once wherever they lie, holding the same text (--count-repeated counts each): {other} = {first}\n" in ran.err  # fmt: skip
    assert f"<bdi>{other}</bdi> = <bdi>{first}</bdi>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    classify("report", "表", "--count-repeated", "-o", "t.csv", "--language", "zh")
    assert paragraphs(tmp_path / "t.csv") == 4
    ran = classify("extract", "表", "-o", "e.md")
    said = f"{other}: all its rows stand in {first} as well, wholly the same, and count once"
    assert (ran.code, said in ran.err) == (0, True), ran.err
    text = (tmp_path / "e.md").read_text(encoding="utf-8").replace("\\", "")
    assert text.count(STYLE[:12]) == 1
    assert f"{other}：各行与 {first} 中的完全相同，只计一次" in text
    assert "又见：" not in text


def test_rows_that_another_list_holds_already_count_once(classify: Command, tmp_path: Path) -> None:
    """Each month's list begins with the last one's; what a list holds twice itself are two rows."""
    (tmp_path / "表" / "甲.csv").unlink()
    lists = {"一月": [*ROWS, ROWS[0]], "二月": [*ROWS, ROWS[0], ROWS[0] | {"编号": 9}, ROWS[1]]}
    for name, rows in lists.items():
        lines_of(tmp_path / f"{name}.jsonl", rows)
        assert classify("score", f"{name}.jsonl", f"表/{name}.csv").code == 0
    ran = classify("report", "表", "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 5), ran.err
    said = "表/二月.csv: 3 rows that 表/一月.csv holds as well, wholly the same, count once"
    assert said in ran.err
    chinese = "其中 3 行与 表/一月.csv 中的完全相同，只计一次"
    assert translated(said, "zh") == f"表/二月.csv: {chinese}"
    assert chinese in (tmp_path / "r.html").read_text(encoding="utf-8")
    ran = classify("extract", "表", "-o", "e.md")
    assert said in ran.err


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_beside_what_was_scored_of_it_counts_once(kind: str, classify: Command, tmp_path: Path) -> None:
    """The list itself is read as a document where it lies beside one."""
    cells = [["编号", "日期", "内容"], ["1", "2023-01-05", STYLE], ["2", "2023-02-06", LIVELIHOOD]]
    (tmp_path / "帖.xlsx").write_bytes(xlsx({"来信": cells}))
    (tmp_path / "表" / "甲.csv").unlink()
    assert classify("score", "帖.xlsx", "表/分.csv").code == 0
    if kind == "xlsx":
        (tmp_path / "帖.xlsx").rename(tmp_path / "表" / "帖.xlsx")
    else:
        (tmp_path / "表" / "帖.csv").write_text("\n".join(map(",".join, cells)) + "\n", encoding="utf-8")
    (tmp_path / "表" / "讲话.txt").write_text(RECRUITING, encoding="utf-8")
    ran = classify("report", "表", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 3), ran.err
    assert f"表/帖.{kind} = 表/分.csv" in ran.err


def test_rows_of_one_text_that_say_something_else_are_not_the_same(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "表" / "甲.csv").unlink()
    for name, place in (("一", "甲县"), ("二", "乙县")):
        lines_of(tmp_path / f"{name}.jsonl", [{"地区": place, "内容": STYLE}])
        assert classify("score", f"{name}.jsonl", f"表/{name}.csv").code == 0
    ran = classify("report", "表", "-o", "t.csv", "--language", "zh")
    assert (paragraphs(tmp_path / "t.csv"), "count once" in ran.err) == (2, False)
    assert by_column(tmp_path / "t.csv", "地区") == {"甲县": 1, "乙县": 1}


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_what_classify_wrote_of_a_document_as_csv_and_as_json_counts_once(
    unit: str, classify: Command, tmp_path: Path
) -> None:
    (tmp_path / "表" / "甲.csv").unlink()
    (tmp_path / "讲话.txt").write_text(f"{STYLE}\n{LIVELIHOOD}\n{RECRUITING}\n", encoding="utf-8")
    for kind in ("csv", "jsonl"):
        assert classify("讲话.txt", "--unit", unit, "-o", f"表/甲.{kind}").code == 0
    once = classify("report", "表/甲.csv", "-o", "t.csv", "--language", "zh")
    n = paragraphs(tmp_path / "t.csv")
    assert once.code == 0
    ran = classify("report", "表", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, n), ran.err
    assert "讲话.txt (表/甲.jsonl) = 讲话.txt" in ran.err


@pytest.mark.parametrize(
    ("first", "second", "dates"),
    [("日期", "办结日期", ("2024-01-05", "2024-03-09")), ("来信日期", "来访时间", ("2024-01-05", "2024-03-09"))],
)
def test_each_sheet_has_date_columns_of_its_own(
    first: str, second: str, dates: tuple[str, str], classify: Command, tmp_path: Path
) -> None:
    """Whatever the others are called: a row has its own date, and never that of another one."""
    sheets = {"来信": [[first, "内容"], [dates[0], STYLE]], "办理": [[second, "内容"], [dates[1], LIVELIHOOD]]}
    (tmp_path / "台账.xlsx").write_bytes(xlsx(sheets))
    assert classify("extract", "台账.xlsx", "-o", "e.csv", "--language", "en").code == 0
    with (tmp_path / "e.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["date"] for row in csv.DictReader(stream)] == list(dates)
    assert classify("report", "台账.xlsx", "--time", "month", "-o", "t.csv", "--language", "zh").code == 0
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        times = {row["时间"]: row["段数"] for row in csv.DictReader(stream) if row["时间"]}
    assert times == {dates[0][:7]: "1", dates[1][:7]: "1", "（未注明）": "2"}, "the sheets' names have no date"


def scored(classify: Command, tmp_path: Path, lists: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    (tmp_path / "表" / "甲.csv").unlink(missing_ok=True)
    for name, rows in lists.items():
        lines_of(tmp_path / f"{name}.jsonl", rows)
        assert classify("score", f"{name}.jsonl", f"表/{name}.csv").code == 0


def test_rows_that_differ_in_a_long_cell_are_not_the_same(classify: Command, tmp_path: Path) -> None:
    answer = "经核实，来信反映的问题属实，已责成有关单位限期整改，" * 6
    lists = {name: [{"内容": STYLE, "答复": f"{answer}{name}办结。"}] for name in ("一月", "二月")}
    scored(classify, tmp_path, lists)
    ran = classify("report", "表", "-o", "t.csv", "--language", "zh")
    assert (paragraphs(tmp_path / "t.csv"), "count once" in ran.err) == (2, False), ran.err


def test_prose_beside_rows_that_another_table_holds_still_counts(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "表" / "甲.csv").unlink()
    rows = [["编号", "日期", "内容"], ["1", "2023-01-05", STYLE], ["2", "2023-02-06", LIVELIHOOD]]
    (tmp_path / "帖.xlsx").write_bytes(xlsx({"来信": rows}))
    assert classify("score", "帖.xlsx", "表/分.csv").code == 0
    (tmp_path / "表" / "信.xlsx").write_bytes(xlsx({"来信": rows, "说明": [[f"{RECRUITING}现场签约。"]]}))
    ran = classify("report", "表", "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert (ran.code, "表/信.xlsx = " in ran.err) == (0, False), ran.err
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        whole = next(csv.DictReader(stream))
    assert int(whole["字数"]) >= len(STYLE + LIVELIHOOD + RECRUITING)
    assert int(whole["段数"]) < 2 + 2 + 3, "the rows count once"
    assert "其中 2 行与 表/分.csv 中的完全相同，只计一次" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("order", ["甲乙", "乙甲"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_column_that_tells_the_sheet_is_no_difference(
    kind: str, order: str, classify: Command, tmp_path: Path
) -> None:
    january = [["编号", "内容"], ["1", STYLE], ["2", LIVELIHOOD]]
    (tmp_path / "两月.xlsx").write_bytes(xlsx({"1月": january, "2月": [["编号", "内容"], ["3", RECRUITING]]}))
    (tmp_path / "一月.xlsx").write_bytes(xlsx({"1月": january}))
    assert classify("score", "两月.xlsx", f"{order[0]}.{kind}").code == 0
    assert classify("score", "一月.xlsx", f"{order[1]}.csv").code == 0
    ran = classify("report", f"{order[0]}.{kind}", f"{order[1]}.csv", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 3), ran.err
    ran = classify("report", f"{order[1]}.csv", f"{order[0]}.{kind}", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 3), ran.err


def test_all_tables_that_hold_a_table_s_rows_are_named(classify: Command, tmp_path: Path) -> None:
    other = {"编号": 7, "内容": RECRUITING}
    scored(classify, tmp_path, {"一": [ROWS[0], ROWS[1]], "三": [ROWS[0], other], "二": [other]})
    ran = classify("report", "表/一.csv", "表/二.csv", "表/三.csv", "-o", "t.csv", "--language", "zh")
    assert (ran.code, paragraphs(tmp_path / "t.csv")) == (0, 3), ran.err
    assert "表/三.csv = 表/一.csv, 表/二.csv\n" in ran.err


def test_a_table_that_breaks_off_holds_what_was_read_of_it() -> None:
    seen = RepeatedRows()

    def broken() -> Iterator[tuple[int, tuple[str, Row | Fault]]]:
        yield 0, ("row 1", {"内容": STYLE})
        raise InputError("breaks off")

    with pytest.raises(InputError):
        list(seen.fresh(Path("甲.csv"), OwnColumns("内容"), broken(), []))
    whole: list[tuple[int, tuple[str, Row | Fault]]] = [(0, ("row 1", {"内容": STYLE}))]
    assert list(seen.fresh(Path("乙.csv"), OwnColumns("内容"), whole, [])) == []
    assert seen.whole(Path("乙.csv")) == "甲.csv"
