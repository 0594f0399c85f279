"""Endings that name a format, options that need another, what is refused before anything is written."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.labelling.candidates import read_pool
from classifier.labelling.corpus import read_decisions
from tests.cli.run import Ran, run
from tests.cli.test_labels_import import STORED, write

Command = Callable[..., Ran]


@pytest.fixture
def classify(capsys: pytest.CaptureFixture[str], labels_folder: Path) -> Command:
    return lambda *args: run(capsys, *args, cwd=labels_folder.parent)


@pytest.fixture
def elsewhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """The command where nobody has labels yet."""
    return lambda *args: run(capsys, *args, cwd=tmp_path)


def plain(text: str) -> str:
    """Return what a message says, whatever frame is drawn around it."""
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.jsonl", b'{"text":'),
        ("a.CSV", b"\xef\xbb\xbftext,label"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.json", b"["),
        ("a", b'{"text":'),
    ],
)
def test_the_ending_names_the_format(name: str, begins: bytes, classify: Command, tmp_path: Path) -> None:
    ran = classify("labels", "export", "-o", name)
    assert ran.code == 0, ran.err
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-o", "a.tsv"), ".tsv"),
        (("-o", "a.xls"), ".xls"),
        (("-o", "a.jsonl.gz"), ".gz"),
        (("-o", "第1.2批"), "--format"),
        (("-o", "a.xlsx", "--format", "csv"), "a.xlsx: csv is not written under .xlsx"),
        (("-o", "a.json", "--format", "jsonl"), "jsonl is not written under .json"),
        (("-o", "a.docx", "--format", "fasttext"), "fasttext is not written under .docx"),
        (("-o", "a.csv", "--as-counts"), "word counts are written as jsonl only"),
    ],
)
def test_an_ending_of_something_else_is_refused(
    args: tuple[str, ...], message: str, classify: Command, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    ran = classify("labels", "export", *args)
    assert ran.code == 2
    assert message in plain(ran.err)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "beside"), [("tasks.json", "tasks.xml"), ("第1.2批", "第1.2批.xml"), ("tasks", "tasks.xml")]
)
def test_the_configuration_stands_beside_the_tasks(name: str, beside: str, classify: Command, tmp_path: Path) -> None:
    ran = classify("labels", "export", "--format", "labelstudio", "-o", name)
    assert ran.code == 0, ran.err
    assert len(json.loads((tmp_path / name).read_bytes())) == 45
    assert (tmp_path / beside).read_text(encoding="utf-8").lstrip().startswith("<View>")


@pytest.mark.parametrize("name", ["tasks.xml", "tasks.XML"])
def test_the_configuration_does_not_overwrite_the_tasks(name: str, classify: Command, tmp_path: Path) -> None:
    ran = classify("labels", "export", "--format", "labelstudio", "-o", name)
    assert ran.code == 2
    assert "labelstudio is not written under ." in plain(ran.err)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["next.jsonl", "next.csv", "next.xlsx"])
def test_suggest_writes_what_the_ending_says(name: str, classify: Command, tmp_path: Path) -> None:
    write(tmp_path, "new.txt", "古镇新开二十家民宿，游客住得下来。\n\n水稻收割机下田，秋粮颗粒归仓。\n")
    ran = classify("suggest", "new.txt", "-n", "2", "-o", name)
    assert ran.code == 0, ran.err
    assert (tmp_path / name).read_bytes()[:2] == {"next.jsonl": b'{"', "next.csv": b"\xef\xbb", "next.xlsx": b"PK"}[
        name
    ]
    assert len(read_pool([str(tmp_path / name)])) == 2


@pytest.mark.parametrize("name", ["next.tsv", "next.txt", "next.xls"])
def test_suggest_refuses_other_endings(name: str, classify: Command, tmp_path: Path) -> None:
    write(tmp_path, "new.txt", "古镇新开二十家民宿，游客住得下来。\n")
    ran = classify("suggest", "new.txt", "-o", name)
    assert ran.code == 2
    assert f"{name}: write to .jsonl, .csv or .xlsx" in plain(ran.err)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("args", [("--topics", "8"), ("--topic-model", "lda")])
def test_topics_need_a_background(args: tuple[str, ...], classify: Command, tmp_path: Path) -> None:
    ran = classify("train", *args)
    assert ran.code == 2
    assert "needs --background" in plain(ran.err)
    assert not (tmp_path / "models").exists()


def test_training_without_any_labels_of_one_s_own(elsewhere: Command, tmp_path: Path) -> None:
    ran = elsewhere("train", "--without-default")
    assert ran.code == 1
    assert "no labels of your own" in ran.err
    assert not (tmp_path / "home" / "models").exists()


def test_a_models_folder_that_cannot_be_written_is_found_at_once(classify: Command, tmp_path: Path) -> None:
    write(tmp_path, "file", "")
    ran = classify("train", "--models", str(tmp_path / "file" / "models"))
    assert ran.code == 1
    assert f"{tmp_path / 'file' / 'models'}: no model can be stored here" in ran.err
    assert "evaluating" not in ran.err


def test_a_folder_named_labels_that_is_none_is_mentioned(elsewhere: Command, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    path = write(tmp_path, "a.csv", "文本,标签\n甲,民生\n")
    for args in (("train", "--without-default"), ("labels", "import", path)):
        assert "./labels is passed over: a labels folder needs a taxonomy.toml" in elsewhere(*args).err


@pytest.mark.parametrize(
    ("content", "code"),
    [("文本,标签\n甲,渔业\n", 1), ("文本,标签\n甲,民生\n甲,作风建设\n", 1), ("文本,标签\n甲,\n", 0)],
    ids=["bad", "conflict", "not labelled"],
)
def test_an_import_that_stores_nothing_begins_no_folder(
    content: str, code: int, elsewhere: Command, tmp_path: Path
) -> None:
    ran = elsewhere("labels", "import", write(tmp_path, "a.csv", content))
    assert ran.code == code, ran.err
    assert "new labels folder" not in ran.err
    assert not (tmp_path / "home" / "labels").exists()


def test_a_conflict_that_changes_nothing_is_counted_once(
    classify: Command, labels_folder: Path, tmp_path: Path
) -> None:
    classify(
        "labels",
        "import",
        write(tmp_path, "a.csv", "文本,标签,日期\n新的一段,农业,2026-01-01\n另一段,农业,2026-01-01\n"),
    )
    older = write(tmp_path, "b.csv", "文本,标签,日期\n新的一段,文旅,2020-01-01\n另一段,农业,2020-01-01\n")
    ran = classify("labels", "import", older, "--on-conflict", "newest")
    assert (
        "nothing new: 0 stored, 1 the same as before, 1 the same as before (conflicts decided for what was stored)\n"
    ) in ran.err
    newer = write(tmp_path, "c.csv", f"文本,标签\n新的一段,文旅\n{STORED},农业\n")
    ran = classify("labels", "import", newer, "--on-conflict", "newest")
    assert "1 stored, 1 the same as before, 1 conflicts decided for the new answer\n" in ran.err
    (row,) = [one for one in read_decisions(labels_folder).paragraphs if one.text == "新的一段"]
    assert row.labels == ("tourism",)


def test_a_folder_s_own_counts_come_back_as_nothing_new(classify: Command) -> None:
    classify("labels", "export", "--as-counts", "-o", "counts.jsonl")
    ran = classify("labels", "import", "counts.jsonl")
    assert "nothing new: 0 stored, 45 the same as before\n" in ran.err
    assert classify("labels", "export", "-o", "all.csv").code == 0


def test_the_help_can_be_read(elsewhere: Command) -> None:
    shown = elsewhere("--help").out
    assert "\\b" not in shown
    assert "\x08" not in shown
    lines = [line.strip() for line in shown.splitlines()]
    assert "classify topics               the topics it knows" in lines
    assert "classify models list          versions: show, promote, rollback, remove, export, import" in lines


@pytest.mark.parametrize("command", [(), ("extract",), ("report",)])
def test_no_document_is_written_over_by_what_is_said_of_it(
    command: tuple[str, ...], elsewhere: Command, tmp_path: Path
) -> None:
    document = tmp_path / "讲话.html"
    document.write_text("<p>新建两所小学，改造老旧小区十二个。</p>", encoding="utf-8")
    before = document.read_bytes()
    ran = elsewhere(*command, "讲话.html", "-o", "讲话.html")
    assert (ran.code, document.read_bytes()) == (1, before)
    assert "讲话.html: input and output are the same; name another output" in ran.err
    (tmp_path / "夹.html").mkdir()
    ran = elsewhere(*command, "讲话.html", "-o", "夹.html")
    assert ran.code == 1
    assert "夹.html: is a folder; name another output" in ran.err


@pytest.fixture
def material(tmp_path: Path) -> Path:
    """A folder of documents and a table, with a link to it and a link inside it."""
    folder = tmp_path / "材料"
    folder.mkdir()
    page = "<p>新建两所小学，改造老旧小区十二个。</p>"
    for name in ("讲话.html", "通知.html", "原件.html"):
        (folder / name).write_text(page, encoding="utf-8")
    (folder / "名单.csv").write_text("文本,标签\n新建两所小学。,民生\n", encoding="utf-8")
    (tmp_path / "外.html").write_text(page, encoding="utf-8")
    (folder / "链.html").symlink_to(tmp_path / "外.html")
    (tmp_path / "近路").symlink_to(folder, target_is_directory=True)
    return folder


@pytest.mark.parametrize("command", [(), ("extract",), ("report",)])
@pytest.mark.parametrize(
    ("read", "output"),
    [
        ("材料/", "材料/讲话.html"),
        ("材料/", "材料/../材料/讲话.html"),
        ("材料/", "近路/讲话.html"),
        ("近路", "材料/讲话.html"),
        ("材料/", "外.html"),
        ("材料/*.html", "材料/讲话.html"),
        ("材料/**/*.html", "近路/讲话.html"),
        ("材料/", "材料/名单.csv"),
    ],
)
def test_no_document_of_a_folder_that_is_read_is_written_over(
    command: tuple[str, ...], read: str, output: str, elsewhere: Command, material: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = elsewhere(*command, read, "-o", output)
    assert ran.code == 1
    assert f"{output}: is one of the files that are read; name another output" in ran.err
    assert {path: path.read_bytes() for path in before} == before


def test_nor_by_the_figures_of_a_report(elsewhere: Command, material: Path) -> None:
    before = (material / "名单.csv").read_bytes()
    ran = elsewhere("report", "材料", "-o", "r.html", "--table", "材料/名单.csv")
    assert (ran.code, (material / "名单.csv").read_bytes()) == (1, before)


@pytest.mark.parametrize(
    ("read", "output"),
    [("a.csv", "近.csv"), ("表", "a.csv"), ("表/*.csv", "a.csv"), ("表/part-0.csv", "表")],
)
def test_score_replaces_nothing_that_it_reads(read: str, output: str, elsewhere: Command, tmp_path: Path) -> None:
    text = "text\n新建两所小学，改造老旧小区十二个。\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "近.csv").hardlink_to(tmp_path / "a.csv")
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "part-0.csv").symlink_to(tmp_path / "a.csv")
    ran = elsewhere("score", read, output, "--overwrite")
    assert ran.code == 1
    assert "name another output" in ran.err
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == text
    assert (tmp_path / "表" / "part-0.csv").is_symlink()


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        (("suggest", "pool.csv", "-o", "pool.csv"), "pool.csv"),
        (("suggest", ".", "-o", "pool.csv"), "pool.csv"),
        (("labels", "export", "pool.csv", "-o", "pool.csv"), "pool.csv"),
        (("labels", "export", "文.xml", "--format", "labelstudio", "-o", "文.json"), "文.xml"),
        (("labels", "export", "-o", "labels/terms.csv"), "labels/terms.csv"),
        (("train", "--no-promote", "--corrections", "labels/terms.csv"), "labels/terms.csv"),
    ],
)
def test_what_is_to_be_labelled_is_not_written_over(
    args: tuple[str, ...], kept: str, classify: Command, labels_folder: Path, tmp_path: Path
) -> None:
    for name in ("pool.csv", "labels/terms.csv"):
        write(tmp_path, name, "文本\n古镇新开二十家民宿，游客住得下来。\n")
    write(
        tmp_path,
        "文.xml",
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
        "<w:t>古镇新开二十家民宿，游客住得下来。</w:t></w:r></w:p></w:body></w:wordDocument>",
    )
    before = (tmp_path / kept).read_bytes()
    ran = classify(*args)
    assert ran.code == 1, ran.err
    assert "name another output" in ran.err
    assert (tmp_path / kept).read_bytes() == before


@pytest.mark.parametrize("output", ["表/part-0.csv", "表"])
def test_spark_replaces_nothing_that_it_reads(output: str, elsewhere: Command, tmp_path: Path) -> None:
    """Refused before Spark is looked for."""
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "part-0.csv").write_text("text\n新建两所小学。\n", encoding="utf-8")
    ran = elsewhere("score", "表/part-0.csv", output, "--engine", "spark", "--overwrite")
    assert ran.code == 1
    assert "name another output" in ran.err
    assert (tmp_path / "表" / "part-0.csv").is_file()
