"""What the commands' help and the first page say of the kinds of files that are read."""

import re
from importlib.resources import files

import pytest

from classifier.bulk.find_source import _READ_ONLY, _TABLES
from classifier.cli.chinese_help import chinese_help
from classifier.cli.label import HELP as LABEL
from classifier.cli.score import HELP as SCORE
from classifier.documents.read import PICTURES, SUFFIXES
from tests.cli.run import run


def named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w*])\.[a-z0-9]+(?![\w.])", text))


@pytest.mark.parametrize("text", [LABEL, SCORE])
def test_the_help_names_every_kind_of_document(text: str) -> None:
    assert named(text) >= SUFFIXES | PICTURES | set(_READ_ONLY) - {".json"}


def test_the_page_offers_every_kind_of_document() -> None:
    page = (files("classifier.web") / "templates" / "home.html").read_text(encoding="utf-8")
    (offered,) = re.findall(r'id="files"[^>]* accept="([^"]*)"', page)
    assert set(offered.split(",")) >= SUFFIXES | PICTURES | set(_READ_ONLY) - {".json"} | {".csv", ".tsv"}


def test_the_help_names_every_kind_of_table() -> None:
    assert named(SCORE) >= set(_TABLES) | set(_READ_ONLY)


@pytest.mark.parametrize("path", sorted(chinese_help()))
def test_nothing_of_a_chinese_help_is_left_in_english(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither what is to be filled in (COLUMN, <int range>) nor what a library adds ([env var: …])."""
    shown = run(capsys, "--language", "zh", *path.split(), "--help").out
    names = shown[shown.index("选项：") :] if "选项：" in shown else shown
    assert not re.search(r"<(?:str|path|int|float|list|integer|text)\b|env var|default:|required", shown), shown
    assert not re.search(r"\b(?:FILE|FILES|FOLDER|TABLE|INPUT|OUTPUT|COLUMN|VERSION|COMMAND|ARGS)\b", shown), shown
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", names), names


def test_a_missing_argument_is_called_as_the_help_calls_it(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "--language", "zh", "report").err
    assert "缺少参数 '输入...'" in said
    assert "classify report [选项] {输入...}" in said


@pytest.mark.parametrize("path", ["", "labels", "models"])
def test_what_a_command_does_is_said_to_the_end(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "--language", "en", *path.split(), "--help").out
    listed = shown[shown.index("\nCommands:") : shown.index("Exit codes")]
    assert len(re.findall(r"\.$", listed, re.MULTILINE)) >= 5
    assert "..." not in listed
