"""Labels in the shapes in which offices and other programs hold them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.labelling.candidates import read_pool
from classifier.labelling.exchange.format import Wanted
from classifier.labelling.exchange.recognise import Incoming, understood
from tests.labelling.exchange.test_formats import NAMES
from tests.tables.workbooks import Rows, ods, ods_row, xls, xlsx

FARM, TOUR, BOTH, NO = ("farming",), ("tourism",), ("farming", "tourism"), ()


def read(content: str | bytes, *labels: str, text: str | None = None) -> Incoming:
    data = content.encode() if isinstance(content, str) else content
    return understood(data, "a", NAMES, Wanted(text, labels))


def answers(found: Incoming) -> list[tuple[Any, ...]]:
    assert found.problems == ()
    return [(one.text, one.labels, one.confirmed) for one in found.decisions]


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


TABLE: list[list[Any]] = [
    ["某县标注汇总表"],
    ["填报：某镇", "六月"],
    ["编号", "内容", "类别"],
    [1, "甲", "农业"],
    ["编号", "内容", "类别"],
    [2, "乙", "农业;文旅"],
]


@pytest.mark.parametrize(
    "data", [xlsx({"表": TABLE}), xls({"表": TABLE}), ods({"表": [ods_row(*map(str, row)) for row in TABLE]})]
)
def test_headings_below_titles_in_every_workbook(data: bytes) -> None:
    found = read(data)
    assert answers(found) == [("甲", FARM, True), ("乙", BOTH, True)]
    assert found.notes == (
        "a: sheet 表, row 1, sheet 表, row 2: stands above the headings and was passed over",
        "a: sheet 表, row 5: the headings stand there once more and were passed over",
    )


def test_columns_can_be_named_and_those_there_are_told() -> None:
    rows: list[list[Any]] = [["留言编号", "留言 详情", "一级标签", "二级标签"], [1, "甲", "农业", "文旅"]]
    table = "\n".join(",".join(map(str, row)) for row in rows)
    for content in (table, xlsx({"表": rows}), lines(dict(zip(*rows, strict=True)))):
        (problem,) = read(content).problems
        assert (
            "留言编号, 留言 详情, 一级标签, 二级标签; name the columns with --text-column and --label-column" in problem
        )
        assert answers(read(content, "一级标签", text="留言详情")) == [("甲", FARM, True)]
        assert answers(read(content, "一级标签", "二级标签", text="留言详情")) == [("甲", BOTH, True)]


ONE_EACH: list[list[Any]] = [
    ["文本", "农业", "tourism"],
    ["甲", 1, 0],
    ["乙", "是", "√"],
    ["丙", 0, "×"],
    ["丁", "", ""],
    ["戊", "也许", 0],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "json"])
def test_a_column_of_yes_and_no_a_label(kind: str) -> None:
    rows = ONE_EACH[:5]
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    contents: dict[str, str | bytes] = {
        "csv": "\n".join(",".join(map(str, row)) for row in rows), "xlsx": xlsx({"表": rows}),
        "jsonl": lines(*objects), "json": json.dumps(objects),
    }  # fmt: skip
    assert answers(read(contents[kind])) == [
        ("甲", FARM, True),
        ("乙", BOTH, True),
        ("丙", NO, True),
        ("丁", NO, False),
    ]


UNDERSTOOD = (
    "neither yes (1, 是, true, 有, yes, 对, y, 1.0, √, ✓, ✔, ☑) "
    "nor no (0, 否, false, 无, no, 错, n, 0.0, ×, ✗, ✘, ☐, -, —)"
)


def test_neither_yes_nor_no_is_a_bad_row() -> None:
    table = "文本,农业,文旅\n" + "甲,1,0\n" * 200 + "戊,也许,0\n"
    assert read(table).problems == (f"a: line 202: the cell '也许' of the column 农业 is {UNDERSTOOD}",)


ODD = ["2", "3", "0.8", "x", "1？", "备注见附件", "农业"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("row", [1, 2])
def test_one_odd_cell_keeps_its_row_out_and_wipes_no_column(kind: str, odd: str, row: int) -> None:
    """The others of its column still say what they said."""
    rows: list[list[Any]] = [["文本", "农业", "文旅"], ["甲", "是", "否"], ["乙", "是", "否"], ["丙", "0", "1"]]
    rows[row][1] = odd
    objects = [dict(zip(rows[0], one, strict=True)) for one in rows[1:]]
    contents: dict[str, str | bytes] = {
        "csv": "\n".join(map(",".join, rows)), "xlsx": xlsx({"表": rows}), "jsonl": lines(*objects),
    }  # fmt: skip
    found = read(contents[kind])
    where = {"csv": f"line {row + 1}", "xlsx": f"sheet 表, row {row + 1}", "jsonl": f"line {row}"}[kind]
    assert found.problems == (f"a: {where}: the cell {odd!r} of the column 农业 is {UNDERSTOOD}",)
    kept = [("甲", FARM, True), ("乙", FARM, True), ("丙", TOUR, True)]
    del kept[row - 1]
    assert [(one.text, one.labels, one.confirmed) for one in found.decisions] == kept


def test_a_column_of_a_label_that_holds_no_answer_at_all_is_no_remark() -> None:
    found = read("文本,农业,文旅\n甲,0.2,0.9\n乙,0.7,0.1\n")
    assert (len(found.problems), found.decisions) == (2, ())
    assert answers(read("文本,农业,文旅\n甲,1,\n乙,,\n")) == [("甲", FARM, True), ("乙", NO, False)]


def test_a_label_whose_key_comes_late_counts() -> None:
    rows = [{"文本": f"甲{number}", "农业": 1} for number in range(300)]
    found = answers(read(lines(*rows, {"文本": "乙", "农业": 0, "文旅": 1})))
    assert found[-1] == ("乙", TOUR, True)


def test_widths_of_yes_and_no() -> None:
    assert answers(read("文本,农业,文旅\n甲,１,０\n乙,错,对\n")) == [("甲", FARM, True), ("乙", TOUR, True)]


@pytest.mark.parametrize("heading", ["农业", "farming"])
def test_two_columns_of_one_label_are_refused(heading: str) -> None:
    """One of them would count, and nobody would know which."""
    (problem,) = read(f"文本,农业,{heading}\n甲,1,0\n").problems
    assert problem == f"a: two columns are of the same label (农业, {heading}): keep one, or rename the other"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_columns_of_labels_beside_one_that_names_them_are_said_to_be_passed_over(kind: str) -> None:
    rows: list[list[Any]] = [["文本", "标签", "农业", "文旅"], ["甲", "农业", "0.9", "见附件"]]
    contents: dict[str, str | bytes] = {
        "csv": "\n".join(map(",".join, rows)), "xlsx": xlsx({"表": rows}),
        "jsonl": lines(dict(zip(*rows, strict=True))),
    }  # fmt: skip
    found = read(contents[kind])
    assert answers(found) == [("甲", FARM, True)]
    assert found.notes == ("a: columns 农业, 文旅: called as labels are, but passed over, for 标签 holds the labels",)
    assert read("text,labels,primary,uncertain,farming,model\n甲,农业,farming,False,0.9,m\n").notes == ()


def test_a_named_column_that_is_called_as_a_label_may_hold_names() -> None:
    assert answers(read("文本,农业\n甲,农业\n乙,文旅\n", "农业")) == [("甲", FARM, True), ("乙", TOUR, True)]
    assert len(read("文本,农业\n甲,1\n乙,文旅\n", "农业").problems) == 1


def test_text_and_labels_without_headings() -> None:
    """PaddleNLP's train.txt, several labels, paths of labels; and label before text."""
    assert answers(read("甲。\t农业\n乙,丙\t文旅,农业\n丁\t经济##农业\n戊\t\n")) == [
        ("甲。", FARM, True), ("乙,丙", ("tourism", "farming"), True), ("丁", FARM, True), ("戊", NO, False),
    ]  # fmt: skip
    assert answers(read("农业\t甲\n文旅\t乙\n")) == [("甲", FARM, True), ("乙", TOUR, True)]
    found = read("甲\t农业\n乙\t渔业\n丙 农业\n丁\t文旅\n戊\t农业\n")
    assert [problem.split(";")[0] for problem in found.problems] == [
        "a: line 2: no label is called '渔业'", "a: line 3: has 1 cells, not a text and its labels divided by a tab",
    ]  # fmt: skip


