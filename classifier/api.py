"""Label documents from Python: `classifier.load().label(text)`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from classifier import places
from classifier.documents.document import Document
from classifier.documents.notes import Note
from classifier.json_types import JsonDict
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model import explain as why
from classifier.model.arithmetic import Floats
from classifier.model.decide import decide, decide_sentences
from classifier.model.explain import Reason
from classifier.model.manifest import TopicFacts
from classifier.model.precision_thresholds import at_precision
from classifier.model.scorer import Judged, Scorer
from classifier.model.store import StoredModel, find_model
from classifier.text.joined_texts import Ints
from classifier.text.paragraph import Kind, Paragraph
from classifier.text.split import split
from classifier.text.tokens import Tokeniser
from classifier.text.units import Units, units

_AT_ONCE = 1024  # texts; the arrays of many more would not stay in the processor's cache
_TOPICS = 3  # leading topics named with a paragraph
_NO_SENTENCES = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
_STRONG = 1.0  # from this strength on: one spread of the topic over the background


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
    are too often wrong. `probabilities`: label id → calibrated probability.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    uncertain: bool
    probabilities: Mapping[str, float]

    def as_row(self) -> JsonDict:
        """Return it as plain data, as results are written."""
        return {
            "start": self.start,
            "end": self.end,
            "labels": list(self.labels),
            "uncertain": self.uncertain,
            "probabilities": {label: round(value, 6) for label, value in self.probabilities.items()},
        }


@dataclass(frozen=True)
class Result:
    """A paragraph and what the model says of it.

    `start` and `end` count characters of the decoded document. `labels`: ids, the most probable first;
    empty for none. `uncertain`: some label's probability lies where decisions are too often wrong.
    `page`: where the paragraph begins, from 1; None where the format has no fixed pages. `recognised`: read from a
    picture by OCR, so characters may be wrong. `notes`: what the reader left out of the document, or could not be sure
    of; they stand with its first paragraph only.
    `topics`: those that lead in the paragraph, the strongest first; at most three, often none.
    `reasons`: label id → what spoke for and against it; None unless asked for.
    `sentences`: what it says of each sentence, in order; None unless asked for. `evidence` (labels × 6): what the
    scores come from, by which reasons are worked out later without judging again (`Model.reasons`).
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
    page: int | None = None
    recognised: bool = False
    notes: tuple[Note, ...] = ()
    sentences: tuple[SentenceResult, ...] | None = None
    evidence: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def shares(self) -> dict[str, float] | None:
        """Label id → the share of the paragraph's characters in sentences that carry it; None without sentences."""
        if self.sentences is None:
            return None
        size = sum(one.end - one.start for one in self.sentences) or 1
        return {
            label: sum(one.end - one.start for one in self.sentences if label in one.labels) / size
            for label in self.probabilities
        }

    @property
    def primary(self) -> str:
        """The first label, "none" where there is none."""
        return self.labels[0] if self.labels else NONE

    def by_sentence(self) -> "list[Result]":
        """Return a result a sentence, in order, each with its own place, text, labels and probabilities.

        Topics and reasons are a paragraph's and are left out; notes stay with the first. The result itself, alone,
        where it was not asked for sentences.
        """
        if self.sentences is None:
            return [self]
        return [
            replace(
                self, start=self.start + one.start, end=self.start + one.end, text=self.text[one.start : one.end],
                labels=one.labels, uncertain=one.uncertain, probabilities=one.probabilities, topics=(), reasons=None,
                notes=() if number else self.notes, sentences=None, evidence=None,
            )
            for number, one in enumerate(self.sentences)
        ]  # fmt: skip

    def as_row(self) -> JsonDict:
        """Return it as plain data, as results are written.

        `page`, `recognised`, `notes`, `reasons`, `sentences` and `shares` are there only where there is something to
        say.
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
            "topics": [{"id": one.id, "words": one.words, "strength": one.strength} for one in self.topics],
            "model": self.model,
        }
        if self.page is not None:
            row["page"] = self.page
        if self.recognised:
            row["recognised"] = True
        if self.notes:
            row["notes"] = [note.as_row() for note in self.notes]
        if self.reasons is not None:
            row["reasons"] = {label: reason.as_row() for label, reason in self.reasons.items()}
        if self.sentences is not None:
            row["sentences"] = [one.as_row() for one in self.sentences]
            row["shares"] = {label: round(share, 4) for label, share in (self.shares or {}).items()}
        return row


@dataclass(frozen=True, eq=False)
class Table:
    """What a model says of N texts, with labels in the order of `Model.ids`.

    `probabilities` (N × labels); `worded` (N): which texts hold any Chinese words; `characters` (N × (labels + 1)): how
    many of a text's characters stand in sentences that carry each label, and in those that carry none.
    """

    probabilities: Floats
    worded: NDArray[np.bool_]
    characters: Ints


@dataclass(frozen=True, eq=False)
class SentenceTable:
    """What a model says of the S sentences of N texts.

    Text t has the sentences `offsets[t]` to `offsets[t + 1]` (N + 1). `starts` and `ends` (S): a sentence's place in
    its text, counted in characters. `probabilities`: S × labels, in the order of `Model.ids`.
    """

    offsets: Ints
    starts: Ints
    ends: Ints
    probabilities: Floats


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model, ready to label. Get one with `classifier.load()`."""

    version: str
    taxonomy: Taxonomy
    tokeniser: Tokeniser
    scorer: Scorer
    topics: list[TopicFacts]
    stored: StoredModel
    notes: tuple[str, ...] = ()
    precision: float | None = None

    @classmethod
    def of(cls, stored: StoredModel, precision: float | None = None) -> "Model":
        """Return the model in a folder; for `precision`, and for what is raised, see `load`."""
        scorer, notes = at_precision(stored, precision)
        return cls(stored.version, stored.taxonomy, stored.tokeniser, scorer, stored.topics, stored, notes, precision)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The labels' ids in order."""
        return self.taxonomy.ids

    def label(self, text: str, *, explain: bool = False, sentences: bool = False) -> list[Result]:
        """Split a text into paragraphs and label each; `explain` adds reasons, `sentences` what each sentence says."""
        return self.label_document(Document("<text>", text), explain=explain, sentences=sentences)

    def label_document(self, document: Document, *, explain: bool = False, sentences: bool = False) -> list[Result]:
        """Label each paragraph of a document that was read with `classifier.read`; see `label`."""
        return _with_notes(self._results(repeat(document.name), split(document), explain, sentences), document.notes)

    def label_documents(
        self, documents: Sequence[Document], *, sentences: bool = False, topics: bool = True
    ) -> list[list[Result]]:
        """Label many documents: several times quicker than one by one, with the same results.

        Without `topics` those of each paragraph are left out, which is quicker still.
        """
        cut = [split(document) for document in documents]
        names = (document.name for document, some in zip(documents, cut, strict=True) for _ in some)
        every = self._results(names, [one for some in cut for one in some], False, sentences, topics=topics)
        remaining = iter(every)
        return [
            _with_notes(list(islice(remaining, len(some))), document.notes)
            for document, some in zip(documents, cut, strict=True)
        ]

    def label_paragraph(
        self, text: str, name: str = "<text>", *, explain: bool = False, sentences: bool = False
    ) -> Result:
        """Label a text taken as one paragraph, whatever line breaks it has."""
        return self.label_paragraphs([text], name, explain=explain, sentences=sentences)[0]

    def label_paragraphs(
        self, texts: Sequence[str], name: str = "<text>", *, explain: bool = False, sentences: bool = False
    ) -> list[Result]:
        """Label many texts, each taken as one paragraph: quicker than one by one, with the same results."""
        paragraphs = [Paragraph(i, 0, len(one), one, "body") for i, one in enumerate(texts)]
        return self._results(repeat(name), paragraphs, explain, sentences)

    def reasons(self, result: Result) -> Mapping[str, Reason]:
        """Return what spoke for and against each label of a paragraph that this model has labelled, by label id."""
        return result.reasons or self._reasons(result.text, result.evidence)

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return each text's probabilities by label id, every text taken as one paragraph."""
        table = self.table(texts).probabilities
        return [dict(zip(self.ids, row, strict=True)) for row in table.tolist()]

    def table(self, texts: Sequence[str]) -> Table:
        """Return each text's probabilities as arrays: texts × labels, every text taken as one paragraph.

        A text's row is the same, to the last bit, alone and among others.
        """
        return self._tables(texts, by_sentence=False)[0]

    def tables(self, texts: Sequence[str]) -> tuple[Table, SentenceTable]:
        """Return what `table` does, and what there is to say of each sentence of each text."""
        table, found = self._tables(texts, by_sentence=True)
        sizes = [np.zeros(1, np.int64), *(np.diff(one.offsets) for one in found)]
        columns = zip(*((one.starts, one.ends, one.probabilities) for one in found), strict=True)
        starts, ends, probabilities = map(np.concatenate, columns) if found else _NO_SENTENCES
        return table, SentenceTable(
            np.concatenate(sizes).cumsum(), starts, ends, probabilities.reshape(-1, len(self.ids))
        )

    def _tables(self, texts: Sequence[str], *, by_sentence: bool) -> tuple[Table, list[SentenceTable]]:
        size, sentences = len(self.ids), []
        table = Table(
            np.zeros((len(texts), size)), np.zeros(len(texts), bool), np.zeros((len(texts), size + 1), np.int64)
        )
        for start in range(0, len(texts), _AT_ONCE):
            cut = units(texts[start : start + _AT_ONCE], self.tokeniser)
            judged = self.scorer.judge(cut)
            table.probabilities[start : start + _AT_ONCE] = judged.paragraphs
            table.worded[start + cut.worded()] = True
            table.characters[start : start + _AT_ONCE] = self._characters(cut, judged)
            if by_sentence:
                sentences.append(SentenceTable(cut.offsets, cut.starts, cut.ends, judged.sentences))
        return table, sentences

    def _characters(self, cut: Units, judged: Judged) -> Ints:
        given = judged.sentences >= self.scorer.sentence_threshold
        marks = np.column_stack([given, ~given.any(axis=1)])
        return np.asarray(np.add.reduceat(marks * cut.characters[:, None], cut.offsets[:-1], axis=0))

    def in_doubt(self, label: str, probability: float) -> bool:
        """Tell whether a probability lies where decisions on this label are too often wrong."""
        place = self.ids.index(label)
        return bool(self.scorer.low[place] <= probability < self.scorer.high[place])

    def sentence_in_doubt(self, label: str, probability: float) -> bool:
        """Tell the same of a sentence's label: whether such decisions are too often wrong."""
        place = self.ids.index(label)
        return bool(self.scorer.sentence_low[place] <= probability < self.scorer.sentence_high[place])

    def _results(
        self, names: Iterable[str], paragraphs: Sequence[Paragraph], explain: bool, sentences: bool, *,
        topics: bool = True,
    ) -> list[Result]:  # fmt: skip
        """Return what is said of paragraphs, each with the name of its document."""
        named = iter(names)
        starts = range(0, len(paragraphs), _AT_ONCE)
        return [
            one
            for start in starts
            for one in self._some(named, paragraphs[start : start + _AT_ONCE], explain, sentences, topics)
        ]

    def _some(
        self, names: Iterator[str], paragraphs: Sequence[Paragraph], explain: bool, sentences: bool, topics: bool
    ) -> list[Result]:
        cut = units([one.text for one in paragraphs], self.tokeniser)
        judged = self.scorer.judge(cut, topics=topics)
        labelled = np.array([one.kind != "boilerplate" for one in paragraphs], bool)
        decided = decide(self.scorer, judged.paragraphs, labelled)
        inside = self._sentences(cut, judged, labelled) if sentences else repeat(None)
        leading: Iterable[tuple[TopicStrength, ...]] = repeat(())
        if judged.topics is not None:
            leading = self._leading(judged.topics)
        return [
            Result(
                file=name,
                index=one.index,
                start=one.start,
                end=one.end,
                kind=one.kind,
                text=one.text,
                labels=tuple(self.ids[label] for label in order[given].tolist()),
                uncertain=uncertain,
                probabilities=dict(zip(self.ids, row, strict=True)),
                model=self.version,
                topics=leaders,
                reasons=self._reasons(one.text, weighed) if explain else None,
                evidence=weighed,
                page=one.page,
                recognised=one.recognised,
                sentences=said,
            )
            for one, name, row, order, given, uncertain, leaders, said, weighed in zip(
                paragraphs, names, judged.paragraphs.tolist(), decided.order, decided.given, decided.uncertain.tolist(),
                leading, inside, judged.evidence, strict=False,
            )
        ]  # fmt: skip

    def _sentences(
        self, cut: Units, judged: Judged, labelled: NDArray[np.bool_]
    ) -> Iterator[tuple[SentenceResult, ...]]:
        """Yield what is said of each paragraph's sentences."""
        decided = decide_sentences(self.scorer, judged.sentences, labelled[cut.owner])
        found = [
            SentenceResult(
                start, end, tuple(self.ids[label] for label in order[given].tolist()), uncertain,
                dict(zip(self.ids, row, strict=True)),
            )
            for (start, end), order, given, uncertain, row in zip(
                cut.spans, decided.order, decided.given, decided.uncertain.tolist(), judged.sentences.tolist(),
                strict=True,
            )
        ]  # fmt: skip
        for first, last in pairwise(cut.offsets.tolist()):
            yield tuple(found[first:last])

    def _reasons(self, text: str, evidence: Floats | None) -> dict[str, Reason]:
        found = why.explain(self.scorer, self.tokeniser, text, self.topics, evidence=evidence)
        return dict(zip(self.ids, found, strict=True))

    def _leading(self, strength: Floats) -> Iterator[tuple[TopicStrength, ...]]:
        """Yield the topics that lead in each paragraph, the strongest first."""
        order = np.argsort(-strength, axis=1, kind="stable")[:, :_TOPICS]
        values = np.take_along_axis(strength, order, axis=1)
        for leaders, strengths in zip(order.tolist(), values.tolist(), strict=True):
            yield tuple(
                TopicStrength(self.topics[k]["id"], tuple(self.topics[k]["words"]), value)
                for k, value in zip(leaders, strengths, strict=True)
                if value >= _STRONG
            )


def _with_notes(results: list[Result], notes: tuple[Note, ...]) -> list[Result]:
    """Return a document's results, the first with what is to be said of the document."""
    return [replace(results[0], notes=notes), *results[1:]] if results and notes else results


def load(name: str | None = None, precision: float | None = None) -> Model:
    """Load a model: a version, a folder's path, or None for the current one.

    `precision`: give labels only where such answers were right that often on unseen documents (0.5 to 0.99);
    None gives them where precision and recall balance. Where no threshold reached it, the highest that was reached
    is taken: `Model.notes` says so.
    Raises ModelError where the model is missing, damaged or of a newer format.
    """
    return Model.of(find_model(name, places.model_folders()), precision)
