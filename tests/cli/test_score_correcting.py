"""A table of one's own, scored, corrected where it stands, and imported: a workbook by itself, CSV with --correctable."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from classifier.labelling.corpus import read_decisions
from classifier.labelling.labelled_paragraph import LabelledParagraph
from tests.cli.run import Ran, run
from tests.labelling.exchange.making_corrections import changed, hidden_columns, put
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM, TRIP, NONE = "春耕备耕抓得紧，化肥种子备得足。", "=景区门票又便宜了，古镇的游客多。", "与会人员集体学习了文件。"
BOTH = f"{FARM}{TRIP[1:]}"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    (tmp_path / "models").symlink_to(template / "models")
    shutil.copytree(template / "labels", tmp_path / "labels")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.i18n.language.speaks_chinese", lambda: True)


def petitions(folder: Path, heading: str = "留言详情") -> Path:
    """Write a workbook as an office keeps it: a title above the headings, the text under a heading of its own."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["留言登记表"],
        ["编号", heading, "文件"],
        *[[n, one, "一号件"] for n, one in enumerate((FARM, TRIP, NONE))],
    ):
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(folder / "留言.xlsx")
    return folder / "留言.xlsx"


def table(folder: Path, *texts: str) -> Path:
    path = folder / "留言.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["编号", "内容"], *([n, one] for n, one in enumerate(texts))])
    return path


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def change_csv(path: Path, *changes: tuple[int, str, str]) -> None:
    rows = rows_of(path)
    for row, heading, value in changes:
        rows[row][rows[0].index(heading)] = value
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8-sig")


def stored(folder: Path) -> dict[str | None, tuple[str, ...]]:
    return {one.text: one.labels for one in arrived(folder)}


def arrived(folder: Path) -> list[LabelledParagraph]:
    return [one for one in read_decisions(folder / "labels").every if one.at]


