"""What the pages say, in English and Chinese."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import Request

from classifier.i18n.language import Language
from classifier.i18n.sentences import Sentence, sentences, translated

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Texts:
    """The texts of one language. `sentences`: patterns of what the library says in English, and how they read here."""

    language: str
    words: Mapping[str, str]
    sentences: tuple[Sentence, ...]

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self.words[key].format(**values) if values else self.words[key]

    def sentence(self, text: str) -> str:
        """Return a sentence of the library in this language, as far as it is known."""
        return translated(text, self.language)


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language."""
    data = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    return Texts(language, {key: both[language] for key, both in data["words"].items()}, sentences(language))


def language_of(request: Request, otherwise: str = "") -> Language:
    """Return the language that a browser chose, else the one it asks for first; `otherwise`: where it asks for none."""
    chosen = request.cookies.get("lang", "")
    if chosen in LANGUAGES:
        return "zh" if chosen == "zh" else "en"
    accepted = request.headers.get("accept-language", otherwise)
    return "zh" if accepted.strip().lower().startswith("zh") else "en"
