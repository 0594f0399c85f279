"""A model's card in Chinese: it is stored in English, and read in the language of whoever asks."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

_CELLS = re.compile(r"(?<=\| )[^|]+(?= \|)")


def card_in_chinese(card: str, names: Mapping[str, str]) -> str:
    """Return a card (Markdown) in Chinese, line by line; what is not known stays as it is.

    `names`: label id, `none` included → its Chinese name.
    """
    lines, cells = _tables()
    both = "|".join(re.escape(zh) + " " + re.escape(one) for one, zh in names.items())  # 民生 livelihood
    alone = re.compile(rf"(?:{both})|(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w.-])")

    def cell(found: re.Match[str]) -> str:
        known = cells(found[0])
        return known if known != found[0] else alone.sub(lambda one: names[one[0].split(" ")[-1]], found[0])

    return "\n".join(_CELLS.sub(cell, line) if line.startswith("|") else lines(line) for line in card.split("\n"))


def origin_in_chinese(origin: str) -> str:
    """Return where labels come from, in Chinese; what people wrote there themselves stays as it is."""
    return _tables()[1](origin)


@cache
def _tables() -> tuple[Callable[[str], str], Callable[[str], str]]:
    data = tomllib.loads((Path(__file__).parent / "model_card.zh.toml").read_text(encoding="utf-8"))
    return _reader(data["line"]), _reader(data["cell"])


def _reader(table: list[dict[str, str]]) -> Callable[[str], str]:
    """Return what reads a whole line or cell in Chinese; {} in its English stands for a value, $1, $2 … for those."""
    patterns = [(re.compile("(.+?)".join(map(re.escape, one["en"].split("{}")))), one["zh"]) for one in table]

    def read(text: str) -> str:
        for pattern, chinese in patterns:
            if found := pattern.fullmatch(text):
                return re.sub(r"\$(\d)", lambda sign: found[int(sign[1])], chinese)
        return text

    return read
