"""What a person decided counts in every output of the commands, is marked there, and can be left out."""

import csv
import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from classifier.labelling.decision import Decision
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.taxonomy import read_taxonomy
from classifier.places import packaged
from tests.bulk.tables import read
from tests.cli.run import Ran, run
from tests.conftest import TAXONOMY

SCHOOLS = "新建两所小学，改造老旧小区十二个，城镇新增就业六千人，提高城乡低保标准。"
PHOTO = "会议结束后，与会人员合影留念。"
MIXED = "要深化放管服改革，推行一网通办。改造老旧小区十二个。"
DOUBTFUL = "要大抓招商，签约亿元项目三十个。"
TEXT = "\n".join(["各位代表：", SCHOOLS, PHOTO, MIXED, DOUBTFUL]) + "\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a document and ./labels: two paragraphs decided, a sentence, one set aside."""
    (tmp_path / "讲话.txt").write_text(TEXT, encoding="utf-8")
    begin(tmp_path / "labels", read_taxonomy(packaged("labels")), ())
    session = LabelFolder(tmp_path / "labels").session({"kind": "review"})
    session.confirm(Decision(("work_style",), SCHOOLS.replace("，", "， "), by="小王"))
    session.confirm(Decision(("livelihood",), PHOTO, by="小李", date="2026-11-28"))
    end = MIXED.index("。") + 1
    session.confirm(
        Decision((), MIXED, by="小王", sentences=(LabelledSentence(0, end, ("work_style",)),), judged=False)
    )
    session.confirm(Decision((), DOUBTFUL, by="小王", aside="doubtful"))
    return tmp_path


@pytest.fixture
def classify(work: Path, capsys: pytest.CaptureFixture[str]) -> "Classify":
    return Classify(work, capsys)


class Classify:
    """The command in that folder."""

    def __init__(self, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.work, self._capsys = work, capsys

    def __call__(self, *args: str) -> Ran:
        return run(self._capsys, *args, cwd=self.work)

    def rows(self, *args: str) -> dict[str, dict[str, object]]:
        ran = self(*args)
        assert ran.code == 0, ran.err
        return {str(row["text"]): row for row in map(json.loads, ran.out.splitlines())}


def test_json_lines(classify: Classify) -> None:
    now = classify.rows("讲话.txt", "--sentences")
    before = classify.rows("讲话.txt", "--sentences", "--model-only")
    assert (before[SCHOOLS]["labels"], before[PHOTO]["labels"]) == (["livelihood"], [])
    assert (now[SCHOOLS]["labels"], now[SCHOOLS]["primary"], now[SCHOOLS]["uncertain"]) == (
        ["work_style"], "work_style", False,
    )  # fmt: skip
    assert now[SCHOOLS]["probabilities"] == before[SCHOOLS]["probabilities"]
    assert now[SCHOOLS]["decided"]["by"] == "小王"  # type: ignore[index]
    assert now[PHOTO]["decided"] == {"by": "小李", "date": "2026-11-28"}
    assert now[PHOTO]["shares"]["livelihood"] == 1  # type: ignore[index]
    assert [(one["labels"], "decided" in one) for one in now[MIXED]["sentences"]] == [  # type: ignore[attr-defined]
        (["work_style"], True), (["livelihood"], False),
    ]  # fmt: skip
    assert now[MIXED]["labels"] == before[MIXED]["labels"]
    assert now[DOUBTFUL] == before[DOUBTFUL]
    assert "decided" not in json.dumps(list(before.values()))


def test_the_only_filter_goes_by_what_was_decided(classify: Classify) -> None:
    assert SCHOOLS not in classify.rows("讲话.txt", "--only", "民生")
    assert SCHOOLS in classify.rows("讲话.txt", "--only", "民生", "--model-only")
    assert PHOTO in classify.rows("讲话.txt", "--only", "民生")


def test_csv_and_sentences_as_rows(classify: Classify) -> None:
    out = classify("讲话.txt", "--format", "csv").out
    table = {row["text"]: row for row in csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))}
    assert (table[PHOTO]["labels"], table[PHOTO]["decided"]) == ("livelihood", "小李 2026-11-28")
    assert table[DOUBTFUL]["decided"] == ""
    plain = classify("讲话.txt", "--format", "csv", "--model-only").out
    assert "decided" not in plain.splitlines()[0]
    parts = classify.rows("讲话.txt", "--unit", "sentence")
    first, second = MIXED[: MIXED.index("。") + 1], MIXED[MIXED.index("。") + 1 :]
    assert (parts[first]["labels"], parts[first]["decided"]["by"]) == (["work_style"], "小王")  # type: ignore[index]
    assert "decided" not in parts[second]


