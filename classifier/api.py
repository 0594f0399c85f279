"""Label documents from Python: `classifier.load().label(text)`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from classifier import places
from classifier.documents.document import Document
from classifier.documents.notes import Note
from classifier.labelling.taxonomy import Taxonomy
from classifier.model import explain as why
from classifier.model.arithmetic import Floats
from classifier.model.decide import decide, decide_sentences
from classifier.model.explain import Reason
from classifier.model.manifest import TopicFacts
from classifier.model.precision_thresholds import at_precision
from classifier.model.scorer import Predictions, Scorer
from classifier.model.store import StoredModel, find_model
from classifier.result import Result, SentenceResult, TopicStrength
from classifier.result_tables import AT_ONCE, SentenceTable, Table, score_sentences, score_texts
from classifier.text.paragraph import Paragraph
from classifier.text.split import split
from classifier.text.tokens import Tokeniser
from classifier.text.units import Units, units_of

__all__ = ["Model", "Result", "SentenceResult", "SentenceTable", "Table", "TopicStrength", "load"]
_TOPICS = 3  # leading topics named with a paragraph
_STRONG = 1.0  # from this strength on: one spread of the topic over the background


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
        """Return a stored model, ready to label.

        `precision`: labels are given only where such answers were right that often on unseen documents (0.5 to 0.99);
        None gives them where precision and recall balance. Raises ModelError for a precision outside these bounds, and
        where the model was stored without the figures that it takes.
        """
        scorer, notes = at_precision(stored, precision)
        return cls(stored.version, stored.taxonomy, stored.tokeniser, scorer, stored.topics, stored, notes, precision)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The labels' ids in order."""
        return self.taxonomy.ids

    def label(self, text: str, *, explain: bool = False, sentences: bool = False) -> list[Result]:
        """Split a text into paragraphs and return a result for each, in order; [] for a text of white space.

        `explain` adds `Result.reasons`, `sentences` adds `Result.sentences`; both are None otherwise.
        """
        return self.label_document(Document("<text>", text), explain=explain, sentences=sentences)

    def label_document(self, document: Document, *, explain: bool = False, sentences: bool = False) -> list[Result]:
        """Return a result for each paragraph of a document (`classifier.read` gives one), in order.

        The document's notes stand with the first result. `explain` adds `Result.reasons`, `sentences` adds
        `Result.sentences`; both are None otherwise.
        """
        return _with_notes(self._results(repeat(document.name), split(document), explain, sentences), document.notes)

    def label_documents(
        self, documents: Sequence[Document], *, sentences: bool = False, topics: bool = True
    ) -> list[list[Result]]:
        """Return a list of results for each document, in order: what `label_document` gives, several times quicker.

        `sentences` adds `Result.sentences`, None otherwise. Without `topics` `Result.topics` is empty, which is quicker
        still. `Result.reasons` is None.
        """
        paragraphs_of = [split(document) for document in documents]
        names = (document.name for document, own in zip(documents, paragraphs_of, strict=True) for _ in own)
        paragraphs = list(chain.from_iterable(paragraphs_of))
        results = iter(self._results(names, paragraphs, False, sentences, topics=topics))
        return [
            _with_notes(list(islice(results, len(own))), document.notes)
            for document, own in zip(documents, paragraphs_of, strict=True)
        ]

    def label_paragraph(
        self, text: str, name: str = "<text>", *, explain: bool = False, sentences: bool = False
    ) -> Result:
        """Return the result of a text taken as one paragraph, whatever line breaks it has.

        `name`: what `Result.file` says. `explain` adds `Result.reasons`, `sentences` adds `Result.sentences`; both are
        None otherwise.
        """
        return self.label_paragraphs([text], name, explain=explain, sentences=sentences)[0]

    def label_paragraphs(
        self, texts: Sequence[str], name: str = "<text>", *, explain: bool = False, sentences: bool = False
    ) -> list[Result]:
        """Return a result for each text, in order, every text taken as one paragraph, whatever line breaks it has.

        Quicker than one by one, with the same results. `name`: what `Result.file` says of all of them. `explain` adds
        `Result.reasons`, `sentences` adds `Result.sentences`; both are None otherwise.
        """
        paragraphs = [Paragraph(index, 0, len(text), text, "body") for index, text in enumerate(texts)]
        return self._results(repeat(name), paragraphs, explain, sentences)

    def reasons(self, result: Result) -> Mapping[str, Reason]:
        """Return what spoke for and against each label of a paragraph that this model has labelled, by label id."""
        return result.reasons or self._reasons(result.text, result.evidence)

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return a mapping for each text, in order: label id → calibrated probability (0 to 1, not summing to 1).

        Every text is taken as one paragraph.
        """
        rows = self.table(texts).probabilities.tolist()
        return [dict(zip(self.ids, row, strict=True)) for row in rows]

    def table(self, texts: Sequence[str]) -> Table:
        """Return what the model says of N texts as arrays (`Table`: N × labels), every text taken as one paragraph.

        A text's row is the same, to the last bit, alone and among others.
        """
        return score_texts(self.scorer, self.tokeniser, texts)

    def tables(self, texts: Sequence[str]) -> tuple[Table, SentenceTable]:
        """Return what the model says of N texts, and of their S sentences, as arrays.

        Every text is taken as one paragraph. `Table`: N × labels; `SentenceTable`: S × labels, an empty text having one
        sentence. A text's rows are the same, to the last bit, alone and among others.
        """
        return score_sentences(self.scorer, self.tokeniser, texts)

    def in_doubt(self, label: str, probability: float) -> bool:
        """Tell whether a paragraph's probability lies where decisions on a label (an id of `ids`) are too often wrong.

        Raises ValueError for an id that the model does not have.
        """
        place = self.ids.index(label)
        return bool(self.scorer.low[place] <= probability < self.scorer.high[place])

    def sentence_in_doubt(self, label: str, probability: float) -> bool:
        """Tell whether a sentence's probability lies where decisions on a label (an id of `ids`) are too often wrong.

        Raises ValueError for an id that the model does not have.
        """
        place = self.ids.index(label)
        return bool(self.scorer.sentence_low[place] <= probability < self.scorer.sentence_high[place])

    def _results(
        self, names: Iterable[str], paragraphs: Sequence[Paragraph], explain: bool, sentences: bool, *,
        topics: bool = True,
    ) -> list[Result]:  # fmt: skip
        """Return what is said of paragraphs, each with the name of its document."""
        remaining_names = iter(names)
        starts = range(0, len(paragraphs), AT_ONCE)
        return [
            result
            for start in starts
            for result in self._batch_results(
                remaining_names, paragraphs[start : start + AT_ONCE], explain, sentences, topics
            )
        ]

    def _batch_results(
        self, names: Iterator[str], paragraphs: Sequence[Paragraph], explain: bool, sentences: bool, topics: bool
    ) -> list[Result]:
        units = units_of([paragraph.text for paragraph in paragraphs], self.tokeniser)
        predictions = self.scorer.predict(units, topics=topics)
        labelled = np.array([paragraph.kind != "boilerplate" for paragraph in paragraphs], bool)
        decided = decide(self.scorer, predictions.paragraphs, labelled, predictions.known_words)
        sentence_results = self._sentences(units, predictions, labelled) if sentences else repeat(None)
        leading: Iterable[tuple[TopicStrength, ...]] = repeat(())
        if predictions.topics is not None:
            leading = self._leading(predictions.topics)
        return [
            Result(
                file=name,
                index=paragraph.index,
                start=paragraph.start,
                end=paragraph.end,
                kind=paragraph.kind,
                text=paragraph.text,
                labels=tuple([self.ids[label] for label, is_given in zip(order, given, strict=True) if is_given]),
                uncertain=uncertain,
                probabilities=dict(zip(self.ids, row, strict=True)),
                model=self.version,
                topics=leaders,
                reasons=self._reasons(paragraph.text, evidence) if explain else None,
                evidence=evidence,
                page=paragraph.page,
                recognised=paragraph.recognised,
                cells=dict(paragraph.cells),
                sentences=own_sentences,
            )
            for paragraph, name, row, order, given, uncertain, leaders, own_sentences, evidence in zip(
                paragraphs, names, predictions.paragraphs.tolist(), decided.order.tolist(), decided.given.tolist(),
                decided.uncertain.tolist(), leading, sentence_results, predictions.evidence, strict=False,
            )
        ]  # fmt: skip

    def _sentences(
        self, units: Units, predictions: Predictions, labelled: NDArray[np.bool_]
    ) -> Iterator[tuple[SentenceResult, ...]]:
        """Yield what is said of each paragraph's sentences."""
        known_words = predictions.known_words[units.owner]
        decided = decide_sentences(self.scorer, predictions.sentences, labelled[units.owner], known_words)
        results = [
            SentenceResult(
                start, end, tuple(self.ids[label] for label in order[given].tolist()), uncertain,
                dict(zip(self.ids, row, strict=True)),
            )
            for (start, end), order, given, uncertain, row in zip(
                units.spans, decided.order, decided.given, decided.uncertain.tolist(), predictions.sentences.tolist(),
                strict=True,
            )
        ]  # fmt: skip
        for first, last in pairwise(units.offsets.tolist()):
            yield tuple(results[first:last])

    def _reasons(self, text: str, evidence: Floats | None) -> dict[str, Reason]:
        reasons = why.explain(self.scorer, self.tokeniser, text, self.topics, evidence=evidence)
        return dict(zip(self.ids, reasons, strict=True))

    def _leading(self, strength: Floats) -> Iterator[tuple[TopicStrength, ...]]:
        """Yield the topics that lead in each paragraph, the strongest first."""
        order = (-strength).argsort(axis=1, kind="stable")[:, :_TOPICS]
        values = strength[np.arange(len(order))[:, None], order]
        strong = (values >= _STRONG).sum(axis=1)  # they come first
        for leaders, strengths, count in zip(order.tolist(), values.tolist(), strong.tolist(), strict=True):
            pairs = zip(leaders[:count], strengths, strict=False)
            yield tuple([TopicStrength(self.topics[k]["id"], self._topic_words[k], value) for k, value in pairs])

    @cached_property
    def _topic_words(self) -> list[tuple[str, ...]]:
        return [tuple(topic["words"]) for topic in self.topics]


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
