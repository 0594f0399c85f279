"""Reading order: what stands in columns of running text is read column by column; tables are left by rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.documents.layout.placed import Line, usual_size
from classifier.documents.layout.rows import grouped

_GUTTER = 0.9  # characters: columns stand at least that far apart
_FEWEST = 3  # lines that each column has at least
_SHORTEST = 6.0  # characters that a column's lines have on average
_SEVERAL = 0.2  # of a column's rows hold more than one line: it is no column but several, or a table
_NEAR = 4  # rows around in which the right edge is looked for
_FULL = 0.5  # of a column's lines reach its right edge: running text does, cells do not
_EDGE = 1.7  # characters: a line that ends that near the edge reaches it
_APART = 4.0  # characters: lines farther below do not belong to the columns above
_BESIDE = 0.95  # of a character: lines whose heights differ by less stand beside each other
_NARROWEST = 9.0  # characters that a column is wide
_ASIDE = 0.8  # of the columns' size: smaller lines, as a picture's caption, do not belong to the columns they stand in
_TITLE = 1.25  # of the columns' size: a larger line that reaches into the white is a title over both
_LANDSCAPE = 1.2  # a sheet so much wider than high may be two pages
_HALVES = (0.4, 0.6)  # of its width: where they meet
_LEVEL = 0.4  # of the lines of one page stand by chance beside lines of the other


@dataclass(frozen=True)
class _Columns:
    """Two columns among lines: what comes before, left, right, what stands across, what comes after."""

    before: list[Line]
    left: list[Line]
    right: list[Line]
    across: list[Line]
    after: list[Line]


def in_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in reading order, as regions: a column each, and what stands between them."""
    found = _columns(sorted(lines, key=lambda one: (one.y, one.x0)))
    if found is None:
        return [list(lines)] if lines else []
    return [
        region
        for part in (found.before, found.left, found.right, found.across, found.after)
        for region in (in_columns(part) if len(part) < len(lines) else [part])
    ]


def halves(lines: Sequence[Line], width: float, height: float) -> list[list[Line]]:
    """Return the lines of a sheet in landscape on which two pages lie side by side as two pages, any other as it is.

    Nothing stands in the middle, and the lines of both sides do not stand beside each other, as cells would.
    """
    left = [line for line in lines if line.x1 <= _HALVES[1] * width and line.x0 < _HALVES[0] * width]
    right = [line for line in lines if line.x0 >= _HALVES[0] * width]
    fewer = min(left, right, key=len)
    if width < _LANDSCAPE * height or len(fewer) < _FEWEST or len(left) + len(right) < len(lines):
        return [list(lines)]
    if min(one.x0 for one in right) - max(one.x1 for one in left) < 2 * usual_size(lines):
        return [list(lines)]
    if not (_running(left) or _running(right)):
        return [list(lines)]
    other = right if fewer is left else left
    level = sum(any(abs(one.y - two.y) < 0.3 * one.size for two in other) for one in fewer)
    return [left, right] if level <= _LEVEL * len(fewer) else [list(lines)]


def _columns(lines: Sequence[Line]) -> _Columns | None:
    """Return the two columns that most lines stand in, None where there are none."""
    size = usual_size(lines)
    best: _Columns | None = None
    tried: list[tuple[float, float, int, int]] = []
    for i, low, high in _gaps(lines, size):
        if any(start <= i < end and a < (low + high) / 2 < b for a, b, start, end in tried):
            continue
        found, reached = _grown(lines, i, (low, high), size)
        tried.append(reached)
        better = best is None or len(found.left) + len(found.right) > len(best.left) + len(best.right)
        if better and _running(found.left) and _running(found.right):
            best = found
    return best


def _gaps(lines: Sequence[Line], size: float) -> list[tuple[int, float, float]]:
    """Return the white between lines that stand beside each other: the index of the upper one, left and right end."""
    gaps = []
    for i, line in enumerate(lines):
        near = (*lines[max(0, i - 6) : i], *lines[i + 1 : i + 7])
        beside = [one.x0 for one in near if abs(one.y - line.y) < _BESIDE * size and one.x0 - line.x1 >= _GUTTER * size]
        if beside:
            gaps.append((i, line.x1, min(beside)))
    return gaps


def _grown(
    lines: Sequence[Line], start: int, gap: tuple[float, float], size: float
) -> tuple[_Columns, tuple[float, float, int, int]]:
    """Follow the white up and down from a line as far as it reaches; return also its ends and the lines it parts."""
    low, high = gap
    across: list[int] = []
    ends = []
    for direction in (1, -1):
        at, last = start, lines[start].y
        while 0 <= at < len(lines) and abs(lines[at].y - last) <= _APART * size:
            line = lines[at]
            if line.size < _ASIDE * size:
                across.append(at)
            elif narrowed := _narrowed(line, low, high, size):
                low, high = narrowed
                last = line.y
            else:
                break
            at += direction
        ends.append(at)
    end, first = ends[0], ends[1] + 1
    middle = (low + high) / 2
    inside = [line for i, line in enumerate(lines[first:end], first) if i not in across]
    columns = _Columns(
        list(lines[:first]),
        [one for one in inside if one.x0 < middle],
        [one for one in inside if one.x0 >= middle],
        [lines[i] for i in sorted(set(across))],
        list(lines[end:]),
    )
    return columns, (low, high, first, end)


def _narrowed(line: Line, low: float, high: float, size: float) -> tuple[float, float] | None:
    """Return the white that a line leaves between `low` and `high`, None where it stands across."""
    before = high - low
    if line.x0 >= low:
        high = min(high, line.x0)
    elif line.x1 <= high:
        low = max(low, line.x1)
    else:
        return None
    if line.size > _TITLE * size and before - (high - low) > size:
        return None
    return (low, high) if high - low >= _GUTTER * size else None


def _running(lines: Sequence[Line]) -> bool:
    """Tell whether lines are running text in one column or in several."""
    rows = grouped(lines)
    if len(rows) < _FEWEST or sum(len(line.text) for line in lines) < _SHORTEST * len(lines):
        return False
    if sum(len(row) > 1 for row in rows) > _SEVERAL * len(rows):
        return _columns(lines) is not None
    if max(line.x1 for line in lines) - min(line.x0 for line in lines) < _NARROWEST * usual_size(lines):
        return False
    ends = [row[-1].x1 for row in rows]
    near = [max(ends[max(0, i - _NEAR) : i + _NEAR + 1]) for i in range(len(ends))]  # a column may change its width
    full = sum(edge - end <= _EDGE * row[-1].size for row, end, edge in zip(rows, ends, near, strict=True))
    return full >= _FULL * len(rows)
