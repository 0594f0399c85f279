"""From the lines of a file to the lines its author meant: broken and wrapped ones are joined.

Works on spans (start, end) of non-blank lines, stripped of white space at both ends.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from classifier.text.markers import ALONE, BOILERPLATE, ORDINAL, UNFINISHED

Span = tuple[int, int]

_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_INDENT = re.compile("(?:\u3000| {2,}|\t|\xa0{2,}|(?:&nbsp;|&emsp;|&ensp;){2,})")
_SENTENCE_DONE = re.compile("[。！？!?：:；;][”’」』）)】》\"']*$")
_HALF = re.compile("[\0-\u10ff]")  # characters half as wide as a Han character
_NARROW, _WIDE = 18, 60  # characters: the usual widths of hard-wrapped Chinese text
_FEW = 4  # so many lines of one width make a wrapped text


def source_lines(text: str) -> list[Span]:
    """Return the spans of the lines that hold more than white space."""
    spans = []
    for match in _LINE.finditer(text):
        line = match[0]
        left = len(line) - len(line.lstrip())
        if left < len(line):
            spans.append((match.start() + left, match.start() + len(line.rstrip())))
    return spans


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
    if BOILERPLATE.fullmatch(text[following[0] : following[1]][:200]):
        return False
    return bool(UNFINISHED.search(here[-1:]) or (len(here) <= 12 and ALONE.fullmatch(here)))


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
    width = _wrap_width(text, lines)
    if width is None:
        return lines

    def goes_on(text: str, line: Span, following: Span) -> bool:
        between = text[line[1] : following[0]]
        full = _width(text, line) >= width - 2
        return full and _breaks(between) == 1 and not _opens(text, line, following, between)

    return _join(text, lines, goes_on)


def _opens(text: str, line: Span, following: Span, between: str) -> bool:
    """Tell whether the line after a full one opens a paragraph of its own."""
    indented = _INDENT.match(_BREAK.split(between)[-1])
    ended = _SENTENCE_DONE.search(text[max(line[0], line[1] - 3) : line[1]])
    return bool(indented) or bool(ended and ORDINAL.match(text, *following))


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """Return the width at which a text was wrapped, or None where its lines are paragraphs.

    Wrapped: most of the lines followed directly by another are of one width (give or take two
    characters, for punctuation is not let stand at a line's head) and stop in mid-sentence.
    """
    directly = [a for a, b in pairwise(lines) if _breaks(text[a[1] : b[0]]) == 1]
    widths = Counter(_width(text, line) for line in directly)
    if not widths:
        return None
    mode = max(widths, key=lambda width: (sum(widths[width + d] for d in (-1, 0, 1)), width))
    even = [line for line in directly if abs(_width(text, line) - mode) <= 2]
    cut = [line for line in even if not _SENTENCE_DONE.search(text[line[1] - 1 : line[1]])]
    if not _NARROW <= mode <= _WIDE or len(even) < max(_FEW, len(directly) // 2) or len(cut) < len(even) // 2:
        return None
    return mode


def _width(text: str, line: Span) -> int:
    """Return a line's width in Han characters: two Latin letters or digits take the place of one."""
    part = text[line[0] : line[1]]
    narrow = len(_HALF.findall(part))
    indent = 2 if _indented(text, line[0]) else 0
    return len(part) - narrow // 2 + indent


def _indented(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    return bool(_INDENT.match(_BREAK.split(before)[-1]))


def _breaks(between: str) -> int:
    """Return how many line breaks stand between two lines."""
    return len(_BREAK.findall(between))
