"""What a report is made of: labelled paragraphs, each with its document, its date and what it is compared by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from classifier.api import Model, Result
from classifier.decisions import Decisions, with_decisions
from classifier.labelling.taxonomy import Taxonomy
from classifier.model.decide import doubted
from classifier.model.explain import Reason, explain


@dataclass(frozen=True)
class Item:
    """A labelled paragraph. `date`: see `classifier.report.dates`; `facts`: column → value, e.g. place, source.

    `error`: why the row of a table could not be scored; None where it was. `unread`: it is no row, but a document
    that could not be read, for the reason that `error` gives. `noted`: the error stands in the table, where scoring
    put it. `same_as`: this other document holds the same text, which the total counts there; "" for all others. A
    table that holds the same rows is one item, without a text.
    `odd_date`: what stands where the date should and is not understood, or only in part (`table_columns.odd_date_in`).
    `table`: the file of a table whose row it is; "" for a paragraph of a document.
    `odd_name`: at the first paragraph of a document, its name and date where the name has another year.
    """

    document: str
    result: Result
    date: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None
    unread: bool = False
    noted: bool = False
    same_as: str = ""
    odd_date: str = ""
    odd_name: str = ""
    table: str = ""


def decided_items(items: Iterable[Item], decisions: Decisions | None) -> Iterator[Item]:
    """Yield items in which what people decided stands in place of the model's answers (`with_decisions`)."""
    if decisions is None:
        yield from items
        return
    for item in items:
        yield (
            item
            if item.error is not None or item.result is _NOTHING
            else replace(item, result=with_decisions([item.result], decisions)[0])
        )


@dataclass(frozen=True)
class Looks:
    """What is known of the labels when they are shown.

    `in_doubt`: tells whether a label's probability lies where decisions are too often wrong; `reasons`: gives a text's
    reasons by label. Both None where the model that labelled it is not here. `thresholds`: probability from which
    a label is given. `topics`: id → leading words. `words`: cuts a text into its words.
    """

    taxonomy: Taxonomy
    in_doubt: Callable[[str, float], bool] | None
    thresholds: Mapping[str, float]
    reasons: Callable[[str], Mapping[str, Reason]] | None = None
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: str = ""
    words: Callable[[str], Sequence[str]] | None = None

    def doubted(self, result: Result) -> list[str]:
        """Return the labels that make a paragraph uncertain, the most probable first; none where that is not known."""
        if self.in_doubt is None:
            return []
        return doubted(result.labels, result.probabilities, result.uncertain, self.in_doubt)


def looks_of(model: Model) -> Looks:
    """Return what a model knows of its labels."""

    def reasons(text: str) -> Mapping[str, Reason]:
        return dict(zip(model.ids, explain(model.scorer, model.tokeniser, text, model.topics), strict=True))

    thresholds = dict(zip(model.ids, model.scorer.threshold.tolist(), strict=True))
    topics = {topic["id"]: tuple(topic["words"]) for topic in model.topics}
    return Looks(model.taxonomy, model.in_doubt, thresholds, reasons, topics, model.version, model.tokeniser)


def looks_without_model(
    taxonomy: Taxonomy, version: str = "", words: Callable[[str], Sequence[str]] | None = None
) -> Looks:
    """Return what can be said of labels whose model is not here: no reasons, no doubt of a single label."""
    return Looks(taxonomy, None, dict.fromkeys(taxonomy.ids, 0.5), model=version, words=words)


def unread_document(name: str, reason: str) -> Item:
    """Return what stands in a report for a document that could not be read."""
    return Item(name, _NOTHING, error=reason, unread=True)


def repeated_document(name: str, first: str) -> Item:
    """Return what stands in a report for a table whose rows were counted as those of another one, `first`."""
    return Item(name, _NOTHING, same_as=first)


_NOTHING = Result("", 0, 0, 0, "body", "", (), False, {}, "")
