"""Score the values of a text column, whatever they are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.api import Model, Table
from classifier.bulk.settings import Settings, Unit
from classifier.labelling.decided import Decided
from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.model.decide import Decisions, decide, decide_sentences
from classifier.text.joined_texts import Ints

Marks = NDArray[np.bool_]
_Row = TypeVar("_Row")

LONGEST = 1_000_000  # characters; whoever has a longer "paragraph" has a document
LONGEST_REPEATED = 10_000  # characters, in a row for each sentence: the output grows with their square
DIGITS = 6  # of probabilities, as `classify label` writes them
_KEPT, _KEPT_LENGTH = 10_000, 500  # repeated texts that are remembered, and their characters at most


@dataclass(frozen=True)
class Fault:
    """Stands in the place of a text that cannot be scored, and says why."""

    reason: str


@dataclass(frozen=True, eq=False)
class Scored:
    """Results of some rows, N of them. Labels are places in `ids`.

    `labels`: all rows' labels one after the other, the most probable first; row i has those from `offsets[i]` to
    `offsets[i + 1]`. `probabilities` (N × labels) are rounded; NaN where `errors` has a text.
    `characters` (labels + 1): how many characters of all texts stand in sentences with each label, and with none.
    `places`: of sentences, None where a row is a whole text. `decided`: who gave each row's labels, None where the
    model did; None as a whole where nobody's decisions were asked for.
    """

    ids: tuple[str, ...]
    model: str
    labels: Ints
    offsets: Ints
    uncertain: NDArray[np.bool_]
    probabilities: Floats
    errors: list[str | None]
    characters: Ints
    places: "Places | None" = None
    decided: Sequence[Decided | None] | None = None

    def labels_of(self, row: int) -> list[str]:
        """Return a row's labels."""
        return [self.ids[label] for label in self.labels[self.offsets[row] : self.offsets[row + 1]]]

    def every_label(self) -> list[list[str]]:
        """Return each row's labels."""
        names = [self.ids[label] for label in self.labels.tolist()]
        return [names[start:end] for start, end in pairwise(self.offsets.tolist())]

    def repeated(self, rows: Iterable[_Row]) -> Iterable[_Row]:
        """Return what there is of each row of the input as often as there are results of it."""
        if self.places is None:
            return rows
        known = list(rows)
        return [known[row] for row in self.places.rows.tolist()]

    def primary(self) -> list[str]:
        """Return each row's first label, "none" where there is none."""
        some = np.diff(self.offsets) > 0
        first = np.full(len(some), len(self.ids))
        first[some] = self.labels[self.offsets[:-1][some]]
        names = [*self.ids, NONE]
        return [names[label] for label in first.tolist()]

    def counts(self) -> Counter[str]:
        """Return how many rows there are, are uncertain, have an error, have each label or none.

        Under "in work_style", "in none": the characters of sentences with that label, and with none.
        """
        times = np.bincount(self.labels, minlength=len(self.ids)).tolist()
        none = int((np.diff(self.offsets) == 0).sum())
        errors = sum(error is not None for error in self.errors)
        names = (*self.ids, NONE)
        named = {f"label {name}": n for name, n in zip(names, (*times, none), strict=True)}
        inside = {f"in {name}": n for name, n in zip(names, self.characters.tolist(), strict=True)}
        facts = {"rows": len(self.errors), "uncertain": int(self.uncertain.sum()), "errors": errors}
        return Counter(facts | named | inside)


