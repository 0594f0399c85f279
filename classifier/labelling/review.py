"""One paragraph after the other, each decided by a key: the course of a review, without its screen."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from classifier.errors import LabelError
from classifier.labelling.candidates import Candidate
from classifier.labelling.decision import Decision
from classifier.labelling.folder.session import Session, StaleError, version
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_places import labelled_in, stretch_version, tiles

Labels = tuple[str, ...]
CONFIRM = ("\r", "\n", " ")
ASIDE_KEYS = {"d": "doubtful", "x": "discarded"}
ALL_THE_SAME = "w"  # stores over what came meanwhile: no key that may have been typed ahead
SENTENCES = "t"  # takes up the paragraph's sentences one by one, and the paragraph as a whole again
LEAVE = ("q", "\x03", "\x04")  # Ctrl-C and Ctrl-D, where the terminal hands them over


@dataclass
class Review:
    """Paragraphs with a model's answers, being decided by a person.

    `suggested`: label ids a paragraph. `labels`: what would be confirmed now; the first digit takes the place of
    the suggestion, further digits add or take away. Every confirmed decision is on disk before the next is shown.
    `counts`: what is decided already on the paragraph shown, None for nothing; `late`: it was decided while the
    paragraph was shown, and what was to be confirmed then is not stored.
    `sentences`: those of the paragraph shown, with what is decided on each; `sentence`: which of them is being decided
    on, None for the paragraph as a whole. `told`: what the model says of a paragraph's sentences, by place.
    """

    items: Sequence[Candidate]
    suggested: Sequence[Labels]
    ids: Labels
    session: Session
    by: str = ""
    model: str = ""
    place: int = 0
    past: list[bool] = field(default_factory=list)  # for each paragraph gone by: whether it was decided (not skipped)
    counts: LabelledParagraph | None = None
    late: bool = False
    told: Sequence[Mapping[tuple[int, int], Labels]] = ()
    sentences: tuple[LabelledSentence, ...] = ()
    sentence: int | None = None
    corrected: list[int] = field(default_factory=list)  # for each decision on a sentence: its paragraph's place
    _labels: Labels | None = None
    _aside: str = ""

    def __post_init__(self) -> None:
        """Look what is decided on the first paragraph."""
        self._look()

    @property
    def labels(self) -> Labels:
        """What would be confirmed now."""
        if self._labels is not None:
            return self._labels
        if self.sentence is not None:
            return self.labels_of(self.sentences[self.sentence])
        if self.counts is not None and self.counts.judged and not self.counts.aside:
            return self.counts.labels
        return self.suggested[self.place]

    def labels_of(self, sentence: LabelledSentence) -> Labels:
        """Return what is decided on a sentence of the paragraph shown, else what the model says of it."""
        told = self.told[self.place] if self.told else {}
        return told.get((sentence.start, sentence.end), ()) if sentence.labels is None else sentence.labels

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
        elif key in ASIDE_KEYS and not self.late and self.sentence is None:
            self._store((), ASIDE_KEYS[key])
        elif key == SENTENCES:
            self._look(0 if self.sentence is None else None)
        elif key == "s" and self.sentence is None:
            self._next(decided=False)
        elif key == "s":
            self._look(self._following())
        elif key == "u":
            self._back()
        return not self.done

    def _toggle(self, digit: int) -> None:
        self._aside = ""
        if digit == 0:
            self._labels = ()
            return
        label, now = self.ids[digit - 1], self._labels or ()
        self._labels = tuple(one for one in now if one != label) if label in now else (*now, label)

    def _store(self, labels: Labels, aside: str) -> None:
        if self.sentence is not None:
            self._store_sentence(self.sentences[self.sentence], labels)
            return
        item, suggested = self.items[self.place], self.suggested[self.place]
        facts = {**item.facts, "suggested": list(suggested), "suggested_by": self.model}
        decision = Decision(labels, item.text, doc=item.doc, by=self.by, aside=aside, facts=facts)
        try:
            self.session.confirm(decision, seen=version(self.counts))
        except StaleError as stale:  # it stays on the screen, beside what counts now
            self._labels, self._aside, self.counts, self.late = labels, aside, stale.counts, True
            return
        self._next(decided=True)

    def _store_sentence(self, sentence: LabelledSentence, labels: Labels) -> None:
        item = self.items[self.place]
        sentences = (LabelledSentence(sentence.start, sentence.end, labels),)
        decision = Decision(
            (), item.text, doc=item.doc, by=self.by, facts=item.facts, sentences=sentences, judged=False
        )
        try:
            self.session.confirm(decision, seen=stretch_version(self.sentences, sentence.start, sentence.end))
        except StaleError as stale:
            self._cut(stale.counts)
            self.sentence = next(
                k for k, other in enumerate(self.sentences) if other.meets(sentence.start, sentence.end)
            )
            self._labels, self.late = labels, True
            return
        self.corrected.append(self.place)
        self._look(self._following())

    def _following(self) -> int | None:
        """Return which sentence comes next; None behind the last one: the paragraph as a whole."""
        return self.sentence + 1 if self.sentence is not None and self.sentence + 1 < len(self.sentences) else None

    def _next(self, decided: bool) -> None:
        self.past.append(decided)
        self.place += 1
        self._look()

    def _back(self) -> None:
        """Take the last decision back: on a sentence of this paragraph, else on the paragraph before."""
        on_sentence = bool(self.corrected) and self.corrected[-1] == self.place
        if not on_sentence and not self.past:
            return
        if on_sentence:
            self.corrected.pop()
        if on_sentence or self.past.pop():
            with suppress(LabelError):  # somebody took the whole batch back meanwhile
                self.session.take_back()
        self.place -= not on_sentence
        self._look(self.sentence if on_sentence else None)

    def _look(self, sentence: int | None = None) -> None:
        """See what is decided on the paragraph, and take up one of its sentences, or the whole."""
        self._labels, self._aside, self.late, self.counts, self.sentence = None, "", False, None, sentence
        if not self.done:
            key = self.items[self.place].undecided().key
            self._cut(self.session.labels.remembered.by_key().get(key))

    def _cut(self, counts: LabelledParagraph | None) -> None:
        text = self.items[self.place].text
        self.counts, self.sentences = counts, tiles(text, labelled_in(counts, text))
        if self.sentence is not None and self.sentence >= len(self.sentences):
            self.sentence = None
