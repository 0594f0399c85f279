"""What a page shows of a paragraph's sentences, as plain data."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

from classifier.api import Result, SentenceResult
from classifier.labelling.decided import carried as decided_labels
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
    by_a_person = one.labels is not None and bool(one.at or one.by)
    return {
        "start": one.start,
        "end": one.end,
        "suggested": suggested,
        "probabilities": {label: round(p, 3) for label, p in told.probabilities.items()} if told else {},
        "uncertain": bool(told and told.uncertain),
        "decided": by_a_person,
        "labels": list(one.labels or ()) if by_a_person else suggested,
        "by": one.by,
        "version": stretch_version(decided, one.start, one.end),
    }


def carried(labels: Sequence[str], decided: bool, sentences: Sequence[SentenceView]) -> Iterator[tuple[set[str], int]]:
    """Yield the labels of each sentence of a paragraph, and its characters (`labelling.decided.carried`).

    `decided`: a person gave the paragraph its `labels`.
    """
    found = decided_labels(labels if decided else None, [(one["labels"], one["decided"]) for one in sentences])
    for some, one in zip(found, sentences, strict=True):
        yield set(some), one["end"] - one["start"]
