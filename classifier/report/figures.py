"""Count labelled paragraphs: shares of the text, by document, by time, by place, by place and time."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from classifier.documents.notes import Note
from classifier.report.columns import FOLDER, OWN_PLACE, PARENT, PLACE, Cell, Values, cell_of
from classifier.report.dates import span_of
from classifier.report.items import Item, Looks
from classifier.report.periods import UNITS, Unit, best_unit, period_of
from classifier.report.picks import Pick, Picks
from classifier.report.tally import Tally
from classifier.report.word_counts import GroupWords, WordCounts

MOST_VALUES = 5_000  # of a column that is compared by: one with more names single things
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Asked:
    """What is to be compared. `by`: columns, none for those that tell something; `unit`: of time, None for the best.

    `words`: count words as well, so that those that tell groups apart can be shown.
    """

    by: tuple[str, ...] = ()
    unit: Unit | None = None
    words: bool = False


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


class Figures:
    """What all items sum up to. Paragraphs are kept up to `most` of them, beyond that none: `whole` says which."""

    def __init__(self, looks: Looks, most: int, asked: Asked = Asked()) -> None:
        self.total = Tally()
        self.documents: dict[str, Counted] = {}
        self.errors: list[Item] = []
        self.unread: list[Item] = []
        self.repeated: list[Item] = []
        self.whole = True
        self.asked = asked
        self._most, self._picks = most, Picks(looks)
        self._places: dict[str, dict[str, Sample]] = {}
        self._words: WordCounts[Cell] | None = (
            WordCounts(looks.words) if asked.words and looks.words is not None else None
        )

    def add_all(self, items: Iterable[Item]) -> "Figures":
        """Count items; return self."""
        for item in items:
            self.add(item)
        return self

    def add(self, item: Item) -> None:
        """Count one paragraph; what could not be read or scored, or repeats another, is noted and in no sum."""
        if item.same_as:
            self.repeated.append(item)
            return
        if item.error is not None:
            (self.unread if item.unread else self.errors).append(item)
            return
        document = self.documents.setdefault(item.document, Counted(item.document))
        self.total.add(item.result)
        self._picks.add(item, document.paragraphs)
        document.paragraphs += 1
        cell = cell_of(item.date, item.facts)
        document.cells.setdefault(cell, Tally()).add(item.result)
        document.notes += item.result.notes
        if self._words is not None and item.result.kind != "boilerplate":
            self._words.add(self._counted_by(cell), item.document, item.result.text)
        if self.whole:
            document.items.append(item)
            if self.total.paragraphs > self._most:
                self.whole = False
                for one in self.documents.values():
                    one.items.clear()

    def _counted_by(self, cell: Cell) -> Cell:
        """Return as much of a cell as words are counted by."""
        date, facts = cell
        wanted = {*self.asked.by, PARENT, OWN_PLACE}
        unit = next((one for one in reversed(UNITS) if one in self.asked.by), None)
        day = None if date is None or unit is None else period_of(date, unit) or date
        return day, tuple(fact for fact in facts if fact[0] in wanted)

    def typical(self, label: str) -> list[Pick]:
        """Return the paragraphs that carry a label most clearly."""
        return self._picks.typical(label, len(self.documents))

    def uncertain(self, label: str) -> list[Pick]:
        """Return the uncertain paragraphs nearest to where a label begins to be given."""
        return self._picks.uncertain(label, len(self.documents))

    @cached_property
    def values(self) -> Values:
        """The values of the columns; once all is counted."""
        return Values(cell for document in self.documents.values() for cell in document.cells)

    @cached_property
    def unit(self) -> Unit:
        """The unit of time: that which was asked for, else the one that fits the dates best."""
        if self.asked.unit is not None:
            return self.asked.unit
        days = self.samples(lambda cell: cell[0])
        return best_unit({day: Tally.of(some.values()).characters for day, some in days.items()})

    def samples(self, key: Callable[[Cell], K | None]) -> dict[K, Sample]:
        """Return the documents' sums by a key of their cells; what has the key None is left out."""
        found: dict[K, Sample] = {}
        for document in self.documents.values():
            for cell, tally in document.cells.items():
                if (place := key(cell)) is None:
                    continue
                sample = found.setdefault(place, {})
                known = sample.get(document.name)
                sample[document.name] = tally if known is None else Tally.of([known, tally])
        return found

    def times(self) -> dict[str, Sample]:
        """Return the documents by year, month or day, in order. Dates known less exactly are left out."""
        return dict(sorted(self.samples(lambda cell: period_of(cell[0], self.unit)).items()))

    def undated(self) -> Sample:
        """Return what of the documents has no date, or one that is known less exactly than the unit of time."""
        return self.samples(lambda cell: None if period_of(cell[0], self.unit) else "").get("", {})

    def periods(self) -> tuple[Unit, dict[str, Tally]]:
        """Return the sums by year, month or day, in order."""
        return self.unit, {period: Tally.of(some.values()) for period, some in self.times().items()}

    def places(self, column: str) -> dict[str, Sample]:
        """Return the documents by their values in a column; once all is counted."""
        if column not in self._places:
            self._places[column] = self.samples(lambda cell: self.values.of(cell, column) or None)
        return self._places[column]

    def without(self, column: str) -> Sample:
        """Return what of the documents has no value in a column."""
        return self.samples(lambda cell: None if self.values.of(cell, column) else "").get("", {})

    def crossed(self, column: str, *, whole: bool = False) -> dict[tuple[str, str], Sample]:
        """Return the documents by value and period; `whole`: also those without one or the other, under ""."""

        def both(cell: Cell) -> tuple[str, str] | None:
            value, period = self.values.of(cell, column), period_of(cell[0], self.unit) or ""
            return (value, period) if whole or (value and period) else None

        return self.samples(both)

    def words_by(self, column: str) -> GroupWords | None:
        """Return how often each word stands in the text of each value; None where words were not counted."""
        if self._words is None:
            return None
        return self._words.groups(lambda cell: self.values.of(cell, column) or None)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns with several values, but not so many that there is nothing to compare."""
        if self.asked.by:
            return tuple(one for one in self.asked.by if self._is_compared(one))
        names = dict.fromkeys(
            name for document in self.documents.values() for _, facts in document.cells for name, _ in facts
        )
        own = [name for name in names if name not in {PARENT, OWN_PLACE}]
        derived = next((one for one in (FOLDER, PLACE) if one not in own and self._is_compared(one)), None)
        return (*([derived] if derived else []), *(name for name in own if self._is_compared(name)))

    def _is_compared(self, column: str) -> bool:
        return 1 < len(self.places(column)) <= MOST_VALUES

    def compared(self) -> dict[str, dict[str, Tally]]:
        """Return the sums by value of each column that is compared by."""
        return {
            column: {value: Tally.of(some.values()) for value, some in self.places(column).items()}
            for column in self.columns
        }
