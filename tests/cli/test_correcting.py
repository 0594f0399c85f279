"""The obvious way: label to Excel or CSV, correct some cells, import the file; also after LibreOffice saved it."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from classifier.i18n.sentences import translated
from classifier.labelling.corpus import read_decisions
from tests.cli.run import Ran, run
from tests.labelling.exchange.making_corrections import changed, hidden_columns, put
from tests.other_programs import SOFFICE, needs_libreoffice
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM = "粮食播种面积稳住了，春耕备耕抓得紧，化肥种子备得足。"
TRIP = "=景区门票又便宜了，古镇的游客和旅行社都多。"
NONE = "与会人员上午集体学习了有关文件。"
OTHER = "应急队伍全部到岗，消防演练按计划进行。"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    """The command, which writes workbooks in Chinese where nothing else is said."""
    (tmp_path / "models").symlink_to(template / "models")
    shutil.copytree(template / "labels", tmp_path / "labels")
    (tmp_path / "甲.txt").write_text("\n".join((FARM, TRIP, NONE, OTHER)) + "\n", encoding="utf-8")

    def ran(*args: str) -> Ran:
        spoken = () if args[0] == "labels" or "--language" in args else ("--language", "zh")
        return run(capsys, *args, *spoken, cwd=tmp_path)

    return ran


def stored(folder: Path) -> dict[str | None, tuple[str, ...]]:
    return {one.text: one.labels for one in read_decisions(folder / "labels").paragraphs if one.at}


def corrected(path: Path) -> None:
    """Take 农业 from the first row, tick the third as read."""
    data = changed(path.read_bytes(), put(1, "农业", None), put(1, "文旅", "是"), put(3, "已核对", "是"))
    path.write_bytes(data)


@pytest.mark.parametrize("flags", [(), ("--confirmed",)])
def test_a_workbook(flags: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    """Nothing of the rows that nobody touched is stored, whatever is asked for."""
    made = classify("甲.txt", "-o", "改.xlsx")
    assert (made.code, made.err) == (0, "classify: written to 改.xlsx\n")
    untouched = classify("labels", "import", "改.xlsx", *flags)
    assert untouched.code == 0
    assert "0 corrected, 0 ticked as read (已核对) and left as they were, 4 not touched and left out" in untouched.err
    assert "nothing new" in untouched.err
    assert "--confirmed" not in untouched.err
    corrected(tmp_path / "改.xlsx")
    ran = classify("labels", "import", "改.xlsx", *flags, "--by", "科室")
    assert "1 corrected, 1 ticked as read (已核对) and left as they were, 2 not touched and left out" in ran.err
    assert "2 stored" in ran.err
    assert stored(tmp_path) == {FARM: ("tourism",), NONE: ()}
    assert {one.facts["by"] for one in read_decisions(tmp_path / "labels").paragraphs if one.at} == {"科室"}
    assert "taken back" in classify("labels", "undo").err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv(encoding: str, classify: Command, tmp_path: Path) -> None:
    """As Excel and WPS save it again."""
    assert classify("甲.txt", "-o", "改.csv").code == 0
    path = tmp_path / "改.csv"
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    labels, checked = rows[0].index("labels"), rows[0].index("checked")
    assert (rows[0][:3], rows[0][-3:]) == (["file", "index", "start"], ["checked", "given", "text_check"])
    rows[1][labels], rows[2][checked] = "文旅", "是"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t" if encoding == "utf-16" else ",").writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    ran = classify("labels", "import", "改.csv")
    assert "1 corrected, 1 ticked as read (已核对)" in ran.err
    assert stored(tmp_path) == {FARM: ("tourism",), TRIP: ("tourism",)}


def test_a_row_that_cannot_be_taken(classify: Command, tmp_path: Path) -> None:
    classify("甲.txt", "-o", "改.xlsx")
    path = tmp_path / "改.xlsx"
    path.write_bytes(changed(path.read_bytes(), put(1, "正文", "别的。"), put(1, "农业", None), put(2, "农业", "是")))
    ran = classify("labels", "import", "改.xlsx")
    assert ran.code == 1
    assert "改.xlsx: sheet 核对, row 2: the text was edited" in ran.err
    assert stored(tmp_path) == {}
    assert "1 stored" in classify("labels", "import", "改.xlsx", "--skip-bad").err
    assert stored(tmp_path) == {TRIP: ("tourism", "farming")}


@pytest.mark.parametrize("name", ["改.xlsx", "改.csv"])
def test_a_decision_that_the_table_showed_is_decided_anew(name: str, classify: Command, tmp_path: Path) -> None:
    """No conflict: whoever corrects it has seen it. One that was decided meanwhile is a conflict."""
    (tmp_path / "原.csv").write_text(f"文本,标签,标注人\n{OTHER},农业,甲\n", encoding="utf-8")
    assert classify("labels", "import", "原.csv").code == 0
    classify("甲.txt", "-o", name)
    path = tmp_path / name
    if name.endswith("xlsx"):
        path.write_bytes(changed(path.read_bytes(), put(4, "农业", None), put(4, "文旅", "是")))
    else:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        rows[4][rows[0].index("labels")] = "文旅"
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(rows)
        path.write_text(stream.getvalue(), encoding="utf-8")
    ran = classify("labels", "import", name)
    assert ran.code == 0, ran.err
    assert stored(tmp_path) == {OTHER: ("tourism",)}
    classify("labels", "undo")
    (tmp_path / "原.csv").write_text(f"文本,标签,标注人\n{OTHER},无,乙\n", encoding="utf-8")
    classify("labels", "import", "原.csv", "--on-conflict", "newest")
    assert classify("labels", "import", name).code == 1


def test_a_table_of_answers_that_is_not_to_correct(classify: Command, tmp_path: Path) -> None:
    """It says how to get one, and not that the answers could be confirmed."""
    classify("甲.txt", "-o", "句.jsonl", "--unit", "sentence")
    ran = classify("labels", "import", "句.jsonl")
    assert ran.code == 0
    assert (
        "a model's own answers and left out (to correct some, write a table with: classify FILE -o x.xlsx, "
        "or: classify score IN OUT.csv --correctable)" in ran.err
    )
    assert "--confirmed" not in ran.err
    assert stored(tmp_path) == {}


def sentences(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what is stored of sentences, and that nothing is said of their paragraphs."""
    some = [one for one in read_decisions(folder / "labels").every if one.at]
    assert not any(one.judged for one in some)
    return {
        str(one.text)[part.start : part.end]: part.labels
        for one in some
        for part in one.sentences
        if part.labels is not None
    }


