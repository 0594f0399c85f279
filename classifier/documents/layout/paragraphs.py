"""Lines to paragraphs: an indent begins one, a line that ends short of the right edge ends one, a page does neither."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from classifier.documents.layout.placed import Line, Row, usual_step
from classifier.documents.layout.rows import joined, narrow

_INDENT = 1.2  # characters: a line that begins so far from the left edge is indented
_SHORT = 1.9  # characters: a line that ends so far from the right edge ends its paragraph
_BLANK_LINE = 1.6  # of the usual step: a greater one parts paragraphs
_OTHER_SIZE = 1.18  # sizes that differ by more are set apart
_CENTRED = 1.5  # characters: both margins of a centred line differ by less
_NARROWED = 0.8  # of a column's width is left at least beside a picture
_FEWEST_NARROWED = 3  # lines beside it end alike
_FEW = 4  # lines that do not tell the edges of a page
_CROSSES = 0.55  # of a sheet's width: a line that wide shows where the right edge is
_COLUMN = 9.0  # characters that a column is wide
_WIDEST_STEP = 2.4  # characters from line to line within a paragraph
_ONE_WIDTH = 0.8  # of the wider of two columns between which a paragraph may go on
_EDGE_SHARE = 0.15  # of a column's lines begin at what counts as its edge
_DONE = re.compile("[。！？!?：:；;…][”’」』）)】》\"']*$")
_OPENS = re.compile(
    r"[（(]?(?:第?[一二三四五六七八九十百]{1,4}|\d{1,2})(?:[、．.）)]|[章节条款编])|[（(]|——|附件|抄送"
)  # heads that no centred line goes on with
_WORD = re.compile(r"[\x21-\x7e]+")


def in_region(
    rows: Sequence[Row], lines: Sequence[Line], region: int, page: Sequence[Line], width: float
) -> list[Line]:
    """Give the lines of a region its edges and its usual step.

    `page`: all lines of the page, for a region of few lines that has its full width; `width`: of the sheet.
    """
    if not lines:
        return []
    running = [line for line in lines if not line.cells] or list(lines)
    left, right = edges_of(running)
    if len(running) < _FEW and not _beside(lines, page):
        whole = edges_of(page)
        left, right = min(left, whole[0]), max(right, whole[1])
    if not _known(running, left, right, width):
        right = float("inf")
    step = min(usual_step(rows), _WIDEST_STEP * max(line.size for line in lines))
    return [
        replace(
            line, region=region, left=left, right=line.x1 if _at_own_edge(lines, i, left, right) else right, step=step
        )
        for i, line in enumerate(lines)
    ]


def _beside(lines: Sequence[Line], page: Sequence[Line]) -> bool:
    """Tell whether other text stands beside a region: it is a column."""
    top, bottom = min(line.y for line in lines), max(line.y for line in lines)
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return any(top <= line.y <= bottom and (line.x0 >= right or line.x1 <= left) for line in page)


def _known(lines: Sequence[Line], left: float, right: float, width: float) -> bool:
    """Tell whether the right edge is one: a line crosses most of the sheet, or lines as wide as a column end there."""
    reach = sum(right - line.x1 <= _SHORT * line.size for line in lines)
    column = right - left >= _COLUMN * max(line.size for line in lines)
    return right - left >= _CROSSES * width or (reach > 1 and column)


def _at_own_edge(lines: Sequence[Line], at: int, left: float, right: float) -> bool:
    """Tell whether a line ends where its neighbours do, a little short of the column's edge: beside a picture."""
    own = lines[at]
    if own.x1 - left < _NARROWED * (right - left):
        return False
    near = lines[max(0, at - 4) : at + 5]
    return sum(abs(one.x1 - own.x1) <= 0.5 * own.size for one in near) > _FEWEST_NARROWED


