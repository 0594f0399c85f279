"""The reading order of a page: columns side by side, under and over what goes across them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from classifier.documents.pdf.lines import CELL_GAP, ROW, Piece, Row
from classifier.documents.pdf.tables import Table

_FEWEST = 3  # pieces that a column has at least; the last of several may have one less
_NARROWEST = 6.0  # of the size: the usual width of its lines
_RUNNING = 0.5  # of a column's lines that end where many others do
_SAME_END = 0.6  # of the size: lines that end no further apart end at one place
_FULL = 2.0  # of the size: ragged lines that end no further from the column's edge are full ones
_MANY_FULL = 0.4  # of a column's lines, where headings and short last lines are many
_PROSE = 0.4  # of a column's lines that hold a mark; the cells of a table hold few
_MOST = 0.85  # of a column's lines that begin at its edge or its indent, and follow each other without a hole
_INDENT = (1.3, 4.5)  # of the size: how far from the edge first lines begin
_ENOUGH = 6  # lines that are told by their beginnings
_HOLE = 1.7  # times the usual distance of lines: a cell that ended before the one beside it
_MARK = re.compile("[，。；！？]")  # neither the colon after a label in a form nor what follows a number
_MOST_SIDES = 4  # places at which a side may be parted into columns of its own
_SHARE = 0.1  # of its lines that begin there
_GUTTER = 0.8  # of the size
_MOST_TRIED = 60  # places that may part two columns
_DEEPEST = 5  # columns side by side, at most six

Item = Piece | Table


@dataclass
class Column:
    """What stands in one column, from top to bottom: rows of pieces, and tables.

    `place`: which of how many columns side by side, (0, 1) where there is one. `x0`, `x1`: its edges.
    """

    place: tuple[int, int]
    items: list[Row | Table] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Return all pieces."""
        return [piece for item in self.items if isinstance(item, list) for piece in item]


def columns_of(pieces: Sequence[Piece], tables: Sequence[Table]) -> list[Column]:
    """Return what stands on a page as columns in reading order."""
    return [
        Column((0, 1) if place == () else (_index(place), _of(place)), _in_rows(items))
        for place, items in _ordered([*pieces, *tables], ())
    ]


def _index(place: tuple[str, ...]) -> int:
    return sum(2 ** (_DEEPEST - i) for i, side in enumerate(place) if side == "right")


def _of(place: tuple[str, ...]) -> int:
    return 1 + len(place)


def _ordered(items: list[Item], place: tuple[str, ...]) -> list[tuple[tuple[str, ...], list[Item]]]:
    x = _gutter(items) if len(place) < _DEEPEST else None
    if x is None:
        return [(place, items)]
    parts: list[tuple[tuple[str, ...], list[Item]]] = []
    for band, left, right in _bands(items, x):
        if band:
            parts += _ordered(left, (*place, "left")) + _ordered(right, (*place, "right"))
        elif parts and parts[-1][0] == place:
            parts[-1][1].extend(left)
        else:
            parts.append((place, left))
    return parts


def _bands(items: list[Item], x: float) -> list[tuple[bool, list[Item], list[Item]]]:
    """Cut items into bands at those that stand across x: (is in two columns, left or all, right)."""
    bands: list[tuple[bool, list[Item], list[Item]]] = []
    left: list[Item] = []
    right: list[Item] = []

    def close() -> None:
        if left or right:
            parted = _is_parted(left, right)
            bands.append((parted, left[:] if parted else left + right, right[:] if parted else []))
            left.clear()
            right.clear()

    for item in sorted(items, key=lambda one: one.top):
        if item.x0 < x < item.x1:
            close()
            bands.append((False, [item], []))
        else:
            (left if item.x1 <= x else right).append(item)
    close()
    return bands


def _gutter(items: Sequence[Item]) -> float | None:
    """Return the x between two columns that parts most lines; None where there are no columns."""
    pieces = [item for item in items if isinstance(item, Piece)]
    starts = sorted(piece.x0 for piece in pieces)
    shared = {x: bisect_right(starts, x + 2) - bisect_left(starts, x) for x in starts}
    candidates = sorted((x for x in shared if shared[x] > 1), key=lambda x: -shared[x])[:_MOST_TRIED]
    best, most = None, 0
    for x in _apart(sorted(candidates)):
        parted = sum(len(left) + len(right) for band, left, right in _bands(list(items), x - 0.5) if band)
        if parted > most:
            best, most = x - 0.5, parted
    return best


