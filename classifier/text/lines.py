"""From the lines of a file to the lines its author meant: broken and wrapped ones are joined.

Works on spans (start, end) of non-blank lines, stripped of white space at both ends.
"""

import re
from collections.abc import Callable
from itertools import zip_longest

from classifier.text.markers import ALONE, UNFINISHED, is_boilerplate
from classifier.text.wrapping import Line, columns, running_on

Span = tuple[int, int]

_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE = re.compile(r"\S(?:[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")  # without white space at its ends
_INDENT = re.compile("(?:\u3000+| {2,}|\t|\xa0{2,}|(?:&nbsp;|&emsp;|&ensp;){2,})")
_ENTITY = re.compile("&[a-z]+;")


def source_lines(text: str) -> list[Span]:
    """Return the spans of the lines that hold more than white space."""
    return [match.span() for match in _LINE.finditer(text)]


def stripped(text: str, start: int, end: int) -> Span:
    """Return a span without the white space at both its ends."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, start + max(left, len(part.rstrip()))


def author_lines(text: str) -> list[Span]:
    """Return the spans of the lines as they were meant."""
    lines = _join_wrapped(text, source_lines(text))
    return _join(text, lines, _goes_on)


def _goes_on(text: str, line: Span, following: Span) -> bool:
    """Tell whether a line goes on in the next: it stops at a comma, or is only a marker."""
    here = text[line[0] : line[1]]
    unfinished = here[-1] in UNFINISHED or (len(here) <= 12 and ALONE.fullmatch(here) is not None)
    return unfinished and not is_boilerplate(text[following[0] : following[1]][:200])


def _join(text: str, lines: list[Span], goes_on: Callable[[str, Span, Span], bool]) -> list[Span]:
    joined: list[Span] = []
    last: Span | None = None
    for line in lines:
        if last is not None and goes_on(text, last, line):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
        last = line
    return joined


def _join_wrapped(text: str, lines: list[Span]) -> list[Span]:
    if len(lines) < 3:  # too few to show a width
        return lines
    joined = lines[:1]
    for line, runs_on in zip(lines[1:], running_on(_measured(text, lines)), strict=True):
        if runs_on:
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _measured(text: str, lines: list[Span]) -> list[Line]:
    """Return the lines with what shows whether they were wrapped."""
    measured = []
    for line, following in zip_longest(lines, lines[1:]):
        indent = _indent(text, line[0])
        part = text[line[0] : line[1]]
        between = text[line[1] : following[0]] if following else ""
        followed = between == "\n" or len(_BREAK.findall(between)) == 1
        measured.append(Line(part, columns(part) + indent, indent > 0, followed))
    return measured


def _indent(text: str, start: int) -> int:
    """Return how many columns a line that begins at `start` is indented by."""
    if start == 0 or text[start - 1] == "\n":  # most lines: to find that quickly halves the time of all this
        return 0
    indent = _INDENT.match(_BREAK.split(text[max(0, start - 24) : start])[-1])
    return columns(_ENTITY.sub("\u3000", indent[0]).expandtabs()) if indent else 0
