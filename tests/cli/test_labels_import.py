"""`classify labels`: into the folder, conflicts decided, taken back, handed on; and thirty files that are broken."""

import gzip
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.cli.labels_import import HELP
from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from tests.cli.run import Ran, run
from tests.labelling.folder.test_label_folder import add

Command = Callable[..., Ran]
STORED = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], labels_folder: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=labels_folder.parent)


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "2 stored, 1 of them set aside (存疑/废弃)"), ("zh", "存入 2，其中存疑或废弃 1")]
)
def test_what_is_set_aside_is_said_to_be_among_what_is_stored(
    language: str, said: str, classify: Command, labels_folder: Path
) -> None:
    rows = [{"text": "旅游旺季快到了。", "labels": ["tourism"]}, {"text": "说不清的一段话。", "labels": ["存疑"]}]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    ran = classify("--language", language, "labels", "import", write(labels_folder.parent, "新.jsonl", lines))
    assert ran.code == 0, ran.err
    assert said in ran.err


def stored(folder: Path) -> dict[str | None, tuple[tuple[str, ...], str]]:
    return {one.text: (one.labels, one.aside) for one in read_decisions(folder).paragraphs if one.at}


def test_import_says_format_counts_and_batch(classify: Command, labels_folder: Path, tmp_path: Path) -> None:
    content = "文本,标签,文档,标注人\n新的一段,农业;文旅,甲文,小组\n新的 一段,文旅、农业,甲文,小组\n没标的,,乙文,\n废的,废弃,乙文,\n"
    ran = classify("labels", "import", write(tmp_path, "a.csv", content))
    assert ran.code == 0
    assert "a.csv: CSV, 4 paragraphs" in ran.err
    assert "2 stored, 1 of them set aside (存疑/废弃), 1 duplicates merged, 1 not labelled" in ran.err
    assert stored(labels_folder)["废的"] == ((), "discarded")
    (row,) = [
        one for one in read_decisions(labels_folder).paragraphs if one.labels == ("tourism", "farming") and one.at
    ]
    assert (row.doc, row.facts["by"]) == ("甲文", "小组")
    undone = classify("labels", "undo")
    assert "taken back" in undone.err
    assert "a.csv" in undone.err
    assert stored(labels_folder) == {}


def test_conflicts_are_listed_and_nothing_is_imported(classify: Command, labels_folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"文本,标签\n{STORED},文旅\n新的一段,农业\n")
    ran = classify("labels", "import", path)
    assert ran.code == 1
    assert "1 paragraphs have different labels (--on-conflict newest or ask decides)" in ran.err
    assert f"“{STORED}”: farming (stored); tourism ({path}: line 2)" in ran.err
    assert stored(labels_folder) == {}
    newest = classify("labels", "import", path, "--on-conflict", "newest")
    assert "counted: tourism" in newest.err
    assert stored(labels_folder)[STORED] == (("tourism",), "")


