"""What the command wrote is no source of its next run: nothing new goes into a folder that is read, nor is it read."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.bulk.labelled_tables import is_labelled
from classifier.bulk.settings import Format
from classifier.i18n.sentences import translated
from classifier.own_outputs import is_own_output
from tests.cli.run import Ran, run
from tests.web.conftest import template as template_of_web

template = template_of_web
Command = Callable[..., Ran]
FARM = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n古镇新开二十家民宿，游客住得下来，水稻也丰收。\n"


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], tmp_path: Path, template: Path) -> Command:
    import shutil  # noqa: PLC0415

    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    (tmp_path / "材料" / "甲县").mkdir(parents=True)
    (tmp_path / "材料" / "甲县" / "报告.txt").write_text(FARM, encoding="utf-8")
    return lambda *args: run(capsys, *args, cwd=tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ("材料", "-o", "材料/改.xlsx"),
        ("材料", "-o", "材料/甲县/改.csv"),
        ("report", "材料", "-o", "材料/页.html"),
        ("report", "材料", "-o", "页.html", "--table", "材料/数.csv"),
        ("extract", "材料", "-o", "材料/摘.docx"),
        ("suggest", "材料", "-o", "材料/选.jsonl"),
        ("labels", "export", "材料", "-o", "材料/选.csv"),
    ],
)
def test_nothing_new_goes_into_a_folder_that_is_read(
    command: tuple[str, ...], classify: Command, tmp_path: Path
) -> None:
    output = command[-1]
    ran = classify(*command)
    said = f"{output}: lies in the folder that is read, 材料; name a place outside it"
    assert (ran.code, said in ran.err) == (1, True)
    assert translated(said, "zh") == f"{output}：在要读取的文件夹 材料 之内，请放到别处，以免混入材料"
    assert [one.name for one in (tmp_path / "材料").rglob("*") if one.is_file()] == ["报告.txt"]


@pytest.fixture
def mixed(classify: Command, tmp_path: Path) -> list[str]:
    """Move outputs into the folder, as people do, and return their names."""
    commands = {
        "改.xlsx": ("材料",),
        "标.docx": ("材料",),
        "页.html": ("材料",),
        "报.html": ("report", "材料"),
        "数.xlsx": ("report", "材料"),
        "摘.docx": ("extract", "材料", "--only", "农业"),
        "摘.xlsx": ("extract", "材料", "--only", "农业"),
        "摘.html": ("extract", "材料", "--only", "农业"),
        "选.xlsx": ("suggest", "材料"),
        "标.md": ("材料",),
        "看.txt": ("材料",),
        "数.csv": ("report", "材料"),
        "figures.csv": ("report", "材料", "--language", "en"),
        "摘.md": ("extract", "材料", "--only", "农业"),
        "摘.csv": ("extract", "材料", "--only", "农业"),
        "extract.csv": ("extract", "材料", "--only", "农业", "--context", "--language", "en"),
        "摘.jsonl": ("extract", "材料", "--only", "农业"),
        "选.csv": ("suggest", "材料"),
        "选.jsonl": ("suggest", "材料"),
    }
    for name, command in commands.items():
        assert classify(*command, "-o", name).code == 0, name
    for name in commands:
        (tmp_path / name).rename(tmp_path / "材料" / name)
    return [f"材料/{name}" for name in commands]


def test_outputs_that_lie_there_are_passed_over(classify: Command, mixed: list[str], tmp_path: Path) -> None:
    (tmp_path / "材料" / "别人的.html").write_text(f"<p>{FARM}</p>", encoding="utf-8")
    for name in ("材料", "材料/**/*.*"):
        ran = classify(name, "--format", "jsonl")
        assert ran.code == 0
        files = {json.loads(line)["file"] for line in ran.out.splitlines()}
        assert files == {"材料/甲县/报告.txt", "材料/别人的.html"}
        assert "passed over, being an output of classify: 材料/" in ran.err
        assert f"and {len(mixed) - 3} more" in ran.err
        assert "another kind" not in ran.err
    for command in (("report", "材料", "-o", "r.html"), ("extract", "材料", "-o", "e.md"), ("score", "材料", "s.csv")):
        ran = classify(*command)
        assert ran.code == 0, ran.err
        assert "passed over, being an output of classify: 材料/" in ran.err
    ran = classify("suggest", "材料", "-n", "50")
    assert all(f"passed over, being an output of classify: {name}" in ran.err for name in mixed)
    (tmp_path / "材料" / "别人的.html").unlink()
    assert {json.loads(line)["doc"] for line in classify("suggest", "材料").out.splitlines()} == {"材料/甲县/报告.txt"}


def test_what_is_named_itself_is_read(classify: Command, mixed: list[str]) -> None:
    ran = classify("材料/摘.docx", "--format", "jsonl")
    assert (ran.code, "春耕" in ran.out) == (0, True)


def test_a_scored_table_is_read_on(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\n{FARM}", encoding="utf-8")
    assert classify("score", "a.csv", "材料/分.xlsx").code == 0
    assert not is_own_output(tmp_path / "材料" / "分.xlsx")
    assert not is_own_output(tmp_path / "没有.docx")


@pytest.mark.parametrize("name", ["分.csv", "分.jsonl", "分.xlsx", "分.parquet"])
def test_what_scoring_a_folder_wrote_is_not_scored_with_the_folder(
    name: str, classify: Command, tmp_path: Path
) -> None:
    """Moved beside the documents it came from, it is named and passed over, by `classify FOLDER` as well."""
    assert classify("score", "材料", name).code == 0
    (tmp_path / name).rename(tmp_path / "材料" / name)
    for command in (("score", "材料", "又.csv"), ("材料", "-o", "又.csv")):
        ran = classify(*command)
        assert (ran.code, f"passed over, being an output of classify: 材料/{name}" in ran.err) == (0, True), ran.err
        with (tmp_path / "又.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert {row["file"] for row in csv.DictReader(stream)} == {"材料/甲县/报告.txt"}
        (tmp_path / "又.csv").unlink()


def test_a_folder_of_nothing_but_scored_tables_is_scored_once_more(classify: Command, tmp_path: Path) -> None:
    (tmp_path / "分").mkdir()
    assert classify("score", "材料", "分/一.csv").code == 0
    ran = classify("--language", "zh", "score", "分", "又.csv")
    assert "的列，会与新的列重名；请加 --prefix predicted_" in ran.err
    assert classify("score", "分", "又.csv", "--prefix", "predicted_").code == 0


def test_tables_of_answers_and_exported_labels_are_no_documents(classify: Command, tmp_path: Path) -> None:
    for name, heading in (
        ("变.csv", "where,people,20261129-4764ad,20261130-bf66d5,text"),
        ("变2.csv", "出处,人工标注,20261129-4764ad,20261129-4764ad-2,正文"),
        ("改.csv", "正文,出处,人工标注,原模型,新模型,是否照做,农业概率"),
        ("标.csv", "text,label,doc,by,date,genre,place,year,origin,suggested,certainty"),
    ):
        (tmp_path / name).write_text(f"{heading}\n{FARM}", encoding="utf-8-sig")
        assert is_own_output(tmp_path / name), name


@pytest.mark.parametrize(
    ("row", "is_ours"),
    [
        ({"text": FARM, "labels": ["farming"], "doc": "a.txt", "by": "小王", "date": "2026-11-30"}, True),
        ({"text": FARM, "labels": [], "date": "2026-11-30", "suggested": [], "suggested_by": "m1"}, True),
        ({"words": {"粮食": 1}, "labels": ["farming"], "tokeniser": "jieba"}, True),
        ({"text": FARM, "labels": [], "doc": "a.txt"}, False),  # to be labelled
        ({"text": FARM, "labels": ["农业"], "date": "2023-05-01"}, False),  # tags of somebody's own
        ({"text": FARM, "labels": ["农业"], "by": "记者", "url": "a"}, False),
        ({"text": FARM, "by": "记者"}, False),
    ],
)
def test_labels_in_json_lines_are_no_documents(row: dict[str, object], is_ours: bool, tmp_path: Path) -> None:
    (tmp_path / "标.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert is_own_output(tmp_path / "标.jsonl") == is_ours


@pytest.mark.parametrize(("form", "name"), [("doccano", "d.jsonl"), ("fasttext", "f.txt"), ("csv", "c.csv")])
def test_labels_that_were_exported_are_no_documents(form: str, name: str, classify: Command, tmp_path: Path) -> None:
    assert classify("labels", "export", "--format", form, "-o", name).code == 0
    assert is_own_output(tmp_path / name)
    (tmp_path / name).rename(tmp_path / "材料" / name)
    for command in (("材料",), ("extract", "材料"), ("report", "材料", "-o", "r.csv"), ("suggest", "材料")):
        ran = classify(*command)
        assert f"passed over, being labels and no document: 材料/{name}" in ran.err
        assert "output of classify" not in ran.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("d.jsonl", json.dumps({"id": 1, "text": FARM, "label": ["农业"], "Comments": []}, ensure_ascii=False)),
        ("f.txt", f"__label__农业 {FARM}"),
        ("l.jsonl", json.dumps({"text": FARM, "labels": ["农业"], "by": "王"}, ensure_ascii=False)),
    ],
)
def test_labels_that_another_program_wrote_are_not_called_ours(
    name: str, text: str, classify: Command, tmp_path: Path
) -> None:
    """Files of doccano and fastText look as those that are exported for them: nobody can say who wrote one."""
    (tmp_path / "材料" / name).write_text(text, encoding="utf-8")
    for command in (("材料",), ("score", "材料", "s.csv"), ("suggest", "材料")):
        ran = classify(*command)
        assert f"passed over, being labels and no document: 材料/{name}" in ran.err
        assert "output of classify" not in ran.err


def test_what_looks_like_ours_and_is_somebody_s_own_is_read(classify: Command, tmp_path: Path) -> None:
    """Some of our columns, our name in a text, a comment elsewhere: none of it is a mark."""
    for name, text in (
        ("台账.csv", f"序号,正文,主题,文件,日期,地方,段号,说明\n1,{FARM}"),
        ("统计.csv", "时间,值,段数,正文\n2023,1,2,春耕备耕抓得紧，化肥种子备得足。\n"),
        ("话.jsonl", json.dumps({"file": "a", "text": FARM, "labels": [], "date": "2023"}) + "\n"),
        ("笔记.md", f"<!-- local-government-classifier -->\n{FARM}"),
        ("说明.txt", f"{FARM}用 classify --explain 显示理由。\n"),
        ("空.csv", ""),
        ("坏.jsonl", "{"),
        ("编码.csv", f"正文,出处,人工标注,日期,20231105\n{FARM},日报,农业,2023,1"),
        ("coded.csv", f"where,people,text\nDaily,farming,{FARM}"),
    ):
        (tmp_path / "材料" / name).write_text(text, encoding="utf-8")
        assert not is_own_output(tmp_path / "材料" / name), name
    ran = classify("材料", "--format", "jsonl")
    assert "being an output" not in ran.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_of_ours_that_another_program_saved(
    encoding: str, delimiter: str, classify: Command, tmp_path: Path
) -> None:
    assert classify("extract", "材料", "--only", "农业", "-o", "摘.csv").code == 0
    with (tmp_path / "摘.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    with (tmp_path / "存.csv").open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([*reversed(row)] for row in rows)
    assert is_own_output(tmp_path / "存.csv")


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("source", ["待标*.{}", "待标"])
def test_what_was_chosen_to_be_labelled_next_is_read_on(
    source: str, ending: str, classify: Command, tmp_path: Path
) -> None:
    assert classify("suggest", "材料", "-n", "3", "-o", f"待标一.{ending}").code == 0
    (tmp_path / "待标").mkdir()
    (tmp_path / "待标" / f"一.{ending}").write_bytes((tmp_path / f"待标一.{ending}").read_bytes())
    ran = classify("labels", "export", source.format(ending), "-o", "去标.csv")
    assert (ran.code, "passed over" in ran.err) == (0, False), ran.err
    assert FARM.split("\n")[1] in (tmp_path / "去标.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_for_the_eye_that_another_program_saved(encoding: str, classify: Command, tmp_path: Path) -> None:
    assert classify("材料", "--language", "zh", "-o", "看.txt").code == 0
    (tmp_path / "看.txt").write_bytes((tmp_path / "看.txt").read_text(encoding="utf-8-sig").encode(encoding))
    assert is_own_output(tmp_path / "看.txt")


def test_it_is_said_in_chinese() -> None:
    assert translated("passed over, being an output of classify: 甲.html", "zh") == "是本软件写出的文件，未读：甲.html"
    assert translated("passed over, being labels and no document: 甲.txt", "zh") == "是标注数据，不是材料，未读：甲.txt"


def test_labels_of_somebody_s_own_that_look_like_ours_are_named_where_nothing_else_is_there(
    classify: Command, tmp_path: Path
) -> None:
    """An export of doccano itself has the columns of ours: the message says what is passed over, and what to do."""
    (tmp_path / "标").mkdir()
    row = {"id": 1, "text": FARM, "label": ["农业"], "Comments": []}
    (tmp_path / "标" / "d.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    told = "outputs of classify, or labels (标/d.jsonl): name a file to read it"
    for args in (("score", "标", "分.csv"), ("report", "标", "-o", "r.csv"), ("标",), ("extract", "标")):
        ran = classify(*args)
        assert (ran.code, told in ran.err) == (1, True), ran.err
    assert "（标/d.jsonl）：要读请直接写出文件名" in classify("--language", "zh", "标").err
    assert classify("score", "标/d.jsonl", "分.csv").code == 0


@pytest.mark.parametrize(
    ("headings", "ours"),
    [
        ("text,my_labels,uncertain", False),
        ("text,labels,uncertain", False),
        ("text,x_labels,y_primary,y_uncertain", False),
        ("text,labels,primary,uncertain,farming,error,model", True),
        ("text,labels,x_labels,x_primary,x_uncertain", True),
    ],
)
def test_columns_that_only_end_like_ours_are_somebody_s_own(headings: str, ours: bool, tmp_path: Path) -> None:
    """Such a table is scored with its folder, or stops it: it is not passed over as what an earlier run wrote."""
    (tmp_path / "表.csv").write_text(f"{headings}\n{FARM}\n", encoding="utf-8")
    assert is_labelled(tmp_path / "表.csv", Format.csv) == ours
