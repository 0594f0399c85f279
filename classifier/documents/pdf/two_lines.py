"""双行合一: two lines in half the size, one above the other, that stand in a line of text and are read one by one.

So documents that two offices issue together name them before 文件. Word and LibreOffice offer it for any characters.
Lines beside a large initial, or two lines of a label beside a large figure, stand the same way.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from classifier.documents.pdf.characters import Glyph

_LARGER = (1.3, 4.0)  # times as large is the line that they stand in; smaller or larger ones do not take both in
_APART = (0.8, 1.6)  # of their size between their middles
_FEWEST = 2  # characters that either has
_OVER = 0.5  # of the longer one's width stands over the other
_MIDWAY = 0.5  # of their size: as near the middle between them is the line's
_BESIDE = 0.5  # of the line's size: as near is its next character


class _Run(NamedTuple):
    """Characters of one size side by side, by where they stand in the page's glyphs."""

    y: float
    x0: float
    x1: float
    size: float
    places: tuple[int, ...]


def set_in_one_line(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return a page's characters with two lines in one put on the line that they stand in, the upper before the lower.

    They take its size and share their own width.
    """
    changed = list(glyphs)
    large = sorted((glyph for glyph in glyphs if glyph.text.strip()), key=lambda one: one.y)
    runs = sorted(_runs(glyphs))
    heights = [run.y for run in runs]
    for index, upper in enumerate(runs):
        reach = bisect_right(heights, upper.y + _APART[1] * upper.size)
        beside = _between(large, upper.y, upper.y + _APART[1] * upper.size, upper.size)
        lower = [run for run in runs[index + 1 : reach] if _is_below(run, upper)] if beside else []
        for run in lower:
            line = next((one for one in beside if _is_beside(one, upper, run)), None)
            if line is not None:
                for place, glyph in _set(glyphs, upper, run, line):
                    changed[place] = glyph
    return changed


def _runs(glyphs: Sequence[Glyph]) -> Iterator[_Run]:
    order = sorted(range(len(glyphs)), key=lambda i: (round(glyphs[i].y, 1), round(glyphs[i].size, 1), glyphs[i].x0))
    cuts = [i for i, (a, b) in enumerate(pairwise(order), 1) if not _side_by_side(glyphs[a], glyphs[b])]
    for start, end in pairwise([0, *cuts, len(order)]):
        places = tuple(order[start:end])
        if len(places) >= _FEWEST:
            first, last = glyphs[places[0]], glyphs[places[-1]]
            yield _Run(first.y, first.x0, last.x1, first.size, places)


def _side_by_side(a: Glyph, b: Glyph) -> bool:
    return abs(a.y - b.y) < 0.2 and abs(a.size - b.size) < 0.2 and b.x0 - a.x1 < a.size


def _between(large: Sequence[Glyph], top: float, bottom: float, size: float) -> list[Glyph]:
    """Return the characters, so much larger, whose middles lie between two heights."""
    start = bisect_left(large, top, key=lambda one: one.y)
    end = bisect_right(large, bottom, key=lambda one: one.y)
    return [one for one in large[start:end] if _LARGER[0] * size <= one.size <= _LARGER[1] * size]


def _over(a: _Run, b: _Run) -> float:
    """Return how much of the longer one's width stands over the other."""
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(a.x1 - a.x0, b.x1 - b.x0, 0.1)


def _is_below(lower: _Run, upper: _Run) -> bool:
    apart = (lower.y - upper.y) / upper.size
    same = abs(lower.size - upper.size) < 0.2
    return same and _APART[0] <= apart <= _APART[1] and _over(upper, lower) >= _OVER


def _is_beside(line: Glyph, upper: _Run, lower: _Run) -> bool:
    """Tell whether a character of the line stands before or behind the two, midway between them."""
    midway = abs((upper.y + lower.y) / 2 - line.y) <= _MIDWAY * upper.size
    behind, before = line.x0 - max(upper.x1, lower.x1), min(upper.x0, lower.x0) - line.x1
    return midway and any(abs(gap) <= _BESIDE * line.size for gap in (behind, before))


def _set(glyphs: Sequence[Glyph], upper: _Run, lower: _Run, line: Glyph) -> Iterable[tuple[int, Glyph]]:
    start, width = min(upper.x0, lower.x0), max(upper.x1, lower.x1) - min(upper.x0, lower.x0)
    shrunk = width / max(upper.x1 - upper.x0 + lower.x1 - lower.x0, 0.1)
    at = start
    for run in (upper, lower):
        for place in run.places:
            glyph = glyphs[place]
            x0, x1 = (at + (x - run.x0) * shrunk for x in (glyph.x0, glyph.x1))
            yield place, glyph._replace(x0=x0, x1=x1, y=line.y, size=line.size)
        at += (run.x1 - run.x0) * shrunk
