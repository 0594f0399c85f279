"""What the library says in English, as it reads in another language.

Messages are raised in English, with their values filled in, and read in Chinese by patterns (`sentences.toml`): so an
exception says one thing wherever it is caught, and a program that parses messages meets the same ones everywhere.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from classifier.i18n.language import Language, language

TERMINAL = "terminal"
"""Chinese where a terminal has another way than a page."""
HTTP = "http"
"""English of who asks the server over HTTP, where the command has options."""


_WORDS = re.compile(r"[A-Za-z]{2,} \S+ \S")  # three words or more: a part that may be a sentence


class Sentence(NamedTuple):
    """A pattern of an English sentence, and its replacement, in which $1, $2 … stand for the pattern's groups."""

    pattern: str
    replacement: str


@cache
def sentences(of: str) -> tuple[Sentence, ...]:
    """Return the sentences that read otherwise in a language ("zh", "en" of pages, TERMINAL, HTTP), in order."""
    data = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
    zh = "zh" if of == TERMINAL else of
    patterns = [
        Sentence(one["pattern"], one.get(of, one.get(zh))) for one in data["sentence"] if of in one or zh in one
    ]
    whole = sorted(data["whole"], key=lambda one: -len(one["en"])) if zh == "zh" else []  # the most particular first
    return (*patterns, *(Sentence(_pattern(one["en"]), one["zh"]) for one in whole))


def translated(text: str, into: str) -> str:
    """Return a message of the library in a language, line by line; what no pattern knows stays as it is."""
    for pattern, replacement in _patterns(into):
        text = pattern.sub(replacement, text)
    return text


def in_the_readers_language(text: str) -> str:
    """Return a message of the library as the person at this terminal is told it."""
    spoken: Language = language()
    return text if spoken == "en" else translated(text, TERMINAL)


def _pattern(sentence: str) -> str:
    """Return the pattern of a whole sentence, {} for its values: all of a line, or what stands behind a place."""
    begins = "" if sentence.startswith(":") else "(?:^|(?<=: )|(?<=：))"
    return begins + "(.*?)".join(_escaped(part) for part in sentence.split("{}")) + "$"


def _escaped(text: str) -> str:
    """Return a text with a backslash before what patterns read otherwise, in Python and in the browser alike."""
    return re.sub(r"[.*+?^${}()|[\]\\/]", r"\\\g<0>", text)


@cache
def _patterns(into: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """A message may have many lines, a bad row each: every line is looked at, as in the browser."""
    return tuple(
        (re.compile(sentence.pattern, re.MULTILINE), _groups(sentence.replacement, into))
        for sentence in sentences(into)
    )


def _groups(replacement: str, into: str) -> Callable[[re.Match[str]], str]:
    """Return what fills $1, $2 … of a replacement; the browser's scripts use the same signs.

    What stands there may be a sentence of the library itself: why a version is in use, what is wrong with a row.
    """

    def filled(match: re.Match[str], group: int) -> str:
        part = match.group(group) or ""
        return translated(part, into) if part != match.string and _WORDS.search(part) else part

    def fill(match: re.Match[str]) -> str:
        return re.sub(r"\$(\d)", lambda sign: filled(match, int(sign[1])), replacement)

    return fill