def edges_of(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the left edge at which a fair share of the lines begins, and the right edge that the longest reach."""
    fewest = max(2.0 if len(lines) > 3 else 1.0, _EDGE_SHARE * len(lines))
    starts = sorted(lines, key=lambda one: one.x0)
    for start in starts:
        if sum(abs(other.x0 - start.x0) <= 0.5 * start.size for other in lines) >= fewest:
            return start.x0, max(other.x1 for other in lines)
    return starts[0].x0, max(other.x1 for other in lines)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in groups, one a paragraph; a row of a table is a group of its own."""
    indenting = _indents(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, indenting):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def text_of(group: Sequence[Line]) -> str:
    """Return a paragraph's text; only between Latin words stands a space where the line broke."""
    text = group[0].text
    for line in group[1:]:
        latin = text[-1:].isascii() and text[-1:].isalnum() and line.text[:1].isascii() and line.text[:1].isalnum()
        text = joined(text.rstrip(), line.text.lstrip(), blank=latin)
    return text


def _indents(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs are indented here: of the lines after a sentence's end, at least a third are."""
    after = [b for a, b in pairwise(lines) if _DONE.search(a.text) and not (a.cells or b.cells)]
    if not after:
        return any(_indented(line) for line in lines)
    return 3 * sum(_indented(one) for one in after) >= len(after)


def _goes_on(group: Sequence[Line], line: Line, indenting: bool) -> bool:
    last = group[-1]
    alone = last.cells or line.cells or last.gapped or line.gapped
    if alone or not _same_size(last, line) or _gap(last, line) or not _as_wide(last, line):
        return False
    if _centred(last) and _centred(line):
        return not (_DONE.search(last.text) or _OPENS.match(line.text)) and _title_sized(last, line)
    done, opens = bool(_DONE.search(last.text)), bool(_OPENS.match(line.text))
    if last.right == float(
        "inf"
    ):  # few short lines: only a first line that stands in tells that the next is its second
        return _indented(group[0]) and not (_indented(line) or done or opens)
    if not _full(last, line) or _centred(line):
        return False
    if _indented(line):  # a block all of whose lines stand in, or a first line
        return abs(line.x0 - last.x0) <= 0.5 * line.size and line.region == last.region and not done
    # flush left: the next line, or the next of a list where nothing is indented
    return (indenting and not done) if opens else (indenting or not done)


def _same_size(line: Line, other: Line) -> bool:
    return max(line.size, other.size) <= _OTHER_SIZE * min(line.size, other.size)


def _as_wide(line: Line, other: Line) -> bool:
    """Tell whether two lines stand in columns of about one width: text does not go on from a column over the page."""
    widths = sorted((line.right - line.left, other.right - other.left))
    return widths[1] == float("inf") or widths[0] >= _ONE_WIDTH * widths[1]


def _gap(last: Line, line: Line) -> bool:
    """Tell whether a blank line lies between; over the edge of a column or a page nothing can be said."""
    return last.region == line.region and last.step > 0 and line.y - last.y > _BLANK_LINE * max(last.step, line.size)


def _full(line: Line, following: Line) -> bool:
    """Tell whether a line reaches the right edge, or stops where the next word had no room."""
    word = _WORD.match(following.text)
    room = sum(0.55 if narrow(one) else 1.0 for one in word[0]) if word else 0.0
    return line.right - line.x1 <= max(_SHORT, room + 1) * line.size


def _indented(line: Line) -> bool:
    return line.x0 - line.left > _INDENT * line.size


def _centred(line: Line) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > _SHORT * line.size and abs(before - after) <= _CENTRED * line.size


def _title_sized(line: Line, other: Line) -> bool:
    return line.region == other.region and abs(other.y - line.y) <= 2.2 * max(line.size, other.size)


def body_size(lines: Sequence[Line]) -> float:
    """Return the size most characters are set in, sizes within a tenth counted together; 0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)

    def characters(size: float) -> int:
        return sum(n for other, n in sizes.items() if abs(other - size) <= 0.1 * size)

    return float(max(sorted(sizes), key=characters, default=0.0))
