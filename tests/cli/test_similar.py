"""`classify FILE --explain` names the labelled paragraphs most like each, in every form that shows reasons."""

import csv
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from classifier.labelling.decision import Decision
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.taxonomy import read_taxonomy
from classifier.model.store import StoredModel
from classifier.places import packaged
from tests.cli.run import Ran, run
from tests.conftest import made_once

DECIDED = "春汛期间，水库管理所昼夜巡查大坝渗压计读数。"
LIKE = "汛期到了，水库管理所昼夜巡查大坝，渗压计读数正常。"
UNLIKE = "龘"
WRITTEN = "县委常委会召开扩大会议"  # the first paragraph of labels/paragraphs/meet3.jsonl


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One home for all of these tests: what is kept of the package's labels is made once."""
    folder = made_once(tmp_path_factory, "similar", lambda folder: folder.mkdir(exist_ok=True))
    monkeypatch.setenv("CLASSIFIER_HOME", str(folder))
    return folder


@pytest.fixture
def work(tmp_path: Path, home: Path) -> Path:
    """A folder with a document and ./labels, in which one paragraph is decided."""
    (tmp_path / "讲话.txt").write_text("\n".join([DECIDED, LIKE, UNLIKE, WRITTEN, "来源：本报"]), encoding="utf-8")
    begin(tmp_path / "labels", read_taxonomy(packaged("labels")), ())
    session = LabelFolder(tmp_path / "labels").session({"kind": "review"})
    session.confirm(Decision(("work_style", "livelihood"), DECIDED, by="小王", date="2026-11-28"))
    return tmp_path


class Classify:
    """The command in that folder."""

    def __init__(self, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.work, self.capsys = work, capsys

    def __call__(self, *args: str, language: str = "en") -> Ran:
        ran = run(self.capsys, "--language", language, "讲话.txt", "--explain", *args, cwd=self.work)
        assert ran.code == 0, ran.err
        return ran


@pytest.fixture
def classify(work: Path, capsys: pytest.CaptureFixture[str]) -> Classify:
    return Classify(work, capsys)


def test_json_lines_name_them_with_labels_similarity_and_place(classify: Classify) -> None:
    decided, like, unlike, written, source = map(json.loads, classify("--format", "jsonl").out.splitlines())
    first = decided["similar"][0]
    assert first["same"]
    assert first["similarity"] == 1
    assert first["text"] == DECIDED
    assert first["decided"] == {"by": "小王", "date": "2026-11-28"}
    assert first["where"].endswith("-review.jsonl:1")
    assert like["similar"][0]["labels"] == ["work_style", "livelihood"]
    assert not like["similar"][0]["same"]
    assert 0.25 <= like["similar"][0]["similarity"] < 1
    assert {"渗压计", "大坝"} <= set(like["similar"][0]["words"])
    assert unlike["similar"] == []
    assert written["similar"][0]["where"].startswith("paragraphs/")
    assert "decided" not in written["similar"][0], "what is packed with the program is nobody's decision"
    assert source["kind"] == "boilerplate"
    assert source["similar"] == []
    assert len(written["similar"]) <= 3


def test_only_who_asks_for_reasons_gets_them(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "讲话.txt", "--format", "jsonl", cwd=work)
    assert all("similar" not in json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "most similar labelled paragraphs:",
                "the same text · work style, livelihood · “春汛期间",
                "decided 小王 2026-11-28",
            ],
        ),
        ("zh", ["最相似的已标注段落：", "同一段文字 · 作风建设、民生 · “春汛期间", "小王 2026-11-28 标注"]),
    ],
)
def test_the_table_says_it_in_the_reader_s_language(classify: Classify, language: str, said: list[str]) -> None:
    classify("--format", "table", "-o", "表.txt", language=language)
    plain = re.sub(r"[\s│┃]+", "", (classify.work / "表.txt").read_text(encoding="utf-8"))
    for one in said:
        assert one.replace(" ", "") in plain
    nothing = {"en": "nothing similar among the labelled paragraphs", "zh": "已标注的段落中没有相似的"}[language]
    assert plain.count(nothing.replace(" ", "")) == 1


def test_csv_says_it_in_the_reader_s_language(classify: Classify) -> None:
    classify("-o", "表.csv", language="zh")
    said = (classify.work / "表.csv").read_text(encoding="utf-8-sig")
    assert "同一段文字" in said
    assert "标注" in said
    assert "the same text" not in said
    assert "decided 小王" not in said


def test_csv_and_workbook_have_a_column_for_them(classify: Classify) -> None:
    classify("-o", "表.csv")
    with (classify.work / "表.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0]["similar"].startswith("the same text · work_style, livelihood · “春汛期间")
    assert rows[2]["similar"] == ""
    classify("-o", "表.xlsx", "--language", "zh")
    header, first, *_ = load_workbook(classify.work / "表.xlsx").worksheets[0].iter_rows(values_only=True)
    cell = first[header.index("相似的已标注段落")]
    assert str(cell).startswith("同一段文字 · 作风建设、民生 · “春汛期间")


def test_the_page_has_them_folded_below_each_paragraph(classify: Classify) -> None:
    classify("-o", "页.html", "--language", "zh")
    page = (classify.work / "页.html").read_text(encoding="utf-8")
    folded = re.findall(r'<details class="similar">(.*?)</details>', page, re.DOTALL)
    assert len(folded) == 4, "boilerplate has none"
    assert "相似的已标注段落" in folded[0]
    assert "<li>同一段文字 · 作风建设、民生 · “春汛期间" in folded[0]
    assert "已标注的段落中没有相似的" in folded[2]
    run(classify.capsys, "讲话.txt", "-o", "页.html", cwd=classify.work)
    assert '<details class="similar">' not in (classify.work / "页.html").read_text(encoding="utf-8")


def test_a_folder_that_is_named_takes_the_place_of_ones_own(classify: Classify, tmp_path: Path) -> None:
    other = tmp_path / "别处"
    begin(other, read_taxonomy(packaged("labels")), ())
    LabelFolder(other).session({"kind": "review"}).confirm(Decision((), DECIDED, by="小李"))
    row = json.loads(classify("--format", "jsonl", "--labels", str(other)).out.splitlines()[0])
    assert [one["decided"]["by"] for one in row["similar"] if "decided" in one] == ["小李"]


def test_a_model_without_its_labels_is_told_once(classify: Classify, small_model: StoredModel) -> None:
    """Of another taxonomy, too: the package's labels say nothing for it."""
    model = ("--format", "jsonl", "--model", str(small_model.folder), "--model-only")
    ran = classify(*model)
    assert ran.err.count("came without the labels it learnt from") == 1
    assert json.loads(ran.out.splitlines()[0])["similar"] == []
    chinese = classify(*model, language="zh")
    assert "没有附带训练所用的标注；只在自己的标注中查找相似的段落" in chinese.err
    assert "came without" not in chinese.err