def taxonomy(*paths: list[str]) -> str:
    value = {"type": "taxonomy", "from_name": "t", "to_name": "text", "value": {"taxonomy": list(paths)}}
    return json.dumps([{"data": {"正文": "甲"}, "annotations": [{"result": [value]}]}])


def test_a_taxonomy_s_path_is_its_last_known_name() -> None:
    assert answers(read(taxonomy(["经济", "农业"], ["农业", "水稻"], ["文旅"]))) == [("甲", BOTH, True)]
    (problem,) = read(taxonomy(["经济", "渔业"])).problems
    assert "no label is called '渔业'" in problem
    row = {"text": "甲", "t": [["经济", "农业"], ["文旅"]], "annotator": 1, "annotation_id": 2}
    assert answers(read(json.dumps([row]))) == [("甲", BOTH, True)]
    table = 'annotation_id,annotator,t,text\n1,2,"[[""经济"", ""农业""]]",甲\n3,2,"{""taxonomy"": [[""文旅"", ""古镇""]]}",乙\n'
    assert answers(read(table)) == [("甲", FARM, True), ("乙", TOUR, True)]


@pytest.mark.parametrize("mark", [",", "\t"])
def test_tasks_that_nobody_annotated_are_not_labelled(mark: str) -> None:
    """Label Studio's JSON-MIN, CSV and TSV hold them with empty annotator and annotation_id."""
    table = mark.join(["annotation_id", "annotator", "topic", "text"]) + "\n"
    table += (
        mark.join(["1", "2", "农业", "甲"])
        + "\n"
        + mark.join(["", "", "", "乙"])
        + "\n"
        + mark.join(["4", "2", "", "丙"])
    )
    expected = [("甲", FARM, True), ("乙", NO, False), ("丙", NO, True)]
    assert answers(read(table)) == expected
    rows: list[Any] = [
        {"text": "甲", "topic": "农业", "annotator": 2, "annotation_id": 1},
        {"text": "乙", "annotator": "", "annotation_id": ""},
        {"text": "丙", "annotator": 2, "annotation_id": 4},
    ]
    assert answers(read(json.dumps(rows))) == expected


