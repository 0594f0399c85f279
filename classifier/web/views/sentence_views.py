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
    return [_sentence(tile, decided, told.get((tile.start, tile.end))) for tile in tiles(text, decided)]


def _sentence(
    sentence: LabelledSentence, decided: Sequence[LabelledSentence], told: SentenceResult | None
) -> SentenceView:
    suggested = list(told.labels) if told else []
    by_a_person = sentence.labels is not None and bool(sentence.at or sentence.by)
    return {
        "start": sentence.start,
        "end": sentence.end,
        "suggested": suggested,
        "probabilities": {label: round(p, 3) for label, p in told.probabilities.items()} if told else {},
        "uncertain": bool(told and told.uncertain),
        "decided": by_a_person,
        "labels": list(sentence.labels or ()) if by_a_person else suggested,
        "by": sentence.by,
        "version": stretch_version(decided, sentence.start, sentence.end),
    }


def carried(labels: Sequence[str], decided: bool, sentences: Sequence[SentenceView]) -> Iterator[tuple[set[str], int]]:
    """Yield the labels of each sentence of a paragraph, and its characters (`labelling.decided.carried`).

    `decided`: a person gave the paragraph its `labels`.
    """
    found = decided_labels(
        labels if decided else None, [(sentence["labels"], sentence["decided"]) for sentence in sentences]
    )
    for some, sentence in zip(found, sentences, strict=True):
        yield set(some), sentence["end"] - sentence["start"]