def test_in_chinese_conflicts_name_labels_in_chinese_alone(
    classify: Command, labels_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.csv", f"文本,标签\n{STORED},文旅\n新的一段,存疑\n新的一段,无\n")
    ran = classify("--language", "zh", "labels", "import", path)
    assert f"“{STORED}”：农业 (已存); 文旅 ({path}：第 2 行)" in ran.err
    assert f"“新的一段”：存疑 ({path}：第 3 行); 无主题 ({path}：第 4 行)" in ran.err
    monkeypatch.setattr("typer.prompt", lambda *args, **kwargs: 1)
    asked = classify("--language", "zh", "labels", "import", path, "--on-conflict", "ask")
    assert "  1  农业  (已存)\n" in asked.err
    assert f"  2  无主题  ({path}：第 4 行)\n" in asked.err
    assert stored(labels_folder)["新的一段"] == ((), "doubtful")


def test_newest_goes_by_the_dates_that_are_said(classify: Command, labels_folder: Path, tmp_path: Path) -> None:
    content = "文本,标签,日期\n新的一段,农业,2026-03-01\n新的一段,文旅,2025-12-31T10:00:00\n"
    classify("labels", "import", write(tmp_path, "a.csv", content), "--on-conflict", "newest")
    assert stored(labels_folder)["新的一段"] == (("farming",), "")
    older = classify(
        "labels",
        "import",
        write(tmp_path, "b.csv", "文本,标签,日期\n新的一段,文旅,2024-01-01\n"),
        "--on-conflict",
        "newest",
    )
    assert "counted: farming" in older.err
    assert stored(labels_folder)["新的一段"] == (("farming",), "")


def test_asking(classify: Command, labels_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([9, 1])
    monkeypatch.setattr("typer.prompt", lambda *args, **kwargs: next(answers))
    ran = classify("labels", "import", write(tmp_path, "a.csv", f"文本,标签\n{STORED},文旅\n"), "--on-conflict", "ask")
    assert "1  farming  (stored)" in ran.err
    assert "nothing new: 0 stored, 1 the same as before" in ran.err
    assert stored(labels_folder) == {}


def test_several_annotators_are_kept_beside_what_counts(classify: Command, labels_folder: Path, tmp_path: Path) -> None:
    choices = [{"type": "choices", "value": {"choices": ["农业"]}}]
    annotations = [{"result": choices, "completed_by": 1}, {"result": choices, "completed_by": 2}]
    classify(
        "labels",
        "import",
        write(tmp_path, "a.json", json.dumps([{"data": {"text": "新的一段"}, "annotations": annotations}])),
    )
    (one,) = [one for one in read_decisions(labels_folder).paragraphs if one.at]
    assert one.annotations == {"1": ("farming",), "2": ("farming",)}


def test_good_rows_of_a_bad_file_are_kept_only_if_wanted(
    classify: Command, labels_folder: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.csv", "文本,标签\n好的,农业\n坏的,渔业\n,农业\n也好,文旅\n")
    ran = classify("labels", "import", path)
    assert ran.code == 1
    assert f"{path}: line 3: no label is called '渔业'" in ran.err
    assert f"{path}: line 4: text is missing or empty" in ran.err
    assert stored(labels_folder) == {}
    kept = classify("labels", "import", path, "--skip-bad")
    assert kept.code == 0
    assert set(stored(labels_folder)) == {"好的", "也好"}


def test_a_new_folder_gets_the_model_s_taxonomy_and_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = write(tmp_path, "a.csv", "文本,标签\n甲,民生\n")
    ran = run(capsys, "labels", "import", path, cwd=tmp_path)
    assert f"new labels folder {tmp_path / 'home' / 'labels'}" in ran.err
    assert stored(tmp_path / "home" / "labels") == {"甲": (("livelihood",), "")}
    terms = (tmp_path / "home" / "labels" / "terms.txt").read_text(encoding="utf-8")
    assert "营商环境" in terms


def test_counts_that_leave_the_office_name_no_document_and_nobody(classify: Command, tmp_path: Path) -> None:
    """Which paragraphs are of one document, and of one person, stays; so what comes back is nothing new."""
    row = {
        "labels": ["farming"],
        "doc": "C:\\Users\\王科\\机密\\名册.txt",
        "by": "王科",
        "id": "信访7号",
        "place": "甲县",
        "annotations": {"王科": ["farming"], "小李": []},
        "settled": "刘主任",
    }
    lines = [json.dumps({"text": text, **row}, ensure_ascii=False) for text in ("粮食丰收景区开放", "粮食又丰收")]
    assert classify("labels", "import", write(tmp_path, "自.jsonl", "\n".join(lines))).code == 0
    ran = classify("labels", "export", "--as-counts", "-o", str(tmp_path / "counts.jsonl"))
    assert "no text, no name of a document, file, folder or person who labelled" in ran.err
    exported = (tmp_path / "counts.jsonl").read_text(encoding="utf-8")
    assert not re.search("Users|王科|机密|名册|信访7号|小李|刘主任", exported)
    mine = [one for one in map(json.loads, exported.splitlines()) if one.get("place") == "甲县"]
    assert (len(mine), len({one["doc"] for one in mine}), len({one["by"] for one in mine})) == (2, 1, 1)
    assert "0 stored" in classify("labels", "import", str(tmp_path / "counts.jsonl")).err


def test_counts_are_handed_on_without_text(classify: Command, labels_folder: Path, tmp_path: Path) -> None:
    classify("labels", "import", write(tmp_path, "a.csv", "文本,标签\n粮食丰收景区开放,农业\n"))
    classify("labels", "export", "--as-counts", "-o", str(tmp_path / "counts.jsonl"))
    exported = (tmp_path / "counts.jsonl").read_text(encoding="utf-8")
    assert "粮食丰收景区开放" not in exported
    assert '"text"' not in exported
    zipped = write(tmp_path, "counts.jsonl.gz", gzip.compress(exported.encode()))
    other = tmp_path / "other"
    (labels_folder / "journal.jsonl").unlink()
    labels_folder.rename(other)
    for path in (other / "paragraphs").iterdir():
        path.unlink()
    ran = classify("labels", "import", zipped, "--labels", str(other))
    assert "JSON Lines, 46 paragraphs" in ran.err
    assert len(list((other / "extracted").glob("*.jsonl.gz"))) == 1
    assert len([one for one in read_decisions(other).paragraphs if one.words.get("粮食")]) > 0


def workbook(*rows: tuple[object, ...]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr(name, "text")
    return stream.getvalue()


TASK = {"data": {"text": "甲"}, "annotations": [{"result": [{"type": "choices", "value": {"choices": ["农业"]}}]}]}
BROKEN: dict[str, tuple[str | bytes | Callable[[], bytes], str]] = {
    "empty": ("", "the file is empty"),
    "spaces": (" \n\n", "the file is empty"),
    "binary": (bytes(range(256)) * 8, ""),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 100, ""),
    "prose": ("今年以来，全县上下真抓实干。\n成效明显。\n", "not recognised as labels"),
    "html": ("<html><body><p>文本</p></body></html>", "not recognised as labels"),
    "json cut off": (json.dumps([TASK])[:-20], "not valid JSON"),
    "json scalar": ("42", "not recognised"),
    "json list of numbers": ("[1, 2]", "task 1: is not a Label Studio task"),
    "json empty list": ("[]", "holds no paragraphs"),
    "deep json": ("[" * 5000, "not valid JSON"),
    "task without text": (json.dumps([{"data": {}, "annotations": []}]), "task 1: text is missing"),
    "task with spans": (json.dumps([{"data": {"text": "甲"}, "annotations": [{"result": [{"type": "labels"}]}]}]), "result holds no choices but 'labels'"),
    "result no list": (json.dumps([{"data": {"text": "甲"}, "annotations": [{"result": "农业"}]}]), "result must be a list"),
    "choice a number": (json.dumps([{"data": {"text": "甲"}, "annotations": [{"result": [{"type": "choices", "value": {"choices": [3]}}]}]}]), "a choice must be a name"),
    "annotations no list": (json.dumps([{"data": {"text": "甲"}, "annotations": 3}]), "annotations must be a list"),
    "unknown label": (json.dumps({"text": "甲", "labels": ["fishing"]}), "line 1: no label is called 'fishing'"),
    "labels a number": (json.dumps({"text": "甲", "labels": 3}), "line 1: labels must be a list"),
    "labels missing": (json.dumps({"text": "甲"}), "line 1: labels are missing"),
    "one bad line": ('{"text": "甲", "labels": []}\n{"text": "乙", \n{"text": "丙", "labels": []}', "line 2: not valid JSON"),
    "lone surrogate": ('{"text": "\\ud800", "labels": []}', "not valid JSON"),
    "none and a label": (json.dumps({"text": "甲", "labels": ["none", "farming"]}), "says none and farming"),
    "aside and a label": (json.dumps({"text": "甲", "labels": ["farming", "存疑"]}), "set aside"),
    "bad counts": (json.dumps({"words": {"甲": -1}, "labels": []}), "words must be an object"),
    "doccano spans": (json.dumps({"text": "甲", "label": [[0, 1, "农业"]]}), "sequence labelling"),
    "doccano numbers": (json.dumps({"text": "甲", "annotations": [{"label": 3}], "meta": {}}), "has no label names"),
    "csv without headings": ("甲,农业\n乙,文旅\n", "not recognised"),
    "csv without labels": ("文本,备注\n甲,好\n", "not recognised"),
    "csv open quotation mark": ('文本,标签\n"甲,农业\n乙,文旅\n', "not a whole table"),
    "csv too many cells": ("文本,标签\n甲,乙,农业\n", "line 2: has 3 cells, the heading has 2"),
    "csv broken json cell": ('文本,标签\n甲,"{""choices"": ["\n', "begins like JSON but is not"),
    "fastText unknown": ("__label__fishing 甲\n", "line 1: no label is called 'fishing'"),
    "fastText without text": ("__label__farming\n", "line 1: text is missing"),
    "fastText label behind": ("甲 __label__farming\n__label__farming 乙\n", "labels come first"),
    "gzip cut off": (gzip.compress(b'{"text": "a", "labels": []}' * 50)[:-12], "gzip file is damaged"),
    "zip of something": (lambda: archive("all.jsonl"), "zip archive: unpack it"),
    "zip cut off": (lambda: archive("xl/workbook.xml")[:40], "damaged"),
    "zip that is no workbook": (lambda: archive("xl/workbook.xml"), "the Excel file is damaged"),
    "old Excel": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "save it as .xlsx"),
    "xlsx without headings": (lambda: workbook(("甲", "农业")), "no sheet has a first row"),
    "xlsx unknown label": (lambda: workbook(("文本", "标签"), ("甲", "渔业")), "row 2: no label is called '渔业'"),
    "xlsx cut off": (lambda: workbook(("文本", "标签"), ("甲", "农业"))[:-300], "damaged"),
    "utf-16 cut off": ("文本,标签\n甲,农业".encode("utf-16")[:-1], "damaged"),
    "bad utf-8": ("文本,标签\n甲,农业\n".encode() + b"\xff\xfe\xfa\n" * 40, ""),
}  # fmt: skip


def state(folder: Path) -> dict[str, str]:
    return {
        str(p): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and p.name != ".lock"
    }


@pytest.mark.parametrize(
    "flags", [(), ("--skip-bad", "--confirmed", "--on-conflict", "newest")], ids=["strict", "lenient"]
)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_named_and_nothing_is_lost(
    name: str, flags: tuple[str, ...], classify: Command, labels_folder: Path, tmp_path: Path
) -> None:
    """No traceback, the file named, no stored label lost or changed; told to be lenient, only good rows are added."""
    classify("labels", "import", write(tmp_path, "before.csv", f"文本,标签\n{STORED[:8]},农业\n{STORED[8:]},文旅\n"))
    before = state(labels_folder)
    content, message = BROKEN[name]
    path = write(tmp_path, "broken", content() if callable(content) else content)
    ran = classify("labels", "import", path, *flags)
    assert ran.code == (0 if flags else 1)
    assert "Traceback" not in ran.err
    assert path in ran.err
    assert message in ran.err
    after = state(labels_folder)
    added = after.keys() - before.keys()
    assert {file: after.get(file) for file in before if not file.endswith("journal.jsonl")} == {
        file: digest for file, digest in before.items() if not file.endswith("journal.jsonl")
    }
    assert not added or flags


def test_without_openpyxl_the_extra_is_named(
    classify: Command, labels_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.xlsx", workbook(("文本", "标签"), ("甲", "农业")))
    for name in [name for name in sys.modules if name.split(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for args in (("import", path), ("export", "--format", "xlsx", "-o", str(tmp_path / "b.xlsx"))):
        ran = classify("labels", *args)
        assert ran.code == 1
        assert "local-government-classifier[excel]" in ran.err
    assert stored(labels_folder) == {}


def test_what_somebody_else_stores_while_a_person_is_asked_is_seen(
    classify: Command, labels_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is not held while the question waits; what came meanwhile is put to the person as well."""
    asked: list[str] = []

    def answer(*args: object, **kwargs: object) -> int:
        if not asked:
            add(labels_folder, Decision((), "新的一段"))
        asked.append(str(args[0]))
        return 2

    monkeypatch.setattr("typer.prompt", answer)
    content = f"文本,标签\n{STORED},文旅\n新的一段,农业\n"
    ran = classify("labels", "import", write(tmp_path, "a.csv", content), "--on-conflict", "ask")
    assert ran.code == 0
    assert len(asked) == 3  # once, then again with the second conflict
    assert stored(labels_folder) == {STORED: (("tourism",), ""), "新的一段": (("farming",), "")}


@pytest.mark.parametrize(
    ("path", "said"), [("missing.csv", "missing.csv: cannot be read"), ("labels", "labels: is a labels folder already")]
)
def test_what_is_no_file_is_said(path: str, said: str, classify: Command) -> None:
    ran = classify("labels", "import", path)
    assert ran.code == 1
    assert said in ran.err


def test_help_names_every_format() -> None:
    for name in ("JSON Lines", "CSV", "TSV", ".xlsx", "Label Studio", "JSON-MIN", "doccano", "fastText"):
        assert name in HELP
