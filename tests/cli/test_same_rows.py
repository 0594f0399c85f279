"""The same rows or documents in several tables, and beside their documents: they count once, corrected where they are."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from classifier.i18n.sentences import translated
from tests.cli.test_report_places import LIVELIHOOD, STYLE
from tests.cli.test_report_tables import Command
from tests.cli.test_report_tables import classify as command

classify = command


def passages(out: str) -> list[dict[str, Any]]:
    """Return the passages of an extract; what was passed over stands in lines without a text."""
    return [row for row in map(json.loads, out.splitlines()) if "text" in row]


def corrected(path: Path, row: int, word: str, column: str = "labels") -> Path:
    """Put labels into a row of a scored CSV file, as a person does who opens it in Excel; or a tick."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[row][rows[0].index(column)] = word
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def shares(path: Path) -> list[float]:
    """Return the share of each label in all that a table of figures counts."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))
    return [float(row[label]) for label in ("作风建设", "营商环境", "项目招引", "民生")]


def test_a_row_that_a_person_corrected_in_a_workbook_is_marked_as_a_person_s(classify: Command, tmp_path: Path) -> None:
    """Whose columns for machines are hidden; what was ticked is a person's as well, what nobody touched is not."""
    assert classify("score", "帖.csv", "分.xlsx").code == 0
    book = load_workbook(tmp_path / "分.xlsx")
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row, column, value in ((2, "labels", "business_environment"), (3, "checked", "yes")):
        sheet.cell(row, names.index(column) + 1).value = value
    sheet.append([3, *[cell.value for cell in sheet[3]][1:]])
    sheet.cell(4, names.index("checked") + 1).value = None
    book.save(tmp_path / "分.xlsx")
    found = passages(classify("extract", "分.xlsx", "--format", "jsonl", "--only", "营商环境,民生").out)
    assert [(row["labels"], "decided" in row) for row in found] == [
        (["business_environment"], True),
        (["livelihood"], True),
    ]
    assert found[1]["again"], "the same text that nobody touched stands beside it"
    classify("report", "分.xlsx", "-o", "页.html", "--language", "zh")
    assert (tmp_path / "页.html").read_text(encoding="utf-8").count("人工标注") >= 2


@pytest.mark.parametrize("names", [("帖.csv", "改.csv"), ("改.csv", "帖.csv")])
def test_of_the_same_row_in_two_tables_the_one_counts_that_a_person_corrected(
    names: tuple[str, str], classify: Command, tmp_path: Path
) -> None:
    """Whichever is named first, in `report` as in `extract`, marked as a person's and at any precision."""
    for name in ("一.csv", "改.csv"):
        assert classify("score", "帖.csv", name, "--correctable").code == 0
    (tmp_path / "一.csv").replace(tmp_path / "帖.csv")
    corrected(tmp_path / "改.csv", 1, "营商环境")
    ran = classify("report", *names, "-o", "t.csv", "--language", "zh")
    assert shares(tmp_path / "t.csv")[0] == 0 < shares(tmp_path / "t.csv")[1]
    note = "帖.csv: 1 rows have other labels here than in 改.csv, which count: import the corrections, or leave it out"
    assert note in ran.err
    assert translated(note, "zh").startswith("帖.csv: 其中 1 行的标签与 改.csv 中的不同，以后者为准")
    for more in ((), ("--precision", "0.9")):
        ran = classify("extract", *names, "--only", "营商环境", "--format", "jsonl", *more)
        (row,) = passages(ran.out)
        assert (row["text"], row["file"], row["uncertain"]) == (STYLE, "改.csv", False)
        assert row["decided"]["by"] == ""


def test_other_labels_of_the_same_row_are_said_where_nobody_can_tell_which_are_right(
    classify: Command, tmp_path: Path
) -> None:
    shutil.copy(tmp_path / "表" / "甲.csv", tmp_path / "乙.csv")
    corrected(tmp_path / "乙.csv", 1, "营商环境")
    ran = classify("report", "表/甲.csv", "乙.csv", "-o", "t.csv", "--language", "zh")
    assert "乙.csv: 1 rows have other labels here than in 表/甲.csv, which count" in ran.err
    assert shares(tmp_path / "t.csv")[1] == 0


