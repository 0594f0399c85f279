"""Cut a document into paragraphs that know their place in it.

The paragraphs are in order, do not overlap, and hold every character that is not white space.
"""

import re
from collections.abc import Iterable

from classifier.text.document import Document, Kind, Paragraph
from classifier.text.lines import Span, author_lines
from classifier.text.markers import BEFORE_ORDINAL, BOILERPLATE, GAP_AFTER_SENTENCE, ORDINAL

LONG = 600  # characters over which a paragraph is cut, where its parts are still paragraphs
_PART = 60  # characters that a part cut from a long paragraph has at least
_HEADING = 45  # characters a heading has at most
_NUMBERED_HEADING = 60  # the same for one that opens with an ordinal, though it be a full sentence
_FAMILIES = tuple(  # ordinals of one kind, the coarser first
    re.compile(family)
    for family in (
        r"第?[一二三四五六七八九十]{1,3}、",
        r"[（(][一二三四五六七八九十]{1,3}[）)]",
        r"第[一二三四五六七八九十]{1,3}[，,：:]",
        r"[一二三四五六七八九十]{1,2}是",
        r"[一二三四五六七八九十]{1,2}要",
        r"[一二三四五六七八九十]{1,2}[抓看则]",
        r"\d{1,2}[、．.](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]",
    )
)
_FULL_STOP_MARK = re.compile("[。！？；!?;…]+")
_FULL_STOP = re.compile("[。！？!?][”’」』）)】》\"']*$")


def split(document: Document) -> list[Paragraph]:
    """Return the paragraphs of a document."""
    text = document.text
    spans = [part for line in author_lines(text) for part in _cut(text, line)]
    return [Paragraph(i, a, b, text[a:b], kind_of(text[a:b])) for i, (a, b) in enumerate(spans)]


def kind_of(text: str) -> Kind:
    """Tell headings, body and boilerplate (source, credit, date, navigation) apart by their form."""
    if len(text) <= 160 and BOILERPLATE.fullmatch(text):
        return "boilerplate"
    sentences = len(_FULL_STOP_MARK.findall(text))
    if len(text) <= _HEADING and sentences == 0:
        return "heading"
    if len(text) <= _NUMBERED_HEADING and ORDINAL.match(text) and sentences == 1 and _FULL_STOP.search(text):
        return "heading"
    return "body"


def _cut(text: str, line: Span) -> Iterable[Span]:
    if line[1] - line[0] <= LONG:
        return [line]
    parts = [line]
    gaps = [match.span(match.lastindex or 0) for match in GAP_AFTER_SENTENCE.finditer(text, *line)]
    if gaps:  # a whole document run together on one line
        parts = _at(line, gaps)
    return [piece for part in parts for piece in _cut_long(text, part)]


def _cut_long(text: str, part: Span) -> list[Span]:
    """Cut before the ordinals of the coarsest family that leaves proper parts; again where still long."""
    if part[1] - part[0] <= LONG:
        return [part]
    places = [(match.start(1), match.end(1)) for match in BEFORE_ORDINAL.finditer(text, *part)]
    for family in _FAMILIES:
        own = [place for place in places if family.match(text, place[1])]
        chosen = _far_enough(part, own)
        if chosen:
            pieces = _at(part, chosen)
            return [piece for one in pieces for piece in _cut_long(text, one)]
    return [part]


def _far_enough(part: Span, places: list[Span]) -> list[Span]:
    """Keep the places that leave parts of at least `_PART` characters on both sides."""
    kept: list[Span] = []
    last = part[0]
    for start, end in places:
        if start - last >= _PART and part[1] - end >= _PART:
            kept.append((start, end))
            last = end
    return kept


def _at(part: Span, places: list[Span]) -> list[Span]:
    """Cut a span at the white space of `places` (which may be empty stretches)."""
    starts = [part[0], *(end for _, end in places)]
    ends = [*(start for start, _ in places), part[1]]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
