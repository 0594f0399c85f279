"""Label documents from Python: `classifier.load().label(text)`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from classifier import places
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model import explain as why
from classifier.model.explain import Reason
from classifier.model.precision import at_precision
from classifier.model.scorer import Scorer
from classifier.model.store import StoredModel, find_model
from classifier.text.document import Document, Kind, Paragraph
from classifier.text.split import split
from classifier.text.tokens import Tokeniser

_TOPICS = 3  # leading topics named with a paragraph
_STRONG = 1.0  # from this strength on: one spread of the topic over the background


@dataclass(frozen=True)
class TopicStrength:
    """A topic that a paragraph is about. `strength`: in spreads over the background, 0 for no sign."""

    id: str
    words: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class Result:
    """A paragraph and what the model says of it.

    `start` and `end` count characters of the decoded document. `labels`: ids, the most probable first;
    empty for none. `uncertain`: some label's probability lies where decisions are too often wrong.
    `topics`: those that lead in the paragraph, the strongest first; at most three, often none.
    `reasons`: label id → what spoke for and against it; None unless asked for.
    Boilerplate (sources, credits, dates, navigation) never carries a label, whatever its words.
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

    @property
    def primary(self) -> str:
        """The first label, "none" where there is none."""
        return self.labels[0] if self.labels else NONE

    def as_row(self) -> dict[str, Any]:
        """Return it as plain data, as results are written; `reasons` only where they were asked for."""
        row = {
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
            "topics": [asdict(topic) for topic in self.topics],
            "model": self.model,
        }
        if self.reasons is not None:
            row["reasons"] = {label: asdict(reason) for label, reason in self.reasons.items()}
        return row


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model, ready to label. Get one with `classifier.load()`."""

    version: str
    taxonomy: Taxonomy
    tokeniser: Tokeniser
    scorer: Scorer
    topics: list[dict[str, Any]]
    stored: StoredModel
    notes: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The labels' ids in order."""
        return self.taxonomy.ids

    def label(self, text: str, *, explain: bool = False) -> list[Result]:
        """Split a text into paragraphs and label each; `explain` adds the reasons."""
        return self.label_document(Document("<text>", text), explain=explain)

    def label_document(self, document: Document, *, explain: bool = False) -> list[Result]:
        """Label each paragraph of a document that was read with `classifier.read`."""
        paragraphs = split(document)
        counts = [self.tokeniser.counts(one.text) for one in paragraphs]
        rows = zip(paragraphs, counts, self.scorer.probabilities(counts), strict=True)
        return [self._result(document.name, one, words, row, explain) for one, words, row in rows]

    def label_paragraph(self, text: str, name: str = "<text>", *, explain: bool = False) -> Result:
        """Label a text taken as one paragraph, whatever line breaks it has."""
        words = self.tokeniser.counts(text)
        row = self.scorer.probabilities([words])[0]
        return self._result(name, Paragraph(0, 0, len(text), text, "body"), words, row, explain)

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return each text's probabilities by label id, every text taken as one paragraph."""
        table = self.scorer.probabilities([self.tokeniser.counts(text) for text in texts])
        return [dict(zip(self.ids, row, strict=True)) for row in table.tolist()]

    def in_doubt(self, label: str, probability: float) -> bool:
        """Tell whether a probability lies where decisions on this label are too often wrong."""
        place = self.ids.index(label)
        return bool(self.scorer.low[place] <= probability < self.scorer.high[place])

    def leading_topics(self, counts: Mapping[str, int]) -> tuple[TopicStrength, ...]:
        """Return the topics that lead in a paragraph given as word counts, the strongest first."""
        strength = self.scorer.topics(counts)
        leading = [k for k in (-strength).argsort(kind="stable")[:_TOPICS] if strength[k] >= _STRONG]
        found = ((self.topics[k], float(strength[k])) for k in leading)
        return tuple(TopicStrength(topic["id"], tuple(topic["words"]), value) for topic, value in found)

    def _result(self, name: str, one: Paragraph, words: Mapping[str, int], row: Any, explain: bool) -> Result:
        labelled = one.kind != "boilerplate"
        probabilities = dict(zip(self.ids, row.tolist(), strict=True))
        given = [k for k in (-row).argsort(kind="stable") if labelled and row[k] >= self.scorer.threshold[k]]
        reasons = why.explain(self.scorer, self.tokeniser, one.text, self.topics) if explain else None
        return Result(
            file=name,
            index=one.index,
            start=one.start,
            end=one.end,
            kind=one.kind,
            text=one.text,
            labels=tuple(self.ids[k] for k in given),
            uncertain=labelled and any(self.in_doubt(label, value) for label, value in probabilities.items()),
            probabilities=probabilities,
            model=self.version,
            topics=self.leading_topics(words),
            reasons=None if reasons is None else dict(zip(self.ids, reasons, strict=True)),
        )


def load(name: str | None = None, precision: float | None = None) -> Model:
    """Load a model: a version, a folder's path, or None for the current one.

    `precision`: give labels only where such answers were right that often on unseen documents (0.5 to 0.99);
    None gives them where precision and recall balance. Where no threshold reached it, the highest that was reached
    is taken: `Model.notes` says so.
    Raises ModelError where the model is missing, damaged or of a newer format.
    """
    stored = find_model(name, places.model_folders())
    scorer, notes = at_precision(stored, precision)
    return Model(stored.version, stored.taxonomy, stored.tokeniser, scorer, stored.topics, stored, notes)
