"""Documents as they are counted: each in the total once, and a text that several hold once wherever one of them is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from classifier.documents.notes import Note
from classifier.report.columns import Cell
from classifier.report.dates import span_of
from classifier.report.items import Item
from classifier.report.tally import Tally

Key = TypeVar("Key", bound=tuple[str, ...])


@dataclass
class Counted:
    """A document: what it sums up to by date and facts, and its paragraphs as long as they are kept."""

    name: str
    cells: dict[Cell, Tally] = field(default_factory=dict)
    paragraphs: int = 0
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def date(self) -> str | None:
        """Its date, of a table with dated rows the first and the last of them; None where none is known."""
        return span_of(day for day, _ in self.cells) or None

    @property
    def tally(self) -> Tally:
        """What all of it sums up to."""
        return Tally.of(self.cells.values())


Sample = dict[str, Tally]
"""What documents sum up to in some stretch of time, at some place; by their names."""


def samples(families: Iterable[list[Counted]], key: Callable[[Cell], Key]) -> dict[Key, Sample]:
    """Return the documents' sums by a key of their cells, "" standing in it for what a cell does not tell.

    `families`: documents that hold the same text, the one that the total counts first. Such a text counts once at each
    key, and under "" only as far as no document of its family tells it.
    """
    found: dict[Key, Sample] = {}
    for family in families:
        sums = [(one.name, _sums(one, key)) for one in family]
        for place, (name, tally) in _once(sums).items():
            found.setdefault(place, {})[name] = tally
    return found


def _sums(document: Counted, key: Callable[[Cell], Key]) -> dict[Key, Tally]:
    found: dict[Key, Tally] = {}
    for cell, tally in document.cells.items():
        place = key(cell)
        found[place] = Tally.of([found[place], tally]) if place in found else tally
    return found


def _once(family: list[tuple[str, dict[Key, Tally]]]) -> dict[Key, tuple[str, Tally]]:
    """Return what counts at each key, and of which document: the one with most text there, of equals the first.

    A row that tells nothing of itself takes what its document tells, so the documents' rows at a key lie within one
    another: the most are all of them.
    """
    if len(family) == 1:
        name, sums = family[0]
        return {place: (name, tally) for place, tally in sums.items()}
    found: dict[Key, tuple[str, Tally]] = {}
    for place in dict.fromkeys(place for _, sums in family for place in sums):
        there = [(name, sums[place]) for name, sums in family if place in sums]
        if "" not in place:
            found[place] = max(there, key=lambda one: one[1].paragraphs)
        elif len(there) == _beside(place, [sums for _, sums in family]):
            found[place] = min(there, key=lambda one: one[1].paragraphs)
    return found


def _beside(place: tuple[str, ...], family: Iterable[Mapping[Key, Tally]]) -> int:
    """Return how many of a family share what a key tells before its first "": all of them must leave the rest open."""
    told = place[: place.index("")]
    return sum(any(other[: len(told)] == told for other in sums) for sums in family)
