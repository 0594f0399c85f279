"""Whatever is wrong with a command's words is said in one line, in the language of the person at the terminal."""

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from classifier.cli.commands import run
from classifier.cli.main import app
from classifier.i18n.language import ask_for
from tests.cli.test_chinese import COMMANDS
from tests.i18n.test_sentences import ENGLISH

ALONE = {path: command for path, command in COMMANDS.items() if not hasattr(command, "commands")}


def wrong(command: Any) -> Iterator[list[str]]:
    """Yield words that a command cannot take, of each kind that it knows; none of them lets it begin."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    if any(one.required for one in arguments):
        yield []
    if all(one.nargs != -1 for one in arguments):
        yield ["1"] * (len(arguments) + 1)
        yield ["1"] * (len(arguments) + 3)
    for one in command.params:
        if one.param_type_name == "option" and one.name != "help":
            yield [f"{one.opts[-1]}=1"] if one.is_flag else [one.opts[-1]]
    yield ["--nope"]


@pytest.fixture
def chinese() -> Iterator[None]:
    ask_for("zh")
    yield
    ask_for(None)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("path", ALONE)
def test_what_is_wrong_with_the_words_is_chinese(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in wrong(ALONE[path]):
        monkeypatch.setattr(sys, "argv", ["classify", "--language", "zh", *path.split(), *words])
        assert run(app, "classify") == 2, words
        told = capsys.readouterr().err.splitlines()[-1]
        assert told.startswith("错误："), words
        assert not ENGLISH.search(re.sub(r"--[\w-]+|'[^']*'", "", told)), told


NUMBERS = [
    (path, one.opts[0])
    for path, command in ALONE.items()
    for one in command.params
    if re.search(r"<(int|float)", str((one.get_help_record(typer.Context(command)) or ("",))[0]))
]


@pytest.mark.parametrize("number", ["-5", "nan"])
@pytest.mark.parametrize(("path", "option"), NUMBERS)
def test_a_number_that_means_nothing_is_refused_before_anything_begins(
    path: str, option: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ALONE[path]
    needed = ["x"] * sum(one.param_type_name == "argument" and one.required for one in command.params)
    monkeypatch.setattr(command, "callback", lambda **_given: None)
    with pytest.raises(typer.BadParameter):
        command.main([*needed, f"{option}={number}"], prog_name="classify", standalone_mode=False)


def test_there_are_numbers_to_try() -> None:
    assert ("train", "--seed") in NUMBERS
    assert len(NUMBERS) > 10


@pytest.mark.parametrize("path", ["train", "suggest"])
def test_a_seed_is_one_that_every_step_takes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ALONE[path]
    monkeypatch.setattr(command, "callback", lambda **_given: None)
    files = ["x"] if path == "suggest" else []
    command.main([*files, "--seed", str(2**32 - 1)], prog_name="classify", standalone_mode=False)
    with pytest.raises(typer.BadParameter):
        command.main([*files, "--seed", str(2**32)], prog_name="classify", standalone_mode=False)
