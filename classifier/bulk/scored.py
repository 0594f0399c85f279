"""Score the values of a text column, whatever they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.api import Model
from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.model.decide import decide
from classifier.text.words import Ints

LONGEST = 1_000_000  # characters; whoever has a longer "paragraph" has a document
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
    """

    ids: tuple[str, ...]
    model: str
    labels: Ints
    offsets: Ints
    uncertain: NDArray[np.bool_]
    probabilities: Floats
    errors: list[str | None]

    def labels_of(self, row: int) -> list[str]:
        """Return a row's labels."""
        return [self.ids[label] for label in self.labels[self.offsets[row] : self.offsets[row + 1]]]

    def primary(self) -> list[str]:
        """Return each row's first label, "none" where there is none."""
        some = np.diff(self.offsets) > 0
        first = np.full(len(some), len(self.ids))
        first[some] = self.labels[self.offsets[:-1][some]]
        names = [*self.ids, NONE]
        return [names[label] for label in first.tolist()]

    def counts(self) -> Counter[str]:
        """Return how many rows there are, are uncertain, have an error, have each label or none."""
        times = np.bincount(self.labels, minlength=len(self.ids)).tolist()
        none = int((np.diff(self.offsets) == 0).sum())
        errors = sum(error is not None for error in self.errors)
        named = {f"label {name}": n for name, n in zip((*self.ids, NONE), (*times, none), strict=True)}
        return Counter({"rows": len(self.errors), "uncertain": int(self.uncertain.sum()), "errors": errors, **named})


@dataclass(frozen=True, eq=False)
class ScoringModel:
    """A model and the results of texts that came again and again (boilerplate), a bounded number of them."""

    model: Model
    kept: dict[str, tuple[Floats, bool]] = field(default_factory=dict)

    def score(self, values: Sequence[Any], unlabelled: NDArray[np.bool_] | None = None) -> Scored:
        """Return the results of some rows: texts, Faults, or anything else that a text column may hold.

        Rows that are `unlabelled` (boilerplate of a document) get probabilities, but never a label.
        """
        errors: list[str | None] = [
            None if type(value) is str and 0 < len(value) <= LONGEST and not value.isspace() else fault(value)
            for value in values  # most are sound, and a call for each would be felt
        ]
        good = [place for place, error in enumerate(errors) if error is None]
        table, worded = self._table([values[place] for place in good])
        for place, some in zip(good, worded.tolist(), strict=True):
            if not some:
                errors[place] = "the text holds no Chinese words"
        whole = np.full((len(values), table.shape[1]), np.nan)
        whole[good] = table
        sound = np.array([error is None for error in errors], bool)
        whole[~sound] = np.nan
        decided = decide(self.model.scorer, whole, sound if unlabelled is None else sound & ~unlabelled)
        return Scored(
            self.model.ids,
            self.model.version,
            decided.order[decided.given],
            np.concatenate([[0], decided.given.sum(axis=1).cumsum()]),
            decided.uncertain,
            whole.round(DIGITS),
            errors,
        )

    def _table(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return probabilities and which texts hold words; a text that stands twice is scored once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        if len(places) == len(texts) and not self.kept:
            scored = self.model.table(texts)
            return scored.probabilities, scored.worded
        kept = self.kept
        fresh = [text for text in places if text not in kept]
        scored = self.model.table(fresh)
        table, worded = np.empty((len(places), len(self.model.ids))), np.empty(len(places), bool)
        new = [places[text] for text in fresh]
        table[new], worded[new] = scored.probabilities, scored.worded
        if len(fresh) < len(places):
            for text, place in places.items():
                if text in kept:
                    table[place], worded[place] = kept[text]
        which = [places[text] for text in texts]
        if len(places) < len(texts):
            self._keep(texts, places, table, worded)
        return table[which], worded[which]

    def _keep(self, texts: Sequence[str], places: dict[str, int], table: Floats, worded: NDArray[np.bool_]) -> None:
        """Remember the short texts that stand in this lot more than once."""
        if len(self.kept) > _KEPT:
            self.kept.clear()
        for text, times in Counter(texts).items():
            if times > 1 and len(text) <= _KEPT_LENGTH:
                place = places[text]
                self.kept[text] = (table[place].copy(), bool(worded[place]))


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
