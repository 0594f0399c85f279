"""Rows of tables have dates and places of their own: in reports, extracts and in what `classify FILE` writes."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.run import Ran, run
from tests.cli.test_report_places import table

Command = Callable[..., Ran]
ROWS = [
    ("2021-03-01", "甲镇", "农办", "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。"),
    ("2022年5月3日", "乙镇", "信访局", "新建两所小学，改造老旧小区十二个，提高城乡低保标准。"),
    ("2022/6/8", "甲镇", "信访局", "全年签约亿元以上项目三十个，组建五支小分队外出招商。"),
    ("", "甲镇", "农办", "村里的路灯坏了三个月，没有人来修，晚上出门很不方便。"),
]
HEADINGS = ("日期", "乡镇", "部门", "内容")


def book(path: Path, headings: tuple[str, ...] = HEADINGS, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [headings, *rows]:
        sheet.append(row)
    made.save(path)
    return path


def comma(path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([HEADINGS, *ROWS])
    return path


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=tmp_path)


def by_column(path: Path, column: str) -> dict[str, int]:
    """Return the paragraphs of each value of a column in a table of figures."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["值"]: int(row["段数"]) for row in rows if row["对比项"] == column and not row["时间"]}


def by_time(path: Path) -> dict[str, int]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["时间"]: int(row["段数"]) for row in rows if row["时间"] and not row["对比项"]}


@pytest.fixture(params=["xlsx", "csv", "scored.csv", "scored.jsonl", "labels.jsonl", "labels.csv", "all.jsonl"])
def source(request: pytest.FixtureRequest, classify: Command, tmp_path: Path) -> str:
    """The same rows as a workbook, as CSV beside a document, scored, and labelled as a document."""
    kind: str = request.param
    if kind == "csv":
        folder = tmp_path / "材料"
        folder.mkdir()
        comma(folder / "台账.csv")
        (folder / "说明.txt").write_text("一张台账。\n", encoding="utf-8")
        return "材料"
    book(tmp_path / "台账.xlsx")
    if kind.startswith("scored"):
        assert classify("score", "台账.xlsx", kind).code == 0
    if kind.startswith("labels"):
        assert classify("台账.xlsx", "-o", kind).code == 0
    if kind.startswith("all"):
        (tmp_path / "材料").mkdir()
        (tmp_path / "材料" / "说明.txt").write_text("一张台账。\n", encoding="utf-8")
        (tmp_path / "台账.xlsx").rename(tmp_path / "材料" / "台账.xlsx")
        assert classify("score", "材料", kind).code == 0
    return "台账.xlsx" if kind == "xlsx" else kind


