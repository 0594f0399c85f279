"""The language in which the program speaks: the one asked for, else the system's."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeVar

from classifier.platforms import speaks_chinese

Language = Literal["en", "zh"]
_T = TypeVar("_T")

_asked: ContextVar[Language | None] = ContextVar("language", default=None)


def ask_for(language: Language | None) -> None:
    """Let the program speak a language from now on; None: the system's again."""
    _asked.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for as long as this is entered: to one person, where others are served beside."""
    before = _asked.set(language)
    try:
        yield
    finally:
        _asked.reset(before)


def language() -> Language:
    """Return the language to speak: Chinese where it was asked for, or where the system is set to it; else English."""
    return _asked.get() or ("zh" if speaks_chinese() else "en")


def spoken(english: _T, chinese: _T) -> _T:
    """Return the one of two, a text or several, that is in the language to speak."""
    return english if language() == "en" else chinese
