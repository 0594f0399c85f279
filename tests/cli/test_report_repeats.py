"""The same text under several names counts once in a report, which says so; or each, where that is asked for."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.run import Ran, run
from tests.cli.test_report_places import LIVELIHOOD, RECRUITING, STYLE

Command = Callable[..., Ran]
REPORT = f"政府工作报告\n{STYLE}\n{LIVELIHOOD}\n"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """The command beside two counties' reports; one of them lies there a second time, with other line breaks."""
    for name, text in (
        ("甲县/2021年报告.txt", REPORT),
        ("乙县/2022年报告.txt", REPORT.replace("\n", "\r\n\r\n")),
        ("乙县/2023年报告.txt", REPORT + RECRUITING),
    ):
        path = tmp_path / "材料" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


def counted(path: Path) -> tuple[int, dict[str, int]]:
    """Return how many documents a table of figures counts, in all and by time."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return int(rows[0]["篇数"]), {row["时间"]: int(row["篇数"]) for row in rows if row["时间"] and not row["对比项"]}


@pytest.mark.parametrize("source", ["材料", "scored.csv", "scored.parquet", "sentences.jsonl", "scored.xlsx"])
def test_a_text_counts_once_and_that_is_said(source: str, classify: Command, tmp_path: Path) -> None:
    if source != "材料":
        unit = "sentence" if source.startswith("sentence") else "paragraph"
        assert classify("score", "材料", source, "--unit", unit).code == 0
    ran = classify("report", source, "-o", "r.html", "--table", "t.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    assert counted(tmp_path / "t.csv") == (2, {"2021": 1, "2022": 1, "2023": 1})
    same = "材料/甲县/2021年报告.txt = 材料/乙县/2022年报告.txt"
    assert (
        f"counted once in all, and once wherever they lie, holding the same text (--count-repeated counts each): {same}\n"
        in ran.err
    )
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "1篇文稿与另一篇文字相同：合计中只计一次" in page
    assert "<bdi>材料/甲县/2021年报告.txt</bdi> = <bdi>材料/乙县/2022年报告.txt</bdi>" in page
    classify("report", source, "-o", "t.xlsx", "--language", "zh")
    assert list(load_workbook(tmp_path / "t.xlsx")["只计一次"].values) == [
        ("文件", "文字相同的文稿"), ("材料/甲县/2021年报告.txt", "材料/乙县/2022年报告.txt"),
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["材料", "scored.csv"])
def test_each_counts_where_that_is_asked_for(source: str, classify: Command, tmp_path: Path) -> None:
    classify("score", "材料", "scored.csv")
    ran = classify("report", source, "--count-repeated", "-o", "t.csv", "--language", "zh")
    assert counted(tmp_path / "t.csv") == (3, {"2021": 1, "2022": 1, "2023": 1})
    assert "counted once" not in ran.err


def test_a_document_that_a_table_and_a_folder_hold_counts_once(classify: Command, tmp_path: Path) -> None:
    classify("score", "材料/甲县", "scored.csv")
    classify("report", "scored.csv", "材料/乙县", "-o", "t.csv", "--language", "zh")
    assert counted(tmp_path / "t.csv")[0] == 2


def test_a_copy_of_a_table_counts_once(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "帖.csv").write_text(f"标题,内容\n一,{STYLE}\n二,{LIVELIHOOD}\n", encoding="utf-8")
    classify("score", "帖.csv", "a.csv")
    (tmp_path / "a (1).csv").write_bytes((tmp_path / "a.csv").read_bytes())
    ran = classify("report", "a.csv", "a (1).csv", "-o", "t.csv", "--language", "zh")
    assert counted(tmp_path / "t.csv")[0] == 2
    assert "a (1).csv = a.csv" in ran.err


def test_rows_that_say_something_else_of_the_same_text_are_no_repetition(classify: Command, tmp_path: Path) -> None:
    for name, day in (("一月.xlsx", "2023-01-05"), ("二月.xlsx", "2023-02-05")):
        made = Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.append(["日期", "内容"])
        sheet.append([day, LIVELIHOOD])
        made.save(tmp_path / name)
    ran = classify("report", "一月.xlsx", "二月.xlsx", "--time", "月", "-o", "t.csv", "--language", "zh")
    assert counted(tmp_path / "t.csv") == (2, {"2023-01": 1, "2023-02": 1})
    assert "counted once" not in ran.err


def test_of_a_table_that_was_sorted_nothing_is_taken_for_a_repetition(classify: Command, tmp_path: Path) -> None:
    """Titles that two documents share stand beside each other there; no document is whole."""
    classify("score", "材料", "scored.csv")
    lines = (tmp_path / "scored.csv").read_text(encoding="utf-8-sig").splitlines()
    sorted_lines = [lines[0], *sorted(lines[1:], key=lambda line: line.split(",")[1])]
    (tmp_path / "sorted.csv").write_text("\n".join(sorted_lines) + "\n", encoding="utf-8-sig")
    ran = classify("report", "sorted.csv", "-o", "t.csv", "--language", "zh")
    assert counted(tmp_path / "t.csv")[0] == 3
    assert "counted once" not in ran.err


def test_a_report_on_a_text_and_its_copy_names_the_copy(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "副本.txt").write_text(REPORT, encoding="utf-8")
    classify("report", "材料/甲县/2021年报告.txt", "副本.txt", "-o", "r.html", "--language", "en")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "1 documents hold the same text as another one: in all they are counted once" in page


def lines(path: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return documents and paragraphs of a table of figures by what is compared, value and time."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {
            (row["对比项"], row["值"], row["时间"]): (int(row["篇数"]), int(row["段数"]))
            for row in csv.DictReader(stream)
        }


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("source", ["送来", "scored.csv"])
def test_a_copy_counts_in_each_county_and_year_in_which_it_lies(source: str, classify: Command, tmp_path: Path) -> None:
    names = ["丙县/2024年报告.txt", "丙县/副本.txt", "甲县/2023年报告.txt", "甲县/2023年又一份.txt"]
    write(tmp_path / "送来", dict.fromkeys(names, REPORT))
    write(tmp_path / "送来", {"乙县/2023年报告.txt": REPORT + RECRUITING})
    classify("score", "送来", "scored.csv")
    ran = classify("report", source, "--by", "文件夹", "--time", "年", "-o", "t.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    n = 3
    assert lines(tmp_path / "t.csv") == {
        ("", "合计", ""): (2, 2 * n + 1),
        ("", "", "2023"): (2, 2 * n + 1),
        ("", "", "2024"): (1, n),
        ("文件夹", "丙县", ""): (1, n),
        ("文件夹", "乙县", ""): (1, n + 1),
        ("文件夹", "甲县", ""): (1, n),
        ("文件夹", "丙县", "2024"): (1, n),
        ("文件夹", "乙县", "2023"): (1, n + 1),
        ("文件夹", "甲县", "2023"): (1, n),
    }


def test_words_of_a_copy_count_in_its_own_county_and_once(classify: Command, tmp_path: Path) -> None:
    write(tmp_path / "送来", dict.fromkeys(["丙县/一.txt", "丙县/二.txt", "甲县/三.txt"], f"{STYLE}\n" * 80))
    write(tmp_path / "送来", {"乙县/四.txt": f"{RECRUITING}\n" * 80})
    classify("report", "送来", "--by", "文件夹", "-o", "t.xlsx", "--language", "zh")
    rows = list(load_workbook(tmp_path / "t.xlsx")["词语"].values)
    times = {(row[1], row[2]): (row[4], row[6]) for row in rows[1:]}
    both = {word for value, word in times if value == "丙县"}
    assert both
    assert all(times["丙县", word] == times["甲县", word] for word in both)
    assert all(times["丙县", word][1] == 1 for word in both)


def test_what_no_copy_tells_stays_apart_once_and_what_one_tells_counts_there(classify: Command, tmp_path: Path) -> None:
    """Of the rows of one table in two files, those with a date count at it, the others at the file's if it has one."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["日期", "内容"], ["2022-01-05", LIVELIHOOD], ["", STYLE]):
        sheet.append(row)
    for name in ("来信.xlsx", "来信副本.xlsx"):
        made.save(tmp_path / name)
    classify("report", "来信.xlsx", "来信副本.xlsx", "--time", "年", "-o", "t.csv", "--language", "zh")
    found = lines(tmp_path / "t.csv")
    assert found["", "合计", ""][1] == found["", "", "2022"][1] + found["", "", "（未注明）"][1]
    made.save(tmp_path / "2023年来信.xlsx")
    classify("report", "来信.xlsx", "2023年来信.xlsx", "--time", "年", "-o", "t.csv", "--language", "zh")
    again = lines(tmp_path / "t.csv")
    assert again["", "", "2022"] == found["", "", "2022"]
    assert again["", "", "2023"][1] == found["", "", "（未注明）"][1]
    assert ("", "", "（未注明）") not in again


@pytest.mark.parametrize(("copies", "opened"), [(3, True), (30, False)])
def test_a_long_list_of_repeats_does_not_stand_before_the_figures(
    copies: int, opened: bool, classify: Command, tmp_path: Path
) -> None:
    """It opens by a click; its heading says how many there are."""
    for number in range(copies + 1):
        (tmp_path / "简报").mkdir(exist_ok=True)
        (tmp_path / "简报" / f"{number}.txt").write_text(REPORT, encoding="utf-8")
    classify("report", "简报", "-o", "r.html", "--language", "zh")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    (start,) = re.findall(r'<details class="warning" id="repeated"( open)?><summary><b>(\d+)篇', page)
    assert start == (" open" if opened else "", str(copies))
    assert page.count(" = <bdi>") == copies
