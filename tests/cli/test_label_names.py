"""Labels stand under their Chinese names in tables that people open, under ids with --ids; both are read again."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.test_chinese import run
from tests.cli.test_report_places import LIVELIHOOD, RECRUITING, STYLE

NAMES = ["作风建设", "营商环境", "项目招引", "民生"]
IDS = ["work_style", "business_environment", "project_recruitment", "livelihood"]
SHARES = [f"{name}概率" for name in NAMES]
FOR_PEOPLE = {"label.csv": ("labels", "primary")} | dict.fromkeys(("score.csv", "score.xlsx"), ("主题判定", "首要主题"))
"""What the columns of all labels and of the first are called in Chinese."""
FORMS = ["label.csv", "score.csv", "score.xlsx"]


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return a table's headings and its rows."""
    if path.suffix == ".xlsx":
        first, *others = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        names = [str(name) for name in first]
        return names, [{n: "" if v is None else str(v) for n, v in zip(names, row, strict=True)} for row in others]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        found = list(reader)
    return list(reader.fieldnames or []), found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.txt").write_text(
        f"{STYLE}\n{LIVELIHOOD}\n{RECRUITING}\n会后，与会人员观看了专题片。\n", encoding="utf-8"
    )
    texts = "".join(f"{number},{text}\n" for number, text in enumerate((STYLE, LIVELIHOOD, RECRUITING)))
    (tmp_path / "信.csv").write_text(f"民生,内容\n{texts}", encoding="utf-8")  # a column of its own called like a label
    return tmp_path


def written(form: str, *options: str, spoken: str = "zh_CN.UTF-8") -> Path:
    made = Path(form)
    command = ["甲.txt", "-o", form] if form == "label.csv" else ["score", "信.csv", form, "--overwrite"]
    command += ["--correctable"] if form == "score.csv" else []
    ran = run(*command, *options, spoken=spoken)
    assert ran.returncode == 0, ran.stderr
    return made


@pytest.mark.parametrize("form", FORMS)
def test_labels_stand_under_their_chinese_names(form: str, office: Path) -> None:
    names, found = rows(written(form))
    assert [name for name in names if name in SHARES] == SHARES
    assert not set(IDS) & set(names)
    labels, primary = FOR_PEOPLE[form]
    assert {row[labels] for row in found} <= {*NAMES, ""}
    assert {row[primary] for row in found} <= {*NAMES, "无主题"}
    assert [row[primary] for row in found][:3] == ["作风建设", "民生", "项目招引"]
    assert form == "label.csv" or not {"labels", "primary", "uncertain", "error", "model", "checked"} & set(names)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("options", "spoken"), [(("--ids",), "zh_CN.UTF-8"), ((), "en_US.UTF-8")])
def test_ids_stay_where_they_are_asked_for(form: str, options: tuple[str, ...], spoken: str, office: Path) -> None:
    names, found = rows(written(form, *options, spoken=spoken))
    assert [name for name in names if name in IDS] == IDS
    assert [row["primary"] for row in found][:3] == ["work_style", "livelihood", "project_recruitment"]


@pytest.mark.parametrize("form", FORMS)
def test_a_report_and_an_extract_read_both_alike(form: str, office: Path) -> None:
    said = []
    for options in ((), ("--ids",)):
        made = written(form, *options)
        assert run("report", str(made), "-o", "r.csv").returncode == 0
        passages = run("extract", str(made), "--only", "民生", "--precision", "0.9", "--format", "jsonl")
        assert passages.returncode == 0, passages.stderr
        said.append((Path("r.csv").read_text(encoding="utf-8-sig"), passages.stdout))
    assert said[0] == said[1]
    assert LIVELIHOOD in said[0][1]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_corrected_under_chinese_names_is_imported(form: str, office: Path) -> None:
    made = written(form)
    if made.suffix == ".xlsx":
        book = load_workbook(made)
        sheet = book.worksheets[0]
        column = next(cell.column for cell in sheet[1] if cell.value == FOR_PEOPLE[form][0])
        sheet.cell(2, column).value = "民生、营商环境"
        book.save(made)
    else:
        names, found = rows(made)
        found[0][FOR_PEOPLE[form][0]] = "民生、营商环境"
        with made.open("w", encoding="gb18030", newline="") as stream:  # as Excel saves it
            writer = csv.DictWriter(stream, names)
            writer.writeheader()
            writer.writerows(found)
    ran = run("labels", "import", str(made))
    assert "改过 1 行，已核对而未改 0 行" in ran.stderr, ran.stderr
    assert "存入 1" in ran.stderr