def test_each_row_counts_at_its_own_date(source: str, classify: Command, tmp_path: Path) -> None:
    ran = classify("report", source, "--time", "年", "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    found = by_time(tmp_path / "t.csv")
    assert {time: n for time, n in found.items() if time.isdigit()} == {"2021": 1, "2022": 2}
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert [row[:3] for row in table(page, "time")][:2] == [["2021", "1", "1"], ["2022", "1", "2"]]


@pytest.mark.parametrize("word", ["乡镇", "部门", "月", "地方"])
def test_rows_are_compared_by_their_own_columns(word: str, source: str, classify: Command, tmp_path: Path) -> None:
    ran = classify("report", source, "--by", word, "-o", "t.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    expected = {
        "乡镇": {"甲镇": 3, "乙镇": 1}, "地方": {"甲镇": 3, "乙镇": 1}, "部门": {"信访局": 2, "农办": 2},
        "月": {"2021-03": 1, "2022-05": 1, "2022-06": 1},
    }[word]  # fmt: skip
    with (tmp_path / "t.csv").open(encoding="utf-8-sig") as stream:
        (column,) = {row["对比项"] for row in csv.DictReader(stream)} - {""}
    found = by_column(tmp_path / "t.csv", column)
    assert {value: n for value, n in found.items() if value in expected} == expected


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--by", "镇长"), "there is no column 镇长; the columns are: 日期, 乡镇, 部门, folder/文件夹, place/地方, "
         "year/年, month/月, day/日"),
        (("--date", "镇长"), "there is no column 镇长; the columns are: 日期, 乡镇, 部门"),
        (("--time", "季"), "季 is no unit of time; it is one of year/年, month/月, day/日"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_an_error_that_lists_those_that_are_known(
    args: tuple[str, str], said: str, classify: Command, tmp_path: Path
) -> None:
    book(tmp_path / "台账.xlsx")
    ran = classify("report", "台账.xlsx", *args, "-o", "t.csv")
    assert ran.code in {1, 2}
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert not (tmp_path / "t.csv").exists()


def test_the_column_of_dates_can_be_named(classify: Command, tmp_path: Path) -> None:
    rows = [(f"2020-0{n}-01", f"202{n}-01-01", text) for n, (*_, text) in enumerate(ROWS, start=1)]
    book(tmp_path / "台账.xlsx", ("收件日期", "办结日期", "内容"), rows)
    classify("report", "台账.xlsx", "--date", "办结日期", "--time", "year", "-o", "t.csv", "--language", "zh")
    assert by_time(tmp_path / "t.csv") == {"2021": 1, "2022": 1, "2023": 1, "2024": 1}


def test_a_year_and_a_month_beside_it_are_one_date(classify: Command, tmp_path: Path) -> None:
    book(
        tmp_path / "台账.xlsx", ("年份", "月份", "内容"), [("2023", f"{n}月", row[3]) for n, row in enumerate(ROWS, 1)]
    )
    classify("report", "台账.xlsx", "--time", "月", "-o", "t.csv", "--language", "zh")
    assert by_time(tmp_path / "t.csv") == {f"2023-0{n}": 1 for n in (1, 2, 3, 4)}


def test_the_documents_of_a_report_say_from_when_to_when(classify: Command, tmp_path: Path) -> None:
    book(tmp_path / "台账.xlsx")
    classify("report", "台账.xlsx", "-o", "t.xlsx", "--language", "zh")
    head, row = load_workbook(tmp_path / "t.xlsx")["文稿"].iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["日期"] == "2021-03-01–2022-06-08"


def test_a_row_s_date_is_not_told_by_the_text_of_another(classify: Command, tmp_path: Path) -> None:
    rows = [("甲镇", "2019年5月3日路灯坏了，至今没有修好。"), ("乙镇", ROWS[1][3])]
    book(tmp_path / "台账.xlsx", ("乡镇", "内容"), rows)
    classify("report", "台账.xlsx", "-o", "t.xlsx", "--language", "zh")
    head, row = load_workbook(tmp_path / "t.xlsx")["文稿"].iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["日期"] is None


def test_what_else_a_row_says_is_written_with_it(classify: Command, tmp_path: Path) -> None:
    book(tmp_path / "台账.xlsx")
    lines = [json.loads(line) for line in classify("台账.xlsx", "--format", "jsonl").out.splitlines()]
    assert lines[0]["cells"] == {"日期": "2021-03-01", "乡镇": "甲镇", "部门": "农办"}
    assert lines[3]["cells"] == {"乡镇": "甲镇", "部门": "农办"}
    assert classify("台账.xlsx", "-o", "a.csv").code == 0
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as stream:
        assert [json.loads(row["cells"]) for row in csv.DictReader(stream)] == [line["cells"] for line in lines]


def test_the_row_of_headings_is_no_paragraph(classify: Command, tmp_path: Path) -> None:
    book(tmp_path / "台账.xlsx")
    comma(tmp_path / "台账.csv")
    book(
        tmp_path / "督查.xlsx",
        ("序号", "事项", "责任单位"),
        [("1", "修好路灯。", "住建局"), ("2", "种一百棵树。", "林业局")],
    )
    for name, count in (("台账.xlsx", 4), ("台账.csv", 4), ("督查.xlsx", 2)):
        ran = classify(name, "--format", "jsonl")
        assert [json.loads(line)["kind"] for line in ran.out.splitlines()] == ["table"] * count
    assert "the row of headings is no paragraph: 序号, 事项, 责任单位" in ran.err


def test_a_row_that_only_may_be_one_of_headings_is_kept(classify: Command, tmp_path: Path) -> None:
    book(tmp_path / "甲.xlsx", ("修路", "交通局"), [("种树", "林业局"), ("路灯", "住建局")])
    texts = [json.loads(line)["text"] for line in classify("甲.xlsx", "--format", "jsonl").out.splitlines()]
    assert texts == ["修路 | 交通局", "种树 | 林业局", "路灯 | 住建局"]


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_an_extract_says_of_each_passage_when_and_where_its_row_is_from(
    unit: str, source: str, classify: Command, tmp_path: Path
) -> None:
    ran = classify("extract", source, "--unit", unit, "-o", "e.jsonl")
    assert ran.code == 0, ran.err
    rows = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {(row["text"], row["place"], row["date"]) for row in rows if "text" in row}
    assert (ROWS[1][3], "乙镇", "2022-05-03") in found
    assert (ROWS[2][3], "甲镇", "2022-06-08") in found
    classify("extract", source, "--unit", unit, "-o", "e.md")
    assert "乙镇 · 2022-05-03" in (tmp_path / "e.md").read_text(encoding="utf-8")


def test_a_column_headed_by_what_is_told_in_it_is_the_text(classify: Command, tmp_path: Path) -> None:
    headings = ("编号", "受理时间", "乡镇", "承办单位", "来信内容")
    rows = [(str(place), day, town, "营商环境局", text) for place, (day, town, _, text) in enumerate(ROWS)]
    book(tmp_path / "来信.xlsx", headings, rows)
    done = classify("来信.xlsx", "-o", "来信.csv")
    assert done.code == 0, done.err
    with (tmp_path / "来信.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["text"] for row in csv.DictReader(stream)] == [text for *_, text in ROWS]
    done = classify("score", "来信.xlsx", "分.csv")
    assert done.code == 0, done.err
    assert classify("report", "来信.xlsx", "--by", "乡镇", "--time", "月", "--language", "zh", "-o", "图.csv").code == 0
    assert by_column(tmp_path / "图.csv", "乡镇") == {"甲镇": 3, "乙镇": 1}


def test_dates_that_are_not_understood_are_counted_and_said(classify: Command, tmp_path: Path) -> None:
    days = ["去年底", "2023年12月至2024年1月", 2024.1, 45303, "２０２３年３月１日", "", None]
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["受理时间", "内容"])
    for day in days:
        sheet.append([day, ROWS[0][3]])
    made.save(tmp_path / "信.xlsx")
    classify("score", "信.xlsx", "分.csv")
    for source in ("信.xlsx", "分.csv"):
        ran = classify("report", source, "--time", "年", "-o", "r.html", "--table", "t.csv", "--language", "zh")
        assert (
            "rows whose date is not understood or spans years, and counts as none: 2 (去年底, 2023年12月至2024年1月)\n"
        ) in ran.err
        assert "the number may be January or October: 1 (2024.1)\n" in ran.err
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert "日期看不懂或跨年、按无日期计的行：2（去年底、2023年12月至2024年1月）" in page
        assert {name: rows for name, rows in times(tmp_path / "t.csv").items() if name} == {
            "2023": 1, "2024": 2, "（未注明）": 4,
        }  # fmt: skip


def times(path: Path) -> dict[str, int]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["时间"]: int(row["段数"]) for row in csv.DictReader(stream) if not row["对比项"]}


