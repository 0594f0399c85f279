"""Cut a paragraph into sentences: the unit at which evidence for a label stands.

A sentence ends at 。！？；… (half-width forms too) with the quotes and brackets that close there, and at the end of a
line, but for a line that was only wrapped (letters on both sides of the break). Sentences tile the paragraph: they are
in order, touch each other, and hold every character; none begins inside a word, so that the words of a paragraph are
those of its sentences.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from classifier.text.lines import Span

ENDLESS = 240  # characters over which a sentence is cut at its commas
_CLAUSE = 120  # characters after which a cut at a comma is looked for
_SHORT_ITEM = 16  # characters: items of a list divided by semicolons stay together while each is no longer …
_SHORT_LIST = 64  # … and all of them together are no longer than this
_LEAST = 5  # Chinese characters, digits and letters of a sentence; a shorter one joins its neighbour

_CLOSERS = "”’」』）)】》\"'"
_ENOUGH = re.compile(rf"(?:[^\W_][\W_]*){{{_LEAST}}}")
_WRITTEN = r"[^\W_]|[\u2e80-\u2fdf]"  # letters, digits, Han characters, radicals that stand for them
_END = re.compile(rf"(?:[。！？!?；;…]+[{_CLOSERS}]*|(?<!{_WRITTEN})[\r\n]|[\r\n]+[^\S\r\n]*(?!\s|{_WRITTEN}))\s*")
_END_IN_LINE = re.compile(rf"[。！？!?；;…]+[{_CLOSERS}]*\s*")  # the same where there are no line ends, quicker
_COMMA = re.compile(r"[，,、：:]")
_SEMICOLON = re.compile(rf"[；;][{_CLOSERS}]*\s*\Z")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a paragraph as (start, end), counted in characters; [] only for an empty text.

    Sentences of fewer than 5 letters join the one before; short items of a list that semicolons divide stay together;
    one of over 240 characters is cut at commas, and where it has none it stays whole.
    """
    if not text:
        return []
    joined = _joined(text, _ended(text))
    if all(end - start <= ENDLESS for start, end in joined):
        return joined
    return [part for span in joined for part in _at_commas(text, span)]


def _ended(text: str) -> list[Span]:
    end = _END if "\n" in text or "\r" in text else _END_IN_LINE
    ends = [match.end() for match in end.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(pairwise([0, *ends]))


def _joined(text: str, parts: list[Span]) -> list[Span]:
    """Join what is too short to stand alone, and the short items of one list."""
    spans: list[Span] = []
    first_is_short = False
    last_item = 0  # where the last item of the list that is growing begins
    for start, end in parts:
        if spans and (first_is_short or _is_short(text, start, end) or _goes_on(text, spans[-1], last_item, end)):
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
        first_is_short = len(spans) == 1 and _is_short(text, *spans[0])
        last_item = start
    return spans


def _is_short(text: str, start: int, end: int) -> bool:
    return not _ENOUGH.search(text, start, end)


def _goes_on(text: str, last: Span, last_item: int, end: int) -> bool:
    """Tell whether an item ends `last` at a semicolon and, like the one that begins there, is short."""
    return (
        bool(_SEMICOLON.search(text, max(last[0], last[1] - 8), last[1]))
        and last[1] - last_item <= _SHORT_ITEM
        and end - last[1] <= _SHORT_ITEM
        and end - last[0] <= _SHORT_LIST
    )


def _at_commas(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > ENDLESS:
        comma = _COMMA.search(text, start + _CLAUSE, end - _LEAST)
        if comma is None:
            break
        yield start, comma.end()
        start = comma.end()
    yield start, end
