"""Where a paragraph's labelled sentences stand in its text, and in the same text with other spaces and widths."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import orjson

from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.paragraph_keys import folded
from classifier.text.sentences import sentences


def tiles(text: str, given: Sequence[LabelledSentence]) -> tuple[LabelledSentence, ...]:
    """Return the sentences of a text: `given` ones as they are, and where they leave room those that it is cut into."""
    others = (
        LabelledSentence(start, end)
        for start, end in sentences(text)
        if not any(one.meets(start, end) for one in given)
    )
    return tuple(sorted((*given, *others), key=lambda one: one.start))


def moved(given: Iterable[LabelledSentence], source: str | None, target: str | None) -> tuple[LabelledSentence, ...]:
    """Return sentences of one form of a paragraph where they stand in another form of it.

    Forms of a text differ in spaces and widths only. A form that is None holds word counts: from it only labelled
    sentences come, and only where their words do stand at their place; into it none do.
    """
    if source == target:
        return tuple(given)
    if target is None:
        return ()
    found = _by_words(given, target) if source is None else _by_place(given, source, target)
    return tuple(one for one in found if one.start < one.end)


def labelled_in(one: LabelledParagraph | None, text: str) -> tuple[LabelledSentence, ...]:
    """Return what is said of a paragraph's sentences, where they stand in `text`, a form of it; () for None."""
    return moved(one.labelled_sentences, one.text, text) if one is not None else ()


def stretch_version(given: Iterable[LabelledSentence], start: int, end: int) -> str:
    """Return a name for what is said of the sentences that meet a stretch of text; "" where nobody said anything."""
    said = [[one.start, one.end, one.labels] for one in given if one.labels is not None and one.meets(start, end)]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()[:16] if said else ""


def _by_place(given: Iterable[LabelledSentence], source: str, target: str) -> Iterator[LabelledSentence]:
    def place(before: int) -> int:
        size = len(folded(source[:before]))
        return bisect_left(range(len(target) + 1), size, key=lambda end: len(folded(target[:end])))

    for one in given:
        yield replace(one, start=place(one.start), end=place(one.end))


def _by_words(given: Iterable[LabelledSentence], target: str) -> Iterator[LabelledSentence]:
    for one in given:
        there = folded(target[one.start : one.end])
        if one.labels is not None and one.end <= len(target) and all(word in there for word in one.words or {}):
            yield replace(one, words=None)