def _apart(places: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > 2:
            kept.append(place)
    return kept


def _is_parted(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Tell whether two sides are columns of running text rather than cells of a table."""
    a, b = ([item for item in side if isinstance(item, Piece)] for side in (left, right))
    if len(a) < _FEWEST or len(b) < _FEWEST - 1:
        return False
    size = median(piece.size for piece in a)
    if min(piece.x0 for piece in b) - max(piece.x1 for piece in a) < _GUTTER * size:
        return False
    step = min(_step(side, size) for side in (a, b))
    return _is_text(a, size, step) and (_is_text(b, size, step) or _is_rest(a, b, size))


def _is_text(pieces: Sequence[Piece], size: float, step: float) -> bool:
    """Tell whether a side is running text: of one column, or of several side by side."""
    if _is_running(pieces, size) or _is_prose(pieces, size, step):
        return True
    starts = Counter(round(piece.x0) for piece in pieces)
    shared = [x for x, count in starts.most_common(_MOST_SIDES) if count >= _SHARE * len(pieces)]
    for x in shared:
        left = [piece for piece in pieces if piece.x1 < x]
        right = [piece for piece in pieces if piece.x0 > x - 1]
        if min(len(left), len(right)) >= _ENOUGH and len(left) + len(right) == len(pieces) and _is_parted(left, right):
            return True
    return False


def _is_rest(left: Sequence[Piece], right: Sequence[Piece], size: float) -> bool:
    """Tell whether a few lines are those in which the text of the column before them ends.

    They begin beside its first line and follow each other without a hole; cells would stand beside some of its lines.
    """
    rest = sorted(right, key=lambda one: one.y)
    if 2 * len(right) > len(left) or abs(min(one.y for one in left) - rest[0].y) > ROW * size:
        return False
    begins = max(one.x0 for one in right) - min(one.x0 for one in right) <= _INDENT[1] * size
    told = any(_MARK.search(one.text) for one in right)
    return begins and told and _width(right) <= _width(left) + size and _is_unbroken(right, _step(left, size))


def _width(pieces: Sequence[Piece]) -> float:
    return max(one.x1 for one in pieces) - min(one.x0 for one in pieces)


def _is_running(pieces: Sequence[Piece], size: float) -> bool:
    """Tell whether most lines are wide and end where others do, as those of running text."""
    ends = sorted(piece.x1 for piece in pieces)
    common = max(2, len(ends) // 5)
    near = _SAME_END * size
    shared = sum(bisect_right(ends, x + near) - bisect_left(ends, x - near) > common for x in ends)
    return shared >= _RUNNING * len(ends) and median(piece.x1 - piece.x0 for piece in pieces) >= _NARROWEST * size


def _is_prose(pieces: Sequence[Piece], size: float, step: float) -> bool:
    """Tell by where lines begin, for short paragraphs and headings leave few that end at one place."""
    if len(pieces) < _ENOUGH or median(piece.x1 - piece.x0 for piece in pieces) < _NARROWEST * size:
        return False
    edge = sorted(piece.x1 for piece in pieces)[-2]
    full = sum(piece.x1 > edge - _FULL * size for piece in pieces)
    marked = sum(bool(_MARK.search(piece.text)) for piece in pieces)
    enough = full >= _MANY_FULL * len(pieces) and marked >= _PROSE * len(pieces)
    return enough and _begin_alike(pieces, size) and _is_unbroken(pieces, step)


def _begin_alike(pieces: Sequence[Piece], size: float) -> bool:
    """Tell whether most lines begin at a column's edge or at one indent."""
    starts = sorted(piece.x0 for piece in pieces)
    near = _SAME_END * size
    at = {x: bisect_right(starts, x + near) - bisect_left(starts, x - near) for x in starts}
    least, most = (indent * size for indent in _INDENT)
    together = (at[x] + max((at[y] for y in at if least <= y - x <= most), default=0) for x in at)
    return max(together) >= _MOST * len(starts)


def _is_unbroken(pieces: Sequence[Piece], step: float) -> bool:
    """Tell whether most lines follow the one above at the usual distance."""
    steps = _steps(pieces)
    return sum(one <= _HOLE * step for one in steps) >= _MOST * len(steps)


def _step(pieces: Sequence[Piece], size: float) -> float:
    """Return the usual distance of lines one below the other; 0.0 where there are none."""
    below = [step for step in _steps(pieces) if step > ROW * size]
    return median(below) if below else 0.0


def _steps(pieces: Sequence[Piece]) -> list[float]:
    return [b - a for a, b in pairwise(sorted(piece.y for piece in pieces))]


def _in_rows(items: Sequence[Item]) -> list[Row | Table]:
    """Put the pieces of one column that stand side by side into rows again."""
    rows: list[Row | Table] = []
    for item in sorted(items, key=lambda one: one.y if isinstance(one, Piece) else one.top):
        last = rows[-1] if rows else None
        if isinstance(item, Piece) and isinstance(last, list) and abs(item.y - last[0].y) <= ROW * last[0].size:
            last.append(item)
        else:
            rows.append([item] if isinstance(item, Piece) else item)
    return [sorted(row, key=lambda one: one.x0) if isinstance(row, list) else row for row in rows]


def has_cells(row: Row) -> bool:
    """Tell whether wide gaps part a row, as between cells."""
    return any(b.x0 - a.x1 >= CELL_GAP * max(a.size, b.size) for a, b in pairwise(row))
