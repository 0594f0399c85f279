"""What the pages say, in English and Chinese."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Texts:
    """The texts of one language. `sentences`: patterns of what the library says in English, and how they read here."""

    language: str
    words: Mapping[str, str]
    sentences: tuple[tuple[str, str], ...]

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self.words[key].format(**values) if values else self.words[key]

    def sentence(self, text: str) -> str:
        """Return a sentence of the library in this language, as far as it is known."""
        for pattern, fill in self._patterns:
            text = pattern.sub(fill, text)
        return text

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
        """A message may have many lines, a bad row each: every line is looked at, as in the browser."""
        return [(re.compile(pattern, re.MULTILINE), _groups(here)) for pattern, here in self.sentences]


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language."""
    words = {key: both[language] for key, both in _read("texts.toml")["words"].items()}
    known = _read("sentences.toml")["sentence"]
    return Texts(language, words, tuple((one["pattern"], one[language]) for one in known if language in one))


def language_of(cookie: str, accepted: str) -> str:
    """Return the language that a browser chose, else the one it asks for first."""
    if cookie in LANGUAGES:
        return cookie
    return "zh" if accepted.strip().lower().startswith("zh") else "en"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _groups(replacement: str) -> Callable[[re.Match[str]], str]:
    """Return what fills $1, $2 … of a replacement; the browser's scripts use the same signs."""

    def fill(match: re.Match[str]) -> str:
        return re.sub(r"\$(\d)", lambda sign: match.group(int(sign[1])) or "", replacement)

    return fill