def test_a_merged_place_and_date_are_those_of_all_its_rows(classify: Command, tmp_path: Path) -> None:
    rows = [ROWS[0], ("", "", *ROWS[1][2:]), ROWS[2], ("", "乙镇", *ROWS[3][2:])]
    made = load_workbook(book(tmp_path / "台账.xlsx", rows=rows))
    for merged in ("A2:A3", "B2:B3"):
        made.worksheets[0].merge_cells(merged)
    made.save(tmp_path / "台账.xlsx")
    for source in ("台账.xlsx", "分.csv", "全.jsonl"):
        if source == "分.csv":
            assert classify("score", "台账.xlsx", source).code == 0
        elif source == "全.jsonl":
            assert classify("台账.xlsx", "-o", source).code == 0
        done = classify("report", source, "--by", "乡镇", "--time", "年", "-o", "图.csv", "--language", "zh")
        assert done.code == 0, done.err
        assert by_column(tmp_path / "图.csv", "乡镇") == {"甲镇": 3, "乙镇": 1}
        assert by_time(tmp_path / "图.csv") == {"2021": 2, "2022": 1, "（未注明）": 1}


def test_the_text_of_a_workbook_is_named_where_no_heading_tells(classify: Command, tmp_path: Path) -> None:
    book(tmp_path / "台账.xlsx", ("日期", "乡镇", "部门", "留言详情"))
    whole = "4 rows were read whole, all cells as text; name the column with --text-column"
    for command in (["report", "台账.xlsx"], ["extract", "台账.xlsx"], ["台账.xlsx"]):
        out = "全.html" if command[0] == "report" else "全.jsonl"
        done = classify(*command, "-o", out)
        assert done.code == 0, done.err
        assert done.err.count(whole) == 1
        if out == "全.html":
            assert whole in (tmp_path / out).read_text("utf-8")
        done = classify(*command, "-o", out, "--text-column", "留言详情")
        assert done.code == 0, done.err
        assert whole not in done.err
        if out == "全.jsonl":
            rows = [json.loads(line) for line in (tmp_path / out).read_text("utf-8").splitlines()]
            found = [row["text"] for row in rows if "text" in row]  # beside one of what was left out
            assert found
            assert set(found) <= {text for *_, text in ROWS}
        done = classify(*command, "-o", out, "--text-column", "内容")
        assert done.code == 2
        assert "台账.xlsx: there is no column 内容; the columns are: 日期, 乡镇, 部门, 留言详情" in done.err
    done = classify("台账.xlsx", "--format", "html", "-o", "页.html", "--text-column", "留言详情")
    assert done.code == 0, done.err