@dataclass(frozen=True, eq=False)
class Places:
    """Where M sentences stand: in the text of row `rows[i]`, from `starts[i]` to `ends[i]`, counted in characters.

    A text that could not be scored counts for one sentence, whose start and end are -1. Rows rise.
    """

    rows: Ints
    starts: Ints
    ends: Ints

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which are no sentences (M)."""
        return self.starts < 0


@dataclass(frozen=True, eq=False)
class Results:
    """What there is to say of some rows: of their texts, and of the sentences in these where that was asked for."""

    texts: Scored
    sentences: Scored | None = None

    def of(self, unit: Unit) -> Scored:
        """Return the results that are written a row each."""
        return self.sentences if unit is Unit.sentence and self.sentences is not None else self.texts


@dataclass(frozen=True, eq=False)
class ScoringModel:
    """A model and the results of texts that came again and again (boilerplate), a bounded number of them."""

    model: Model
    kept: dict[str, tuple[Floats, bool, Ints]] = field(default_factory=dict)

    def score(self, values: Sequence[Any], unlabelled: Marks | None = None) -> Scored:
        """Return the results of some rows: texts, Faults, or anything else that a text column may hold.

        Rows that are `unlabelled` (boilerplate of a document) get probabilities, but never a label.
        """
        errors, good = _sorted_out(values)
        table = self._table([values[place] for place in good])
        return self._scored(values, errors, good, table, unlabelled)

    def results(self, values: Sequence[Any], unlabelled: Marks | None, settings: Settings) -> Results:
        """Return what the settings ask for of some rows."""
        if settings.unit is Unit.sentence:
            values = [_not_too_long(value) for value in values]
        elif not settings.sentences:
            return Results(self.score(values, unlabelled))
        return self.score_sentences(values, unlabelled)

    def score_sentences(self, values: Sequence[Any], unlabelled: Marks | None = None) -> Results:
        """Return the results of rows and of each row's sentences; among these a row with an error is there once."""
        errors, good = _sorted_out(values)
        table, sentences = self.model.tables([values[place] for place in good])
        whole = self._scored(values, errors, good, table, unlabelled)
        faulty = np.array([error is not None for error in errors], bool)
        times = np.ones(len(values), np.int64)
        times[good] = np.diff(sentences.offsets)
        of_good = np.repeat(good, np.diff(sentences.offsets)).astype(np.int64)
        sound = ~faulty.take(of_good)
        times[faulty] = 1
        rows = np.repeat(np.arange(len(values)), times)
        found = np.flatnonzero(~faulty.take(rows))
        probabilities = np.full((len(rows), len(self.model.ids)), np.nan)
        probabilities[found] = sentences.probabilities[sound]
        starts, ends = np.full(len(rows), -1), np.full(len(rows), -1)
        starts[found], ends[found] = sentences.starts[sound], sentences.ends[sound]
        labelled = ~faulty if unlabelled is None else ~faulty & ~unlabelled
        decided = decide_sentences(self.model.scorer, probabilities, labelled.take(rows))
        of_sentences = self._with(decided, probabilities, [errors[row] for row in rows.tolist()], whole.characters)
        return Results(whole, replace(of_sentences, places=Places(rows, starts, ends)))

    def _scored(
        self,
        values: Sequence[Any],
        errors: list[str | None],
        good: list[int],
        table: Table,
        unlabelled: Marks | None,
    ) -> Scored:
        """Return the results of rows; `good` are those that `table` has. Notes what it could not score in `errors`."""
        for place, some in zip(good, table.worded.tolist(), strict=True):
            if not some:
                errors[place] = "the text holds no Chinese words"
        whole = np.full((len(errors), len(self.model.ids)), np.nan)
        whole[good] = table.probabilities
        sound = np.array([error is None for error in errors], bool)
        whole[~sound] = np.nan
        labelled = sound if unlabelled is None else sound & ~unlabelled
        decided = decide(self.model.scorer, whole, labelled)
        characters = table.characters
        if unlabelled is not None:
            bare = np.flatnonzero(unlabelled[good])
            characters[bare] = 0
            characters[bare, -1] = [len(values[good[place]]) for place in bare.tolist()]
        characters = characters[table.worded]
        return self._with(decided, whole, errors, characters.sum(axis=0))

    def _with(self, decided: Decisions, table: Floats, errors: list[str | None], characters: Ints) -> Scored:
        return Scored(
            self.model.ids,
            self.model.version,
            decided.order[decided.given],
            np.concatenate([[0], decided.given.sum(axis=1).cumsum()]),
            decided.uncertain,
            table.round(DIGITS),
            errors,
            characters,
        )

    def _table(self, texts: Sequence[str]) -> Table:
        """Return what the model says of texts; one that stands twice is scored once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        if len(places) == len(texts) and not self.kept:
            return self.model.table(texts)
        kept = self.kept
        fresh = [text for text in places if text not in kept]
        scored, size = self.model.table(fresh), len(self.model.ids)
        table = Table(
            np.empty((len(places), size)), np.empty(len(places), bool), np.empty((len(places), size + 1), np.int64)
        )
        new = [places[text] for text in fresh]
        table.probabilities[new], table.worded[new], table.characters[new] = _row(scored, slice(None))
        if len(fresh) < len(places):
            for text, place in places.items():
                if text in kept:
                    table.probabilities[place], table.worded[place], table.characters[place] = kept[text]
        if len(places) < len(texts):
            self._keep(texts, places, table)
        return Table(*_row(table, [places[text] for text in texts]))

    def _keep(self, texts: Sequence[str], places: dict[str, int], table: Table) -> None:
        """Remember the short texts that stand in this lot more than once."""
        if len(self.kept) > _KEPT:
            self.kept.clear()
        for text, times in Counter(texts).items():
            if times > 1 and len(text) <= _KEPT_LENGTH:
                probabilities, worded, characters = _row(table, places[text])
                self.kept[text] = (probabilities.copy(), bool(worded), characters.copy())


def _row(table: Table, which: Any) -> tuple[Any, Any, Any]:
    return table.probabilities[which], table.worded[which], table.characters[which]


def _not_too_long(value: Any) -> Any:
    """Return a value, or a Fault for a text that would stand in the output too often, once a sentence."""
    if type(value) is not str or len(value) <= LONGEST_REPEATED:
        return value
    return Fault(
        f"the text has {len(value):,} characters, over {LONGEST_REPEATED:,}, and would stand in a row for each of its "
        "sentences: split the document into paragraphs first"
    )


def _sorted_out(values: Sequence[Any]) -> tuple[list[str | None], list[int]]:
    """Return why each value cannot be scored, None where it can, and the places of those that can."""
    errors: list[str | None] = [
        None if type(value) is str and 0 < len(value) <= LONGEST and not value.isspace() else fault(value)
        for value in values  # most are sound, and a call for each would be felt
    ]
    return errors, [place for place, error in enumerate(errors) if error is None]


def fault(value: Any) -> str | None:
    """Say why a value cannot be scored, None where it can."""
    if type(value) is str:
        if not value or value.isspace():
            return "the text is empty"
        if len(value) > LONGEST:
            return f"the text has {len(value):,} characters, over {LONGEST:,}: split the document into paragraphs first"
        return None
    if isinstance(value, Fault):
        return value.reason
    if value is None:
        return "the text is null"
    kinds = ((bool, "true or false"), ((int, float), "a number"), (list, "a list"), (dict, "an object"))
    kind = next((name for types, name in kinds if isinstance(value, types)), type(value).__name__)
    return f"the text is {kind}, not a text"
