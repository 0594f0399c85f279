"""Sentences with labels in rows from elsewhere: a list in a row of a paragraph, or a row a sentence."""

from collections.abc import Mapping
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.exchange.format import need_names
from classifier.labelling.label_names import Names
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.sentence_labels import sentences_of
from classifier.own_outputs import are_of_extract

OF_DOCUMENT = {"file", "index", "kind"}  # with these beside them, start and end count characters of a document


def sentences_in(row: Mapping[str, Any], names: Names) -> tuple[LabelledSentence, ...]:
    """Return the sentences under a row's key `sentences`, labels by any of their names; () where it has none.

    Raises LabelError where they do not fit (`sentence_labels.sentences_of`).
    """
    given = row.get("sentences")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        return _checked(row, names)
    named = [{**one, "labels": list(_labels(one["labels"], names))} if "labels" in one else one for one in given]
    return _checked({**row, "sentences": named}, names)


def is_sentence(row: Mapping[str, Any]) -> bool:
    """Tell whether a row speaks of a stretch of its text, from `start` to `end`, and not of all of it."""
    if row.keys() >= OF_DOCUMENT or are_of_extract(row):
        return False
    return type(row.get("start")) is int and type(row.get("end")) is int


def sentence(text: str, start: int, end: int, labels: tuple[str, ...], aside: str) -> tuple[LabelledSentence]:
    """Return the only sentence that a row speaks of; raise LabelError where it is not within the text."""
    if aside:
        raise LabelError(f"{aside}: a paragraph is set aside, not a sentence of it")
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise LabelError(f"no sentence stands from {start} to {end}: the text has {len(text)} characters")
    return (LabelledSentence(start, end, labels),)


def _labels(written: Any, names: Names) -> tuple[str, ...]:
    labels, aside = names.read(need_names(written))
    if aside:
        raise LabelError(f"{aside}: a paragraph is set aside, not a sentence of it")
    return labels


def _checked(row: Mapping[str, Any], names: Names) -> tuple[LabelledSentence, ...]:
    # who and when of the row is the decision's own: what a sentence has of it, it has when it is stored
    alone = {key: row[key] for key in ("text", "words", "sentences") if key in row}
    return sentences_of(alone, "sentences", names.taxonomy)