@pytest.mark.parametrize("name", ["句.xlsx", "句.csv"])
def test_sentences_are_corrected_as_sentences(name: str, classify: Command, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(f"{FARM}{TRIP[1:]}{NONE}\n{OTHER}\n", encoding="utf-8")
    assert classify("甲.txt", "-o", name, "--unit", "sentence").code == 0
    assert (
        "0 corrected, 0 ticked as read (已核对) and left as they were, 4 not touched"
        in classify("labels", "import", name).err
    )
    path = tmp_path / name
    if name.endswith("xlsx"):
        sheet = load_workbook(path)["核对"]
        assert hidden_columns(sheet)[:3] == ["given", "model", "text_check:paragraph"]
        assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [FARM, TRIP[1:], NONE, OTHER]
        path.write_bytes(changed(path.read_bytes(), put(1, "农业", None), put(1, "文旅", "是"), put(3, "已核对", "是")))
    else:
        rewrite_csv(path, (1, "labels", "文旅"), (3, "checked", "是"))
    ran = classify("labels", "import", name)
    assert "1 corrected, 1 ticked as read (已核对) and left as they were, 2 not touched" in ran.err, ran.err
    assert "2 sentences stored" in ran.err
    assert sentences(tmp_path) == {FARM: ("tourism",), NONE: ()}
    if name.endswith("csv"):
        rewrite_csv(path, (2, "text", "别的一句。"), (2, "labels", "农业"))
        bad = classify("labels", "import", name)
        assert (bad.code, "the sentence was edited" in bad.err) == (1, True)


def rewrite_csv(path: Path, *changes: tuple[int, str, str]) -> None:
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    for row, heading, value in changes:
        rows[row][rows[0].index(heading)] = value
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8-sig")


def test_a_sentence_that_the_table_showed_as_decided_is_decided_anew(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(f"{FARM}{NONE}\n", encoding="utf-8")
    classify("甲.txt", "-o", "句.csv", "--unit", "sentence")
    rewrite_csv(tmp_path / "句.csv", (1, "labels", "文旅"))
    assert classify("labels", "import", "句.csv").code == 0
    classify("甲.txt", "-o", "又.csv", "--unit", "sentence")
    rewrite_csv(tmp_path / "又.csv", (1, "labels", "无"))
    again = classify("labels", "import", "又.csv")
    assert again.code == 0, again.err
    assert sentences(tmp_path) == {FARM: ()}
    stale = classify("labels", "import", "句.csv")
    assert stale.code == 1


@pytest.mark.parametrize("args", [("--sentences",), ("--format", "csv"), ("--unit", "sentence", "--explain")])
def test_what_does_not_go_with_a_workbook(args: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    ran = classify("甲.txt", "-o", "改.xlsx", *args)
    assert ran.code == 2
    assert not (tmp_path / "改.xlsx").exists()


def test_reasons_and_two_documents_of_one_name(classify: Command, tmp_path: Path) -> None:
    for folder in ("乙县", "丙县"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "报告.txt").write_text(FARM, encoding="utf-8")
    assert classify("乙县/报告.txt", "丙县/报告.txt", "-o", "改.xlsx", "--explain", "--language", "en").code == 0
    rows = list(load_workbook(tmp_path / "改.xlsx")["check"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["document", "乙县/报告.txt", "丙县/报告.txt"]
    why = rows[1][rows[0].index("why")]
    assert str(why).startswith("farming：")


@needs_libreoffice
def test_libreoffice_saves_it_again(classify: Command, tmp_path: Path) -> None:
    """As .xlsx with its drop-downs and hidden columns, as .ods and as .csv: all come in the same."""
    classify("甲.txt", "-o", "改.xlsx")
    corrected(tmp_path / "改.xlsx")
    office = [str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    for ending in ("xlsx", "ods", "csv:Text - txt - csv (StarCalc):44,34,76"):
        command = [*office, "--convert-to", ending, "--outdir", str(tmp_path / "又"), str(tmp_path / "改.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=300, env=os.environ | {"LC_ALL": "C.UTF-8"})
    sheet = load_workbook(tmp_path / "又" / "改.xlsx")["核对"]
    assert hidden_columns(sheet) == ["given", "model", "text_check"]
    assert {one.formula1 for one in sheet.data_validations.dataValidation} == {'"是"', '"是,存疑,废弃"'}
    for name in ("改.xlsx", "改.ods", "改.csv"):
        ran = classify("labels", "import", f"又/{name}")
        assert "1 corrected, 1 ticked as read (已核对) and left as they were, 2 not touched" in ran.err, (name, ran.err)
        assert stored(tmp_path) == {FARM: ("tourism",), NONE: ()}
        classify("labels", "undo")


def test_what_an_import_did_reads_in_chinese(classify: Command, tmp_path: Path) -> None:
    classify("甲.txt", "-o", "改.xlsx")
    classify("甲.txt", "-o", "句.jsonl", "--unit", "sentence")
    corrected(tmp_path / "改.xlsx")
    ran = classify("labels", "import", "改.xlsx", "句.jsonl")
    said = [translated(line.removeprefix("classify: "), "zh") for line in ran.err.splitlines()]
    assert "改.xlsx：改过 1 行，已核对而未改 1 行，未动的 2 行未导入" in said
    assert said[-1].endswith(
        "：新存 2 条，模型自己的判断 4 条未导入（要核对，请运行 classify 文件 -o 核对.xlsx，"
        "或 classify score 表格 核对.csv --correctable）"
    )
