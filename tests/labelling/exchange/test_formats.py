"""Every format that labels come in: recognised from content, understood in all its forms."""

import json
from pathlib import Path

import pytest

from classifier.labelling.exchange.recognise import read_labels, understood
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import taxonomy_from
from classifier.tables.old_office import OLE
from tests.documents.binary_word.making import simple

TAXONOMY = taxonomy_from(
    {
        "label": [
            {"id": "farming", "zh": "农业", "en": "farming and fishing"},
            {"id": "tourism", "zh": "文旅", "en": "tourism", "definition": "Culture <and> travel"},
        ]
    },
    "test",
)
NAMES = Names(TAXONOMY)


def task(result: object, **more: object) -> dict[str, object]:
    return {"id": 7, "data": {"text": "甲"}, "annotations": [{"result": result, "completed_by": 3, **more}]}


def chosen(*names: str) -> list[dict[str, object]]:
    return [{"type": "choices", "from_name": "c", "to_name": "t", "value": {"choices": list(names)}}]


FARM, BOTH, NO = ("farming",), ("farming", "tourism"), ()
GOOD = [
    ("own", '{"text": "甲", "labels": ["farming"]}', "JSON Lines", [("甲", FARM, True)]),
    ("own names", '{"text": "甲", "labels": ["农业", "Tourism"]}', "JSON Lines", [("甲", BOTH, True)]),
    ("own none", '{"text": "甲", "labels": []}', "JSON Lines", [("甲", NO, True)]),
    ("own counts", '{"words": {"甲": 2}, "labels": ["farming"]}', "JSON Lines", [(None, FARM, True)]),
    ("model's answers", '{"text": "甲", "labels": ["farming"], "probabilities": {}, "model": "m"}', "JSON Lines", [("甲", FARM, False)]),
    ("csv", "text,label\n甲,farming\n", "CSV", [("甲", FARM, True)]),
    ("csv Chinese", "文本,标签\n甲,农业；文旅\n", "CSV", [("甲", BOTH, True)]),
    ("csv crlf quoted", '文本,标签\r\n"甲,\r\n乙","农业|文旅"\r\n', "CSV", [("甲,\r\n乙", BOTH, True)]),
    ("csv semicolon", "文本;标签\n甲;农业,文旅\n", "CSV (;)", [("甲", BOTH, True)]),
    ("csv empty", "文本,标签\n甲,\n乙,无\n", "CSV", [("甲", NO, False), ("乙", NO, True)]),
    ("csv name with spaces", "text,label\n甲,farming and fishing\n", "CSV", [("甲", FARM, True)]),
    ("csv apostrophe", "text,label\n'=甲,farming\n'乙,farming\n", "CSV", [("=甲", FARM, True), ("'乙", FARM, True)]),
    ("tsv", "标签\t文本\nfarming#tourism\t甲\n", "TSV", [("甲", BOTH, True)]),
    ("model's csv", "file,index,text,labels,primary,uncertain,model\na,0,甲,farming,farming,False,m\n", "CSV", [("甲", FARM, False)]),
    ("studio", json.dumps([task(chosen("农业"))]), "Label Studio JSON", [("甲", FARM, True)]),
    ("studio multi", json.dumps([task(chosen("农业", "文旅"))]), "Label Studio JSON", [("甲", BOTH, True)]),
    ("studio none", json.dumps([task([])]), "Label Studio JSON", [("甲", NO, True)]),
    ("studio cancelled", json.dumps([task([], was_cancelled=True)]), "Label Studio JSON", []),
    ("studio skipped", json.dumps([task([], skipped=True)]), "Label Studio JSON", []),
    ("studio unlabelled", json.dumps([{"data": {"text": "甲"}, "annotations": []}]), "Label Studio JSON", [("甲", NO, False)]),
    ("studio a task a line", json.dumps(task(chosen("农业"))), "Label Studio JSON, a task a line", [("甲", FARM, True)]),
    ("studio one task", json.dumps(task(chosen("农业")), indent=1), "Label Studio JSON", [("甲", FARM, True)]),
    ("studio old", json.dumps([{"data": {"text": "甲"}, "completions": [{"result": chosen("农业")}]}]), "Label Studio JSON", [("甲", FARM, True)]),
    ("min single", '[{"text": "甲", "id": 1, "topic": "农业", "annotator": 1, "annotation_id": 2}]', "Label Studio JSON-MIN", [("甲", FARM, True)]),
    ("min multi", '[{"text": "甲", "topic": {"choices": ["农业", "文旅"]}, "annotator": 1, "annotation_id": 2}]', "Label Studio JSON-MIN", [("甲", BOTH, True)]),
    ("min mixed", '[{"text": "甲", "topic": ["农业", {"choices": ["文旅"]}], "annotator": 1, "annotation_id": 2}]', "Label Studio JSON-MIN", [("甲", BOTH, True)]),
    ("min none", '[{"text": "甲", "annotator": 1, "annotation_id": 2}]', "Label Studio JSON-MIN", [("甲", NO, True)]),
    ("studio csv", "annotation_id,annotator,topic,text\n1,2,农业,甲\n2,2,,乙\n", "Label Studio CSV", [("甲", FARM, True), ("乙", NO, True)]),
    ("studio csv multi", 'annotation_id,annotator,topic,text\n1,2,"{""choices"": [""农业"", ""文旅""]}",甲\n', "Label Studio CSV", [("甲", BOTH, True)]),
    ("doccano", '{"id": 1, "text": "甲", "label": ["农业"], "Comments": []}', "doccano JSON Lines", [("甲", FARM, True)]),
    ("doccano unlabelled", '{"id": 1, "text": "甲", "label": []}', "doccano JSON Lines", [("甲", NO, False)]),
    ("doccano old", '{"id": 1, "text": "甲", "labels": ["农业"], "meta": {}, "annotation_approver": null}', "doccano JSON Lines", [("甲", FARM, True)]),
    ("doccano csv", "id,text,label,Comments\n1,甲,农业#文旅,\n", "CSV", [("甲", BOTH, True)]),
    ("doccano array", '[{"id": 1, "text": "甲", "label": ["农业"]}]', "JSON array", [("甲", FARM, True)]),
    ("fastText", "__label__farming __label__文旅 甲 乙\n丙\n", "fastText lines", [("甲 乙", BOTH, True), ("丙", NO, False)]),
    ("fastText spaces", "__label__farming and fishing 甲\n", "fastText lines", [("甲", FARM, True)]),
    ("fastText dashes", "__label__farming-and-fishing 甲\n", "fastText lines", [("甲", FARM, True)]),
    ("bom", "\ufeff文本,标签\n甲,农业\n", "CSV", [("甲", FARM, True)]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "title", "expected"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
def test_recognised_and_understood(content: str, title: str, expected: list[object], tmp_path: Path) -> None:
    path = tmp_path / "labels.dat"  # the name says nothing
    path.write_bytes(content.encode())
    found = read_labels(str(path), NAMES)
    assert found.problems == ()
    assert found.title == title
    assert [(one.text, one.labels, one.confirmed) for one in found.decisions] == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "big5"])
