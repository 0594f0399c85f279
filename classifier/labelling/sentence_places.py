"""Where a paragraph's labelled sentences stand in its text, and in the same text with other spaces and widths."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import orjson

from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.paragraph_keys import folded
from classifier.text.sentences import sentences


def tiles(text: str, labelled: Sequence[LabelledSentence]) -> tuple[LabelledSentence, ...]:
    """Return the sentences of a text: the `labelled` as they are, and where these leave room those it is cut into."""
    others = (
        LabelledSentence(start, end)
        for start, end in sentences(text)
        if not any(sentence.meets(start, end) for sentence in labelled)
    )
    return tuple(sorted((*labelled, *others), key=lambda one: one.start))


def moved(labelled: Iterable[LabelledSentence], source: str | None, target: str | None) -> tuple[LabelledSentence, ...]:
    """Return sentences of one form of a paragraph where they stand in another form of it.

    Forms of a text differ in spaces and widths only. A form that is None holds word counts: from it only labelled
    sentences come, and only where their words do stand at their place; into it none do.
    """
    if source == target:
        return tuple(labelled)
    if target is None:
        return ()
    found = _by_words(labelled, target) if source is None else _by_place(labelled, source, target)
    return tuple(one for one in found if one.start < one.end)


def labelled_in(paragraph: LabelledParagraph | None, text: str) -> tuple[LabelledSentence, ...]:
    """Return what is said of a paragraph's sentences, where they stand in `text`, a form of it; () for None."""
    return moved(paragraph.labelled_sentences, paragraph.text, text) if paragraph is not None else ()


def stretch_version(labelled: Iterable[LabelledSentence], start: int, end: int) -> str:
    """Return a name for what is said of the sentences that meet a stretch of text; "" where nobody said anything."""
    said = [
        [sentence.start, sentence.end, sentence.labels]
        for sentence in labelled
        if sentence.labels is not None and sentence.meets(start, end)
    ]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()[:16] if said else ""


def _by_place(labelled: Iterable[LabelledSentence], source: str, target: str) -> Iterator[LabelledSentence]:
    def place(before: int) -> int:
        size = len(folded(source[:before]))
        return bisect_left(range(len(target) + 1), size, key=lambda end: len(folded(target[:end])))

    for sentence in labelled:
        yield replace(sentence, start=place(sentence.start), end=place(sentence.end))


def _by_words(labelled: Iterable[LabelledSentence], target: str) -> Iterator[LabelledSentence]:
    for sentence in labelled:
        there = folded(target[sentence.start : sentence.end])
        if (
            sentence.labels is not None
            and sentence.end <= len(target)
            and all(word in there for word in sentence.words or {})
        ):
            yield replace(sentence, words=None)
