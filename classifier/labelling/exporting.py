"""Hand labels on: to a labelling program, to a table, as word counts; with a model's suggestions where wanted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier.errors import LabelError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.exchange import doccano, fasttext, jsonlines, labelstudio_output, table_output
from classifier.labelling.exchange.columns import FACTS
from classifier.labelling.publishable import publishable_facts
from classifier.labelling.taxonomy import Taxonomy
from classifier.text.tokens import Tokeniser

# for each decision label names and certainty, None where nothing is suggested
Suggested = Sequence[tuple[list[str], float] | None] | None
Write = Callable[[Sequence[tuple[Decision, list[str]]], Suggested, str], bytes]

WRITERS: dict[str, Write] = {
    "labelstudio": labelstudio_output.write,
    "doccano": lambda named, _suggested, _model: doccano.write(named),
    "csv": lambda named, suggested, _model: table_output.write_csv(table_output.cells(named, suggested)),
    "xlsx": lambda named, suggested, _model: table_output.write_excel(table_output.cells(named, suggested)),
    "jsonl": lambda named, _suggested, _model: jsonlines.write(one for one, _ in named),
    "fasttext": lambda named, _suggested, _model: fasttext.write(named),
}
WITH_SENTENCES = ("jsonl", "csv", "xlsx")
WITH_SUGGESTIONS = ("labelstudio", "csv", "xlsx")


def export(
    decisions: Sequence[Decision], format_: str, taxonomy: Taxonomy, suggested: Suggested = None, model: str = ""
) -> bytes:
    """Return decisions in a format; labels of sentences only in those that can hold them (`WITH_SENTENCES`).

    Raises LabelError where a format that needs text meets word counts.
    """
    if format_ != "jsonl" and any(decision.text is None for decision in decisions):
        raise LabelError(
            f"{sum(one.text is None for one in decisions):,} paragraphs are known by their word counts only, and "
            f"{format_} needs text: export them with --format jsonl"
        )
    told = list(suggested) if suggested is not None else [None] * len(decisions)
    parts = [part for decision, given in zip(decisions, told, strict=True) for part in _parts(decision, format_, given)]
    named = [(one, _names(one, taxonomy)) for one, _ in parts]
    return WRITERS[format_](named, None if suggested is None else [given for _, given in parts], model)


def unwritten_sentences(decisions: Sequence[Decision], format_: str) -> int:
    """Count the labelled sentences that a format cannot hold."""
    if format_ in WITH_SENTENCES:
        return 0
    return sum(part.labels is not None for decision in decisions for part in decision.sentences)


def stored_decisions(corpus: Corpus) -> list[Decision]:
    """Return what a labels folder says of each paragraph and its sentences, what is set aside included."""
    return [decision_of(paragraph) for paragraph in corpus.every]


def decision_of(paragraph: LabelledParagraph) -> Decision:
    """Return a stored paragraph as a decision that can be handed on; it was made when it was stored, unless it says."""
    named = {"by", "date"}
    facts = {key: value for key, value in paragraph.facts.items() if key not in named}
    passes = {by: list(labels) for by, labels in paragraph.annotations.items()}
    named_facts = (("origin", paragraph.origin), ("genre", paragraph.genre), ("annotations", passes))
    facts |= {key: value for key, value in named_facts if value}
    by, date = str(paragraph.facts.get("by") or ""), str(paragraph.facts.get("date") or paragraph.at)
    words = paragraph.words if paragraph.text is None else None
    doc = "" if paragraph.doc == paragraph.key else paragraph.doc
    sentences = tuple(replace(part, date=part.date or part.at, at="") for part in paragraph.sentences)
    return Decision(
        paragraph.labels,
        paragraph.text,
        words,
        doc,
        by,
        date,
        paragraph.aside,
        facts=facts,
        sentences=sentences,
        judged=paragraph.judged,
    )


def as_counts(decisions: Sequence[Decision], tokeniser: Tokeniser) -> list[Decision]:
    """Return decisions with word counts in place of text, sorted by word, so that no order is left.

    Labels of the text's sentences do not come along: their words, sentence by sentence, would give its order away.
    """
    found = []
    for decision in decisions:
        if decision.text is None:
            found.append(decision)
            continue
        words = tokeniser.counts(decision.text)
        ordered = {word: words[word] for word in sorted(words)}
        facts = publishable_facts(decision.facts) | {"tokeniser": tokeniser.name}
        found.append(replace(decision, text=None, words=ordered, facts=facts, sentences=()))
    return [one for one in found if one.words and (one.judged or one.sentences)]


def certainty(
    probabilities: NDArray[np.float64], thresholds: NDArray[np.float64], taxonomy: Taxonomy
) -> tuple[list[str], float]:
    """Return the names that a model gives a paragraph, the surest first, and how sure it is of them all (0 to 1).

    Sure is 1 where every probability is 0 or 1, and 0 where one of them lies on its threshold.
    """
    given = [k for k in (-probabilities).argsort(kind="stable") if probabilities[k] >= thresholds[k]]
    above = (probabilities - thresholds) / (1 - thresholds).clip(1e-9)
    below = (thresholds - probabilities) / thresholds.clip(1e-9)
    return [taxonomy.labels[k].zh for k in given], float((above.clip(0) + below.clip(0)).min())


def _parts(
    decision: Decision, format_: str, suggestion: tuple[list[str], float] | None
) -> list[tuple[Decision, tuple[list[str], float] | None]]:
    """Return what is written of a decision, and what is suggested beside it: in tables its sentences have rows."""
    if format_ == "jsonl":
        return [(decision, suggestion)]
    whole = [(decision, suggestion)] if decision.judged else []
    if format_ not in WITH_SENTENCES:
        return whole
    labelled = (part for part in decision.sentences if part.labels is not None)
    facts = {key: value for key, value in decision.facts.items() if key in FACTS}
    rows = [
        Decision(
            (), decision.text, None, decision.doc, part.by, part.date, facts=facts, sentences=(part,), judged=False
        )
        for part in labelled
    ]
    return [*whole, *((row, None) for row in rows)]


def _names(decision: Decision, taxonomy: Taxonomy) -> list[str]:
    """Return the Chinese names of a decision's labels (a single sentence's), or of why it is set aside."""
    if not decision.judged:
        return [taxonomy.find(label).zh for part in decision.sentences[:1] for label in part.labels or ()]
    return [ASIDE[decision.aside]] if decision.aside else [taxonomy.find(label).zh for label in decision.labels]