@pytest.mark.parametrize("source", ["台账.xlsx", "分.csv", "全.jsonl"])
def test_several_columns_of_dates_are_named_and_none_counts(source: str, classify: Command, tmp_path: Path) -> None:
    headings = ("受理日期", "办结日期", "乡镇", "内容")
    rows = [(day, day and "2024-01-02", town, text) for day, town, _, text in ROWS[:3]]
    book(tmp_path / "台账.xlsx", headings, [*rows, ("2020-01-01", "", *ROWS[3][1:2], ROWS[3][3])])
    if source == "分.csv":
        assert classify("score", "台账.xlsx", source).code == 0
    if source == "全.jsonl":
        assert classify("台账.xlsx", "-o", source).code == 0
    asked = ["report", source, "--time", "年", "-o", "图.csv", "--language", "zh"]
    done = classify(*asked)
    assert done.code == 0, done.err
    assert (
        "any of the columns 受理日期, 办结日期 may hold the date, so that its rows have none; choose one with --date"
    ) in done.err
    assert "nothing here has a date, so nothing is counted by time" in done.err
    assert by_time(tmp_path / "图.csv") == {}
    done = classify(*asked, "--date", "受理日期")
    assert done.code == 0, done.err
    assert "--date" not in done.err
    assert by_time(tmp_path / "图.csv") == {"2020": 1, "2021": 1, "2022": 2}


@pytest.mark.parametrize("source", ["台账.xlsx", "分.csv", "全.jsonl", "缺.jsonl", "分缺.jsonl"])
def test_a_row_with_one_of_several_dates_filled_in_has_no_date_either(
    source: str, classify: Command, tmp_path: Path
) -> None:
    """Which column holds the date is a matter of the table, not of what a row leaves blank."""
    headings = ("受理日期", "办结日期", "乡镇", "内容")
    rows = [("2021-03-01", "2024-01-02", "甲镇", ROWS[0][3]), ("2020-01-01", "", "乙镇", ROWS[1][3])]
    book(tmp_path / "台账.xlsx", headings, rows)
    if source == "分.csv":
        assert classify("score", "台账.xlsx", source).code == 0
    if source == "全.jsonl":
        assert classify("台账.xlsx", "-o", source).code == 0
    if source.endswith("缺.jsonl"):  # blank cells are not there at all
        kept = [{name: cell for name, cell in zip(headings, row, strict=True) if cell} for row in rows]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
        (tmp_path / "缺.jsonl").write_text(lines, encoding="utf-8")
        assert classify("score", "缺.jsonl", "分缺.jsonl").code == 0
    if source != "缺.jsonl":  # which has no labels to report on
        done = classify("report", source, "--time", "年", "-o", "图.csv", "--language", "zh")
        assert done.code == 0, done.err
        assert "any of the columns 受理日期, 办结日期 may hold the date" in done.err
        assert by_time(tmp_path / "图.csv") == {}
    for unit in ("paragraph", "sentence"):
        assert classify("extract", source, "--unit", unit, "-o", "e.jsonl").code == 0
        found = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
        assert {row["date"] for row in found if "text" in row} == {""}
