"""Footnotes at a page's foot: in a smaller font, after a mark or under a short line."""

import re
from collections.abc import Iterable, Sequence

from classifier.documents.pdf.grid import Line as Ruling
from classifier.documents.pdf.lines import Row, join, line_of
from classifier.documents.pdf.tables import Table

_SMALLER = 0.93  # of the body's size, at most
_HIGHEST = 0.4  # of the page's height: footnotes stand below
_SHORT_LINE = 0.6  # of the page's width, at most, that the line over footnotes is long
_MARK = re.compile(r"[①-⑳⑴-⒇*＊※†]|[\[［〔【(（]?\d{1,3}[\]］〕】)）.．、]?\s*[^\d\s.．、)）]|注[：:\d①-⑳]")


def take_footnotes(
    items: Sequence[Row | Table], usual: float, across: Iterable[Ruling], page: tuple[float, float]
) -> tuple[list[Row | Table], list[str]]:
    """Return a column's items without its footnotes, and the footnotes' texts.

    `usual`: the size of the body's font; `across`: the page's horizontal ruling lines; `page`: its width and height.
    """
    lines = [(y, x1 - x0) for y, x0, x1 in across]
    first = len(items)
    for index in range(len(items) - 1, 0, -1):
        row = items[index]
        if not isinstance(row, list) or line_of(row).size > _SMALLER * usual or row[0].y < _HIGHEST * page[1]:
            break
        before = items[index - 1]
        above = before[0].y if isinstance(before, list) else before.bottom
        ruled = any(above < y < row[0].y and length < _SHORT_LINE * page[0] for y, length in lines)
        if ruled or _MARK.match(line_of(row).text):
            first = index
    return list(items[:first]), _notes([line_of(row).text for row in items[first:] if isinstance(row, list)])


def _notes(lines: Sequence[str]) -> list[str]:
    notes: list[list[str]] = []
    for line in lines:
        if notes and not _MARK.match(line):
            notes[-1].append(line)
        else:
            notes.append([line])
    return [join(note) for note in notes]
