"""The command, end to end, through a process of its own with the model that ships."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import classifier
from tests.cli import forking

SPEECH = """在全县作风建设暨优化营商环境大会上的讲话
（2021年3月5日）
同志们：
一、转作风，抓落实
要坚决整治慵懒散漫、推诿扯皮，开展明查暗访，对不担当不作为的干部严肃问责，大力弘扬真抓实干的作风。
二、优化营商环境，为企业松绑减负
要深化放管服改革，推行一网通办，企业开办时间压缩到一个工作日，不折不扣兑现惠企政策，帮助中小企业解决融资难题。
三、大抓招商，大抓项目
全年签约亿元以上项目三十个，组建五支小分队外出招商，推动重大项目早开工、早投产，完成投资五十亿元。
四、办好民生实事
新建两所小学，改造老旧小区十二个，城镇新增就业六千人，提高城乡低保标准。
会议结束后，与会人员合影留念。
来源：某县融媒体中心
"""
TOPICS = ["work_style", "business_environment", "project_recruitment", "livelihood"]


def classify(*args: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return forking.run(list(args), stdin, cwd)


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    path = tmp_path / "讲话.txt"
    path.write_text(SPEECH, encoding="utf-8")
    return path


def rows(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_paragraph_gets_the_topic_it_is_about(speech: Path) -> None:
    """The main job: headings and paragraphs of four topics, in order, the rest none."""
    result = classify(str(speech))
    assert (result.returncode, result.stderr) == (0, b"")
    got = {row["text"][:6]: row["primary"] for row in rows(result)}
    assert [got[key] for key in ("要坚决整治慵", "要深化放管服", "全年签约亿元", "新建两所小学")] == TOPICS
    assert [got[key] for key in ("一、转作风，", "二、优化营商", "三、大抓招商", "四、办好民生")] == TOPICS
    assert {got[key] for key in ("同志们：", "会议结束后，", "来源：某县融")} == {"none"}


def test_rows_hold_what_the_format_promises(speech: Path) -> None:
    found = rows(classify(str(speech)))
    assert len(found) == 13
    for number, row in enumerate(found):
        assert list(row) == [
            "file", "index", "start", "end", "kind", "text", "labels", "primary", "uncertain", "probabilities",
            "topics", "model",
        ]  # fmt: skip
        assert row["index"] == number
        assert SPEECH[row["start"] : row["end"]] == row["text"]
        assert set(row["probabilities"]) == set(TOPICS)
        assert all(0 <= value <= 1 for value in row["probabilities"].values())


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_standard_input_in_any_encoding_gives_the_same(speech: Path, encoding: str) -> None:
    plain = rows(classify(str(speech)))
    piped = rows(classify("-", stdin=SPEECH.encode(encoding)))
    assert [row["probabilities"] for row in piped] == [row["probabilities"] for row in plain]
    assert {row["file"] for row in piped} == {"<stdin>"}


def test_one_bad_file_among_good_ones_loses_nothing(speech: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    missing = tmp_path / "nowhere.txt"
    result = classify(str(missing), str(speech), str(tmp_path / "empty.txt"), str(speech))
    assert result.returncode == 2
    assert [row["file"] for row in rows(result)].count(str(speech)) == 2 * len(rows(classify(str(speech))))
    lines = result.stderr.decode().splitlines()
    assert lines == [
        f"classify: {missing}: no such file",
        f"classify: {tmp_path / 'empty.txt'}: the file is empty; nothing to label",
    ]


def test_an_archive_is_all_its_documents(speech: Path, tmp_path: Path) -> None:
    """Results of each member under its own name; one that cannot be read is said, and the exit code tells."""
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(speech, "讲话/讲话.txt")
        archive.writestr("空.txt", "")
        archive.writestr("附.txt", "新建两所小学。")
    result = classify(str(path))
    assert result.returncode == 2
    assert result.stderr.decode() == f"classify: {path}/空.txt: the file is empty; nothing to label\n"
    files = [row["file"] for row in rows(result)]
    assert list(dict.fromkeys(files)) == [f"{path}/讲话/讲话.txt", f"{path}/附.txt"]
    page = tmp_path / "页.html"
    assert classify(str(path), "--format", "html", "-o", str(page)).returncode == 2
    assert "新建两所小学" in page.read_text(encoding="utf-8")


def test_csv_opens_in_excel(speech: Path, tmp_path: Path) -> None:
    """Byte order mark, quoted line breaks, and a text that looks like a formula made harmless."""
    speech.write_text("=1+1\n抓项目、\n促投资。\n", encoding="utf-8")
    output = tmp_path / "out.csv"
    result = classify(str(speech), "--format", "csv", "-o", str(output), "--explain")
    assert result.returncode == 0
    assert result.stdout == b""
    assert f"written to {output}" in result.stderr.decode()
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in table] == ["'=1+1", "抓项目、\n促投资。"]
    assert "项目" in table[1]["why project_recruitment"]
    assert float(table[1]["project_recruitment"]) > 0.5


def test_table_for_the_eye(speech: Path) -> None:
    text = classify("--format", "table", str(speech)).stdout.decode()
    assert "作风建设" in text
    assert "share of the text" in text
    assert "融媒体中心" not in text
    assert "融媒体中心" in classify("label", str(speech), "--format", "table", "--all").stdout.decode()


def test_shares_are_those_of_the_whole_text_whatever_is_shown(speech: Path) -> None:
    whole = classify(str(speech), "--format", "table").stdout.decode()
    part = classify(str(speech), "--format", "table", "--only", "民生").stdout.decode()
    assert whole[whole.index("share of the text") :] == part[part.index("share of the text") :]
    assert "要深化放管服" not in part
    assert "新建两所小学" in part


def test_a_place_that_cannot_be_written_is_one_line(speech: Path, tmp_path: Path) -> None:
    for kind in ("csv", "table"):
        result = classify(str(speech), "--format", kind, "-o", str(tmp_path / "nowhere" / "out"))
        assert result.returncode == 1
        assert b"Traceback" not in result.stderr
        target = tmp_path / "nowhere" / "out"
        assert result.stderr.decode().splitlines() == [
            f"classify: {target}: there is no folder {target.parent}; make it first"
        ]


def test_explain_gives_words_of_the_paragraph_itself(speech: Path) -> None:
    by_text = {row["text"]: row["reasons"] for row in rows(classify(str(speech), "--explain"))}
    for text, reasons in by_text.items():
        for reason in reasons.values():
            for word in (*reason["words_for"], *reason["words_against"]):
                assert [text[a:b] for a, b in word["places"]] == [word["word"]] * len(word["places"])
    words = [word["word"] for word in by_text["二、优化营商环境，为企业松绑减负"]["business_environment"]["words_for"]]
    assert words[0] == "营商环境"


@pytest.mark.parametrize("name", ["livelihood", "民生", "Livelihood"])
def test_only_one_label(speech: Path, name: str) -> None:
    chosen = rows(classify(str(speech), "--only", name))
    assert chosen
    assert all("livelihood" in row["labels"] for row in chosen)


def test_only_an_unknown_label_lists_the_known_ones(speech: Path) -> None:
    result = classify(str(speech), "--only", "招商")
    assert result.returncode == 2
    assert "project_recruitment" in result.stderr.decode()


def test_an_unknown_model_is_one_line_and_exit_code_one(speech: Path) -> None:
    result = classify(str(speech), "--model", "nope")
    assert result.returncode == 1
    assert result.stderr.decode().startswith("classify: no model 'nope'; give a model folder or one of:")
    assert result.stderr.count(b"\n") == 1


def test_python_gives_the_same_as_the_command(speech: Path) -> None:
    results = classifier.load().label(SPEECH, explain=True)
    lines = rows(classify(str(speech)))
    assert [one.labels for one in results] == [tuple(row["labels"]) for row in lines]
    assert [one.primary for one in results] == [row["primary"] for row in lines]
    assert results[0].reasons is not None
    with pytest.raises(AttributeError):
        results[0].labels = ()  # type: ignore[misc]


def test_a_closed_pipe_is_no_error(speech: Path) -> None:
    many = " ".join(str(speech) for _ in range(200))
    command = f"{sys.executable} -c 'from classifier.cli.main import main; main()' {many} | head -1"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, env=environment, timeout=600, check=False
    )
    assert result.stderr == b""
    assert result.stdout.count(b"\n") == 1


@pytest.mark.parametrize("args", [["--help"], ["label", "--help"], ["train", "--help"]])
def test_help_has_examples_and_exit_codes(args: list[str]) -> None:
    text = classify(*args).stdout.decode()
    assert "classify " in text
    assert "Exit codes" in text


def test_help_imports_nothing_heavy() -> None:
    """Not a timing: what makes help slow is what it imports."""
    code = (
        "import sys\nfrom classifier.cli import main\nsys.argv = ['classify', '--help']\n"
        "try:\n    main.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'sklearn', 'jieba', 'rjieba', 'opencc', 'joblib', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert result.returncode == 0, result.stderr.decode()


def test_labelling_imports_no_scikit_learn(speech: Path) -> None:
    code = (
        "import sys, classifier\nmodel = classifier.load()\nmodel.label(open(sys.argv[1], encoding='utf-8').read(), explain=True)\n"
        "heavy = {'sklearn', 'scipy', 'joblib', 'jieba'} & set(sys.modules)\nassert not heavy, heavy"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    result = subprocess.run(
        [sys.executable, "-c", code, str(speech)], capture_output=True, env=environment, check=False
    )
    assert result.returncode == 0, result.stderr.decode()


def test_version() -> None:
    assert classify("--version").stdout == b"classify 0.1.0\n"


def test_no_arguments_show_help() -> None:
    result = classify()
    assert b"Usage: classify" in result.stdout + result.stderr
