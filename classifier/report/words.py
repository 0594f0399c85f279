"""What the pages say, in English and in Chinese: words.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]


def words(language: Language) -> dict[str, str]:
    """Return all that a page says, by key, in one language."""
    return {key: both[language] for key, both in _in_both_languages().items()}


@cache
def _in_both_languages() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
