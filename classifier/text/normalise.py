"""One spelling for every text on its way to tokens: simplified script, no residue, no invisible marks.

The text that a user sees is never touched. `align` tells for each character of the normalised text
where it stands in the original, so that a word can be shown in its own place.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import compress

import opencc

from classifier.text.particle import particles
from classifier.text.pinyin import residue
from classifier.text.radicals import IDEOGRAPHS

VERSION = 2  # raised whenever the same text may give other tokens; recorded in every model
# 2: 著 for the particle is 着, radicals of U+2E80-2EFF are ideographs; what still holds of 1: Tokeniser.still_gives

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_ROUNDS = 9  # what one step takes away can uncover work for another; most texts settle in the first


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


# Line breaks and indents inside a paragraph part words in two; so do letters spaced out for looks (会 议 纪 要).
# Few texts have either, and the patterns take milliseconds to compile, so that is done when one is met.
@cache
def _inner_break() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{HAN}])[ \t\xa0\u3000]*[\r\n]+\s*(?=[{HAN}])")


@cache
def _spaced_out() -> re.Pattern[str]:
    return re.compile(rf"(?<![{HAN}])(?:[{HAN}][ \xa0\u3000]){{2,}}[{HAN}](?![{HAN}])")


@cache
def characters() -> dict[int, str | None]:
    """Map single characters: full-width forms and look-alike Han to common ones, invisible ones to None."""
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for first, last in ((0x2E80, 0x2FE0), (0xF900, 0xFB00)):  # radicals (common in PDFs), compatibility
        for code in range(first, last):
            same = unicodedata.normalize("NFKC", chr(code))
            if same != chr(code) and len(same) == 1:
                table[code] = same
    table |= IDEOGRAPHS
    invisible = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD]
    invisible += [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFD]
    invisible += [*range(0xD800, 0xE000)]  # halves of characters, which no encoder takes
    invisible += [0x180E, *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC)]
    return table | dict.fromkeys(invisible)


def normalise(text: str) -> str:
    """Return the text as the tokeniser reads it. Normalising twice is normalising once."""
    for _ in range(_ROUNDS):
        common = text.translate(characters())
        text = simplify(_take_out(common, _removals(common)))
        if text == common:  # characters are replaced once: another round would do nothing
            break
    return text


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones, keeping the number of characters."""
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_simplify_character(character) for character in text)
    return particles(converted)


def convertible(characters: str) -> list[str]:
    """Return those of some characters that OpenCC converts by themselves, whatever stands beside them."""
    alone = " ".join(characters)  # so that no phrase is found
    converted: str = _converter().convert(alone)
    if len(converted) != len(alone):
        return [character for character in characters if _converter().convert(character) != character]
    return [old for old, new in zip(characters, converted[::2], strict=True) if old != new]


def align(text: str) -> tuple[str, list[int]]:
    """Return the normalised text and, for each of its characters, its place in `text`."""
    places = list(range(len(text)))
    table = characters()
    for _ in range(_ROUNDS):
        common = text.translate(table)
        if len(common) < len(text):  # a character becomes one or none
            kept = (table.get(ord(character), character) is not None for character in text)
            places = list(compress(places, kept))
        spans = _removals(common)
        places = _drop_inside(places, spans)
        text = simplify(_take_out(common, spans))
        if text == common:
            break
    return text, places


def _removals(text: str) -> list[tuple[int, int]]:
    """Return the spans to take out: pinyin residue, breaks inside a sentence, spaces between spaced letters."""
    spans = residue(text) if "(" in text or "（" in text else []
    if "\n" in text or "\r" in text:
        spans += [match.span() for match in _inner_break().finditer(text)]
    for match in _spaced_out().finditer(text):
        spans += [(i, i + 1) for i in range(match.start() + 1, match.end(), 2)]
    return sorted(spans)


def _take_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts.append(text[last : max(last, start)])
        last = max(last, end)
    return "".join([*parts, text[last:]])


def _drop_inside(places: list[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Drop the places that lie inside the spans."""
    if not spans:
        return places
    removed = bytearray(len(places))
    for start, end in spans:
        removed[start:end] = b"\1" * (end - start)
    return [place for place, gone in zip(places, removed, strict=True) if not gone]


def _simplify_character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character