@pytest.mark.parametrize("key", ["文本", "正文", "内容", "text", "content", "sentence"])
@pytest.mark.parametrize("label", ["标签", "label_des", "labels", "类别"])
def test_keys_are_called_as_columns_are(key: str, label: str) -> None:
    row = {"label": "102", label: "农业", key: "甲"} if label == "label_des" else {label: "农业", key: "甲"}
    table = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    for content in (lines(row), json.dumps([row]), json.dumps(row, indent=1), table):
        assert answers(read(content)) == [("甲", FARM, True)]
    several = lines({label: ["农业", "文旅"], key: "甲"}, {label: "农业，文旅", key: "乙"}, {label: [], key: "丙"})
    if label != "labels" or key != "text":  # those two are our own rows, in which [] says none
        assert answers(read(several)) == [("甲", BOTH, True), ("乙", BOTH, True), ("丙", NO, False)]


def test_doccano_s_fasttext_lines() -> None:
    """Quoted as CSV where a text holds a comma, a quotation mark or a line break; a blank and __comment__ behind it."""
    text = '__label__农业 甲 __comment__\n"__label__农业 __label__文旅 乙，""丙"", 丁\n戊 __comment__"\n己 __comment__ 好\n'
    found = read(text)
    assert answers(found) == [("甲", FARM, True), ('乙，"丙", 丁\n戊', BOTH, True), ("己", NO, False)]
    assert [one.where for one in found.decisions] == ["a: line 1", "a: line 2", "a: line 4"]
    assert answers(read('__label__农业 "甲"乙\n')) == [('"甲"乙', FARM, True)]


