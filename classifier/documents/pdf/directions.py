"""Upright characters that run to the right told from those that run down, where a page has both.

Vertical text stands under horizontal page headers; the way is told text by text, not page by page.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

_DOWN = 6  # characters one below the other that are vertical text for sure
_DOWN_IN_ALL = 12  # of such: fewer are a name on the spine of a table, not a text
_RIGHT = 5  # characters side by side that are horizontal text for sure; fewer stand across a vertical line (12 月)
_HAN = "\u2e80"


class Placed(Protocol):
    """A character: where it stands (y up) and how large it is."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def origin(self) -> tuple[float, float]: ...  # noqa: D102
    @property
    def size(self) -> float: ...  # noqa: D102


T = TypeVar("T", bound=Placed)


def parted(characters: Sequence[T]) -> tuple[list[T], list[T]]:
    """Return those that run to the right and those that run down, each in the order given.

    One of them is empty where the page has one way only.
    """
    steps = [_step(one, following) for one, following in pairwise(characters)]
    runs = list(_runs(steps))
    down = {
        place for kind, first, last in runs if kind == "down" and last - first >= _DOWN for place in range(first, last)
    }
    if sum(characters[place].text >= _HAN for place in down) < _DOWN_IN_ALL:
        return list(characters), []
    right = {
        place
        for kind, first, last in runs
        if kind == "right" and last - first >= _RIGHT
        for place in range(first, last)
        if place not in down
    }
    ways = [place in right for place in range(len(characters))]
    return (
        [character for character, is_right in zip(characters, ways, strict=True) if is_right],
        [character for character, is_right in zip(characters, ways, strict=True) if not is_right],
    )


def _step(placed: Placed, following: Placed) -> str:
    """Tell where the next character stands: to the right, below, or elsewhere."""
    x, y = following.origin[0] - placed.origin[0], placed.origin[1] - following.origin[1]
    if abs(x) < 0.3 * placed.size and 0.5 * placed.size < y < 2.5 * placed.size:
        return "down"
    return "right" if abs(y) < 0.3 * placed.size and 0 < x < 4 * placed.size else ""


def _runs(steps: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the runs of like steps as (kind, first character, behind its last)."""
    runs: list[tuple[str, int, int]] = []
    for place, kind in enumerate(steps):
        if runs and runs[-1][0] == kind and runs[-1][2] == place + 1:
            runs[-1] = (kind, runs[-1][1], place + 2)
        elif kind:
            runs.append((kind, place, place + 2))
    return runs
