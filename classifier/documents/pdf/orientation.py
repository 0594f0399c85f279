"""Which way the text of a page runs: pages turned by quarters, and vertical text (down, from right to left).

Every other module sees text that runs to the right and downwards: coordinates in points, x to the right, y down, from
the page's upper left corner as a reader of that text holds it.
"""

from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin

Box = tuple[float, float, float, float]
"""left, bottom, right, top in the page's own coordinates (y up)."""


@dataclass(frozen=True)
class Orientation:
    """The way text runs over a page: `turn` in degrees counter-clockwise; `page`: the box that is shown.

    `vertical`: upright characters one below the other, which is text turned by 270° whose characters are not.
    """

    page: Box
    turn: int = 0
    vertical: bool = False

    @cached_property
    def _axes(self) -> tuple[float, float]:
        angle = (270 if self.vertical else self.turn) * pi / 180
        return round(cos(angle), 9), round(sin(angle), 9)

    @cached_property
    def _origin(self) -> tuple[float, float]:
        left, bottom, right, top = self.page
        corners = [self._turned(x, y) for x in (left, right) for y in (bottom, top)]
        return min(x for x, _ in corners), min(y for _, y in corners)

    @cached_property
    def size(self) -> tuple[float, float]:
        """Return the page's width and height as the text runs."""
        left, bottom, right, top = self.page
        corners = [self._turned(x, y) for x in (left, right) for y in (bottom, top)]
        return (
            max(x for x, _ in corners) - self._origin[0],
            max(y for _, y in corners) - self._origin[1],
        )

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        along, across = self._axes
        return x * along + y * across, x * across - y * along

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page stands."""
        turned = self._turned(x, y)
        return turned[0] - self._origin[0], turned[1] - self._origin[1]

    def box(self, box: Box) -> Box:
        """Return where a box stands: left, top, right, bottom, y down."""
        a, b = self.place(box[0], box[1]), self.place(box[2], box[3])
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
