"""What people did in a table is not lost where the command that wrote it is run again."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from classifier.i18n.sentences import translated
from tests.cli.test_correcting import Command, stored
from tests.cli.test_correcting import classify as classify_of_correcting
from tests.labelling.exchange.making_corrections import changed, put
from tests.web.conftest import template as template_of_web

template = template_of_web
classify = classify_of_correcting
PARAGRAPHS, SENTENCES = (), ("--unit", "sentence")


def rewrite(path: Path, row: int, column: str, value: str) -> None:
    """Put a value into a cell of a workbook or a CSV file; rows are counted from 1, below the headings."""
    if path.suffix == ".xlsx":
        path.write_bytes(changed(path.read_bytes(), put(row, column, value)))
        return
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    rows[row][rows[0].index(column)] = value
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_bytes(b"\xef\xbb\xbf" + stream.getvalue().encode())


@pytest.mark.parametrize("unit", [PARAGRAPHS, SENTENCES], ids=["paragraphs", "sentences"])
@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("改.xlsx", "文旅", "是"),
        ("改.xlsx", "已核对", "是"),
        ("改.csv", "labels", "tourism"),
        ("改.csv", "checked", "1"),
        ("改.csv", "labels", "没有这个"),  # a slip, which is work as well
    ],
)
def test_corrections_are_not_written_over(
    unit: tuple[str, ...], name: str, column: str, value: str, classify: Command, tmp_path: Path
) -> None:
    command = ("甲.txt", *unit, "-o", name)
    assert classify(*command).code == 0
    assert classify(*command).code == 0  # nobody touched it
    path = tmp_path / name
    rewrite(path, 1, column, value)
    before = path.read_bytes()
    ran = classify(*command)
    assert (ran.code, path.read_bytes()) == (1, before)
    assert (
        f"{name}: holds 1 rows that somebody corrected, ticked or edited and that are not imported; "
        f"run `classify labels import {name}` first, name another output, or replace it with --overwrite"
    ) in ran.err
    assert classify(*command, "--overwrite").code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize("unit", [PARAGRAPHS, SENTENCES], ids=["paragraphs", "sentences"])
def test_what_is_imported_may_be_written_anew(unit: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    command = ("甲.txt", *unit, "-o", "改.xlsx")
    classify(*command)
    rewrite(tmp_path / "改.xlsx", 1, "文旅", "是")
    assert classify("labels", "import", "改.xlsx").code == 0
    ran = classify(*command)
    assert ran.code == 0, ran.err
    assert load_workbook(tmp_path / "改.xlsx").worksheets[0]["E2"].value == "是"
    classify("labels", "undo")
    assert stored(tmp_path) == {}


def without(path: Path, *columns: str) -> None:
    """Take columns out of a workbook or a CSV file, as a program does that drops what is hidden."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        sheet = book.worksheets[0]
        for name in columns:
            sheet.delete_cols([cell.value for cell in sheet[1]].index(name) + 1)
        book.save(path)
        return
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    kept = [place for place, name in enumerate(rows[0]) if name not in columns]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([row[place] for place in kept] for row in rows)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("unit", [PARAGRAPHS, SENTENCES], ids=["paragraphs", "sentences"])
@pytest.mark.parametrize("name", ["改.xlsx", "改.csv"])
def test_a_table_that_lost_what_tells_corrections_is_not_written_over(
    name: str, unit: tuple[str, ...], language: str, classify: Command, tmp_path: Path
) -> None:
    """Another program saved it without its hidden columns: nobody can say whether somebody worked in it."""
    command = ("甲.txt", *unit, "-o", name, "--language", language)
    assert classify(*command).code == 0
    path = tmp_path / name
    check = "text_check:paragraph" if unit else "text_check"
    without(path, "given", check)
    before = path.read_bytes()
    for again in (command, ("extract", "甲.txt", "-o", name)):
        ran = classify(*again)
        assert (ran.code, path.read_bytes()) == (1, before)
        said = (
            f"{name}: is a table to correct that has lost the columns which tell what was corrected there; "
            "name another output, or replace it with --overwrite"
        )
        assert said in ran.err
        assert translated(said, "zh") == (
            f"{name}：这张核对表缺了记录修改的列，看不出有没有人改过；请换一个输出文件名，要替换请加 --overwrite"
        )
    taken = classify("labels", "import", name)
    assert "a table to correct that has lost its columns given and text_check" in taken.err
    assert stored(tmp_path) == {}
    assert classify(*command, "--overwrite").code == 0


def test_an_edited_text_is_not_written_over(classify: Command, tmp_path: Path) -> None:
    classify("甲.txt", "-o", "改.xlsx")
    rewrite(tmp_path / "改.xlsx", 2, "正文", "别的。")
    assert "改.xlsx: holds 1 rows" in classify("甲.txt", "-o", "改.xlsx").err


@pytest.mark.parametrize(
    "command",
    [("extract", "甲.txt", "-o"), ("report", "甲.txt", "-o"), ("report", "甲.txt", "-o", "页.html", "--table")],
)
@pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
def test_other_commands_write_over_none_either(
    command: tuple[str, ...], name: str, classify: Command, tmp_path: Path
) -> None:
    assert classify(*command, name).code == 0
    assert classify(*command, name).code == 0  # their own tables are nobody's corrections
    assert classify("甲.txt", "-o", name).code == 0
    rewrite(tmp_path / name, 1, "已核对" if name.endswith("xlsx") else "checked", "是")
    before = (tmp_path / name).read_bytes()
    ran = classify(*command, name)
    assert (ran.code, (tmp_path / name).read_bytes()) == (1, before)
    assert f"{name}: holds 1 rows" in ran.err
    assert classify(*command, name, "--overwrite").code == 0


@pytest.mark.parametrize("command", [("suggest", "甲.txt"), ("labels", "export", "甲.txt")], ids=["suggest", "export"])
@pytest.mark.parametrize("name", ["选.xlsx", "选.csv"])
def test_labels_that_were_filled_in_are_not_written_over(
    command: tuple[str, ...], name: str, classify: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.cli.run import run  # noqa: PLC0415

    def ran(*more: str) -> tuple[int, str]:
        found = run(capsys, *command, "-o", name, *more, cwd=tmp_path)
        return found.code, found.err

    assert ran()[0] == 0
    assert ran()[0] == 0
    rewrite(tmp_path / name, 1, "label", "农业")
    before = (tmp_path / name).read_bytes()
    code, said = ran()
    assert (code, (tmp_path / name).read_bytes()) == (1, before)
    assert f"{name}: holds 1 rows" in said
    assert ran("--overwrite")[0] == 0


def test_it_is_said_in_chinese(classify: Command, tmp_path: Path) -> None:
    classify("甲.txt", "-o", "改.xlsx")
    rewrite(tmp_path / "改.xlsx", 1, "已核对", "是")
    assert translated(classify("甲.txt", "-o", "改.xlsx").err, "zh") == (
        "classify: 改.xlsx：其中有 1 行改过、核对过或动过正文，尚未导入；请先运行 `classify labels import 改.xlsx`，"
        "或换一个输出文件名；要替换请加 --overwrite\n"
    )
