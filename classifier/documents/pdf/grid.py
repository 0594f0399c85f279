"""Tables with ruling lines: which lines make a grid, and which cells it has."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifier.documents.pdf.characters import Glyph
from classifier.documents.pdf.drawing import Drawing

_NEAR = 3.0  # points: lines no further apart are one, and lines that end so near to each other meet
_MOST = 2_000  # ruling lines of a page that may make tables; a drawing has more
_MOST_WORK = 5_000_000  # places times lines: squared paper is no table
_SMALLEST = 8.0  # points: rows and columns are higher and wider
Line = tuple[float, float, float]
"""Where a ruling line stands, and from where to where it goes."""


@dataclass(frozen=True)
class Grid:
    """A table's ruling lines. `owner[row][column]`: row and column where the cell begins that covers this place."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def place(self, glyph: Glyph) -> tuple[int, int] | None:
        """Return the cell in which a character stands, by where it begins; None outside the table."""
        x = (glyph.x0 + glyph.x1) / 2
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= glyph.y <= self.ys[-1]):
            return None
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        row = min(bisect_right(self.ys, glyph.y) - 1, len(self.ys) - 2)
        return self.owner[row][column]

    def right_of(self, row: int, column: int) -> float:
        """Return the right edge of the cell that begins there."""
        last = max(c for c, own in enumerate(self.owner[row]) if own == (row, column))
        return self.xs[last + 1]


def grids(drawing: Drawing) -> list[Grid]:
    """Return the tables that ruling lines make, from top to bottom; a frame round one text is none."""
    if len(drawing.across) + len(drawing.down) > _MOST:
        return []
    across, down = _joined(drawing.across), _joined(drawing.down)
    found = [_grid(h, v) for h, v in _meeting(across, down)]
    return sorted((one for one in found if one is not None), key=lambda one: one.ys[0])


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Return lines that lie on each other, or go on in each other, as one."""
    done: list[Line] = []
    for place, start, end in sorted(lines):
        near = range(bisect_left(done, (place - _NEAR,)), len(done))
        same = next((i for i in near if start <= done[i][2] + _NEAR and end >= done[i][1] - _NEAR), None)
        if same is None:
            done.append((place, start, end))
        else:
            own, first, last = done[same]
            done[same] = (own, min(first, start), max(last, end))
    return done


def _meeting(across: Sequence[Line], down: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Return lines that hang together."""
    group = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                group[root(i)] = root(j)
    together: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate(across):
        together.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(down, len(across)):
        together.setdefault(root(j), ([], []))[1].append(line)
    return list(together.values())


def _grid(across: list[Line], down: list[Line]) -> Grid | None:
    if not across or not down:
        return None
    open_sides = [min(line[1] for line in across), max(line[2] for line in across)]
    xs = _places([line[0] for line in down] + open_sides)
    ends = [min(line[1] for line in down), max(line[2] for line in down)]  # a row that a page's end parts is open
    ys = _places([line[0] for line in across] + ends)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns * (len(across) + len(down)) > _MOST_WORK:
        return None
    return Grid(tuple(xs), tuple(ys), _owners(xs, ys, across, down))


def _places(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] >= _SMALLEST:
            kept.append(place)
    return kept


def _owners(
    xs: list[float], ys: list[float], across: list[Line], down: list[Line]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each place of the grid where its cell begins: places no line parts belong to one cell."""
    owner = [[(row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            centre = (xs[column] + xs[column + 1]) / 2
            above = row > 0 and not _parted(across, ys[row], centre)
            if above:
                owner[row][column] = owner[row - 1][column]
            elif column > 0 and not _parted(down, xs[column], middle):
                owner[row][column] = owner[row][column - 1]
    return tuple(tuple(row) for row in owner)


def _parted(lines: list[Line], place: float, along: float) -> bool:
    return any(abs(line[0] - place) < _SMALLEST and line[1] <= along <= line[2] for line in lines)
