"""Folders and quoted patterns, wherever a command takes files; names that repeat are told apart."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.i18n.sentences import translated
from tests.cli.run import Ran, run
from tests.web.conftest import template as template_of_web

template = template_of_web
FIRST = "沛县工作报告\n一、农业\n春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。\n"
SECOND = "古镇游客比去年多了两成，民宿一房难求。\n"
Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two counties' reports of one name, a list, a file of another kind, a lock of Word; a model beside them."""
    import shutil  # noqa: PLC0415

    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    for name, text in (("甲县/报告.txt", FIRST), ("乙县/报告.txt", SECOND), ("名单.csv", "文本\n" + SECOND)):
        path = tmp_path / "材料" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "材料" / "图.exe").write_bytes(b"MZ")
    (tmp_path / "材料" / "甲县" / "~$报告.docx").write_bytes(b"lock")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], folder: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=folder)


def files(out: str) -> list[str]:
    return list(dict.fromkeys(json.loads(line)["file"] for line in out.splitlines()))


def test_label_opens_folders_and_fills_in_patterns(classify: Command) -> None:
    ran = classify("材料", "--format", "jsonl")
    assert (ran.code, files(ran.out)) == (0, ["材料/乙县/报告.txt", "材料/名单.csv", "材料/甲县/报告.txt"])
    assert ran.err == "classify: passed over, being of another kind: 材料/图.exe\n"
    assert files(classify("材料/*/报告.txt", "--format", "jsonl").out) == ["材料/乙县/报告.txt", "材料/甲县/报告.txt"]
    assert files(classify("材料/**/*.txt", "材料/甲县", "--format", "jsonl").out) == [
        "材料/乙县/报告.txt", "材料/甲县/报告.txt",
    ]  # fmt: skip
    ran = classify("材料/*.wps")
    assert (ran.code, ran.err) == (1, "classify: 材料/*.wps: no file fits this pattern\n")


def test_a_folder_without_a_document_is_an_error(classify: Command, folder: Path) -> None:
    (folder / "空").mkdir()
    assert classify("空").err == "classify: 空: holds no tables and no documents that can be read\n"
    (folder / "空" / "a.jsonl").write_text("{}\n", encoding="utf-8")
    assert classify("空").err == "classify: 空: holds no documents that can be read\n"


def test_what_an_earlier_run_wrote_into_the_folder_is_not_labelled(classify: Command, folder: Path) -> None:
    assert classify("材料", "-o", "标注.csv").code == 0
    before = (folder / "标注.csv").rename(folder / "材料" / "标注.csv").read_bytes()
    for output in ("材料/标注.csv", "又.csv"):
        ran = classify("材料", "-o", output)
        assert ran.code == 0
        assert "passed over, being an output of classify: 材料/标注.csv" in ran.err
        assert (folder / output).read_bytes() == before


@pytest.mark.parametrize("output", ["html", "md", "docx"])
def test_two_documents_of_one_name_are_told_apart(output: str, classify: Command, folder: Path) -> None:
    assert classify("材料/甲县", "材料/乙县", "-o", f"a.{output}").code == 0
    if output == "docx":
        import docx  # noqa: PLC0415

        text = "\n".join(one.text for one in docx.Document(str(folder / "a.docx")).paragraphs)
    else:
        text = (folder / f"a.{output}").read_text(encoding="utf-8")
    assert "甲县/报告.txt" in text
    assert "乙县/报告.txt" in text


def test_score_fills_in_patterns(classify: Command, folder: Path) -> None:
    assert classify("score", "材料/*/*.txt", "out.jsonl").code == 0
    assert files((folder / "out.jsonl").read_text(encoding="utf-8")) == ["材料/乙县/报告.txt", "材料/甲县/报告.txt"]
    for number in (1, 2):
        (folder / f"p{number}.csv").write_text(f"text,年\n{SECOND.strip()},{number}\n", encoding="utf-8")
    assert classify("score", "p?.csv", "both.csv").code == 0
    with (folder / "both.csv").open(encoding="utf-8-sig") as stream:
        assert [row["年"] for row in csv.DictReader(stream)] == ["1", "2"]
    ran = classify("score", "p?.csv", "p1.csv", "--overwrite")
    assert (ran.code, ran.err.strip()) == (1, "classify: p1.csv: input and output are the same; name another output")
    assert classify("score", "*.wps", "x.csv").err == "classify: *.wps: no file fits this pattern\n"


def test_documents_whose_names_begin_with_a_line_are_no_by_products(classify: Command, folder: Path) -> None:
    """_SUCCESS and _temporary/ of Spark are; a draft called _草稿.txt is not, and was passed over without a word."""
    (folder / "材料" / "_草稿.txt").write_text(SECOND, encoding="utf-8")
    assert classify("score", "材料/", "out.jsonl").code == 0
    ran = classify("extract", "材料", "--only", "文旅", "--format", "jsonl")
    assert "材料/_草稿.txt" in ran.out
    (folder / "材料" / "名单.csv").unlink()
    assert classify("score", "材料/", "out.jsonl", "--overwrite").code == 0
    assert "材料/_草稿.txt" in files((folder / "out.jsonl").read_text(encoding="utf-8"))


def test_suggest_fills_in_patterns(classify: Command) -> None:
    ran = classify("suggest", "材料/**/*.txt", "-n", "9", "-o", "next.jsonl")
    assert ran.code == 0, ran.err
    assert "no file fits" in classify("suggest", "材料/*.wps").err


