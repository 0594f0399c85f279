"""Texts as a workbook holds them, in a cell or as a title: what XML cannot hold is escaped, what is too long is cut."""

import re
from itertools import count

CELL_MOST = 32_767  # characters that an Excel cell holds
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")  # no XML file holds these
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # Excel refuses these in the title of a sheet
_TITLE_MOST = 31
GOES_ON, GONE_ON, CUT_OFF = "（下行续）", "（接上行）", "（已截断）"


def written(text: str) -> str:
    """Return a text as a cell takes it: line ends as Excel's own, no half characters, which no file holds.

    It stays as long as it was, for places in it are told elsewhere. A carriage return would be shown as _x000D_.
    """
    return HALF_CHARACTER.sub("\ufffd", text).replace("\r\n", " \n").replace("\r", "\n")


def escaped(text: str) -> str:
    """Return a text as Excel stores it: control characters, and what looks like their escape, as _xHHHH_."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", written(text))


def pieces(text: str) -> list[str]:
    """Return a text as one piece where a cell holds it, else cut; what was cut says so at both sides of the cut.

    Excel counts UTF-16 units, other programs the characters with their escapes: a piece stays below both.
    """
    if len(text) * 7 <= CELL_MOST or _size(text) <= CELL_MOST:  # seven: the longest that a character becomes
        return [text]
    room = CELL_MOST - len(GOES_ON) - len(GONE_ON)
    found, start = [], 0
    while start < len(text):
        end = start + room
        while _size(text[start:end]) > room:
            end = start + (min(end, len(text)) - start) * 7 // 8
        found.append(text[start:end])
        start = end
    last = len(found) - 1
    return [GONE_ON * (place > 0) + one + GOES_ON * (place < last) for place, one in enumerate(found)]


def cut(text: str) -> str:
    """Return a text that a cell holds: a longer one is cut, and says so at its end."""
    first, *more = pieces(text)
    return first.removesuffix(GOES_ON) + CUT_OFF if more else text


def _size(text: str) -> int:
    plain = escaped(text)
    return len(plain) + sum(letter > "\uffff" for letter in plain)


def sheet_title(title: str, part: int, taken: set[str]) -> str:
    """Return a title that Excel takes, and that no other sheet has, in capitals or not."""
    plain = _NO_TITLE.sub(" ", HALF_CHARACTER.sub(" ", title)).strip().strip("'") or "Sheet"
    for number in count(part):
        ending = f" ({number})" if number > 1 else ""
        found = plain[: _TITLE_MOST - len(ending)] + ending
        if found.lower() not in taken:
            taken.add(found.lower())
            break
    return found