def in_row_two(path: Path, row: int, heading: str, value: object) -> None:
    """Write a cell of a sheet whose headings are in its second row."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(row + 2, [cell.value for cell in sheet[2]].index(heading) + 1).value = value
    book.save(path)


def test_a_workbook_of_one_s_own_is_corrected_where_it_stands(classify: Command, tmp_path: Path, chinese: None) -> None:
    petitions(tmp_path)
    ran = classify("score", "留言.xlsx", "已评.xlsx", "--text-column", "留言详情", "--workers", "1")
    assert ran.code == 0, ran.err
    assert "classify labels import 已评.xlsx" in ran.err
    sheet = load_workbook(tmp_path / "已评.xlsx").worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert headings == [
        "编号", "留言详情", "文件", "主题判定", "已核对", "首要主题", "存疑", "农业概率", "文旅概率", "未判定原因",
        "模型版本", "given", "text_check:留言详情",
    ]  # fmt: skip
    assert [row[3] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["农业", "文旅", None]
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered == {"D3:D5": '"农业,文旅,无主题"', "E3:E5": '"是,存疑,废弃"'}
    hidden = [letter for letter, one in sheet.column_dimensions.items() if one.hidden]
    assert hidden == ["L", "M"]
    untouched = classify("labels", "import", "已评.xlsx", "--confirmed")
    assert "改过 0 行，已核对而未改 0 行，未动的 3 行未导入" in untouched.err
    in_row_two(tmp_path / "已评.xlsx", 1, "主题判定", "文旅")
    in_row_two(tmp_path / "已评.xlsx", 3, "已核对", "是")
    taken = classify("labels", "import", "已评.xlsx")
    assert "改过 1 行，已核对而未改 1 行，未动的 1 行未导入" in taken.err, taken.err
    assert stored(tmp_path) == {FARM: ("tourism",), NONE: ()}
    assert {one.doc for one in arrived(tmp_path)} == {"一号件"}
    assert arrived(tmp_path)[0].facts["suggested"] == ["farming"]


def test_a_row_that_was_hidden_when_it_was_scored_keeps_no_correction_back(
    classify: Command, tmp_path: Path, chinese: None
) -> None:
    """Nobody said anything of it, neither the model nor a person; it counts as touched nowhere."""
    book = load_workbook(petitions(tmp_path))
    book.worksheets[0].row_dimensions[4].hidden = True
    book.save(tmp_path / "留言.xlsx")
    scored = classify("score", "留言.xlsx", "已评.xlsx", "--text-column", "留言详情", "--workers", "1")
    assert "工作表 Sheet 第 4 行是隐藏的，未读入" in scored.err
    assert classify("score", "留言.xlsx", "已评.xlsx", "--text-column", "留言详情", "--overwrite").code == 0
    in_row_two(tmp_path / "已评.xlsx", 1, "主题判定", "文旅")
    ran = classify("labels", "import", "已评.xlsx")
    assert (ran.code, "改过 1 行" in ran.err) == (0, True), ran.err
    assert "已评.xlsx：工作表 Sheet 第 4 行：没有模型的判断，也没有填写标签，未导入" in ran.err
    assert stored(tmp_path) == {FARM: ("tourism",)}
    in_row_two(tmp_path / "已评.xlsx", 2, "主题判定", "文旅")
    assert classify("labels", "import", "已评.xlsx").code == 1


@pytest.mark.parametrize("source", ["csv", "documents"])
def test_a_new_workbook(source: str, classify: Command, tmp_path: Path) -> None:
    """Its rows' documents stay their source."""
    if source == "csv":
        table(tmp_path, FARM, TRIP, NONE)
    else:
        (tmp_path / "材料").mkdir()
        (tmp_path / "材料" / "甲.txt").write_text("\n".join((FARM, TRIP, NONE)), encoding="utf-8")
    assert classify("score", "留言.csv" if source == "csv" else "材料", "已评.xlsx").code == 0
    path = tmp_path / "已评.xlsx"
    assert hidden_columns(load_workbook(path).worksheets[0])[0] == "given"
    data = changed(path.read_bytes(), put(1, "labels", "tourism, farming"), put(3, "checked", "doubtful"))
    path.write_bytes(data)
    ran = classify("labels", "import", "已评.xlsx")
    assert "2 corrected, 0 ticked as read (已核对) and left as they were, 1 not touched and left out" in ran.err, (
        ran.err
    )
    assert stored(tmp_path)[FARM] == ("tourism", "farming")
    docs = {one.doc for one in arrived(tmp_path)}
    assert (docs == {"材料/甲.txt"}) == (source == "documents")


def test_a_report_reads_a_corrected_workbook(classify: Command, tmp_path: Path, chinese: None) -> None:
    """Chinese names in the cells are labels to it."""
    table(tmp_path, FARM, TRIP, NONE)
    classify("score", "留言.csv", "已评.xlsx")
    path = tmp_path / "已评.xlsx"
    path.write_bytes(changed(path.read_bytes(), put(1, "主题判定", "文旅"), put(3, "主题判定", "")))
    ran = classify("report", "已评.xlsx", "-o", "报告.csv")
    assert ran.code == 0, ran.err
    assert classify("extract", "已评.xlsx", "--only", "文旅", "-o", "文旅.csv").code == 0
    assert FARM in (tmp_path / "文旅.csv").read_text("utf-8-sig")


