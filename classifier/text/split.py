"""Cut a document into paragraphs that know their place in it.

The paragraphs are in order, do not overlap, and hold every character that is not white space.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from classifier.documents.document import Block, Document, Role
from classifier.text.lines import Span, author_lines, stripped
from classifier.text.markers import BEFORE_ORDINAL, GAP_AFTER_SENTENCE, ORDINAL, is_boilerplate
from classifier.text.paragraph import Kind, Paragraph
from classifier.text.sentences import sentences

_Part = tuple[int, int, Kind, Block]
_PLAIN = Block("")
_KINDS_OF_ROLES: dict[Role, Kind] = {
    "body": "body", "heading": "heading", "row": "table", "column_heading": "heading", "footnote": "footnote",
    "furniture": "boilerplate",
}  # fmt: skip

LONG = 600  # characters over which a paragraph is cut, where its parts are still paragraphs
ENDLESS = 1500  # characters over which one without ordinals is cut at sentence ends
_STYLED_HEADING = 120  # characters of a heading that the format says is one
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
_CLOSERS = "[”’」』）)】》\"']*"
# 群众满意. – but for the number that 一. or 第十一. is, and the name that 艾力.买买提 is
_WESTERN = (
    rf"(?<=[\u4e00-\u9fff]{{2}})(?<!第[一二三四五六七八九十])(?<![一二三四五六七八九十百]{{2}})[.．](?={_CLOSERS}$)"
)
_FULL_STOP_MARK = re.compile(rf"[。！？；!?;…]+|{_WESTERN}")
_FULL_STOP = re.compile(rf"(?:[。！？!?]|{_WESTERN}){_CLOSERS}$")
_WESTERN_INSIDE = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})[.．](?=[\u4e00-\u9fff]{{2}}.*{_WESTERN})"
)  # where it ends so, too


def split(document: Document) -> list[Paragraph]:
    """Return the paragraphs of a document.

    Where its format tells blocks apart, rows, headings, footnotes and furniture are paragraphs as they stand; running
    text goes the way of plain text, for many a Word file has a paragraph for each line.
    """
    parts = _block_parts(document) if document.blocks else _text_parts(document.text, 0, len(document.text))
    return [
        Paragraph(i, a, b, document.text[a:b], kind, block.page, block.recognised, block.cells)
        for i, (a, b, kind, block) in enumerate(parts)
    ]


def _text_parts(text: str, start: int, end: int, block: Block = _PLAIN) -> Iterator[_Part]:
    """Yield the paragraphs of running text."""
    for a, b in author_lines(text[start:end]):
        for first, last in _cut_line(text, (start + a, start + b)):
            yield first, last, kind_of(text[first:last]), block


def _block_parts(document: Document) -> Iterator[_Part]:
    """Yield the paragraphs of blocks; body blocks that follow each other on one page are one running text."""
    for running, placed_blocks in groupby(document.placed_blocks(), key=_running):
        blocks = list(placed_blocks)
        if running is not None:
            yield from _text_parts(document.text, blocks[0][0], blocks[-1][1], blocks[0][2])
            continue
        for start, end, block in blocks:
            a, b = stripped(document.text, start, end)
            yield a, b, _kind_of_block(block, document.text[a:b]), block


def _running(placed: tuple[int, int, Block]) -> tuple[int | None, bool] | None:
    block = placed[2]
    return (block.page, block.recognised) if block.role == "body" else None


def _kind_of_block(block: Block, text: str) -> Kind:
    if block.role == "heading" and len(text) > _STYLED_HEADING:  # whole paragraphs in a heading's style
        return "body"
    return _KINDS_OF_ROLES[block.role]


def kind_of(text: str) -> Kind:
    """Tell headings, body and boilerplate (source, credit, date, navigation) apart by their form."""
    if len(text) <= 160 and is_boilerplate(text):
        return "boilerplate"
    if len(text) > _NUMBERED_HEADING:
        return "body"
    sentences = len(_FULL_STOP_MARK.findall(text))
    if len(text) <= _HEADING and sentences == 0:
        return "heading"
    ordinal = ORDINAL.match(text)
    if sentences == 1 and ordinal and _FULL_STOP.search(text) and not _WESTERN_INSIDE.search(text, ordinal.end()):
        return "heading"
    return "body"


def _cut_line(text: str, line: Span) -> Iterable[Span]:
    if line[1] - line[0] <= LONG:
        return [line]
    parts = [line]
    gaps = [match.span(match.lastindex or 0) for match in GAP_AFTER_SENTENCE.finditer(text, *line)]
    if gaps:  # a whole document run together on one line
        parts = _cut_at_gaps(line, gaps)
    return [piece for part in parts for piece in _cut_long(text, part)]


def _cut_long(text: str, part: Span) -> list[Span]:
    """Cut before the ordinals of the coarsest family that leaves proper parts; again where still long."""
    if part[1] - part[0] <= LONG:
        return [part]
    places = [(match.start(1), match.end(1)) for match in BEFORE_ORDINAL.finditer(text, *part)]
    for family in _FAMILIES:
        ordinals = [place for place in places if family.match(text, place[1])]
        chosen = _far_enough(part, ordinals)
        if chosen:
            pieces = _cut_at_gaps(part, chosen)
            return [shorter for piece in pieces for shorter in _cut_long(text, piece)]
    return [part] if part[1] - part[0] <= ENDLESS else _cut_at_sentences(text, part)


def _cut_at_sentences(text: str, part: Span) -> list[Span]:
    """Cut at sentence ends into parts of LONG characters at most, where sentences are no longer than that."""
    pieces: list[Span] = []
    for start, end in sentences(text[part[0] : part[1]]):
        a, b = part[0] + start, part[0] + end
        if pieces and b - pieces[-1][0] <= LONG:
            pieces[-1] = pieces[-1][0], b
        else:
            pieces.append((a, b))
    return [stripped(text, a, b) for a, b in pieces]


def _far_enough(part: Span, places: list[Span]) -> list[Span]:
    """Keep the places that leave parts of at least `_PART` characters on both sides."""
    kept: list[Span] = []
    last = part[0]
    for start, end in places:
        if start - last >= _PART and part[1] - end >= _PART:
            kept.append((start, end))
            last = end
    return kept


def _cut_at_gaps(part: Span, places: list[Span]) -> list[Span]:
    """Cut a span at the white space of `places` (which may be empty stretches)."""
    starts = [part[0], *(end for _, end in places)]
    ends = [*(start for start, _ in places), part[1]]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