def test_pictures_of_wps_are_left_out_and_told() -> None:
    rows: Rows = [["文本", "标签"], ['=DISPIMG("ID_7",1)', "农业"], ["甲", "农业"]]
    assert answers(read(xls({"表": rows}))) == [("甲", FARM, True)]
    assert read(xls({"表": rows})).notes == (
        "a: sheet 表, row 2: the text cell is a picture (DISPIMG), not text; left out",
    )
    table = '文本;标签\n"=DISPIMG(""ID_7"",1)";农业\n甲;农业\n'
    assert answers(read(table)) == [("甲", FARM, True)]
    assert read(table).notes == ("a: line 2: the text cell is a picture (DISPIMG), not text; left out",)


def test_an_open_quotation_mark_is_a_bad_row_and_the_others_stay() -> None:
    found = read('文本,标签\n"甲,农业\n乙,文旅\n"丙"丁,农业\n"戊,己",农业\n')
    assert [one.text for one in found.decisions] == ["乙", '"丙"丁', "戊,己"]
    assert found.problems == (
        "a: line 2: not a whole table: a quotation mark is left open; close it, or save from Excel as CSV again",
    )


def test_marks_are_text_where_no_cell_needs_them_to_quote() -> None:
    assert answers(read('文本\t标签\n"甲"和"乙"\t农业\n"丙\t文旅\n丁"\t文旅\n')) == [
        ('"甲"和"乙"', FARM, True), ('"丙', TOUR, True), ('丁"', TOUR, True),
    ]  # fmt: skip


def test_what_a_model_scored_is_nobody_s_decision() -> None:
    row = {"text": "甲", "labels": ["farming"], "primary": "farming", "uncertain": False, "farming": 0.9, "model": "m"}
    assert answers(read(lines(row))) == [("甲", FARM, False)]
    assert answers(read("text,labels,primary,uncertain,model\n甲,farming,farming,False,m\n")) == [("甲", FARM, False)]


@pytest.mark.parametrize(
    "text",
    ["sep=;\n文本;标签\n甲;农业\n", "文本|标签\n甲|农业\n", "标签，文本\n农业，甲\n", "\ufeff文本\t标签\r甲\t农业\r"],
)
def test_other_dialects(text: str) -> None:
    assert answers(read(text)) == [("甲", FARM, True)]
    assert answers(read(text.encode("utf-16"))) == [("甲", FARM, True)]


def test_the_pool_takes_the_same_tables(tmp_path: Path) -> None:
    for name, data in (
        ("a.et", xls({"表": TABLE})),
        ("b.csv", "标题;\nn;正文\n1;甲\n".encode()),
        ("c.jsonl", '{"正文": "甲"}'.encode()),
    ):
        (tmp_path / name).write_bytes(data)
        assert [one.text for one in read_pool([str(tmp_path / name)])][:1] == ["甲"]


@settings(max_examples=200, deadline=None)
@given(kind=st.integers(0, 5), data=st.data())
def test_a_mutated_file_of_labels_ends_in_rows_or_a_problem(kind: int, data: st.DataObject) -> None:
    made = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    found = read(bytes(made[: data.draw(st.integers(len(made) // 2, len(made)))]))
    assert found.decisions or found.problems or found.skipped or found.notes
    assert all(problem.startswith("a: ") for problem in found.problems)


FILES = (
    "标题,\n文本,标签\n\"甲\",农业\n乙,\"文旅\n".encode(), "甲\t农业\n乙\t文旅,农业\n".encode("gb18030"), xlsx({"表": TABLE}),
    lines({"sentence": "甲", "label": "1", "label_des": "农业"}).encode(), taxonomy(["经济", "农业"]).encode(),
    '"__label__农业 甲, ""乙"" __comment__"\n'.encode(),
)  # fmt: skip