@pytest.mark.parametrize(
    "gone", ["首要主题", "存疑", "首要主题 存疑 未判定原因 模型版本", "首要主题 given", "首要主题 check"]
)
@pytest.mark.parametrize("form", ["score.csv", "score.xlsx"])
def test_a_correction_counts_whatever_column_nobody_needed_was_taken_out(form: str, gone: str, office: Path) -> None:
    """It was read as if nobody had touched it. Without what tells what was changed, that is said."""
    names, found = rows(written(form))
    found[0]["主题判定"] = "民生、营商环境"
    left = [name for name in names if name not in gone.split() and not ("check" in gone and "text_check" in name)]
    book = Workbook()
    for row in [left, *([row[name] for name in left] for row in found)]:
        book.active.append(row)
    book.save("less.xlsx")
    ran = run("labels", "import", "less.xlsx")
    if {"given", "check"} & {*gone.split()}:
        assert (ran.returncode, "存入" in ran.stderr) == (1, False), ran.stderr
    else:
        assert "改过 1 行，已核对而未改 0 行" in ran.stderr, ran.stderr


def test_topics_are_written_as_their_ending_says(office: Path) -> None:
    for ending in ("csv", "xlsx"):
        assert run("topics", "-o", f"t.{ending}").returncode == 0
        assert rows(Path(f"t.{ending}"))[0] == ["话题", "比例", "一致性", "词语", *NAMES]
        assert run("topics", "-o", f"t.{ending}", "--ids").returncode == 0
        assert rows(Path(f"t.{ending}"))[0] == ["topic", "share", "coherence", "words", *IDS]
    assert run("topics", "-o", "t.jsonl").returncode == 0
    assert Path("t.jsonl").read_text(encoding="utf-8").startswith('{"id":')
    assert run("topics", "-o", "t.html").returncode == 0
    assert "<!doctype html>" in Path("t.html").read_text(encoding="utf-8").lower()
    ran = run("topics", "-o", "t.pdf", spoken="en_US.UTF-8")
    assert (ran.returncode, Path("t.pdf").exists()) == (2, False)
    assert ".jsonl, .csv, .xlsx, .html or .htm" in " ".join(ran.stderr.replace("│", " ").split())


def test_none_is_asked_for_by_either_name(office: Path) -> None:
    for command in ("甲.txt", "extract 甲.txt"):
        asked = [
            run(*command.split(), "--only", name, "-o", f"{name}.csv", spoken="zh_CN.UTF-8")
            for name in ("none", "无主题")
        ]
        assert [ran.returncode for ran in asked] == [0, 0], asked[1].stderr
        assert Path("none.csv").read_bytes() == Path("无主题.csv").read_bytes()


def test_reasons_in_a_table_are_in_one_language(office: Path) -> None:
    """English ones said 句子占比 of what the sentences add."""
    for spoken, (own, other) in {
        "en_US.UTF-8": ("[sentences] ", "句子占比"),
        "zh_CN.UTF-8": ("[句子占比] ", "sentences"),
    }.items():
        assert run("甲.txt", "--explain", "-o", "why.csv", spoken=spoken).returncode == 0
        text = Path("why.csv").read_text(encoding="utf-8-sig")
        assert (own in text, other in text) == (True, False)


def test_why_a_row_is_not_scored_stands_where_it_is_said_to(office: Path) -> None:
    Path("信.csv").write_text(f"内容,编号\n{STYLE},1\n,2\n", encoding="utf-8")
    for spoken, column in {"en_US.UTF-8": "the column error", "zh_CN.UTF-8": "“未判定原因”一列"}.items():
        ran = run("score", "信.csv", "out.csv", "--correctable", "--overwrite", spoken=spoken)
        assert column in ran.stderr
        assert column.removeprefix("the column ").strip("“”一列") in rows(Path("out.csv"))[0]


@pytest.mark.parametrize("form", ["score.csv", "score.xlsx"])
@pytest.mark.parametrize("own", ["主题判定", "存疑", "已核对", "民生概率"])
def test_a_column_called_like_a_new_one_in_chinese_is_not_doubled(own: str, form: str, office: Path) -> None:
    """Read back, it would be taken for what was scored: what is corrected beside it was lost."""
    Path("信.csv").write_text(f"{own},内容\n民生,{STYLE}\n", encoding="utf-8")
    ran = run("score", "信.csv", form, "--correctable", spoken="zh_CN.UTF-8")
    assert (ran.returncode, Path(form).exists()) == (1, False)
    assert f"已有名为 {own} 的列" in ran.stderr
    assert "--prefix predicted_" in ran.stderr
    ran = run("score", "信.csv", form, "--correctable", "--prefix", "predicted_", spoken="zh_CN.UTF-8")
    assert ran.returncode == 0, ran.stderr
    assert run("score", "信.csv", "en.csv", "--correctable", spoken="en_US.UTF-8").returncode == 0
