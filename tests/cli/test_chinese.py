"""The command speaks Chinese where the system does, or where it is asked to; what machines read stays as it is."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from classifier.cli.chinese_help import chinese_help, extras
from classifier.cli.columns import padded, wrapped
from classifier.cli.main import app
from tests.i18n.test_sentences import ENGLISH

SPEECH = Path(__file__).parents[2] / "scripts/demo/speech.txt"


def commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command with its words after `classify`."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}".strip())


COMMANDS = dict(commands(typer.main.get_command(app)))


def run(*words: str, spoken: str = "zh_CN.UTF-8", columns: int = 90) -> subprocess.CompletedProcess[str]:
    """Run the command on a system that speaks a language."""
    env = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LC_MESSAGES"}}
    env |= {"LANG": spoken, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "classifier", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


def test_every_command_has_chinese_help_and_none_is_left_over() -> None:
    assert set(chinese_help()) == set(COMMANDS)
    for path, told in chinese_help().items():
        assert told.get("short") or not path, path
        assert "epilog" in told or not COMMANDS[path].epilog, path


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_has_chinese_help_and_none_is_left_over(path: str) -> None:
    """One that is new needs a line in classifier/cli/help.zh.toml."""
    named = {one.name for one in COMMANDS[path].params if getattr(one, "help", None) and one.name != "help"}
    told = set(chinese_help()[path].get("parameters", {}))
    assert named <= told, f"without Chinese: {named - told}"
    assert told <= {one.name for one in COMMANDS[path].params}, "of options that there are no longer"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_default_put_in_words_has_chinese(path: str) -> None:
    for one in COMMANDS[path].params:
        words = getattr(one, "show_default", None)
        if isinstance(words, str):
            assert extras(f"[default: ({words})]").startswith("[默认："), words
            assert not ENGLISH.search(extras(f"[default: ({words})]")), words


@pytest.mark.parametrize("path", ["", "label", "score", "labels", "labels import", "models export"])
def test_help_reads_in_chinese_and_fits_the_terminal(path: str) -> None:
    told = run(*path.split(), "--help")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"用法：classify{' ' if path else ''}{path} ")
    options = told.stdout.split("选项：")[1]
    assert all(cell_len(line.rstrip("，。；")) <= 90 for line in options.splitlines())
    assert "显示这份说明" in options
    assert not ENGLISH.search(re.sub(r"classify[^\n]*|\.\w+( \.\w+)+", "", told.stdout))


def test_the_option_wins_over_the_system() -> None:
    assert run("--language", "en", "score", "--help").stdout.startswith("Usage: classify score")
    assert run("--language=zh", "score", "--help", spoken="en_US.UTF-8").stdout.startswith("用法：classify score")
    assert "没有这个文件" in run("--language", "zh", "不在.txt", spoken="en_US.UTF-8").stderr


def test_what_is_wrong_is_said_in_chinese() -> None:
    told = run("label", "--nope", "甲.txt")
    assert told.returncode == 2
    assert "用法：classify label" in told.stderr
    assert "错误：没有 --nope 这个选项" in told.stderr
    assert "错误：没有 --lables 这个选项（是不是：--all, --labels？）" in run("label", "--lables", "甲.txt").stderr
    assert "不能写成 .pdf；文件名应以 .html、.htm、.xlsx 或 .csv 结尾" in run("report", "甲.txt", "-o", "甲.pdf").stderr
    assert f"没有 {Path('无')} 这个文件夹，请先建好" in run(str(SPEECH), "-o", str(Path("无/甲.csv"))).stderr
    assert "错误：缺少参数" in run("score").stderr
    assert run("models").stderr.count("用法：") == 1  # the help stands for itself: nothing is wrong
    assert "：是文件夹，请换一个输出名" in run(str(SPEECH), "-o", str(SPEECH.parent)).stderr
    assert "classify: 不在.txt：没有这个文件" in run("不在.txt").stderr


def test_english_systems_are_told_english() -> None:
    assert "no such file" in run("不在.txt", spoken="en_US.UTF-8").stderr
    assert "Error: No such option: --nope" in run("label", "--nope", spoken="C.UTF-8").stderr


def test_what_machines_read_is_the_same_in_every_language(tmp_path: Path) -> None:
    there, here = run(str(SPEECH)), run(str(SPEECH), spoken="en_US.UTF-8")
    assert there.stdout == here.stdout
    assert {"labels", "probabilities"} <= set(json.loads(there.stdout.splitlines()[0]))
    table = tmp_path / "out.csv"
    told = run("score", str(SPEECH), str(table))
    assert "各主题所占篇幅" in told.stderr
    assert "business_environment" in table.read_text(encoding="utf-8").splitlines()[0]


def test_tables_for_the_eye_are_chinese() -> None:
    table = run(str(SPEECH), "--format", "table").stdout
    assert "位置" in table
    assert "各主题所占篇幅" in table
    assert not ENGLISH.search(table)
    assert "宏平均F1" in run("models", "list").stdout
    counted = run("labels", "stats", "--labels", "labels").stdout
    assert "作风建设" in counted
    assert not ENGLISH.search(counted.split("\n\n")[1])


@given(st.text(alphabet="甲乙丙，。）ab c-", max_size=60), st.integers(6, 30))
def test_a_text_that_is_wrapped_keeps_its_characters_and_width(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        body = line.rstrip("，。） ")
        assert cell_len(body) <= width or not re.search(r"[甲乙丙 ]", body[1:-1]), line


@given(st.text(alphabet="甲a ", max_size=6), st.integers(12, 20))
def test_padding_counts_columns(text: str, columns: int) -> None:
    assert cell_len(padded(text, columns)) == cell_len(padded(text, -columns)) == columns


def test_a_terminal_is_told_its_own_way_out(tmp_path: Path) -> None:
    bad = tmp_path / "坏.csv"
    bad.write_text("text,label\n修路架桥，方便群众。,作风\n", encoding="utf-8")
    told = run("labels", "import", str(bad), "--labels", str(tmp_path / "labels"))
    assert "加 --skip-bad 可导入其余的" in told.stderr
    assert "没有名为“作风”的标签" in told.stderr
    good = tmp_path / "好.csv"
    good.write_text("text,label\n修路架桥，方便群众。,民生\n", encoding="utf-8")
    told = run("labels", "import", str(good), "--labels", str(tmp_path / "labels"))
    assert re.search(r"批次 \S+：存入 1\n", told.stderr)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "--port", "99999"], "'--port' 的值不对：不能大于 65535"),
        (["serve", "--port", "a"], "'--port' 的值不对：应为整数"),
        ([str(SPEECH), "--only", "民生x"], "--only 的值不对：没有名为“民生x”的标签"),
        ([str(SPEECH), "--format", "xx"], "'--format' 的值不对：'xx' 不在可选的值之内"),
    ],
)
def test_a_value_that_does_not_fit_is_said_in_chinese(words: list[str], said: str) -> None:
    told = run(*words)
    assert told.returncode == 2
    assert said in told.stderr


def test_what_leaves_the_office_is_said_in_chinese() -> None:
    told = run("models", "export", "--dry-run")
    assert "没有原文，也没有文档名" in told.stderr
    assert not ENGLISH.search(told.stderr)
