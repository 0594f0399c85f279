"""The help of the commands in Chinese: their texts (`help.zh.toml`), laid out by the columns that characters take."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

from rich.cells import cell_len

from classifier.cli.columns import wrapped

_NAMES = 30  # columns for the names of options
_KINDS = {
    "<str>": "<文字>", "<path>": "<路径>", "<list[str]>": "<文字>", "<list[Path]>": "<路径>", "<int>": "<整数>",
    "<int range>": "<整数>", "<float>": "<数字>", "<float range>": "<数字>",
}  # fmt: skip
_PLACES = {
    "FILES": "文件", "FILE": "文件", "FOLDER": "文件夹", "TABLE": "表格", "INPUT": "输入", "OUTPUT": "输出",
    "COLUMN": "列名", "VERSION": "版本",
}  # fmt: skip
_EXTRAS = (
    (re.compile(r"\[env var: ([^\];]*)"), r"[环境变量：\1"),
    (re.compile(r"\[default: (.*)\]$"), r"[默认：\1]"),
    (re.compile(r"\[required\]$"), "[必填]"),
    (re.compile(r"^Show this message and exit\.$"), "显示这份说明。"),
)


class CommandHelp(TypedDict, total=False):
    """What is said of a command: all of it, what stands below it, and each parameter by its name."""

    help: str
    short: str
    epilog: str
    parameters: dict[str, str]


class _Help(TypedDict):
    commands: dict[str, CommandHelp]
    defaults: dict[str, str]


def chinese_help() -> dict[str, CommandHelp]:
    """Return the Chinese help of every command, by its words after `classify`, divided by a space ("labels import")."""
    return _help()["commands"]


@cache
def _help() -> _Help:
    data = tomllib.loads((Path(__file__).parent / "help.zh.toml").read_text(encoding="utf-8"))
    return {"commands": data["commands"], "defaults": data["defaults"]}


def extras(text: str) -> str:
    """Return an option's help with its default, or that it must be given, in Chinese."""
    for english, chinese in _help()["defaults"].items():
        text = text.replace(f"({english})", chinese)
    for pattern, replacement in _EXTRAS:
        text = pattern.sub(replacement, text)
    return text


def places(text: str) -> str:
    """Return an usage, or what an option or argument is called, with the words for what to fill in in Chinese."""
    text = re.sub(r"(\.\.\.|[A-Z]\]?) <list\[str\]>$", r"\1", text)  # the dots say that there may be several
    for kind, chinese in _KINDS.items():
        text = text.replace(kind, chinese)
    return re.sub(rf"\b(?:{'|'.join(_PLACES)})\b", lambda word: _PLACES[word[0]], text)


def section(title: str, rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield the lines of a list of names and what they mean, in at most `width` columns."""
    yield ""
    yield f"{title}："
    for name, meaning in rows:
        lines = list(wrapped(meaning, width - _NAMES - 4)) or [""]
        head = f"  {name}" + " " * max(0, _NAMES - cell_len(name))
        if cell_len(name) > _NAMES:
            yield head
            head = " " * (_NAMES + 2)
        yield f"{head}  {lines[0]}".rstrip()
        yield from (" " * (_NAMES + 4) + line for line in lines[1:])
