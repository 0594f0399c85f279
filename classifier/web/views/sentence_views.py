"""What a page shows of a paragraph's sentences, as plain data."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

from classifier.api import Result, SentenceResult
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_places import labelled_in, stretch_version, tiles


class SentenceView(TypedDict):
    """A sentence with what the model says and what a person said; fields as in a paragraph's view.

    `start`, `end`: in characters of the paragraph's text. `version`: of the decision on it (`stretch_version`).
    """

    start: int
    end: int
    suggested: list[str]
    probabilities: dict[str, float]
    uncertain: bool
    decided: bool
    labels: list[str]
    by: str
    version: str


def sentence_views(text: str, result: Result | None, known: LabelledParagraph | None) -> list[SentenceView]:
    """Return a paragraph's sentences: what people said of some, and what the model says of those that it knows."""
    decided = labelled_in(known, text)
    told = {(one.start, one.end): one for one in (result.sentences or () if result else ())}
    return [_sentence(one, decided, told.get((one.start, one.end))) for one in tiles(text, decided)]


def _sentence(one: LabelledSentence, decided: Sequence[LabelledSentence], told: SentenceResult | None) -> SentenceView:
    suggested = list(told.labels) if told else []
    return {
        "start": one.start,
        "end": one.end,
        "suggested": suggested,
        "probabilities": {label: round(p, 3) for label, p in told.probabilities.items()} if told else {},
        "uncertain": bool(told and told.uncertain),
        "decided": one.labels is not None,
        "labels": suggested if one.labels is None else list(one.labels),
        "by": one.by,
        "version": stretch_version(decided, one.start, one.end),
    }


def carried(labels: Sequence[str], decided: bool, sentences: Sequence[SentenceView]) -> Iterator[tuple[set[str], int]]:
    """Yield the labels of each sentence of a paragraph, and its characters.

    `decided`: a person gave the paragraph its `labels`. Then these hold: what else its sentences carry does not count,
    and one that none of them carries counts for all.
    """
    given = set(labels)
    parts = [(set(one["labels"]) & given if decided else set(one["labels"]), one) for one in sentences]
    whole = given.difference(*(some for some, _ in parts)) if decided else set()
    for some, one in parts:
        yield some | whole, one["end"] - one["start"]
