"""Hand labels on: to a labelling program, to a table, as word counts; with a model's suggestions where wanted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.corpus import LabelledParagraph, read_decisions
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.exchange import doccano, fasttext, jsonlines, labelstudio, table_output
from classifier.labelling.taxonomy import Taxonomy
from classifier.text.tokens import Tokeniser

Suggested = Sequence[tuple[list[str], float]] | None  # for each decision: label names and certainty
Write = Callable[[Sequence[tuple[Decision, list[str]]], Suggested, str], bytes]

WRITERS: dict[str, Write] = {
    "labelstudio": labelstudio.write,
    "doccano": lambda named, _suggested, _model: doccano.write(named),
    "csv": lambda named, suggested, _model: table_output.write_csv(table_output.cells(named, suggested)),
    "xlsx": lambda named, suggested, _model: table_output.write_excel(table_output.cells(named, suggested)),
    "jsonl": lambda named, _suggested, _model: jsonlines.write(one for one, _ in named),
    "fasttext": lambda named, _suggested, _model: fasttext.write(named),
}
_SAFE_FACTS = ("id", "genre", "place", "year", "origin", "annotations")
WITH_SUGGESTIONS = ("labelstudio", "csv", "xlsx")


def export(
    decisions: Sequence[Decision], format_: str, taxonomy: Taxonomy, suggested: Suggested = None, model: str = ""
) -> bytes:
    """Return decisions in a format. Raises LabelError where a format that needs text meets word counts."""
    if format_ != "jsonl" and any(one.text is None for one in decisions):
        raise LabelError(
            f"{sum(one.text is None for one in decisions):,} paragraphs are known by their word counts only, and "
            f"{format_} needs text: export them with --format jsonl"
        )
    named = [(one, _names(one, taxonomy)) for one in decisions]
    return WRITERS[format_](named, suggested, model)


def stored_decisions(folder: Path) -> list[Decision]:
    """Return what a labels folder says of each paragraph and its sentences, what is set aside included."""
    return [decision_of(one) for one in read_decisions(folder).every]


def decision_of(one: LabelledParagraph) -> Decision:
    """Return a stored paragraph as a decision that can be handed on."""
    named = {"by", "date"}
    facts = {key: value for key, value in one.facts.items() if key not in named}
    passes = {by: list(labels) for by, labels in one.annotations.items()}
    named_facts = (("origin", one.origin), ("genre", one.genre), ("annotations", passes))
    facts |= {key: value for key, value in named_facts if value}
    by, date = (str(one.facts.get(key) or "") for key in ("by", "date"))
    words = one.words if one.text is None else None
    doc = "" if one.doc == one.key else one.doc
    return Decision(
        one.labels, one.text, words, doc, by, date, one.aside, facts=facts, sentences=one.sentences, judged=one.judged
    )


def as_counts(decisions: Sequence[Decision], tokeniser: Tokeniser) -> list[Decision]:
    """Return decisions with word counts in place of text, sorted by word, so that no order is left."""
    found = []
    for one in decisions:
        if one.text is None:
            found.append(one)
            continue
        words = tokeniser.counts(one.text)
        ordered = {word: words[word] for word in sorted(words)}
        facts = {key: value for key, value in one.facts.items() if key in _SAFE_FACTS}  # another key may hold text
        found.append(replace(one, text=None, words=ordered, facts={**facts, "tokeniser": tokeniser.name}))
    return [one for one in found if one.words]


def certainty(probabilities: Any, thresholds: Any, taxonomy: Taxonomy) -> tuple[list[str], float]:
    """Return the names that a model gives a paragraph, the surest first, and how sure it is of them all (0 to 1).

    Sure is 1 where every probability is 0 or 1, and 0 where one of them lies on its threshold.
    """
    given = [k for k in (-probabilities).argsort(kind="stable") if probabilities[k] >= thresholds[k]]
    above = (probabilities - thresholds) / (1 - thresholds).clip(1e-9)
    below = (thresholds - probabilities) / thresholds.clip(1e-9)
    return [taxonomy.labels[k].zh for k in given], float((above.clip(0) + below.clip(0)).min())


def _names(one: Decision, taxonomy: Taxonomy) -> list[str]:
    """Return the Chinese names of a decision's labels, or of why it is set aside."""
    return [ASIDE[one.aside]] if one.aside else [taxonomy.find(label).zh for label in one.labels]
