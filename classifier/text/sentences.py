"""Cut a paragraph into sentences: the unit at which evidence for a label stands.

A sentence ends at 。！？；… (half-width forms too) with the quotes and brackets that close there, and at the end of a
line, but for a line that was only wrapped (letters on both sides of the break). Sentences tile the paragraph: they are
in order, touch each other, and hold every character; none begins inside a word, so that the words of a paragraph are
those of its sentences.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from classifier.text.lines import Span

ENDLESS = 240  # characters over which a sentence is cut at its commas
LEAST = 5  # Chinese characters, digits and letters of a sentence; a shorter one joins its neighbour
SHORT_ITEM = 16  # characters: items of a list divided by semicolons stay together while each is no longer …
_SHORT_LIST = 64  # … and all of them together are no longer than this
_CLAUSE = 120  # characters after which a cut at a comma is looked for

STOPS, SEMICOLONS = "。！？!?；;…", "；;"
CLOSERS = "”’」』）)】》\"'"
LETTER = r"[^\W_]"
LIST_END = 8  # characters before a sentence's end in which a list's semicolon is looked for

_LETTER = re.compile(LETTER)
_ENOUGH = re.compile(rf"(?:{LETTER}[\W_]*){{{LEAST}}}")
_WRITTEN = rf"{LETTER}|[\u2e80-\u2fdf]"  # letters, digits, Han characters, radicals that stand for them
_END = re.compile(rf"(?:[{STOPS}]+[{CLOSERS}]*|(?<!{_WRITTEN})[\r\n]|[\r\n]+[^\S\r\n]*(?!\s|{_WRITTEN}))\s*")
_END_IN_LINE = re.compile(rf"[{STOPS}]+[{CLOSERS}]*\s*")  # the same where there are no line ends, quicker
_COMMA = re.compile(r"[，,、：:]")
_SEMICOLON = re.compile(rf"[{SEMICOLONS}][{CLOSERS}]*\s*\Z")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a paragraph as (start, end), counted in characters; [] only for an empty text.

    Sentences of fewer than 5 letters join the one before; short items of a list that semicolons divide stay together;
    one of over 240 characters is cut at commas, and where it has none it stays whole.
    """
    if not text:
        return []
    parts = _split_at_ends(text)
    if len(parts) > 1:
        letters = [_letters(text, *part) for part in parts]
        parts = join_short(parts, letters, [_ends_an_item(text, *part) for part in parts])
    return cut_endless(text, parts)


def _split_at_ends(text: str) -> list[Span]:
    end = _END if "\n" in text or "\r" in text else _END_IN_LINE
    ends = [match.end() for match in end.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(pairwise([0, *ends]))


def _letters(text: str, start: int, end: int) -> int:
    """Return how many letters there are, all from LEAST on being alike."""
    return LEAST if _ENOUGH.search(text, start, end) else len(_LETTER.findall(text, start, end))


def _ends_an_item(text: str, start: int, end: int) -> bool:
    return bool(_SEMICOLON.search(text, max(start, end - LIST_END), end))


def join_short(parts: Sequence[Span], letters: Sequence[int], item: Sequence[bool]) -> list[Span]:
    """Join the parts of a paragraph that are too short to stand alone, and the short items of one list.

    `letters`: how many each has; `item`: whether it ends at a semicolon.
    """
    spans = [parts[0]]
    in_first = letters[0]
    for place in range(1, len(parts)):
        start, end = parts[place]
        opens = len(spans) == 1 and in_first < LEAST
        if (
            opens
            or letters[place] < LEAST
            or (item[place - 1] and _is_short_list(spans[-1][0], *parts[place - 1], end))
        ):
            spans[-1] = spans[-1][0], end
            in_first += letters[place]
        else:
            spans.append((start, end))
    return spans


def _is_short_list(list_start: int, item_start: int, item_end: int, end: int) -> bool:
    """Tell whether an item and the one that ends at `end` behind it are short, and their list is."""
    return item_end - item_start <= SHORT_ITEM and end - item_end <= SHORT_ITEM and end - list_start <= _SHORT_LIST


def cut_endless(text: str, spans: list[Span]) -> list[Span]:
    """Return the sentences with those over ENDLESS characters cut at commas."""
    if all(end - start <= ENDLESS for start, end in spans):
        return spans
    return [part for span in spans for part in _at_commas(text, span)]


def _at_commas(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > ENDLESS:
        comma = _COMMA.search(text, start + _CLAUSE, end - LEAST)
        if comma is None:
            break
        yield start, comma.end()
        start = comma.end()
    yield start, end