@pytest.mark.parametrize("order", [("段.csv", "句.csv"), ("句.csv", "段.csv")])
def test_a_table_scored_by_paragraph_and_by_sentence_counts_once(
    order: tuple[str, str], classify: Command, tmp_path: Path
) -> None:
    texts = [f"{STYLE}{LIVELIHOOD}", LIVELIHOOD, LIVELIHOOD]
    with (tmp_path / "帖.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["编号", "内容"], *([7, text] for text in texts)])
    assert classify("score", "帖.csv", "段.csv").code == 0
    assert classify("score", "帖.csv", "句.csv", "--unit", "sentence").code == 0
    ran = classify("report", *order, "-o", "t.csv", "--language", "zh")
    assert (ran.code, "other labels" in ran.err) == (0, False), ran.err
    assert f"the same text (--count-repeated counts each): {order[1]} = {order[0]}" in ran.err
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert int(next(csv.DictReader(stream))["字数"]) == sum(map(len, texts))
    ran = classify("extract", *order, "--only", "民生", "--format", "jsonl")
    assert {row["file"] for row in passages(ran.out)} == {order[0]}


def test_documents_that_tables_beside_them_hold_are_extracted_once(classify: Command, tmp_path: Path) -> None:
    """Of several tables the first, or the one that a person corrected; named as in a report."""
    (tmp_path / "材料").mkdir()
    for name, text in (("一.txt", STYLE), ("二.txt", LIVELIHOOD)):
        (tmp_path / "材料" / name).write_text(text, encoding="utf-8")
    for name in ("标.jsonl", "标.csv"):
        assert classify("材料", "-o", name).code == 0
    assert classify("score", "材料", "分.csv").code == 0
    corrected(tmp_path / "标.csv", 1, "营商环境")
    for name in ("标.jsonl", "标.csv", "分.csv"):
        (tmp_path / name).rename(tmp_path / "材料" / name)
    ran = classify("extract", "材料", "--only", "营商环境", "--format", "jsonl")
    (row,) = passages(ran.out)
    assert (row["text"], row["file"], row.get("again", [])) == (STYLE, "材料/一.txt", [])
    assert "not read again, being in a table already: 材料/一.txt, 材料/二.txt" in ran.err
    for name in ("标.jsonl", "分.csv"):
        note = f"材料/{name}: 2 documents that a table before holds as well count once"
        assert note in ran.err
    assert translated(note, "zh") == "材料/分.csv: 其中 2 份文件前面的表里已有，只计一次"
    assert shares_of_report(classify, tmp_path) > 0


def shares_of_report(classify: Command, folder: Path) -> float:
    assert classify("report", "材料", "-o", "t.csv", "--language", "zh").code == 0
    return shares(folder / "t.csv")[1]


def test_sentences_follow_the_labels_that_a_person_gave_to_their_row(classify: Command, tmp_path: Path) -> None:
    """What a person took from a paragraph is not extracted of its sentences, what he gave to it is, without a doubt."""
    assert classify("score", "帖.csv", "分.csv", "--correctable").code == 0
    corrected(tmp_path / "分.csv", 2, "营商环境")
    found = {
        label: passages(classify("extract", "分.csv", "--only", label, "--unit", "sentence", "--format", "jsonl").out)
        for label in ("民生", "营商环境")
    }
    assert found["民生"] == []
    assert "".join(row["text"] for row in found["营商环境"]) == LIVELIHOOD
    assert all(row["decided"] and not row["uncertain"] for row in found["营商环境"])


@pytest.mark.parametrize(("column", "word"), [("checked", "存疑"), ("checked", "discarded"), ("labels", "doubtful")])
def test_a_row_that_a_person_set_aside_is_decided_by_nobody(
    column: str, word: str, classify: Command, tmp_path: Path
) -> None:
    assert classify("score", "帖.csv", "分.csv", "--correctable").code == 0
    corrected(tmp_path / "分.csv", 1, word, column)
    rows = passages(classify("extract", "分.csv", "--format", "jsonl").out)
    assert rows
    assert not [row for row in rows if "decided" in row]


def test_rows_that_scoring_passed_over_in_a_workbook_are_no_fault_of_it(classify: Command, tmp_path: Path) -> None:
    """Headings that stand once more: said, in the reader's language, and no reason for exit code 2."""
    book = Workbook()
    book.worksheets[0].title = "一月"
    for row in (["登记表"], ["填表人"], ["编号", "内容"], [1, STYLE], ["编号", "内容"], [2, LIVELIHOOD]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "登记.xlsx")
    assert classify("score", "登记.xlsx", "分.xlsx").code == 0
    for args in (("report", "分.xlsx", "-o", "t.csv"), ("extract", "分.xlsx", "--only", "民生", "-o", "摘.md")):
        ran = classify(*args, "--language", "zh")
        assert (ran.code, "分.xlsx: 1 rows that were not scored are passed over" in ran.err) == (0, True), ran.err
    said = (tmp_path / "摘.md").read_text(encoding="utf-8")
    assert "分.xlsx：工作表 一月 第 1, 2 行在列名之上，未读入；其中 1 行当时没有评分，未计入" in said


@pytest.mark.parametrize("scoring", ["score", "classify"])
def test_what_two_people_corrected_in_copies_of_a_table_counts_from_both(
    scoring: str, classify: Command, tmp_path: Path
) -> None:
    """Each corrected other rows of it; where they say something else of the same row, that is said."""
    if scoring == "score":
        assert classify("score", "帖.csv", "甲.csv", "--correctable").code == 0
    else:
        (tmp_path / "材料.txt").write_text(f"{STYLE}\n\n{LIVELIHOOD}\n", encoding="utf-8")
        assert classify("材料.txt", "-o", "甲.csv").code == 0
    shutil.copy(tmp_path / "甲.csv", tmp_path / "乙.csv")
    corrected(tmp_path / "甲.csv", 1, "营商环境")
    corrected(tmp_path / "乙.csv", 2, "项目招引")
    for names in (("甲.csv", "乙.csv"), ("乙.csv", "甲.csv")):
        ran = classify("extract", *names, "--only", "营商环境,项目招引", "--format", "jsonl")
        found = {row["text"]: (row["labels"], "decided" in row) for row in passages(ran.out)}
        assert found == {STYLE: (["business_environment"], True), LIVELIHOOD: (["project_recruitment"], True)}, names
        classify("report", *names, "-o", "t.csv", "--language", "zh")
        assert [share > 0 for share in shares(tmp_path / "t.csv")] == [False, True, True, False], names
    corrected(tmp_path / "乙.csv", 1, "民生")
    for args in (("extract", "-o", "摘.md"), ("report", "-o", "t.csv")):
        ran = classify(*args, "甲.csv", "乙.csv")
        assert "乙.csv: 1 rows have other labels here than in 甲.csv, which count" in ran.err, ran.err


@pytest.mark.parametrize(("tick", "counts"), [("✗", False), ("n", False), ("未", False), ("☑", True), ("对", True)])
def test_a_tick_is_what_the_import_takes_for_one(tick: str, counts: bool, classify: Command, tmp_path: Path) -> None:
    assert classify("score", "帖.csv", "分.csv", "--correctable").code == 0
    corrected(tmp_path / "分.csv", 1, tick, "checked")
    rows = passages(classify("extract", "分.csv", "--format", "jsonl").out)
    assert [row["text"] for row in rows if "decided" in row] == [STYLE] * counts


@pytest.mark.parametrize("making", [("材料", "-o", "甲.csv"), ("score", "材料", "甲.csv")])
def test_a_document_of_the_same_name_as_one_of_a_table_from_another_folder_is_read(
    making: tuple[str, ...], classify: Command, tmp_path: Path
) -> None:
    """Tables name documents as they were named where they were made; what changed a little is the same document."""
    (tmp_path / "材料").mkdir()
    document = tmp_path / "材料" / "一.txt"
    document.write_text(STYLE, encoding="utf-8")
    assert classify(*making).code == 0
    document.write_text(LIVELIHOOD, encoding="utf-8")
    ran = classify("extract", "甲.csv", "材料", "--only", "作风建设,民生", "--format", "jsonl")
    assert {row["text"] for row in passages(ran.out)} == {STYLE, LIVELIHOOD}
    assert "not read again" not in ran.err
    ran = classify("report", "甲.csv", "材料", "-o", "t.csv", "--language", "zh")
    assert "not read again" not in ran.err
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["篇数"] == "2"
    document.write_text(f"改定稿\n\n{STYLE}", encoding="utf-8")
    for args in (("extract", "-o", "摘.md"), ("report", "-o", "t.csv")):
        assert "not read again, being in a table already: 材料/一.txt" in classify(*args, "甲.csv", "材料").err


@pytest.mark.parametrize("name", ["分.xlsx", "分.csv"])
def test_corrections_count_in_a_table_whose_columns_were_given_a_prefix(
    name: str, classify: Command, tmp_path: Path
) -> None:
    """The prefix is told from the columns: an extract labelled such rows anew, as if nobody had said anything."""
    assert classify("score", "帖.csv", "分.csv", "--prefix", "m_", "--correctable").code == 0
    corrected(tmp_path / "分.csv", 1, "营商环境", "m_labels")
    if name == "分.xlsx":
        assert classify("score", "帖.csv", "分.xlsx", "--prefix", "m_").code == 0
        book = load_workbook(tmp_path / "分.xlsx")
        sheet = book.worksheets[0]
        sheet.cell(2, [cell.value for cell in sheet[1]].index("m_labels") + 1).value = "营商环境"
        book.save(tmp_path / "分.xlsx")
    (row,) = passages(classify("extract", name, "--only", "营商环境", "--format", "jsonl").out)
    assert (row["text"], "decided" in row) == (STYLE, True)
    assert classify("report", name, "-o", "t.csv", "--language", "zh").code == 0
    assert shares(tmp_path / "t.csv")[1] > 0


def test_of_the_same_text_in_two_rows_an_extract_gives_what_a_person_said(classify: Command, tmp_path: Path) -> None:
    """The model's answer to the first of them stood there alone, and nothing of the correction."""
    with (tmp_path / "帖.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["编号", "内容"], [1, LIVELIHOOD], [2, LIVELIHOOD], [3, LIVELIHOOD]])
    assert classify("score", "帖.csv", "分.csv", "--correctable").code == 0
    corrected(tmp_path / "分.csv", 2, "营商环境")
    (row,) = passages(classify("extract", "分.csv", "--only", "民生,营商环境", "--format", "jsonl").out)
    assert (row["labels"], "decided" in row, row["uncertain"]) == (["business_environment"], True, False)
    assert (row["paragraph"], len(row["again"])) == (1, 2)