def test_why_a_row_has_no_labels_is_said_in_chinese(classify: Command, tmp_path: Path, chinese: None) -> None:
    table(tmp_path, FARM, "", "12345", "。！？", "字" * 32_768)
    assert classify("score", "留言.csv", "已评.xlsx").code == 0
    first, *rows = load_workbook(tmp_path / "已评.xlsx").worksheets[0].iter_rows(values_only=True)
    why = [row[first.index("未判定原因")] for row in rows]
    assert why[0] is None
    assert not [one for one in why if one and re.search("[a-z]", str(one))], why
    assert why[1:4] == ["文本为空", "没有中文词语，无从判断", "没有中文词语，无从判断"]
    assert rows[4][-1] == "cut"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("a.xlsx",), "在“主题判定”列改主题，看过不必改的在“已核对”列选“是”"),
        (("a.xlsx", "--ids"), "在“labels”列改主题，看过不必改的在“已核对”列选“是”"),
        (("a.csv", "--correctable"), "在“主题判定”列改主题，看过不必改的在“已核对”列选“是”"),
        (("a.csv", "--correctable", "--ids"), "在“labels”列改主题，看过不必改的在“checked”列选“是”"),
        (("a.csv", "--correctable", "--prefix", "甲_"), "在“甲_主题判定”列改主题，看过不必改的在“甲_已核对”列"),
        (("a.xlsx", "--prefix", "甲_"), "在“甲_主题判定”列改主题，看过不必改的在“甲_已核对”列"),
    ],
)
def test_the_columns_to_correct_are_named_as_they_are(
    args: tuple[str, ...], said: str, classify: Command, tmp_path: Path, chinese: None
) -> None:
    table(tmp_path, FARM)
    assert said in classify("score", "留言.csv", *args).err


def test_csv_is_lean_unless_it_is_asked_for(classify: Command, tmp_path: Path) -> None:
    table(tmp_path, FARM, TRIP, NONE)
    assert classify("score", "留言.csv", "瘦.csv").code == 0
    assert rows_of(tmp_path / "瘦.csv")[0][-1] == "model"
    refused = classify("labels", "import", "瘦.csv")
    assert "classify score IN OUT.csv --correctable" in refused.err
    assert classify("score", "留言.csv", "瘦.xlsx", "--no-correctable").code == 0
    assert [cell.value for cell in load_workbook(tmp_path / "瘦.xlsx").worksheets[0][1]][-1] == "model"


@pytest.mark.parametrize("prefix", ["", "模型_"])
def test_csv_with_what_tells_changes(prefix: str, classify: Command, tmp_path: Path) -> None:
    table(tmp_path, FARM, TRIP, NONE, "")
    ran = classify("score", "留言.csv", "已评.csv", "--correctable", "--prefix", prefix)
    assert ran.code == 0, ran.err
    path = tmp_path / "已评.csv"
    assert rows_of(path)[0][2:4] == [f"{prefix}labels", f"{prefix}checked"]
    assert rows_of(path)[0][-2:] == [f"{prefix}given", f"{prefix}text_check:内容"]
    assert "4 not touched and left out" in classify("labels", "import", "已评.csv").err
    change_csv(path, (1, f"{prefix}labels", "文旅"), (2, f"{prefix}checked", "1"))
    ran = classify("labels", "import", "已评.csv")
    assert "1 corrected, 1 ticked as read (已核对) and left as they were, 2 not touched and left out" in ran.err, (
        ran.err
    )
    assert stored(tmp_path) == {FARM: ("tourism",), TRIP: ("tourism",)}
    change_csv(path, (4, f"{prefix}checked", "1"))
    assert "line 5: is ticked as read, but could not be scored" in classify("labels", "import", "已评.csv").err
    change_csv(path, (4, f"{prefix}labels", "文旅"))
    bad = classify("labels", "import", "已评.csv")
    assert (bad.code, "could not be scored" in bad.err) == (1, True)


@pytest.mark.parametrize("source", ["csv", "documents"])
@pytest.mark.parametrize("target", ["句.csv", "句.xlsx"])
def test_sentences_of_rows(source: str, target: str, classify: Command, tmp_path: Path) -> None:
    """Of documents and of a table's texts: the places of sentences are called otherwise."""
    table(tmp_path, BOTH, NONE)
    (tmp_path / "甲.txt").write_text(f"{NONE}\n{BOTH}", encoding="utf-8")
    given = "留言.csv" if source == "csv" else "甲.txt"
    ran = classify("score", given, target, "--unit", "sentence", *(["--correctable"] if "csv" in target else []))
    assert ran.code == 0, ran.err
    path, row = tmp_path / target, 1 if source == "csv" else 2
    if target.endswith("csv"):
        change_csv(path, (row, "labels", "文旅"))
    else:
        path.write_bytes(changed(path.read_bytes(), put(row, "labels", "文旅")))
    taken = classify("labels", "import", target)
    assert "1 corrected, 0 ticked as read (已核对) and left as they were, 2 not touched" in taken.err, taken.err
    [one] = arrived(tmp_path)
    assert (one.judged, one.text, [(part.start, part.end, part.labels) for part in one.labelled_sentences]) == (
        False,
        BOTH,
        [(0, len(FARM), ("tourism",))],
    )
    assert (one.doc == "甲.txt") == (source == "documents")


