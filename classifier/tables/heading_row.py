"""The row of headings: looked for in the first rows, for offices put a title, a unit and a date above their tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from classifier.tables.names import Likely, folded, own_names

FIRST = 20  # rows in which the headings are looked for
T = TypeVar("T")


@dataclass(frozen=True)
class HeadingRow(Generic[T]):
    """`place`: how many rows stand above it. `names`: its cells, see `completed`. `said`: what `fits` returned."""

    place: int
    names: tuple[str, ...]
    said: T


def find_heading_row(rows: Sequence[Sequence[str]], fits: Callable[[Sequence[str]], T | None]) -> HeadingRow[T] | None:
    """Return the first of the rows that `fits` says something of (not None) and that may stand below the others.

    What stands above headings is a title, which fills fewer cells. Without this rule, rows would be lost above a row
    that happens to hold a word of a heading. Where `fits` is not sure (Likely), a row below that it is sure of counts.
    """
    likely: HeadingRow[T] | None = None
    for place, cells in enumerate(rows[:FIRST]):
        above = [_filled(row) for row in rows[:place]]
        names = completed(cells, rows[place - 1] if place else ())
        if max(above, default=0) >= max(2, _filled(names)):
            continue
        if (said := fits(names)) is None:
            continue
        found = HeadingRow(place, tuple(names), said)
        if not isinstance(said, Likely):
            return found
        likely = likely or found
    return likely


def completed(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return headings; a blank one takes what stands above it where headings go over two rows (merged cells).

    What scoring added in Chinese is called as it is in English (`own_names`).
    """
    if _filled(above) < 2:
        return own_names(cells)
    upper = [*above, *[""] * (len(cells) - len(above))]
    return own_names([name if name.strip() else upper[place] for place, name in enumerate(cells)])


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def named(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return names of which none is blank and none stands twice, and what was given another name."""
    found: list[str] = []
    taken, changed = set(names), []
    for place, name in enumerate(names, start=1):
        plain = name.replace("\ufeff", "")
        if not plain.strip():
            plain = _free(f"column_{place}", taken | set(found))
            changed.append(f"column {place} has no heading and is called {plain}")
        elif plain in found:
            plain = _free(f"{plain} (2)", taken | set(found))
            changed.append(f"two columns are called {name.strip()}: the one at place {place} is called {plain}")
        found.append(plain)
    return found, changed


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def repeats(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a row holds the headings once more, as printed pages and joined files do."""
    return len(cells) >= len(names) > 0 and all(
        folded(cell) == folded(name) for cell, name in zip(cells, names, strict=False)
    )