def test_a_workbook_to_correct_knows_what_people_decided(classify: Classify) -> None:
    """Rows that nobody touches are no new decisions, and what a person changes is not said to be the model's."""
    assert classify("讲话.txt", "-o", "核对.xlsx", "--language", "zh").code == 0
    book = openpyxl.load_workbook(classify.work / "核对.xlsx")
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    rows = {row[headings.index("正文")].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows[PHOTO][headings.index("模型判断")].value == "民生（人工标注 小李 2026-11-28）"
    ran = classify("labels", "import", "核对.xlsx")
    assert ran.code == 0, ran.err
    assert len(LabelFolder(classify.work / "labels").batches()) == 1
    for name in ("改.xlsx", "改.csv"):
        batches = len(LabelFolder(classify.work / "labels").batches())
        assert classify("讲话.txt", "-o", name, "--language", "zh").code == 0
        _change(classify.work / name)
        assert classify("labels", "import", name, "--by", "小周", "--on-conflict", "newest").code == 0
        (batch,) = LabelFolder(classify.work / "labels").batches()[batches:]
        (stored,) = map(json.loads, (classify.work / "labels" / batch.file).read_bytes().splitlines())
        assert (stored["text"], stored["labels"], stored["by"]) == (PHOTO, [], "小周")
        assert "suggested" not in stored
        classify("labels", "undo")


def _change(path: Path) -> None:
    """Take the labels off the row of PHOTO."""
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        for row in rows:
            if row["text"] == PHOTO:
                row["labels"] = "none"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[headings.index("正文")].value == PHOTO:
            row[headings.index("民生")].value = None
    book.save(path)


def test_the_table_for_the_eye(classify: Classify) -> None:
    out = classify("讲话.txt", "--format", "table", "-o", "表.txt")
    assert out.code == 0, out.err
    text = (classify.work / "表.txt").read_text(encoding="utf-8")
    assert "✓ 民生" in text
    assert "小李 2026-11-28" in text
    classify("讲话.txt", "--format", "table", "-o", "模型.txt", "--model-only")
    assert "小李" not in (classify.work / "模型.txt").read_text(encoding="utf-8")


def test_pages_word_and_markdown(classify: Classify) -> None:
    for name in ("页.html", "批注.docx", "文.md"):
        ran = classify("讲话.txt", "-o", name, *(["--language", "zh"] if name.endswith("html") else []))
        assert ran.code == 0, ran.err
    page = (classify.work / "页.html").read_text(encoding="utf-8")
    assert "✓ 人工标注 小李 2026-11-28" in page
    comments = [(one.text, one.author) for one in docx.Document(str(classify.work / "批注.docx")).comments]
    assert ("民生", "小李") in comments
    assert ("作风建设", "小王") in comments
    assert "> 民生（人工标注 小李 2026-11-28）" in (classify.work / "文.md").read_text(encoding="utf-8")


def test_reports_on_documents_and_on_tables(classify: Classify) -> None:
    """A table keeps who decided; decisions made after it was scored count, too."""
    (classify.work / "material").mkdir()
    for name, more in (("a.txt", ""), ("b.txt", "完。\n")):  # the same text would count once
        (classify.work / "material" / name).write_text(TEXT + more, encoding="utf-8")
    mark = "✓ 人工标注 小李 2026-11-28"
    for source, switch, marks in (("material", (), 2), ("material", ("--model-only",), 0)):
        assert classify("report", source, "-o", "r.html", "--language", "zh", *switch).code == 0
        assert (classify.work / "r.html").read_text(encoding="utf-8").count(mark) == marks
    classify("讲话.txt", "--format", "jsonl", "-o", "before.jsonl", "--model-only")
    assert classify("report", "before.jsonl", "-o", "r.html", "--language", "zh").code == 0
    assert mark in (classify.work / "r.html").read_text(encoding="utf-8")
    for name in ("with.csv", "with.jsonl"):
        classify("讲话.txt", "-o", name)
        assert classify("report", name, "-o", "r.html", "--language", "zh", "--model-only").code == 0
        assert mark in (classify.work / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["讲话.txt", "表.csv"])
def test_extracts(source: str, classify: Classify) -> None:
    (classify.work / "表.csv").write_text("内容\n" + "\n".join(TEXT.splitlines()[1:]), encoding="utf-8")
    assert SCHOOLS not in classify.rows("extract", source, "--only", "民生", "--format", "jsonl")
    assert SCHOOLS in classify.rows("extract", source, "--only", "民生", "--format", "jsonl", "--model-only")
    found = classify.rows("extract", source, "--only", "民生", "--format", "jsonl")[PHOTO]
    assert (found["decided"], found["uncertain"]) == ({"by": "小李", "date": "2026-11-28"}, False)
    first = MIXED[: MIXED.index("。") + 1]
    parts = classify.rows("extract", source, "--only", "作风建设", "--unit", "sentence", "--format", "jsonl")
    assert parts[first]["decided"]["by"] == "小王"  # type: ignore[index]
    assert classify("extract", source, "--only", "民生", "-o", "民生.xlsx").code == 0
    cells = [cell for row in openpyxl.load_workbook(classify.work / "民生.xlsx").worksheets[0].values for cell in row]
    assert "人工标注 小李 2026-11-28" in cells


@pytest.mark.parametrize("name", ["o.jsonl", "o.csv", "o.parquet"])
@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_score(name: str, unit: str, classify: Classify) -> None:
    lines = "".join(json.dumps({"text": one}) + "\n" for one in ["", *TEXT.splitlines(), "ABC"])
    (classify.work / "t.jsonl").write_text(lines, encoding="utf-8")
    ran = classify("score", "t.jsonl", name, "--labels", "labels", "--unit", unit)
    assert ran.code == 0, ran.err
    assert classify("score", "t.jsonl", f"model-{name}", "--unit", unit).code == 0
    now, before = (read(classify.work / one) for one in (name, f"model-{name}"))
    column = "sentence" if unit == "sentence" else "text"
    assert [row["text"] for row in now] == [row["text"] for row in before]
    by_text = {row[column]: row for row in now}
    assert _labels(by_text[PHOTO]) == ["livelihood"]
    assert _labels(by_text[SCHOOLS]) == ["work_style"]
    who = by_text[PHOTO]["decided"]
    assert who == ({"by": "小李", "date": "2026-11-28"} if name == "o.jsonl" else "小李 2026-11-28")
    others = [(a, b) for a, b in zip(now, before, strict=True) if not a.get("decided")]
    assert len(others) == len(now) - (3 if unit == "sentence" else 2)
    assert all({key: value for key, value in a.items() if key != "decided"} == b for a, b in others)
    if unit == "sentence":
        assert _labels(by_text[MIXED[: MIXED.index("。") + 1]]) == ["work_style"]


def _labels(row: dict[str, object]) -> list[str]:
    labels = row["labels"]
    return labels if isinstance(labels, list) else [one for one in str(labels).split(",") if one]


def test_score_with_sentences_gives_what_label_gives(classify: Classify) -> None:
    """Documents by one road and the other, boilerplate included, and the closing shares."""
    (classify.work / "讲话.txt").write_text(TEXT + "来源：县融媒体中心\n", encoding="utf-8")
    ran = classify("score", "讲话.txt", "o.jsonl", "--sentences", "--labels", "labels")
    assert ran.code == 0, ran.err
    scored = {row["text"]: row for row in map(json.loads, (classify.work / "o.jsonl").read_bytes().splitlines())}
    for text, row in classify.rows("讲话.txt", "--sentences").items():
        keys = ("labels", "primary", "uncertain", "decided", "sentences", "shares")
        assert {key: scored[text].get(key) for key in keys} == {key: row.get(key) for key in keys}


def test_a_run_is_not_gone_on_with_when_decisions_have_come(classify: Classify) -> None:
    rows = "".join(json.dumps({"text": SCHOOLS}) + "\n" for _ in range(3)) + "{\n"
    (classify.work / "t.jsonl").write_text(rows, encoding="utf-8")
    assert classify("score", "t.jsonl", "o.jsonl", "--labels", "labels", "--strict").code == 1
    LabelFolder(classify.work / "labels").session({"kind": "review"}).confirm(Decision((), SCHOOLS))
    ran = classify("score", "t.jsonl", "o.jsonl", "--labels", "labels", "--resume")
    assert (ran.code, "decided by then was" in ran.err) == (1, True)


def test_a_folder_is_named_found_or_said_not_to_fit(classify: Classify, tmp_path: Path) -> None:
    other = tmp_path / "other"
    begin(other, read_taxonomy(packaged("labels")), ())
    LabelFolder(other).session({"kind": "review"}).confirm(Decision((), SCHOOLS, by="小张"))
    assert classify.rows("讲话.txt", "--labels", "other")[SCHOOLS]["decided"]["by"] == "小张"  # type: ignore[index]
    assert classify("讲话.txt", "--labels", "nowhere").code == 1
    assert classify("讲话.txt", "--labels", "other", "--model-only").code == 2
    (classify.work / "labels" / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
    ran = classify("讲话.txt")
    assert (ran.code, "knows other labels than the model" in ran.err, '"decided"' in ran.out) == (0, True, False)
    (classify.work / "labels" / "taxonomy.toml").write_text("[", encoding="utf-8")
    ran = classify("讲话.txt")
    assert (ran.code, "what people decided is not shown" in ran.err) == (0, True)
