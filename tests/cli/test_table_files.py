"""Rows of tables are told by their file as well: its name, its folder, its place, in extracts and reports."""

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.run import Ran, run
from tests.cli.test_report_places import LIVELIHOOD, RECRUITING
from tests.cli.test_report_rows import book, by_column, by_time

Command = Callable[..., Ran]
PACKED = {".xlsx", ".docx"}
TITLE = "办事 24/7 自助"


def shown(path: Path) -> str:
    """Return what a file shows, without its markup."""
    if path.suffix not in PACKED:
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        parts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    return re.sub("<[^>]+>", "", "".join(parts))


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=tmp_path)


@pytest.fixture(params=["plain", "scored"])
def folder(request: pytest.FixtureRequest, classify: Command, tmp_path: Path) -> Path:
    """Two counties' tables of one name, whose rows tell no place; scored or not."""
    for county, year in (("甲县", "2021"), ("乙县", "2022")):
        place = tmp_path / "表" / county / year
        place.mkdir(parents=True)
        source = tmp_path / f"{county}.csv" if request.param == "scored" else place / "来信.csv"
        rows = [("正文",), (f"{county}的信：{LIVELIHOOD}",), (f"{county}的信：{RECRUITING}",)]
        with source.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        if request.param == "scored":
            assert classify("score", str(source), str(place / "来信.csv")).code == 0
            source.unlink()
    return tmp_path / "表"


def test_an_extract_tells_tables_of_one_name_apart_by_their_folders(classify: Command, folder: Path) -> None:
    rows = [
        json.loads(line) for line in classify("extract", "表", "--only", "民生", "--format", "jsonl").out.splitlines()
    ]
    assert [(row["file"], row["place"], row["date"]) for row in rows] == [
        ("表/乙县/2022/来信.csv", "乙县", "2022"),
        ("表/甲县/2021/来信.csv", "甲县", "2021"),
    ]
    page = classify("extract", "表", "--only", "民生", "--language", "zh").out
    assert "—— 2022/来信.csv · 乙县 · 2022 · 第1段" in page
    assert "来信.csv (2)" not in page


@pytest.mark.parametrize("folder", ["scored"], indirect=True)
def test_a_report_compares_tables_by_folder_place_and_year(classify: Command, folder: Path) -> None:
    for by in ("folder", "place"):
        assert classify("report", "表", "--by", by, "--time", "year", "-o", "r.csv", "--language", "zh").code == 0
        column = {"folder": "文件夹", "place": "地方"}[by]
        assert by_column(folder.parent / "r.csv", column) == {"甲县": 2, "乙县": 2}
        assert by_time(folder.parent / "r.csv") == {"2021": 2, "2022": 2}


@pytest.mark.parametrize("folder", ["scored"], indirect=True)
def test_of_one_table_there_is_no_folder_to_compare_by(classify: Command, folder: Path) -> None:
    ran = classify("report", "表/甲县/2021/来信.csv", "--by", "folder", "-o", "r.csv")
    assert (ran.code, "folder" in ran.err, "place/地方" in ran.err) == (1, True, True)


def test_a_row_s_own_place_and_date_count_before_its_file_s(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "丙县").mkdir()
    text = f"地区,日期,正文\n丁县,2023-05-01,{LIVELIHOOD}\n,,{LIVELIHOOD}还有路灯。\n"
    (tmp_path / "丙县" / "2020年来信.csv").write_text(text, encoding="utf-8")
    ran = classify("extract", "丙县/2020年来信.csv", "--only", "民生", "--format", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [(row["place"], row["date"]) for row in rows] == [("丁县", "2023-05-01"), ("丙县", "2020")]


@pytest.mark.parametrize("ending", ["csv", "md", "xlsx", "docx", "html", "jsonl"])
def test_a_passage_of_a_row_with_a_title_names_its_table(ending: str, classify: Command, tmp_path: Path) -> None:
    """A title alone leads nobody to the file; one with a slash is no path."""
    for county in ("甲县", "乙县"):
        (tmp_path / "表" / county).mkdir(parents=True)
        rows = [("标题", "正文"), (TITLE, f"{county}：{LIVELIHOOD}")]
        with (tmp_path / "表" / county / "动态.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
    assert classify("extract", "表", "--only", "民生", "-o", f"x.{ending}").code == 0
    said = shown(tmp_path / f"x.{ending}")
    for county in ("甲县", "乙县"):
        if ending == "jsonl":
            assert f'"file":"{TITLE}"' in said
            assert f'"table":"表/{county}/动态.csv"' in said
        else:
            assert f"{county}/动态.csv · {TITLE}" in said


@pytest.mark.parametrize("by_document", [True, False])
def test_rows_of_a_workbook_keep_their_dates_through_a_table_of_results(
    by_document: bool, classify: Command, tmp_path: Path
) -> None:
    """Its heading tells a year, of the document; the rows tell their own days."""
    rows = [("2023年网民留言统计表", ""), ("留言日期", "内容"), ("2022-03-05", LIVELIHOOD)]
    book(tmp_path / "留言.xlsx", rows[0], rows[1:])
    direct = classify("extract", "留言.xlsx", "--only", "民生", "--format", "jsonl")
    assert (
        classify(
            *(["label"] if by_document else ["score"]), "留言.xlsx", *(["-o"] if by_document else []), "t.csv"
        ).code
        == 0
    )
    stored = classify("extract", "t.csv", "--only", "民生", "--format", "jsonl")
    dates = [json.loads(ran.out.splitlines()[0])["date"] for ran in (direct, stored)]
    assert dates == ["2022-03-05"] * 2


def test_a_column_of_places_is_compared_by_once(classify: Command, tmp_path: Path) -> None:
    rows = "".join(f"{place},{LIVELIHOOD}{place}\n" for place in ("甲县", "乙县"))
    (tmp_path / "信.csv").write_text(f"地区,正文\n{rows}", encoding="utf-8")
    assert classify("score", "信.csv", "s.csv").code == 0
    assert classify("report", "s.csv", "-o", "r.csv", "--language", "zh").code == 0
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["对比项"] for row in csv.DictReader(stream)} == {"", "地区"}


@pytest.mark.parametrize("scored", [False, True])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_date_that_is_not_understood_is_not_the_files(
    kind: str, scored: bool, classify: Command, tmp_path: Path
) -> None:
    """It was said to count as none, and counted in the year of the file's name."""
    rows = [
        ("去年冬天", LIVELIHOOD),
        ("2022年12月至2023年1月", RECRUITING),
        ("", f"信：{LIVELIHOOD}"),
        ("3月5日", f"答：{LIVELIHOOD}"),
    ]
    made, source = f"2023年来信.{kind}", "信.xlsx" if scored else "2023年来信.xlsx"
    book(tmp_path / source, ("日期", "正文"), rows)
    if scored:
        assert classify("score", source, made).code == 0
    elif kind == "csv":
        with (tmp_path / made).open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([("日期", "正文"), *rows])
    wanted = ("--only", "民生,项目招引", "--format", "jsonl")
    taken = [json.loads(line) for line in classify("extract", made, *wanted).out.splitlines()]
    own = ["2023", "2023-03"] if scored or kind == "csv" else ["", ""]  # of documents only what a row tells in full
    assert [one["date"] for one in taken if "text" in one] == ["", "", *own]
    if scored or kind == "xlsx":
        assert classify("report", made, "-o", "r.csv", "--language", "zh").code == 0
        assert by_time(tmp_path / "r.csv") == {"2023": 2, "（未注明）": 2}
