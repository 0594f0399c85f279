"""Count labelled paragraphs: shares of the text, by document, by time, by place, by place and time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from classifier.documents.notes import Note
from classifier.report.columns import FOLDER, OWN_PLACE, PARENT, PLACE, Cell, Values, cell_of
from classifier.report.counted import Counted, Key, Sample, samples
from classifier.report.items import Item, Looks
from classifier.report.odd_dates import OddDates
from classifier.report.periods import UNITS, Unit, best_unit, period_of
from classifier.report.picks import Pick, Picks
from classifier.report.table_columns import PLACES, first_of
from classifier.report.tally import Tally
from classifier.report.word_counts import GroupWords, WordCounts

MOST_VALUES = 5_000  # of a column that is compared by: one with more names single things


@dataclass(frozen=True)
class Asked:
    """What is to be compared. `by`: columns, none for those that tell something; `unit`: of time, None for the best.

    `words`: count words as well, so that those that tell groups apart can be shown.
    """

    by: tuple[str, ...] = ()
    unit: Unit | None = None
    words: bool = False


class Figures:
    """What all items sum up to. Paragraphs are kept up to `most` of them, beyond that none: `whole` says which.

    `table_notes`: what was passed over of a table, by its path; put there by who reads it.
    """

    def __init__(self, looks: Looks, most: int, asked: Asked = Asked()) -> None:
        self.total = Tally()
        self.documents: dict[str, Counted] = {}
        self.errors: list[Item] = []
        self.unread: list[Item] = []
        self.repeated: list[Item] = []
        self.copies: dict[str, dict[str, Counted]] = {}
        self.table_notes: dict[str, list[Note]] = {}
        self.odd_dates = OddDates()
        self.whole = True
        self.asked = asked
        self._most, self._picks = most, Picks(looks)
        self._places: dict[str, dict[str, Sample]] = {}
        self._told_before: tuple[Cell, ...] = ()  # by the documents whose text the one being added holds, too
        self._words: WordCounts[tuple[Cell, ...]] | None = (
            WordCounts(looks.words) if asked.words and looks.words is not None else None
        )

    def add_all(self, items: Iterable[Item]) -> "Figures":
        """Count items; return self."""
        for item in items:
            self.add(item)
        return self

    def add(self, item: Item) -> None:
        """Count one paragraph; what could not be read or scored is noted and in no sum.

        A document that repeats another is in no total, but in those groups and times in which the other is not.
        """
        if item.same_as:
            self._add_copy(item)
            return
        if item.error is not None:
            (self.unread if item.unread else self.errors).append(item)
            return
        self.odd_dates.add(item.odd_date)
        self.odd_dates.add_name(item.odd_name)
        document = self.documents.setdefault(item.document, Counted(item.document))
        self.total.add(item.result)
        self._picks.add(item, document.paragraphs)
        document.paragraphs += 1
        cell = cell_of(item.date, item.facts)
        document.cells.setdefault(cell, Tally()).add(item.result)
        document.notes += item.result.notes
        self._add_words((self._counted_by(cell),), item)
        if self.whole:
            document.items.append(item)
            if self.total.paragraphs > self._most:
                self.whole = False
                for one in self.documents.values():
                    one.items.clear()

    def _add_copy(self, item: Item) -> None:
        copies = self.copies.setdefault(item.same_as, {})
        if item.document not in copies:
            earlier = [one for one in (self.documents.get(item.same_as), *copies.values()) if one is not None]
            self._told_before = tuple({self._counted_by(cell): None for one in earlier for cell in one.cells})
            self.repeated.append(item)
        copy = copies.setdefault(item.document, Counted(item.document))
        cell = cell_of(item.date, item.facts)
        copy.paragraphs += 1
        copy.cells.setdefault(cell, Tally()).add(item.result)
        self._add_words((self._counted_by(cell), *self._told_before), item)

    def _add_words(self, cells: tuple[Cell, ...], item: Item) -> None:
        """Count a paragraph's words at the first cell, unless it tells the same as one of the others."""
        if self._words is not None and item.result.kind != "boilerplate":
            self._words.add(cells, item.document, item.result.text)

    def _families(self) -> Iterable[list[Counted]]:
        """Yield each document with those that hold the same text."""
        return ([one, *self.copies.get(name, {}).values()] for name, one in self.documents.items())

    def _cells(self) -> Iterable[Cell]:
        return (cell for family in self._families() for one in family for cell in one.cells)

    @property
    def dated(self) -> bool:
        """Whether anything that was counted has a date."""
        return any(date is not None for date, _ in self._cells())

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
        return Values(self._cells())

    @cached_property
    def unit(self) -> Unit:
        """The unit of time: that which was asked for, else the one that fits the dates best."""
        if self.asked.unit is not None:
            return self.asked.unit
        days = self.samples(lambda cell: (cell[0] or "",))
        return best_unit({day: Tally.of(some.values()).characters for (day,), some in days.items() if day})

    def samples(self, key: Callable[[Cell], Key]) -> dict[Key, Sample]:
        """Return the documents' sums by a key of their cells, "" for what they do not tell (`counted.samples`)."""
        return samples(self._families(), key)

    def _by_time(self) -> dict[tuple[str], Sample]:
        return self.samples(lambda cell: (period_of(cell[0], self.unit) or "",))

    def times(self) -> dict[str, Sample]:
        """Return the documents by year, month or day, in order. Dates known less exactly are left out."""
        return {period: some for (period,), some in sorted(self._by_time().items()) if period}

    def undated(self) -> Sample:
        """Return what of the documents has no date, or one that is known less exactly than the unit of time."""
        return self._by_time().get(("",), {})

    def periods(self) -> tuple[Unit, dict[str, Tally]]:
        """Return the sums by year, month or day, in order."""
        return self.unit, {period: Tally.of(some.values()) for period, some in self.times().items()}

    def places(self, column: str) -> dict[str, Sample]:
        """Return the documents by their values in a column; once all is counted."""
        return {value: some for value, some in self._by_value(column).items() if value}

    def without(self, column: str) -> Sample:
        """Return what of the documents has no value in a column."""
        return self._by_value(column).get("", {})

    def _by_value(self, column: str) -> dict[str, Sample]:
        if column not in self._places:
            found = self.samples(lambda cell: (self.values.of(cell, column),))
            self._places[column] = {value: some for (value,), some in found.items()}
        return self._places[column]

    def crossed(self, column: str, *, whole: bool = False) -> dict[tuple[str, str], Sample]:
        """Return the documents by value and period; `whole`: also those without one or the other, under ""."""
        found = self.samples(lambda cell: (self.values.of(cell, column), period_of(cell[0], self.unit) or ""))
        return found if whole else {key: some for key, some in found.items() if all(key)}

    def not_crossed(self, column: str) -> Sample:
        """Return what of the documents has no value in a column, or no time."""

        def both(cell: Cell) -> tuple[str]:
            return ("both" if self.values.of(cell, column) and period_of(cell[0], self.unit) else "",)

        return self.samples(both).get(("",), {})

    def words_by(self, column: str) -> GroupWords | None:
        """Return how often each word stands in the text of each value; None where words were not counted."""
        if self._words is None:
            return None

        def value(cells: tuple[Cell, ...]) -> str | None:
            first, *others = (self.values.of(cell, column) for cell in cells)
            return None if first in others else first or None

        return self._words.groups(value)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns with several values, but not so many that there is nothing to compare."""
        if self.asked.by:
            return tuple(one for one in self.asked.by if self._is_compared(one))
        names = dict.fromkeys(name for _, facts in self._cells() for name, _ in facts)
        own = [name for name in names if name not in {PARENT, OWN_PLACE}]
        told = (FOLDER,) if first_of(PLACES, own) else (FOLDER, PLACE)  # a column of places tells the same
        derived = next((one for one in told if one not in own and self._is_compared(one)), None)
        return (*([derived] if derived else []), *(name for name in own if self._is_compared(name)))

    def _is_compared(self, column: str) -> bool:
        return 1 < len(self.places(column)) <= MOST_VALUES

    def compared(self) -> dict[str, dict[str, Tally]]:
        """Return the sums by value of each column that is compared by."""
        return {
            column: {value: Tally.of(some.values()) for value, some in self.places(column).items()}
            for column in self.columns
        }
