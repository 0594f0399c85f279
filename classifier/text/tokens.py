"""The one road from text to tokens, for training, scoring and explaining alike.

Words are cut by one of the engines of `text/cut.py`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.text.cut import Cut, cutter
from classifier.text.joined_texts import END, GAP, HAN_RUN, Ints
from classifier.text.located import Located
from classifier.text.normalise import VERSION, align
from classifier.text.particle import particles
from classifier.text.runs import han_text, han_text_by_sentence
from classifier.text.sentence_arrays import Sentences
from classifier.text.words import Words

_AT_ONCE = 1500  # characters; more or less of them is slower, for the words fill the processor's cache


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
        return self._named(VERSION)

    def _named(self, version: int) -> str:
        digest = hashlib.sha256("\n".join(sorted(self.terms)).encode()).hexdigest()[:8]
        return f"jieba-normalise{version}-terms-{digest}"

    def still_gives(self, words: Iterable[str], name: str | None) -> bool:
        """Tell whether words that a tokeniser called `name` cut are those that this one cuts from the same text.

        Version 2 of normalising reads 著 and radicals otherwise than version 1. So words of version 1 hold where none
        has 着 spelt 著. (A text with radicals, out of a PDF, lost them under version 1, which its words do not show.)
        """
        if name == self.name:
            return True
        return name == self._named(1) and all(
            len(word) > 1 and particles(word) == word for word in words if "著" in word
        )

    @cached_property
    def _cut(self) -> Cut:
        return cutter(self.terms, self.engine)

    def __call__(self, text: str) -> list[str]:
        """Return the words of a text in order: its runs of Han characters, cut by jieba."""
        return [word for word in self._cut(han_text([text])) if word not in {GAP, END}]

    def words(self, texts: Sequence[str]) -> Words:
        """Return the words of N texts in order: of each its runs of Han characters, cut by jieba."""
        return self._words(han_text(texts), len(texts))

    def words_by_sentence(self, sentences: Sentences) -> Words:
        """Return the words of sentences, in the order and number that `Sentences.in_characters` has them."""
        string = han_text_by_sentence(sentences)
        return self._words(string, string.count(END))

    def _words(self, string: str, count: int) -> Words:
        return Words.of(string, self._lengths(string), count)

    def _lengths(self, string: str) -> Ints:
        """Return the words' lengths, gaps and ends included; some texts at a time, so that memory is used again."""
        lengths, start = [np.zeros(0, np.uint8)], 0
        while start < len(string):
            end = string.find(END, start + _AT_ONCE) + 1 or len(string)
            lengths.append(_lengths(self._cut(string[start:end])))
            start = end
        return np.concatenate(lengths).astype(np.int64)

    def counts(self, text: str) -> dict[str, int]:
        """Return how often each word stands in the text, in order of first appearance."""
        return Counter(self(text))

    def located(self, text: str) -> Located:
        """Return the words of a text so that each can be counted and placed."""
        clean, places = align(text)
        words, characters = list[str](), list[int]()
        for runs in _together(HAN_RUN.finditer(clean)):
            words += [*self._cut(GAP.join(run[0] for run in runs)), GAP]
            for run in runs:
                characters += places[run.start() : run.end()]
                characters.append(-1)  # the gap behind it
        return Located(words, characters)


def _together(runs: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield some runs at a time: cutting each alone takes far longer."""
    some: list[re.Match[str]] = []
    size = 0
    for run in runs:
        some.append(run)
        size += len(run[0])
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _lengths(words: list[str]) -> NDArray[Any]:
    try:
        return np.frombuffer(bytes(map(len, words)), np.uint8)
    except ValueError:  # a word of more than 255 characters
        return np.fromiter(map(len, words), np.int64, len(words))