def test_tables_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("文本,標籤\n今年以來，春耕工作已經全面展開，各地農民抓緊播種。,農業\n".encode(encoding))
    (one,) = read_labels(str(path), NAMES).decisions
    assert one.labels == ("farming",)
    assert one.text == "今年以來，春耕工作已經全面展開，各地農民抓緊播種。"


def test_several_annotators_and_dates_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    annotations = [
        {"result": chosen("农业"), "completed_by": {"id": 1, "email": "a@example.org"}, "updated_at": "2026-01-02T03:04:05Z"},
        {"result": [], "completed_by": 2},
        {"result": chosen("文旅"), "was_cancelled": True},
    ]  # fmt: skip
    path.write_text(json.dumps([{"data": {"text": "甲", "doc": "d", "year": 2020}, "annotations": annotations}]))
    first, second = read_labels(str(path), NAMES).decisions
    assert (first.by, first.date, first.doc, first.facts) == (
        "a@example.org",
        "2026-01-02T03:04:05Z",
        "d",
        {"year": 2020},
    )
    assert (second.by, second.labels) == ("2", ())


@pytest.mark.parametrize("name", ["存疑", "doubtful"])
def test_junk_is_set_aside(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"文本,标签\n甲,{name}\n", encoding="utf-8")
    (one,) = read_labels(str(path), NAMES).decisions
    assert (one.aside, one.labels) == ("doubtful", ())


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (OLE + b"\0" * 700, "a.doc", "the old Word file is damaged"),
        (OLE + b"\0" * 700, "a.et", "the old WPS file is damaged"),
        (simple("正文。"), "a.doc", "a document, not a table: copy the labels into a table"),
    ],
)
def test_an_old_office_file_that_holds_no_labels_is_called_what_it_is(data: bytes, name: str, said: str) -> None:
    """It was "the old Excel file", and a whole Word file "a zip archive: unpack it"."""
    assert said in understood(data, name, NAMES).problems[0]