def test_labels_are_imported_from_folders_and_patterns(classify: Command, folder: Path) -> None:
    (folder / "改好").mkdir()
    for number, label in enumerate(("文旅", "农业"), 1):
        text = f"文本,标签\n第{number}条村里的新鲜事写进了简报里。,{label}\n"
        (folder / "改好" / f"{number}.csv").write_text(text, encoding="utf-8")
    (folder / "改好" / "说明.docx").write_bytes(b"PK")
    ran = classify("labels", "import", "改好")
    assert (ran.code, "2 stored" in ran.err) == (0, True), ran.err
    assert "passed over, being of another kind: 改好/说明.docx" in ran.err
    ran = classify("labels", "import", "改好/*.csv", "改好/1.csv")
    assert "2 the same as before" in ran.err, ran.err
    assert "is a labels folder already" in classify("labels", "import", "labels").err
    assert "no file fits this pattern" in classify("labels", "import", "*.xls").err


LETTERS = "编号;留言内容;日期\n1;春耕备耕抓得紧，化肥种子备得足。;2024-03-01\n2;小区停水两天。;2024-03-02\n"


def mixed(folder: Path, **tables: str) -> None:
    """Make a folder of one document and these tables, called by their endings."""
    (folder / "杂").mkdir()
    (folder / "杂" / "讲话.txt").write_text(FIRST, encoding="utf-8")
    for ending, text in tables.items():
        (folder / "杂" / f"t.{ending}").write_text(text, encoding="utf-8")


def test_a_table_without_a_column_of_text_is_read_as_classify_reads_it(classify: Command, folder: Path) -> None:
    mixed(folder, csv=LETTERS)
    assert classify("report", "杂", "-o", "r.html").code == 0
    assert "小区停水两天" in (folder / "r.html").read_text("utf-8")
    ran = classify("extract", "杂", "--only", "none,农业,文旅", "-o", "r.md")
    text = (folder / "r.md").read_text("utf-8")
    assert (ran.code, "小区停水两天" in text, "春耕备耕" in text) == (0, True, True), ran.err


def test_a_table_that_cannot_be_read_is_named_and_the_others_are_read(classify: Command, folder: Path) -> None:
    mixed(folder, jsonl='{"x": 1}\n')
    ran = classify("extract", "杂", "-o", "r.jsonl")
    assert (ran.code, "杂/t.jsonl: there is no column text" in ran.err) == (2, True), ran.err
    ran = classify("report", "杂", "-o", "r.html")
    assert (ran.code, "杂/t.jsonl: there is no column text" in ran.err) == (2, True), ran.err
    page = (folder / "r.html").read_text("utf-8")
    assert "t.jsonl" in page
    assert "春耕备耕" in page


def test_a_row_without_a_text_stops_nothing(classify: Command, folder: Path) -> None:
    mixed(folder, jsonl=json.dumps({"text": SECOND}) + '\n{"x": 1}\n' + json.dumps({"text": "小区停水两天。"}) + "\n")
    ran = classify("extract", "杂", "--only", "none,农业,文旅", "-o", "r.md")
    text = (folder / "r.md").read_text("utf-8")
    assert (ran.code, "小区停水两天" in text, "春耕备耕" in text) == (2, True, True), ran.err
    assert "t.jsonl, line 2: the row has no text" in ran.err
    assert classify("score", "杂/t.jsonl", "s.jsonl", "--workers", "1").code == 0
    with (folder / "s.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"x": 1}\n')
    ran = classify("report", "s.jsonl", "-o", "r.html")
    assert ran.code == 2
    assert "line 4: the row has no text" in ran.err
    assert "line 4: the row has no text" in (folder / "r.html").read_text("utf-8")


def test_tables_of_several_formats_beside_documents_refuse_nothing(classify: Command, folder: Path) -> None:
    mixed(folder, csv=LETTERS, jsonl=json.dumps({"text": SECOND}) + "\n")
    ran = classify("杂", "--format", "jsonl")
    assert (ran.code, files(ran.out)) == (0, ["杂/t.csv", "杂/讲话.txt"]), ran.err
    assert ran.err.startswith("classify: passed over, being of another kind: 杂/t.jsonl\n")
    ran = classify("report", "杂", "-o", "r.html")
    assert (ran.code, "passed over, being of another kind: 杂/t.jsonl" in ran.err) == (0, True), ran.err
    ran = classify("extract", "杂", "--only", "none,农业,文旅", "-o", "r.md")
    text = (folder / "r.md").read_text("utf-8")
    assert ran.code == 0, ran.err
    assert all(one in text for one in ("古镇游客", "春耕备耕", "小区停水两天")), text


@pytest.mark.parametrize(
    "command",
    [
        ("材料", "--format", "jsonl"),
        ("report", "材料", "-o", "r.html"),
        ("extract", "材料", "-o", "e.md"),
        ("score", "材料", "s.jsonl"),
        ("suggest", "材料"),
        ("labels", "import", "材料"),
    ],
)
def test_a_link_to_nothing_and_one_to_a_folder_are_named(
    command: tuple[str, ...], classify: Command, folder: Path
) -> None:
    (folder / "别处").mkdir()
    (folder / "材料" / "旧.txt").symlink_to(folder / "没有.txt")
    (folder / "材料" / "别处").symlink_to(folder / "别处")
    ran = classify(*command)
    for said, chinese in (
        ("passed over, being a link to nothing: 材料/旧.txt", "是失效的链接，未读：材料/旧.txt"),
        (
            "passed over, being a link to a folder: 材料/别处",
            "是指向文件夹的链接，未读（请直接指定该文件夹）：材料/别处",
        ),
    ):
        assert said in ran.err, ran.err
        assert translated(said, "zh") == chinese
    if command[0] == "extract":
        assert "材料/旧.txt" in (folder / "e.md").read_text(encoding="utf-8")
