"""What the layout works on: text with its place on a page. Lengths are in any unit, y grows downwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Piece:
    """Text that stands together on one line. `y`: its baseline; `size`: the height of a Han character."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True)
class PlacedPage:
    """The text of a page. `number`: counted from 1. `furniture`: texts that are page furniture wherever they stand
    (watermarks, what a template repeats). `edged`: False where the text is only a part of the page (text that is
    turned), so that nothing in it stands at the page's edge. `recognised`: read from a picture.
    """

    number: int
    width: float
    height: float
    pieces: Sequence[Piece]
    furniture: Sequence[str] = ()
    edged: bool = True
    recognised: bool = False


@dataclass(frozen=True)
class Line:
    """Pieces joined.

    `left`, `right`, `step`: the edges and the usual line spacing of the column it stands in, 0 where not known yet.
    `cells`: the texts of a table's row, else empty. `gapped`: its parts stand far from each other, though in no table.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int = 0
    region: int = 0
    left: float = 0.0
    right: float = 0.0
    step: float = 0.0
    cells: tuple[str, ...] = ()
    gapped: bool = False


Row = list[Line]
"""The lines of one height, from left to right: of a table its cells, of columns one line each."""


def usual_step(rows: Sequence[Row]) -> float:
    """Return the median distance of baselines, 0 where there are fewer than two rows."""
    steps = [below[0].y - above[0].y for above, below in pairwise(rows)]
    return median(steps) if steps else 0.0


def usual_size(lines: Sequence[Line]) -> float:
    """Return the size in which most characters are set, 0 where there are none."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return 0.0
