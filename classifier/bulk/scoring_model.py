"""Score the values of a text column, whatever they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.api import Model, Table
from classifier.bulk.chunk import Fault
from classifier.bulk.row_results import ChunkResults, RowResults, SentencePlaces
from classifier.bulk.settings import Settings, Unit
from classifier.model.arithmetic import Floats
from classifier.model.decide import Decisions, decide, decide_sentences
from classifier.text.joined_texts import Ints

Marks = NDArray[np.bool_]

LONGEST = 1_000_000  # characters; whoever has a longer "paragraph" has a document
LONGEST_REPEATED = 10_000  # characters, in a row for each sentence: the output grows with their square
DIGITS = 6  # of probabilities, as `classify label` writes them
_KEPT, _KEPT_LENGTH = 10_000, 500  # repeated texts that are remembered, and their characters at most


@dataclass(frozen=True, eq=False)
class ScoringModel:
    """A model and the results of texts that came again and again (boilerplate), a bounded number of them."""

    model: Model
    kept: dict[str, tuple[Floats, bool, Ints, int]] = field(default_factory=dict)

    def score(self, values: Sequence[Any], unlabelled: Marks | None = None) -> RowResults:
        """Return the results of some rows: texts, Faults, or anything else that a text column may hold.

        Rows that are `unlabelled` (boilerplate of a document) get probabilities, but never a label.
        """
        errors, sound_rows = _sorted_out(values)
        table = self._table([values[place] for place in sound_rows])
        return self._row_results(values, errors, sound_rows, table, unlabelled)

    def results(self, values: Sequence[Any], unlabelled: Marks | None, settings: Settings) -> ChunkResults:
        """Return what the settings ask for of some rows."""
        if settings.unit is Unit.sentence:
            values = [_not_too_long(value) for value in values]
        elif not settings.sentences:
            return ChunkResults(self.score(values, unlabelled))
        return self.score_sentences(values, unlabelled)

    def score_sentences(self, values: Sequence[Any], unlabelled: Marks | None = None) -> ChunkResults:
        """Return the results of rows and of each row's sentences; among these a row with an error is there once."""
        errors, sound_rows = _sorted_out(values)
        table, sentences = self.model.tables([values[place] for place in sound_rows])
        text_results = self._row_results(values, errors, sound_rows, table, unlabelled)
        faulty = np.array([error is not None for error in errors], bool)
        times = np.ones(len(values), np.int64)
        times[sound_rows] = np.diff(sentences.offsets)
        of_good = np.repeat(sound_rows, np.diff(sentences.offsets)).astype(np.int64)
        still_sound = ~faulty.take(of_good)
        times[faulty] = 1
        rows = np.repeat(np.arange(len(values)), times)
        scored_rows = np.flatnonzero(~faulty.take(rows))
        probabilities = np.full((len(rows), len(self.model.ids)), np.nan)
        probabilities[scored_rows] = sentences.probabilities[still_sound]
        starts, ends = np.full(len(rows), -1), np.full(len(rows), -1)
        starts[scored_rows], ends[scored_rows] = sentences.starts[still_sound], sentences.ends[still_sound]
        labelled = ~faulty if unlabelled is None else ~faulty & ~unlabelled
        known_words = np.zeros(len(values), np.int64)
        known_words[sound_rows] = table.known_words
        decisions = decide_sentences(self.model.scorer, probabilities, labelled.take(rows), known_words.take(rows))
        sentence_results = self._with_decisions(
            decisions, probabilities, [errors[row] for row in rows.tolist()], text_results.characters
        )
        return ChunkResults(text_results, replace(sentence_results, places=SentencePlaces(rows, starts, ends)))

    def _row_results(
        self,
        values: Sequence[Any],
        errors: list[str | None],
        sound_rows: list[int],
        table: Table,
        unlabelled: Marks | None,
    ) -> RowResults:
        """Return the results of rows, of which `table` has the `sound_rows`; put down in `errors` what has no words."""
        rows = np.array(sound_rows, np.int64)
        for row in rows[~table.worded].tolist():
            errors[row] = "the text holds no Chinese words"
        sound = np.zeros(len(errors), bool)
        sound[rows] = table.worded
        probabilities = np.full((len(errors), len(self.model.ids)), np.nan)
        probabilities[sound] = table.probabilities[table.worded]
        labelled = sound if unlabelled is None else sound & ~unlabelled
        known_words = np.zeros(len(errors), np.int64)
        known_words[sound_rows] = table.known_words
        decisions = decide(self.model.scorer, probabilities, labelled, known_words)
        characters = table.characters
        if unlabelled is not None:
            unlabelled_places = np.flatnonzero(unlabelled[sound_rows])
            characters[unlabelled_places] = 0
            characters[unlabelled_places, -1] = [len(values[sound_rows[place]]) for place in unlabelled_places.tolist()]
        characters = characters[table.worded]
        return self._with_decisions(decisions, probabilities, errors, characters.sum(axis=0))

    def _with_decisions(
        self, decided: Decisions, table: Floats, errors: list[str | None], characters: Ints
    ) -> RowResults:
        return RowResults(
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
        places, kept = dict.fromkeys(texts, 0), self.kept
        if len(places) == len(texts) and not kept:
            return self.model.table(texts)
        places = {text: place for place, text in enumerate(places)}
        fresh = [text for text in places if text not in kept]
        scored, size = self.model.table(fresh), len(self.model.ids)
        table = Table(
            np.empty((len(places), size)), np.empty(len(places), bool), np.empty((len(places), size + 1), np.int64),
            np.empty(len(places), np.int64),
        )  # fmt: skip
        new = [places[text] for text in fresh]
        table.probabilities[new], table.worded[new], table.characters[new], table.known_words[new] = _row(
            scored, slice(None)
        )
        if len(fresh) < len(places):
            for text, place in places.items():
                if text in kept:
                    (
                        table.probabilities[place], table.worded[place], table.characters[place],
                        table.known_words[place],
                    ) = kept[text]  # fmt: skip
        if len(places) < len(texts):
            self._keep(texts, places, table)
        return Table(*_row(table, [places[text] for text in texts]))

    def _keep(self, texts: Sequence[str], places: dict[str, int], table: Table) -> None:
        """Remember the short texts that stand in this lot more than once."""
        if len(self.kept) > _KEPT:
            self.kept.clear()
        for text, times in Counter(texts).items():
            if times > 1 and len(text) <= _KEPT_LENGTH:
                probabilities, worded, characters, known = _row(table, places[text])
                self.kept[text] = (probabilities.copy(), bool(worded), characters.copy(), int(known))


def _row(table: Table, which: Any) -> tuple[Any, Any, Any, Any]:
    return table.probabilities[which], table.worded[which], table.characters[which], table.known_words[which]


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
