"""Count labelled paragraphs: shares of the text, by document, by time, by place; typical and uncertain ones."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from classifier.api import Result
from classifier.documents.notes import Note
from classifier.labelling.taxonomy import NONE
from classifier.report.items import Item, Looks

PICKS = 5  # typical and uncertain paragraphs shown a label
_CANDIDATES = 200  # kept of them, so that a few documents do not take all the places
_A_DOCUMENT = 2  # picks of one document at most
_LIKELY = (0.1, 0.9)  # outside of it a label is held to be settled where its model is not here
_LEAST = 15  # characters of a paragraph worth picking
_MOST_VALUES = 5_000  # of a column that is compared by: one with more names single things
Unit = Literal["year", "month", "day"]
_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}


@dataclass
class Tally:
    """A sum over paragraphs. `by_label`: characters of the sentences with each label, "none" among them.

    Where sentences are not known apart the whole paragraph counts for its labels. Shares overlap where a sentence has
    several labels, so they may add up to more than one.
    """

    paragraphs: int = 0
    characters: int = 0
    uncertain: int = 0
    by_label: dict[str, int] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one paragraph."""
        length = len(result.text)
        self.paragraphs += 1
        self.characters += length
        self.uncertain += result.uncertain
        for labels, size in _parts(result):
            for label in labels or (NONE,):
                self.by_label[label] = self.by_label.get(label, 0) + size

    def join(self, other: "Tally") -> None:
        """Add what another one counted."""
        self.paragraphs += other.paragraphs
        self.characters += other.characters
        self.uncertain += other.uncertain
        for label, length in other.by_label.items():
            self.by_label[label] = self.by_label.get(label, 0) + length

    def share(self, label: str) -> float:
        """Return a label's share of the characters, 0 to 1."""
        return self.by_label.get(label, 0) / max(1, self.characters)


def _parts(result: Result) -> list[tuple[tuple[str, ...], int]]:
    """Return each sentence's labels and characters; those of the paragraph where its sentences are not known."""
    if not result.sentences:
        return [(result.labels, len(result.text))]
    return [(one.labels, one.end - one.start) for one in result.sentences]


@dataclass
class Counted:
    """A document: what it sums up to, and its paragraphs as long as they are kept."""

    name: str
    tally: Tally = field(default_factory=Tally)
    date: str | None = None
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Pick:
    """A paragraph chosen for a label; `place`: its number among its document's."""

    weight: float
    item: Item
    place: int


class Figures:
    """What all items sum up to. Paragraphs are kept up to `most` of them, beyond that none: `whole` says which."""

    def __init__(self, looks: Looks, most: int) -> None:
        self.total = Tally()
        self.documents: dict[str, Counted] = {}
        self.days: dict[str, Tally] = {}
        self.columns: dict[str, dict[str, Tally]] = {}
        self.errors: list[Item] = []
        self.whole = True
        self._looks, self._most = looks, most
        self._typical: dict[str, list[Pick]] = {label: [] for label in looks.taxonomy.ids}
        self._uncertain: dict[str, list[Pick]] = {label: [] for label in looks.taxonomy.ids}

    def add_all(self, items: Iterable[Item]) -> "Figures":
        """Count items; return self."""
        for item in items:
            self.add(item)
        return self

    def add(self, item: Item) -> None:
        """Count one paragraph; what could not be scored is noted and left out of all sums."""
        if item.error is not None:
            self.errors.append(item)
            return
        document = self.documents.setdefault(item.document, Counted(item.document, date=item.date))
        self.total.add(item.result)
        self._pick(item, document.tally.paragraphs)
        document.tally.add(item.result)
        document.notes += item.result.notes
        if item.date is not None:
            self.days.setdefault(item.date, Tally()).add(item.result)
        for column, value in item.facts.items():
            values = self.columns.setdefault(column, {})
            if len(values) <= _MOST_VALUES:
                values.setdefault(value, Tally()).add(item.result)
        if self.whole:
            document.items.append(item)
            if self.total.paragraphs > self._most:
                self.whole = False
                for one in self.documents.values():
                    one.items.clear()

    def _pick(self, item: Item, place: int) -> None:
        result = item.result
        if result.kind != "body" or len(result.text) < _LEAST:
            return
        for label in result.labels:
            _keep(self._typical[label], Pick(result.probabilities[label], item, place))
        for label in self._doubted(result):
            distance = abs(_log_odds(result.probabilities[label]) - _log_odds(self._looks.thresholds[label]))
            _keep(self._uncertain[label], Pick(-distance, item, place))

    def _doubted(self, result: Result) -> list[str]:
        """Return the labels that a paragraph is uncertain for; without the model, those neither likely nor unlikely."""
        if self._looks.in_doubt is None and result.uncertain:
            low, high = _LIKELY
            return [label for label, probability in result.probabilities.items() if low <= probability <= high]
        return self._looks.doubted(result)

    def _limit(self) -> int:
        """Return how many picks one document may have: as many as there are places where there are few documents."""
        return PICKS if len(self.documents) <= PICKS else _A_DOCUMENT

    def typical(self, label: str) -> list[Pick]:
        """Return the paragraphs that carry a label most clearly."""
        return _chosen(self._typical[label], self._limit())

    def uncertain(self, label: str) -> list[Pick]:
        """Return the uncertain paragraphs nearest to where a label begins to be given."""
        return _chosen(self._uncertain[label], self._limit())

    def periods(self) -> tuple[Unit, dict[str, Tally]]:
        """Return the sums by year, month or day, in order: the finest that leaves at most 36 of them.

        Dates known less exactly than the unit are left out.
        """
        units: tuple[Unit, ...] = ("day", "month", "year")
        for unit in units:
            length = _LENGTHS[unit]
            found: dict[str, Tally] = {}
            for day in sorted(self.days):
                if len(day) >= length:
                    found.setdefault(day[:length], Tally()).join(self.days[day])
            exact = sum(one.characters for one in found.values())
            dated = sum(one.characters for one in self.days.values())
            if unit == "year" or (1 < len(found) <= 36 and exact >= 0.8 * dated and _dense(found, unit)):
                return unit, found
        raise AssertionError("years always serve")

    def compared(self) -> dict[str, dict[str, Tally]]:
        """Return the columns with several values, but not so many that there is nothing to compare."""
        return {name: values for name, values in self.columns.items() if 1 < len(values) <= _MOST_VALUES}


def _dense(found: Mapping[str, Tally], unit: Unit) -> bool:
    """Tell whether the periods lie close enough together for their unit: single days over years say little."""
    first, last = min(found), max(found)
    years = int(last[:4]) - int(first[:4])
    months = years * 12 + int(last[5:7]) - int(first[5:7])
    return months <= 1 if unit == "day" else months < 36


def _keep(picks: list[Pick], pick: Pick) -> None:
    picks.append(pick)
    if len(picks) >= 2 * _CANDIDATES:
        picks.sort(key=_order)
        del picks[_CANDIDATES:]


def _chosen(picks: list[Pick], a_document: int) -> list[Pick]:
    chosen: list[Pick] = []
    texts: set[str] = set()
    documents: dict[str, int] = {}
    for pick in sorted(picks, key=_order):
        text, document = pick.item.result.text, pick.item.document
        if text in texts or documents.get(document, 0) == a_document:
            continue
        texts.add(text)
        documents[document] = documents.get(document, 0) + 1
        chosen.append(pick)
        if len(chosen) == PICKS:
            break
    return chosen


def _order(pick: Pick) -> tuple[float, int]:
    return -pick.weight, -len(pick.item.result.text)


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))
