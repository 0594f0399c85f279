"""Fields: what they show stays, what they say to Word goes ([MS-DOC] 2.8.25: marks 0x13, 0x14, 0x15)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from classifier.documents.binary_word.pieces import whole
from classifier.documents.field_codes import shown_by

_LONGEST = 4096  # characters of a code that is looked at
_MARKS = re.compile("[\x13\x14\x15]")
_FORM = re.compile(r"\s*FORM(?:CHECKBOX|DROPDOWN)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """What of a field is not shown, from `start` to `end`, what is shown in its place, and how much of a phonetic guide
    is left out.
    """

    start: int
    end: int
    instead: str = ""
    phonetic: int = 0


def fields(text: str, form: Callable[[int, int], str] = lambda _start, _end: "") -> Iterator[Field]:
    """Yield the fields in the order of their ends; `form` returns what a form field between two characters shows.

    A mark without its partner is no field, so that a damaged file loses no text behind it.
    """
    open_: list[list[int]] = []
    for mark in _MARKS.finditer(text):
        at = mark.start()
        if mark[0] == "\x13":
            open_.append([at, -1])
        elif open_ and mark[0] == "\x14":
            open_[-1][1] = at if open_[-1][1] < 0 else open_[-1][1]
        elif open_:
            start, divided = open_.pop()
            end = divided if divided >= 0 else at
            if end + 1 < at or end - start > _LONGEST:  # it has a result, or a code of no field that goes without
                yield Field(start, end)
            else:
                yield _without_result(text[start + 1 : end], start, end, form)


def _without_result(code: str, start: int, end: int, form: Callable[[int, int], str]) -> Field:
    """Return a field that Word works out as it shows it: a form field, or one that its code says."""
    if _FORM.match(code):
        return Field(start, end, form(start, end))
    if shown := shown_by(whole(code)):
        return Field(start, end, shown.text, shown.phonetic)
    return Field(start, end)