def test_the_text_column_was_renamed(classify: Command, tmp_path: Path) -> None:
    table(tmp_path, FARM)
    classify("score", "留言.csv", "已评.csv", "--correctable")
    path = tmp_path / "已评.csv"
    path.write_text(path.read_text("utf-8-sig").replace("内容", "来信", 1), encoding="utf-8-sig")
    ran = classify("labels", "import", "已评.csv")
    assert (ran.code, "has no column 内容 any more" in ran.err) == (1, True), ran.err


@pytest.mark.parametrize(
    "args",
    [("o.jsonl", "--correctable"), ("o.parquet", "--correctable"), ("o.csv", "--correctable", "--engine", "spark")],
)
def test_what_cannot_be_corrected_by_hand(args: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    table(tmp_path, FARM)
    ran = classify("score", "留言.csv", *args)
    assert (ran.code, "--correctable" in ran.err or "--engine" in ran.err) == (2, True)
    assert not (tmp_path / args[0]).exists()


def test_a_stopped_run_of_another_kind_is_not_gone_on_with(classify: Command, tmp_path: Path) -> None:
    table(tmp_path, FARM, "")
    assert classify("score", "留言.csv", "o.csv", "--strict").code == 1
    assert classify("score", "留言.csv", "o.csv", "--resume", "--correctable").code == 1


@pytest.mark.parametrize("heading", ["留言详情", "留言内容"])
def test_a_corrected_workbook_is_read_as_the_scored_table_that_it_is(
    heading: str, classify: Command, tmp_path: Path, chinese: None
) -> None:
    petitions(tmp_path, heading)
    assert classify("score", "留言.xlsx", "已评.xlsx", "--text-column", heading).code == 0
    in_row_two(tmp_path / "已评.xlsx", 1, "主题判定", "文旅")
    ran = classify("report", "已评.xlsx", "--by", "编号", "-o", "图.csv", "--language", "zh")
    assert ran.code == 0, ran.err
    figures = list(csv.DictReader(io.StringIO((tmp_path / "图.csv").read_text("utf-8-sig"), newline="")))
    found = {row["值"]: (row["农业"], row["文旅"]) for row in figures if row["对比项"] == "编号"}
    assert found == {"0": ("0.0", "1.0"), "1": ("0.0", "1.0"), "2": ("0.0", "0.0")}
    ran = classify("extract", "已评.xlsx", "--only", "文旅", "-o", "文旅.jsonl")
    assert ran.code == 0, ran.err
    *taken, noted = map(json.loads, (tmp_path / "文旅.jsonl").read_text("utf-8").splitlines())
    assert [row["text"] for row in taken] == [FARM, TRIP]
    assert [note["en"] for note in noted["notes"]] == ["sheet Sheet, row 1: above the headings; passed over"]


def test_labels_in_a_table_that_is_read_as_a_document_are_said_to_be_left_out(
    classify: Command, tmp_path: Path
) -> None:
    table(tmp_path, FARM, TRIP)
    assert classify("score", "留言.csv", "已评.xlsx").code == 0
    assert classify("留言.csv", "-o", "核对.xlsx").code == 0
    said = "the labels and corrections in this table are not read here: its text is labelled anew"
    for command in (["已评.xlsx"], ["核对.xlsx"], ["report", "核对.xlsx"]):
        ran = classify(*command, "-o", "新.csv")
        assert ran.code == 0, ran.err
        assert said in ran.err
    assert said not in classify("report", "已评.xlsx", "-o", "新.csv", "--overwrite").err
    assert said not in classify("留言.csv", "-o", "新2.csv").err
