"""`classify score IN OUT.xlsx`: labels beside the rows of a workbook, which stays as it was; a new one of other tables."""

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from classifier.bulk import books, csv_file, sheets
from classifier.tables import xlsx_kept, xlsx_writer
from classifier.tables.xlsx_texts import CUT_OFF
from tests.bulk.tables import read, rows, write
from tests.cli.run import Ran, run
from tests.other_programs import SOFFICE, needs_libreoffice
from tests.tables.test_workbook import strict
from tests.tables.workbooks import xls, xlsx
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM, TRIP, NONE = "春耕备耕抓得紧，化肥种子备得足。", "景区门票又便宜了，古镇的游客多。", "与会人员集体学习了文件。"
ADDED = ["labels", "checked", "primary", "uncertain", "farming", "tourism", "error", "model", "given"]  # and a checksum


@pytest.fixture
def score(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    for name in ("models", "labels"):
        (tmp_path / name).symlink_to(template / name)
    return lambda *args: run(capsys, "score", *args, cwd=tmp_path)


def registry(folder: Path) -> Path:
    """Write a workbook as an office keeps it: a title, formats, a formula, hidden columns and rows, other sheets."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "一月"
    for row in (
        ["信访件登记表"], ["编号", "内容", "件数", "密"], [1, FARM, 2, "甲"], [2, TRIP, 3, "乙"], [3, NONE, "=C3+C4", ""],
        [4, "=HYPERLINK(1)", 1, ""],
    ):  # fmt: skip
        sheet.append(row)
    sheet["B3"].font = Font(bold=True, color="FFFF0000")
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["B"].width = 55
    sheet.row_dimensions[6].hidden = True
    sheet.auto_filter.ref = "A2:D6"
    sheet.freeze_panes = "A3"
    for row in (["说明"], ["请勿改动"]):
        book.create_sheet("填表说明") if len(book.sheetnames) == 1 else None
        book["填表说明"].append(row)
    second = book.create_sheet("二月")
    for row in (["编号", "内容"], [5, FARM]):
        second.append(row)
    path = folder / "登记.xlsx"
    book.save(path)
    return path


def values(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_workbook_stays_as_it_was_and_has_labels(score: Command, tmp_path: Path) -> None:
    before = registry(tmp_path).read_bytes()
    ran = score("登记.xlsx", "结果.xlsx", "--workers", "1")
    assert ran.code == 0, ran.err
    assert "登记.xlsx: sheet 一月, row 6: hidden; passed over" in ran.err
    assert "new workbook" not in ran.err
    assert (tmp_path / "登记.xlsx").read_bytes() == before
    book = load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == ["一月", "填表说明", "二月"]
    sheet = book["一月"]
    found = values(sheet)
    assert found[0][:2] == ["信访件登记表", None]
    assert found[1] == ["编号", "内容", "件数", "密", *ADDED, "text_check:内容"]
    assert [row[4:7:2] for row in found[2:5]] == [["farming", "farming"], ["tourism", "tourism"], [None, "none"]]
    assert found[4][2] == "=C3+C4"
    assert found[5][4:] == [None] * 10
    assert isinstance(found[2][8], float | int)  # openpyxl reads a probability of 1.0 as 1
    assert 0.5 < found[2][8] <= 1
    assert sheet["B3"].font.bold
    assert (sheet.column_dimensions["D"].hidden, sheet.column_dimensions["B"].width) == (True, 55)
    assert (sheet.row_dimensions[6].hidden, sheet.freeze_panes, sheet.auto_filter.ref) == (True, "A3", "A2:N6")
    assert values(book["二月"])[1][2] == "farming"
    assert values(book["填表说明"]) == [["说明"], ["请勿改动"]]
    again = score("登记.xlsx", "结果.xlsx")
    assert (again.code, "--overwrite" in again.err) == (1, True)


def test_one_sheet_of_several(score: Command, tmp_path: Path) -> None:
    registry(tmp_path)
    assert score("登记.xlsx", "结果.xlsx", "--sheet", "二月").code == 0
    book = load_workbook(tmp_path / "结果.xlsx")
    assert values(book["二月"])[0] == ["编号", "内容", *ADDED, "text_check:内容"]
    assert values(book["一月"])[1] == ["编号", "内容", "件数", "密"]
    assert score("登记.xlsx", "结果.jsonl", "--sheet", "二月").code == 0
    assert [json.loads(line)["编号"] for line in (tmp_path / "结果.jsonl").read_text("utf-8").splitlines()] == ["5"]
    none = score("登记.xlsx", "又.xlsx", "--sheet", "三月")
    assert (none.code, "there is no sheet 三月 that holds anything; there are: 一月, 填表说明, 二月" in none.err) == (
        1,
        True,
    )
    write(tmp_path / "in.csv", rows(2))
    assert "is no workbook and has no sheets" in score("in.csv", "o.xlsx", "--sheet", "一月").err


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_new_workbook_of_other_tables(
    kind: str, workers: str, score: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers of JSON and Parquet stay numbers; nothing is run, whatever it begins with."""
    table = [*rows(30), {"id": 30, "text": "=1+1", "源": "@甲"}]
    ran = score(str(write(tmp_path / f"in.{kind}", table)), "o.xlsx", "--workers", workers)
    assert ran.code == 0, ran.err
    sheet = load_workbook(tmp_path / "o.xlsx")["in"]
    found = values(sheet)
    assert found[0] == ["id", "text", "源", *ADDED, "text_check:text"]
    assert [row[0] for row in found[1:]] == [str(n) if kind == "csv" else n for n in range(31)]
    assert [row[1] for row in found[1:]] == [row["text"] for row in table]
    assert (sheet["B32"].data_type, sheet["B32"].quotePrefix, sheet["C32"].data_type) == ("s", True, "s")
    assert found[31][9] == "the text holds no Chinese words"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:M32"


def test_the_same_as_in_other_formats(score: Command, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", rows(20))
    for name in ("o.xlsx", "o.jsonl"):
        assert score("in.jsonl", name).code == 0
    found = values(load_workbook(tmp_path / "o.xlsx")["in"])
    plain = read(tmp_path / "o.jsonl")
    assert [row[found[0].index("farming")] for row in found[1:]] == [row["farming"] for row in plain]
    assert [row[found[0].index("labels")] or "" for row in found[1:]] == [",".join(row["labels"]) for row in plain]


def test_sentences_and_other_workbooks_make_a_new_one(score: Command, tmp_path: Path) -> None:
    registry(tmp_path)
    ran = score("登记.xlsx", "句.xlsx", "--unit", "sentence")
    assert (
        "登记.xlsx: a row a sentence: the output is a new workbook, without other sheets, formats and formulas"
        in ran.err
    )
    found = values(load_workbook(tmp_path / "句.xlsx")["登记"])
    assert "sentence" in found[0]
    assert len(found) > 4
    (tmp_path / "旧.xls").write_bytes(xls({"表": [["内容"], [FARM]]}))
    ran = score("旧.xls", "新.xlsx")
    assert "旧.xls: no .xlsx file: the output is a new workbook" in ran.err
    assert values(load_workbook(tmp_path / "新.xlsx")["旧"])[1][:2] == [FARM, "farming"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["in.jsonl", "o.xlsx", "--sentences"], "xlsx has no place for it"),
        (["in.jsonl", "o.xlsm"], "end it in .jsonl, .csv, .parquet or .xlsx"),
        (["in.jsonl", "o.xlsx", "--format", "csv"], "csv is not what o.xlsx is called after"),
    ],
)
def test_what_is_refused(args: list[str], said: str, score: Command, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", rows(2))
    ran = score(*args)
    assert ran.code in {1, 2}
    assert said in " ".join(ran.err.split())
    assert not list(tmp_path.glob("o.*"))


@pytest.mark.parametrize("kind", ["registry", "csv"])
def test_a_run_that_was_stopped_is_gone_on_with(
    kind: str, score: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After --strict found a bad row; the rows before it are not scored again."""
    for module in (sheets, csv_file):
        monkeypatch.setattr(module, "CHUNK_ROWS", 2)
    if kind == "registry":
        book = load_workbook(registry(tmp_path))
        book["二月"].append([6, "abc"])
        book["二月"].append([7, TRIP])
        book.save(tmp_path / "登记.xlsx")
        source = "登记.xlsx"
    else:
        source = write(tmp_path / "in.csv", [*rows(9), {"id": 9, "text": "", "源": ""}, *rows(3)]).name
    stopped = score(source, "o.xlsx", "--strict", "--workers", "1")
    assert (stopped.code, "stopped here for --strict" in stopped.err) == (1, True)
    assert not (tmp_path / "o.xlsx").exists()
    assert score(source, "o.xlsx", "--resume", "--workers", "1").code == 0
    assert score(source, "whole.xlsx", "--workers", "1").code == 0
    first, second = (load_workbook(tmp_path / name) for name in ("o.xlsx", "whole.xlsx"))
    assert {sheet.title: values(sheet) for sheet in first} == {sheet.title: values(sheet) for sheet in second}
    assert not (tmp_path / "o.xlsx.scoring").exists()


def test_a_text_that_no_cell_holds_is_cut_and_told(score: Command, tmp_path: Path) -> None:
    long = FARM * 3_000
    write(tmp_path / "in.jsonl", [{"text": long}, {"text": TRIP}])
    ran = score("in.jsonl", "o.xlsx")
    assert "o.xlsx: row 2: a text longer than an Excel cell holds (32,767 characters) was cut; .csv has all" in ran.err
    found = values(load_workbook(tmp_path / "o.xlsx")["in"])
    assert str(found[1][0]).endswith(CUT_OFF)
    assert long.startswith(str(found[1][0]).removesuffix(CUT_OFF))
    assert found[1][1] == "farming"


def test_more_rows_than_a_sheet_holds_are_told(score: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (xlsx_writer, books):
        monkeypatch.setattr(module, "ROWS_MOST", 11)
    write(tmp_path / "in.csv", rows(15))
    ran = score("in.csv", "o.xlsx")
    assert "15 rows are more than a sheet holds (11): they go on on further sheets" in ran.err
    book = load_workbook(tmp_path / "o.xlsx")
    assert [len(values(sheet)) for sheet in book] == [11, 6]


def test_a_workbook_too_large_to_be_kept(score: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "LARGEST", 10)
    registry(tmp_path)
    ran = score("登记.xlsx", "o.xlsx")
    assert "too large: the output is a new workbook" in ran.err
    assert len(values(load_workbook(tmp_path / "o.xlsx")["登记"])) == 5


def test_a_workbook_that_cannot_be_kept_as_it_is(score: Command, tmp_path: Path) -> None:
    """Strict Open XML, of which openpyxl would write empty sheets."""
    (tmp_path / "严.xlsx").write_bytes(strict(xlsx({"甲": [["text"], [FARM]]})))
    ran = score("严.xlsx", "o.xlsx")
    assert "in strict Open XML: the output is a new workbook" in ran.err
    assert values(load_workbook(tmp_path / "o.xlsx")["严"])[1][:2] == [FARM, "farming"]


def test_what_of_a_workbook_is_not_kept_is_told(score: Command, tmp_path: Path) -> None:
    with zipfile.ZipFile(registry(tmp_path), "a") as archive:
        archive.writestr("xl/ctrlProps/ctrlProp1.xml", "<formControlPr/>")
        archive.writestr("xl/vbaProject.bin", b"x")
    ran = score("登记.xlsx", "o.xlsx")
    assert ran.code == 0, ran.err
    assert "o.xlsx: not kept in the output: macros, form controls" in ran.err


def test_no_room_for_more_columns(score: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told before anything is scored."""
    for module in (xlsx_kept, books):
        monkeypatch.setattr(module, "COLUMNS_MOST", 8)
    registry(tmp_path)
    ran = score("登记.xlsx", "o.xlsx")
    assert (ran.code, "sheet 一月: has no room for 10 columns more; write .csv" in ran.err) == (1, True)
    write(tmp_path / "in.csv", rows(2))
    ran = score("in.csv", "o.xlsx")
    assert (ran.code, "more than fit on a sheet" in ran.err) == (1, True)


def test_labels_are_shown_where_the_rest_of_the_sheet_is_hidden(score: Command, tmp_path: Path) -> None:
    """Many sheets hide all columns behind the last one."""
    book = load_workbook(registry(tmp_path))
    span = book["二月"].column_dimensions["C"]
    span.hidden, span.min, span.max = True, 3, 16_384
    book.save(tmp_path / "登记.xlsx")
    assert score("登记.xlsx", "o.xlsx").code == 0
    spans = load_workbook(tmp_path / "o.xlsx")["二月"].column_dimensions.values()
    assert [(one.min, one.max) for one in spans if one.hidden] == [(11, 11), (12, 12), (13, 16_384)]


SHEET = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>内容</t></is></c></row>'
    f'<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="inlineStr"><is><t>{FARM}</t></is></c>'
    '<c r="C2" t="str"><f>"a&lt;"&amp;" b "</f><v>a&lt; b </v></c><c r="D2" t="b"><f>A2&gt;1</f><v>1</v></c></row>'
    f'<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">A2*2</f><v>4</v></c><c r="B3" t="inlineStr"><is><t>{TRIP}</t></is></c>'
    '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D3" t="str"><f>""</f><v></v></c><c r="E3"><f>A2+7</f></c></row>'
    f'<row r="4"><c r="A4"><f t="shared" si="0"/><v>8</v></c><c r="B4" t="inlineStr"><is><t>{NONE}</t></is></c>'
    '<c r="C4"><f t="array" ref="C4">SUM(A2:A3)</f><v>6</v></c></row>'
)  # fmt: skip


def with_results(folder: Path) -> Path:
    """Write a workbook whose formulas have results of every kind, as Excel stores them; E3 was never worked out."""
    book = Workbook()
    book.worksheets[0].title = "表"
    book.create_sheet("合计")["A1"] = "x"
    book.save(folder / "plain.xlsx")
    path = folder / "算.xlsx"
    with zipfile.ZipFile(folder / "plain.xlsx") as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name.endswith("sheet1.xml"):
                content = content.replace("<sheetData />", "<sheetData/>").replace(
                    "<sheetData/>", f"<sheetData>{SHEET}</sheetData>"
                ).replace("<sheetData></sheetData>", f"<sheetData>{SHEET}</sheetData>")  # fmt: skip
            if name.endswith("sheet2.xml"):
                cell = '<c r="A1"><f>表!A2*10</f><v>20</v></c>'
                content = re.sub(
                    r"<sheetData>.*</sheetData>", f'<sheetData><row r="1">{cell}</row></sheetData>', content
                )
            after.writestr(name, content)
    return path


def test_formulas_keep_what_they_came_to(score: Command, tmp_path: Path) -> None:
    """Who works out nothing (a preview, pandas) found the cells empty."""
    path = with_results(tmp_path)
    ran = score("算.xlsx", "o.xlsx", "--text-column", "内容")
    assert ran.code == 0, ran.err
    for data_only in (True, False):
        before, after = (load_workbook(one, data_only=data_only) for one in (path, tmp_path / "o.xlsx"))
        for sheet in before:
            for row in sheet.iter_rows():
                for cell in row:
                    now = after[sheet.title][cell.coordinate].value
                    if isinstance(cell.value, ArrayFormula):
                        assert (now.ref, now.text) == (cell.value.ref, cell.value.text)
                    else:
                        assert now == cell.value, cell.coordinate
    results = load_workbook(tmp_path / "o.xlsx", data_only=True)
    assert [cell.value for cell in results["表"]["A"]] == ["编号", 2, 4, 8]
    assert [cell.value for cell in results["表"]["C"]] == [None, "a< b ", "#DIV/0!", 6]
    assert results["合计"]["A1"].value == 20


@needs_libreoffice
def test_libreoffice_opens_both(score: Command, tmp_path: Path) -> None:
    """The formula is worked out there, the labels stand beside the rows."""
    registry(tmp_path)
    write(tmp_path / "in.csv", rows(3))
    office = [str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    for source, target in (("登记.xlsx", "a.xlsx"), ("in.csv", "b.xlsx")):
        assert score(source, target).code == 0
        command = [*office, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path)]
        subprocess.run(
            [*command, str(tmp_path / target)],
            check=True, capture_output=True, timeout=300, env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    kept = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert kept[4].startswith(f"3,{NONE},5,,,,none,")
    assert (tmp_path / "b.csv").read_text("utf-8").splitlines()[0] == "id,text,源," + ",".join(
        [*ADDED, "text_check:text"]
    )


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "xlsx"])
def test_the_sheet_of_each_row_is_told_where_there_are_several(
    kind: str, unit: str, score: Command, tmp_path: Path
) -> None:
    registry(tmp_path)
    assert score("登记.xlsx", f"o.{kind}", "--unit", unit, "--workers", "1").code == 0
    if kind == "xlsx" and unit == "paragraph":  # each row stands on its sheet
        assert "sheet" not in values(load_workbook(tmp_path / "o.xlsx")["一月"])[1]
        return
    if kind == "xlsx":
        names, *found = values(load_workbook(tmp_path / "o.xlsx")["登记"])
        table = [dict(zip(map(str, names), row, strict=True)) for row in found]
    else:
        table = read(tmp_path / f"o.{kind}")
    assert {(row["编号"], row["sheet"]) for row in table} == {(n, "二月" if n == "5" else "一月") for n in "1235"}
    assert list(table[0]).index("sheet") == list(table[0]).index("labels") - (4 if unit == "sentence" else 1)
    assert score("登记.xlsx", f"o.{kind}", "--unit", unit, "--sheet", "一月", "--overwrite").code == 0
    assert kind == "xlsx" or "sheet" not in read(tmp_path / f"o.{kind}")[0]


def test_of_several_workbooks_each_row_tells_its_sheet_where_one_has_several(score: Command, tmp_path: Path) -> None:
    """A column of that name in the tables themselves stays what it was."""
    (tmp_path / "册").mkdir()
    for name, sheets_ in (("一.xlsx", ["甲"]), ("二.xlsx", ["乙", "丙"])):
        rows_ = {title: [["内容", "sheet"], [f"{title}村{FARM}", "A3"]] for title in sheets_}
        (tmp_path / "册" / name).write_bytes(xlsx(rows_))
    ran = score("册", "o.csv")
    assert ran.code == 0, ran.err
    found = read(tmp_path / "o.csv")
    assert [(row["内容"][0], row["sheet"], row["sheet2"]) for row in found] == [(n, "A3", n) for n in "甲乙丙"]


def test_a_sheet_with_headings_alone_makes_no_column_of_sheets(score: Command, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["编号", "内容"], [1, FARM]):
        book.worksheets[0].append(row)
    book.create_sheet("三月").append(["编号", "内容"])
    book.save(tmp_path / "登记.xlsx")
    assert score("登记.xlsx", "结果.csv").code == 0
    assert (tmp_path / "结果.csv").read_text(encoding="utf-8-sig").startswith("编号,内容,labels,")
