"""What a model says of a paragraph and of its sentences: the results of `classifier.load().label(text)`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from classifier.documents.notes import Note
from classifier.json_types import JsonDict
from classifier.labelling.decided import Decided
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.model.explain import Reason
from classifier.text.paragraph import Kind


@dataclass(frozen=True)
class TopicStrength:
    """A topic that a paragraph is about. `strength`: in spreads over the background, 0 for no sign."""

    id: str
    words: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class SentenceResult:
    """A sentence of a paragraph: `start` and `end` count characters of the paragraph's text.

    `labels`: ids, the most probable first; empty for none. `uncertain`: some label's probability lies where decisions
    are too often wrong. `probabilities`: label id → calibrated probability. `decided`: who gave the labels where a
    person did (`classifier.with_decisions`), to the sentence or to its paragraph; the probabilities stay the model's.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    uncertain: bool
    probabilities: Mapping[str, float]
    decided: Decided | None = None

    def as_row(self) -> JsonDict:
        """Return the sentence as a JSON object, as results are written: all fields, probabilities to 6 places.

        `decided` is there only where a person decided.
        """
        row: JsonDict = {
            "start": self.start,
            "end": self.end,
            "labels": list(self.labels),
            "uncertain": self.uncertain,
            "probabilities": {label: round(value, 6) for label, value in self.probabilities.items()},
        }
        return row if self.decided is None else row | {"decided": self.decided.as_row()}


@dataclass(frozen=True)
class Within:
    """Where a sentence that stands as a result of its own is from: its paragraph's text, and where it begins in it."""

    paragraph: str
    start: int


@dataclass(frozen=True)
class Result:
    """A paragraph and what the model says of it.

    `start` and `end` count characters of the decoded document. `labels`: ids, the most probable first;
    empty for none. `uncertain`: some label's probability lies where decisions are too often wrong, or a label was given
    for a single word.
    `page`: where the paragraph begins, from 1; None where the format has no fixed pages. `recognised`: read from a
    picture by OCR, so characters may be wrong. `notes`: what the reader left out of the document, or could not be sure
    of; they stand with its first paragraph only.
    `cells`: heading → cell, what else stands in the row of a table that was read as a document: its date, its place.
    `topics`: those that lead in the paragraph, the strongest first; at most three, often none.
    `reasons`: label id → what spoke for and against it; None unless asked for.
    `sentences`: what it says of each sentence, in order; None unless asked for.
    `evidence` (labels × 6): what the probabilities come from, by which `Model.reasons` needs no second prediction.
    `decided`: who gave the labels where a person did (`classifier.with_decisions`); `probabilities`, `topics` and
    `reasons` stay the model's.
    `similar`: the labelled paragraphs most like it, at most three, () where none is like it; None unless asked for
    (`classifier.with_similar`).
    `within`: of a sentence (`by_sentence`), the paragraph that it stands in; None of a paragraph.
    Boilerplate (sources, credits, dates, navigation) never carries a label of the model's, whatever its words.
    """

    file: str
    index: int
    start: int
    end: int
    kind: Kind
    text: str
    labels: tuple[str, ...]
    uncertain: bool
    probabilities: Mapping[str, float]
    model: str
    topics: tuple[TopicStrength, ...] = ()
    reasons: Mapping[str, Reason] | None = None
    page: int | None = None
    recognised: bool = False
    notes: tuple[Note, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple[SentenceResult, ...] | None = None
    decided: Decided | None = None
    similar: tuple[SimilarParagraph, ...] | None = None
    within: Within | None = None
    evidence: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def shares(self) -> dict[str, float] | None:
        """Label id → the share of the paragraph's characters in sentences that carry it; None without sentences."""
        if self.sentences is None:
            return None
        size = sum(sentence.end - sentence.start for sentence in self.sentences) or 1
        return {
            label: sum(sentence.end - sentence.start for sentence in self.sentences if label in sentence.labels) / size
            for label in self.probabilities
        }

    @property
    def in_paragraph(self) -> tuple[str, int, int]:
        """Its paragraph's text, and where it begins and ends in that: all of it, unless it is a sentence."""
        whole = self.within or Within(self.text, 0)
        return whole.paragraph, whole.start, whole.start + len(self.text)

    @property
    def primary(self) -> str:
        """The first label, "none" where there is none."""
        return self.labels[0] if self.labels else NONE

    def by_sentence(self) -> "list[Result]":
        """Return a result for each sentence, in order, with its own place, text, labels and probabilities.

        Topics, reasons and what is similar are a paragraph's and are left out; notes stay with the first. The result
        itself, alone, where `sentences` is None.
        """
        if self.sentences is None:
            return [self]
        return [
            replace(
                self, start=self.start + sentence.start, end=self.start + sentence.end,
                text=self.text[sentence.start : sentence.end], labels=sentence.labels, uncertain=sentence.uncertain,
                probabilities=sentence.probabilities, topics=(), reasons=None, notes=() if number else self.notes,
                sentences=None, decided=sentence.decided, similar=None, within=Within(self.text, sentence.start),
                evidence=None,
            )
            for number, sentence in enumerate(self.sentences)
        ]  # fmt: skip

    def as_row(self) -> JsonDict:
        """Return the paragraph as a JSON object, as results are written: probabilities to 6 places, shares to 4.

        `decided`, `page`, `recognised`, `notes`, `cells`, `reasons`, `similar`, `sentences` and `shares` are there only
        where there is something to say.
        """
        row: JsonDict = {
            "file": self.file,
            "index": self.index,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "text": self.text,
            "labels": list(self.labels),
            "primary": self.primary,
            "uncertain": self.uncertain,
            "probabilities": {label: round(value, 6) for label, value in self.probabilities.items()},
            "topics": [{"id": topic.id, "words": topic.words, "strength": topic.strength} for topic in self.topics],
            "model": self.model,
        }
        if self.decided is not None:
            row["decided"] = self.decided.as_row()
        if self.page is not None:
            row["page"] = self.page
        if self.recognised:
            row["recognised"] = True
        if self.notes:
            row["notes"] = [note.as_row() for note in self.notes]
        if self.cells:
            row["cells"] = dict(self.cells)
        if self.reasons is not None:
            row["reasons"] = {label: reason.as_row() for label, reason in self.reasons.items()}
        if self.similar is not None:
            row["similar"] = [one.as_row() for one in self.similar]
        if self.sentences is not None:
            row["sentences"] = [sentence.as_row() for sentence in self.sentences]
            row["shares"] = {label: round(share, 4) for label, share in (self.shares or {}).items()}
        return row
