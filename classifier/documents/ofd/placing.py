"""Glyphs to pieces of text for the layout: in reading direction, turned text and watermarks apart."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from classifier.documents.layout.placed import Piece, PlacedPage
from classifier.documents.layout.rows import joined, rows_of
from classifier.documents.ofd.drawing import Glyph

_GAP = 1.0  # characters: a wider gap ends a piece
_ODD = 12.0  # degrees off the page's edges: a watermark
_LABEL = 10  # characters that a vertical label beside horizontal text has at most
_SLACK = 2.0  # millimetres that text may stand outside its page

Box = tuple[float, float, float, float]


def placed_pages(
    runs: Sequence[Sequence[Glyph]], page_box: Box, number: int, furniture: Sequence[str]
) -> list[PlacedPage]:
    """Return a page's text as pages of the layout: most of it first, what reads in another direction after it."""
    groups: dict[int, list[Sequence[Glyph]]] = {}
    slanted: list[str] = []
    for run in runs:
        quarter = _quarter(run)
        if quarter is None:
            slanted.append("".join(one.character for one in run).strip())
        else:
            groups.setdefault(quarter, []).append(run)
    order = sorted(groups, key=lambda quarter: (-sum(len(run) for run in groups[quarter]), quarter))
    labels = _labels(groups, order[0]) if order else []
    pages = []
    for quarter in order:
        pieces = [piece for run in groups[quarter] for piece in _pieces(run, quarter, page_box)]
        if quarter == order[0]:
            pieces += [_label(run, page_box) for run in labels]
        width, height = (page_box[2], page_box[3]) if quarter % 2 == 0 else (page_box[3], page_box[2])
        pages.append(PlacedPage(number, width, height, pieces, edged=quarter in {0, order[0]}))
    fixed = PlacedPage(number, page_box[2], page_box[3], (), (*furniture, *(one for one in slanted if one)))
    return [*pages, fixed] if fixed.furniture else pages


def line_texts(runs: Sequence[Sequence[Glyph]], page_box: Box) -> list[str]:
    """Return the texts of runs line by line."""
    pages = placed_pages(runs, page_box, 1, ())
    texts = [text for page in pages for text in page.furniture]
    for page in pages:
        for row in rows_of(page.pieces, 1):
            text = ""
            for line in row:
                text = joined(text, line.text, blank=True)
            texts.append(text)
    return texts


def outside(run: Sequence[Glyph], page_box: Box) -> bool:
    """Tell whether a run begins off its page, where no reader sees it."""
    x, y, width, height = page_box
    first = run[0]
    return not (x - _SLACK <= first.x <= x + width + _SLACK and y - _SLACK <= first.y <= y + height + _SLACK)


def _quarter(run: Sequence[Glyph]) -> int | None:
    """Return how many quarters of a circle the reading direction is turned to the right; None: not by quarters.

    The direction of most steps from glyph to glyph: a run may hold several lines.
    """
    steps = [(b.x - a.x, b.y - a.y) for a, b in pairwise(run)]
    steps = [(x, y) for x, y in steps if abs(x) + abs(y) > 0.1 * run[0].size] or [run[0].along]
    return Counter(_quarter_of(x, y) for x, y in steps).most_common(1)[0][0]


def _quarter_of(x: float, y: float) -> int | None:
    angle = math.degrees(math.atan2(y, x))
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - 90 * quarter) <= _ODD else None


def _turned(x: float, y: float, quarter: int, page_box: Box) -> tuple[float, float]:
    left, top, width, height = page_box
    x, y = x - left, y - top
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarter]


def _pieces(run: Sequence[Glyph], quarter: int, page_box: Box) -> Iterator[Piece]:
    """Yield the parts of a run that stand together; blanks at their ends only move them."""
    text, start, end, base, size = "", 0.0, 0.0, 0.0, 0.0
    blank = ""
    for glyph in run:
        if glyph.character.isspace():
            blank += glyph.character
            continue
        x, y = _turned(glyph.x, glyph.y, quarter, page_box)
        to, _ = _turned(glyph.x + glyph.along[0], glyph.y + glyph.along[1], quarter, page_box)
        apart = x - end > _GAP * glyph.size or x < end - 0.5 * glyph.size or abs(y - base) > 0.3 * glyph.size
        if text and apart:
            yield Piece(text, start, end, base, size)
            text = ""
        if text:
            text += blank + glyph.character
        else:
            text, start, base, size = glyph.character, x, y, glyph.size
        end, blank = max(to, x), ""
    if text:
        yield Piece(text, start, end, base, size)


def _labels(groups: dict[int, list[Sequence[Glyph]]], main: int) -> list[Sequence[Glyph]]:
    """Take short runs downwards out of a page of horizontal text: labels of cells, read where they begin."""
    if main != 0 or 1 not in groups:
        return []
    labels = [run for run in groups[1] if len(run) <= _LABEL]
    groups[1] = [run for run in groups[1] if len(run) > _LABEL]
    return labels


def _label(run: Sequence[Glyph], page_box: Box) -> Piece:
    x, y = _turned(run[0].x, run[0].y, 0, page_box)
    size = run[0].size
    return Piece("".join(glyph.character for glyph in run).strip(), x, x + size, y, size)
