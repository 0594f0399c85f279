"""Tables of labels, and of what to label next, are headed in the reader's language and come back in either."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from classifier.labelling.corpus import read_decisions
from classifier.own_outputs import is_of_labels, is_own_output, is_suggestions
from tests.cli.run import Ran, run
from tests.cli.test_kept_work import rewrite
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM = "山上的果园今年挂果多，合作社的仓库已经装满。"
EXPORTED = {
    "en": ["text", "label", "doc", "by", "date", "genre", "place", "year", "origin"],
    "zh": ["正文", "标签", "文件", "标注人", "标注日期", "体裁", "地区", "年份", "来源"],
}
SENTENCES = {"en": ["start", "end"], "zh": ["起点", "终点"]}
GIVEN = {"en": ["suggested", "certainty"], "zh": ["模型建议", "把握"]}
CHOSEN = {"en": ["text", "label", "doc", "suggested", "reason"], "zh": ["正文", "标签", "文件", "模型建议", "选取理由"]}


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    (tmp_path / "models").symlink_to(template / "models")
    shutil.copytree(template / "labels", tmp_path / "labels")
    (tmp_path / "甲.txt").write_text(f"{FARM}\n古镇新开二十家民宿，水稻也丰收。\n", encoding="utf-8")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


def table(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_exported_labels_come_back_as_they_were(ending: str, spoken: str, classify: Command, tmp_path: Path) -> None:
    row = '{"text": "果园挂果多。古镇客人多。", "labels": ["farming"], "by": "王", "date": "2026-11-30", "place": "甲县", '
    row += '"sentences": [{"start": 6, "end": 12, "labels": ["tourism"]}]}'
    (tmp_path / "新.jsonl").write_text(
        row + '\n{"text": "与主题无关的话。", "labels": [], "by": "王"}\n', encoding="utf-8"
    )
    assert classify("labels", "import", "新.jsonl", "--confirmed", "--labels", "甲").code == 0
    name = f"出.{ending}"
    assert classify("--language", spoken, "labels", "export", "--labels", "甲", "-o", name).code == 0
    headings, *rows = table(tmp_path / name)
    assert headings == [*EXPORTED[spoken], *SENTENCES[spoken], *GIVEN[spoken]]
    assert "none" in [row[1] for row in rows] if spoken == "en" else "无主题" in [row[1] for row in rows]
    assert is_own_output(tmp_path / name)
    assert is_of_labels(tmp_path / name) == (ending == "csv")
    taken = classify("labels", "import", name, "--labels", "乙")
    assert taken.code == 0, taken.err

    def kept(folder: str) -> list[tuple[object, ...]]:
        found = read_decisions(tmp_path / folder).every
        return sorted(
            (one.text or "", one.labels, one.judged, str(one.facts.get("by")), str(one.facts.get("place") or ""),
             tuple((part.start, part.end, part.labels) for part in one.sentences))
            for one in found
        )  # fmt: skip

    assert kept("乙") == kept("甲")


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_chosen_and_filled_in_is_imported(ending: str, spoken: str, classify: Command, tmp_path: Path) -> None:
    name = f"选.{ending}"
    assert classify("--language", spoken, "suggest", "甲.txt", "-n", "1", "-o", name).code == 0
    headings, row = table(tmp_path / name)
    assert headings == CHOSEN[spoken]
    assert row[2] == "甲.txt"
    assert is_suggestions(tmp_path / name) == (ending == "csv")
    if ending == "csv":
        assert classify("labels", "export", name, "-o", "去标.jsonl").code == 0
    rewrite(tmp_path / name, 1, headings[1], "农业")
    assert classify("labels", "import", name).code == 0
    assert ("farming",) in [one.labels for one in read_decisions(tmp_path / "labels").every if one.text == row[0]]
