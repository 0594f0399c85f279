"""One paragraph after the other, each decided by a key: the course of a review, without its screen."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from classifier.errors import LabelError
from classifier.labelling.candidates import Candidate
from classifier.labelling.decision import Decision
from classifier.labelling.folder.session import Session, StaleError, version
from classifier.labelling.labelled_paragraph import LabelledParagraph

CONFIRM = ("\r", "\n", " ")
ASIDE_KEYS = {"d": "doubtful", "x": "discarded"}
ALL_THE_SAME = "w"  # stores over what came meanwhile: no key that may have been typed ahead
LEAVE = ("q", "\x03", "\x04")  # Ctrl-C and Ctrl-D, where the terminal hands them over


@dataclass
class Review:
    """Paragraphs with a model's answers, being decided by a person.

    `suggested`: label ids a paragraph. `labels`: what would be confirmed now; the first digit takes the place of
    the suggestion, further digits add or take away. Every confirmed decision is on disk before the next is shown.
    `counts`: what is decided already on the paragraph shown, None for nothing; `late`: it was decided while the
    paragraph was shown, and what was to be confirmed then is not stored.
    """

    items: Sequence[Candidate]
    suggested: Sequence[tuple[str, ...]]
    ids: tuple[str, ...]
    session: Session
    by: str = ""
    model: str = ""
    place: int = 0
    past: list[bool] = field(default_factory=list)  # for each paragraph gone by: whether it was decided (not skipped)
    counts: LabelledParagraph | None = None
    late: bool = False
    _labels: tuple[str, ...] | None = None
    _aside: str = ""

    def __post_init__(self) -> None:
        """Look what is decided on the first paragraph."""
        self._look()

    @property
    def labels(self) -> tuple[str, ...]:
        """What would be confirmed now."""
        if self._labels is not None:
            return self._labels
        if self.counts is not None and not self.counts.aside:
            return self.counts.labels
        return self.suggested[self.place]

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
        elif self.late and key == ALL_THE_SAME:
            self._store(self.labels, self._aside)
        elif key in CONFIRM and not self.late:
            self._store(self.labels, "")
        elif key in ASIDE_KEYS and not self.late:
            self._store((), ASIDE_KEYS[key])
        elif key == "s":
            self._next(decided=False)
        elif key == "u" and self.past:
            self._back()
        return not self.done

    def _toggle(self, digit: int) -> None:
        self._aside = ""
        if digit == 0:
            self._labels = ()
            return
        label, now = self.ids[digit - 1], self._labels or ()
        self._labels = tuple(one for one in now if one != label) if label in now else (*now, label)

    def _store(self, labels: tuple[str, ...], aside: str) -> None:
        item, suggested = self.items[self.place], self.suggested[self.place]
        facts = {**item.facts, "suggested": list(suggested), "suggested_by": self.model}
        decision = Decision(labels, item.text, doc=item.doc, by=self.by, aside=aside, facts=facts)
        try:
            self.session.confirm(decision, seen=version(self.counts))
        except StaleError as stale:  # it stays on the screen, beside what counts now
            self._labels, self._aside, self.counts, self.late = labels, aside, stale.counts, True
            return
        self._next(decided=True)

    def _next(self, decided: bool) -> None:
        self.past.append(decided)
        self.place += 1
        self._look()

    def _back(self) -> None:
        if self.past.pop():
            with suppress(LabelError):  # somebody took the whole batch back meanwhile
                self.session.take_back()
        self.place -= 1
        self._look()

    def _look(self) -> None:
        self._labels, self._aside, self.late, self.counts = None, "", False, None
        if not self.done:
            key = self.items[self.place].undecided().key
            self.counts = self.session.labels.remembered.by_key().get(key)
