"""The one road from text to tokens, for training, scoring and explaining alike.

Words are cut by the Rust jieba (`rjieba`), which has the dictionary and the hidden Markov model of
`jieba` at some fifteen times its speed. Where rjieba has no build, `jieba` itself takes over and gives
the same tokens (held by a test).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.text.normalise import VERSION, align
from classifier.text.runs import END, GAP, HAN_RUN, han_text
from classifier.text.words import Ints, Words

_AT_ONCE = 3000  # characters; more or less of them is slower, for the words fill the processor's cache
_TERM_FREQUENCY = 2000  # high enough that a domain term is kept whole; the same for both engines

Cut = Callable[[str], list[str]]


@dataclass(frozen=True)
class Token:
    """A word and the stretch of the original text it was read from."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Tokeniser:
    """Cuts text into words with jieba's dictionary and some terms of the field.

    `terms`: words to keep whole. `engine`: "rjieba", "jieba" or None for the fastest there is.
    """

    terms: tuple[str, ...] = ()
    engine: str | None = None

    @cached_property
    def name(self) -> str:
        """A name that changes whenever the same text could give other words."""
        digest = hashlib.sha256("\n".join(sorted(self.terms)).encode()).hexdigest()[:8]
        return f"jieba-normalise{VERSION}-terms-{digest}"

    @cached_property
    def _cut(self) -> Cut:
        return cutter(self.terms, self.engine)

    def __call__(self, text: str) -> list[str]:
        """Return the words of a text in order: its runs of Han characters, cut by jieba."""
        return [word for word in self._cut(han_text([text])) if word not in {GAP, END}]

    def words(self, texts: Sequence[str]) -> Words:
        """Return the words of many texts, the same as a call gives for each of them."""
        string = han_text(texts)
        return Words.of(string, self._lengths(string), len(texts))

    def _lengths(self, string: str) -> Ints:
        """Return the words' lengths, gaps and ends included; some texts at a time, so that memory is used again."""
        found, start = [np.zeros(0, np.uint8)], 0
        while start < len(string):
            end = string.find(END, start + _AT_ONCE) + 1 or len(string)
            found.append(_lengths(self._cut(string[start:end])))
            start = end
        return np.concatenate(found).astype(np.int64)

    def counts(self, text: str) -> dict[str, int]:
        """Return how often each word stands in the text, in order of first appearance."""
        return Counter(self(text))

    def locate(self, text: str) -> list[Token]:
        """Return the same words as a call does, each with its place in the text as given."""
        clean, places = align(text)
        found = []
        for run in HAN_RUN.finditer(clean):
            start = run.start()
            for word in self._cut(run[0]):
                end = start + len(word)
                found.append(Token(word, places[start], places[end - 1] + 1))
                start = end
        return found


def _lengths(words: list[str]) -> NDArray[Any]:
    try:
        return np.frombuffer(bytes(map(len, words)), np.uint8)
    except ValueError:  # a word of more than 255 characters
        return np.fromiter(map(len, words), np.int64, len(words))


@lru_cache(maxsize=8)
def cutter(terms: tuple[str, ...], engine: str | None) -> Cut:
    """Return the function that cuts a run of Han characters into words."""
    if engine in (None, "rjieba"):
        try:
            return _rust(terms)
        except ImportError:
            if engine == "rjieba":
                raise
    return _python(terms)


def _rust(terms: Iterable[str]) -> Cut:
    import rjieba  # noqa: PLC0415 - 0.15 s; only who cuts text needs it

    jieba: Any = rjieba.Jieba()
    for term in terms:
        jieba.add_word(term, _TERM_FREQUENCY, "n")
    cut: Cut = jieba.cut
    return cut


def _python(terms: Iterable[str]) -> Cut:
    import jieba  # noqa: PLC0415 - over a second; only the fallback needs it

    jieba.setLogLevel("ERROR")  # it reports on standard error that it builds its dictionary
    tokenizer = jieba.Tokenizer()
    for term in terms:
        tokenizer.add_word(term, _TERM_FREQUENCY)
    cut: Cut = tokenizer.lcut
    return cut
