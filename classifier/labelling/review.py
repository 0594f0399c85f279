"""One paragraph after the other, each decided by a key: the course of a review, without its screen."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from classifier.errors import LabelError
from classifier.labelling.candidates import Candidate
from classifier.labelling.decision import Decision
from classifier.labelling.folder.session import Session

CONFIRM = ("\r", "\n", " ")
ASIDE_KEYS = {"d": "doubtful", "x": "discarded"}
LEAVE = ("q", "\x03", "\x04")  # Ctrl-C and Ctrl-D, where the terminal hands them over


@dataclass
class Review:
    """Paragraphs with a model's answers, being decided by a person.

    `suggested`: label ids a paragraph. `labels`: what would be confirmed now; the first digit takes the place of
    the suggestion, further digits add or take away. Every confirmed decision is on disk before the next is shown.
    """

    items: Sequence[Candidate]
    suggested: Sequence[tuple[str, ...]]
    ids: tuple[str, ...]
    session: Session
    by: str = ""
    model: str = ""
    place: int = 0
    past: list[bool] = field(default_factory=list)  # for each paragraph gone by: whether it was decided (not skipped)
    _labels: tuple[str, ...] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What would be confirmed now."""
        return self.suggested[self.place] if self._labels is None else self._labels

    @property
    def done(self) -> bool:
        """Whether every paragraph has gone by."""
        return self.place >= len(self.items)

    @property
    def decided(self) -> int:
        """How many decisions are stored."""
        return sum(self.past)

    def press(self, key: str) -> bool:
        """Do what a key says; return False where the review is over."""
        if key in LEAVE:
            return False
        if key.isascii() and key.isdigit() and int(key) <= len(self.ids):
            self._toggle(int(key))
        elif key in CONFIRM:
            self._store(self.labels, "")
        elif key in ASIDE_KEYS:
            self._store((), ASIDE_KEYS[key])
        elif key == "s":
            self._next(decided=False)
        elif key == "u" and self.past:
            self._back()
        return not self.done

    def _toggle(self, digit: int) -> None:
        if digit == 0:
            self._labels = ()
            return
        label, now = self.ids[digit - 1], self._labels or ()
        self._labels = tuple(one for one in now if one != label) if label in now else (*now, label)

    def _store(self, labels: tuple[str, ...], aside: str) -> None:
        item, suggested = self.items[self.place], self.suggested[self.place]
        facts = {**item.facts, "suggested": list(suggested), "suggested_by": self.model}
        self.session.confirm(Decision(labels, item.text, doc=item.doc, by=self.by, aside=aside, facts=facts))
        self._next(decided=True)

    def _next(self, decided: bool) -> None:
        self.past.append(decided)
        self.place += 1
        self._labels = None

    def _back(self) -> None:
        if self.past.pop():
            with suppress(LabelError):  # somebody took the whole batch back meanwhile
                self.session.take_back()
        self.place -= 1
        self._labels = None
