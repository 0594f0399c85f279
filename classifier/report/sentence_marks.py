"""A paragraph's text in which each sentence is underlined for the labels that it carries.

The kinds of line tell labels apart without colour, as the edges of paragraphs and chips do; for who cannot see them the
names stand behind the sentence, unseen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from classifier.api import SentenceResult
from classifier.model.decide import percent
from classifier.report.text import as_html

_NO_TAG = Markup("")


def marked_html(
    text: str, sentences: Sequence[SentenceResult] | None, labels: Mapping[str, Mapping[str, Any]]
) -> Markup:
    """Return a text for the inside of an element; `labels`: their views by id."""
    tags: list[tuple[int, Markup]] = []
    for sentence in sentences or ():
        if sentence.labels:
            tags += [
                (sentence.start, _opened(sentence, labels)),
                (sentence.end, Markup("</span>") * (1 + len(sentence.labels))),
            ]
    return as_html(text, tags)


def tiled_html(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return a text each of whose sentences is an element, for a page that underlines them itself."""
    tags = [pair for start, end in spans for pair in ((start, Markup('<span class="s">')), (end, Markup("</span>")))]
    return as_html(text, tags)


def _opened(sentence: SentenceResult, labels: Mapping[str, Mapping[str, Any]]) -> Markup:
    said = ", ".join(
        f"{labels[label]['zh']} {percent(sentence.probabilities[label]) if sentence.decided is None else '✓'}"
        for label in sentence.labels
    )
    names = "、".join(str(labels[label]["zh"]) for label in sentence.labels)
    whole = Markup('<span class="s" title="{}" data-n="{}">').format(said, names)
    lines = (
        Markup('<span class="u u{} c{}">').format(depth, labels[label]["colour"])
        for depth, label in enumerate(sentence.labels)
    )
    return whole + _NO_TAG.join(lines)
