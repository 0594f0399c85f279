"""A table that is passed over among what a command reads may hold what people decided: that is said, and what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.i18n.sentences import translated
from tests.cli.run import Ran, run
from tests.cli.test_kept_work import rewrite, without
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n古镇新开二十家民宿，游客住得下来，水稻也丰收。\n"
SAID = (
    "holds 1 rows that somebody corrected, ticked or edited and that are not imported, so that they do not count here"
)
READS = [
    ("材料", "-o", "又.csv"),
    ("extract", "材料", "-o", "摘.md"),
    ("report", "材料", "-o", "报.csv"),
    ("suggest", "材料", "-o", "选.csv"),
    ("score", "材料", "分.csv", "--labels", "labels"),
]


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    (tmp_path / "models").symlink_to(template / "models")
    shutil.copytree(template / "labels", tmp_path / "labels")
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "甲.txt").write_text(FARM, encoding="utf-8")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


@pytest.fixture
def table(classify: Command, tmp_path: Path) -> Path:
    """A table to correct in the folder of its document."""
    assert classify("材料", "-o", "改.xlsx", "--language", "zh").code == 0
    return (tmp_path / "改.xlsx").rename(tmp_path / "材料" / "改.xlsx")


@pytest.mark.parametrize("command", READS, ids=lambda command: command[0])
def test_corrections_that_are_not_imported_are_told(command: tuple[str, ...], classify: Command, table: Path) -> None:
    untouched = classify(*command)
    assert (untouched.code, SAID in untouched.err) == (0, False)
    assert "passed over, being an output of classify: 材料/改.xlsx" in untouched.err
    rewrite(table, 1, "文旅", "是")
    ran = classify(*command, "--overwrite")
    assert ran.code == 0, ran.err
    named = " --labels labels" if "--labels" in command else ""
    told = f"材料/改.xlsx: {SAID}: run `classify labels import 材料/改.xlsx{named}` first"
    assert told in ran.err
    assert translated(told, "zh") == (
        "材料/改.xlsx：其中有 1 行改过、核对过或动过正文，尚未导入，这里不计；"
        f"请先运行 `classify labels import 材料/改.xlsx{named}`"
    )
    assert classify("labels", "import", "材料/改.xlsx", "--on-conflict", "newest").code == 0
    assert SAID not in classify(*command, "--overwrite").err


def test_what_lost_the_columns_that_tell_may_hold_some(classify: Command, table: Path) -> None:
    without(table, "given", "text_check")
    ran = classify("材料", "-o", "又.csv")
    told = "材料/改.xlsx: is a table to correct that has lost the columns which tell what was corrected there"
    assert (ran.code, f"{told}; nothing of it counts here" in ran.err) == (0, True), ran.err
    assert translated(f"{told}; nothing of it counts here", "zh") == (
        "材料/改.xlsx：这张核对表缺了记录修改的列，看不出有没有人改过，这里不计"
    )


def test_where_nobody_s_decisions_count_nothing_is_said(classify: Command, table: Path) -> None:
    rewrite(table, 1, "文旅", "是")
    for command in (*READS[:3], READS[4][:3]):
        alone = () if command[0] == "score" else ("--model-only",)
        ran = classify(*command, *alone)
        assert (ran.code, SAID in ran.err) == (0, False), ran.err


@pytest.mark.parametrize("name", ["分.xlsx", "分.csv"])
def test_a_scored_table_that_was_corrected(name: str, classify: Command, table: Path, tmp_path: Path) -> None:
    """`classify FOLDER` and `score` pass it over; `extract` and `report` read it, and its corrections count there."""
    table.unlink()
    assert classify("score", "材料", name, "--correctable").code == 0
    (tmp_path / name).rename(tmp_path / "材料" / name)
    rewrite(tmp_path / "材料" / name, 1, "labels", "tourism")
    said = {command[0]: SAID in classify(*command).err for command in READS}
    assert said == {"材料": True, "extract": False, "report": False, "suggest": False, "score": True}


@pytest.mark.parametrize("name", ["选.xlsx", "选.csv"])
def test_what_was_chosen_to_be_labelled_and_is(name: str, classify: Command, table: Path, tmp_path: Path) -> None:
    table.unlink()
    assert classify("suggest", "材料", "-o", name).code == 0
    (tmp_path / name).rename(tmp_path / "材料" / name)
    assert SAID not in classify("材料", "-o", "又.csv").err
    rewrite(tmp_path / "材料" / name, 1, "label", "农业")
    ran = classify("材料", "-o", "又.csv")
    assert f"材料/{name}: {SAID}" in ran.err
