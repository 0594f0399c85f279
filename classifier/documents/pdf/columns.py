"""The reading order of a page: columns side by side, under and over what goes across them."""

from bisect import bisect_left, bisect_right
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
    return all(_is_running(side, size) for side in (a, b))


def _is_running(pieces: Sequence[Piece], size: float) -> bool:
    """Tell whether most lines are wide and end where others do, as those of running text."""
    ends = sorted(piece.x1 for piece in pieces)
    common = max(2, len(ends) // 5)
    near = _SAME_END * size
    shared = sum(bisect_right(ends, x + near) - bisect_left(ends, x - near) > common for x in ends)
    return shared >= _RUNNING * len(ends) and median(piece.x1 - piece.x0 for piece in pieces) >= _NARROWEST * size


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
