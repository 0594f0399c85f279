"""Which paragraphs are headings: in a larger or another font, or centred; and of which level."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classifier.documents.pdf.characters import Style
from classifier.documents.pdf.lines import Piece
from classifier.documents.pdf.paragraphs import text_of
from classifier.documents.pdf.placed_lines import Line

_LARGER = 1.08  # times the body's size
_LONGEST = 100  # characters
_LONGEST_PLAIN = 40  # characters of one in the body's size
_DEEPEST = 6
_STOPPED = re.compile(r"[。；;，,、：:！!？?]$")
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")


@dataclass(frozen=True)
class Fonts:
    """A document's fonts: `usual` size and style of its body; `levels`: of each larger size, 1 the largest."""

    usual: float
    style: Style
    levels: Mapping[float, int]


def fonts_of(pieces: Iterable[Piece]) -> Fonts:
    """Return what fonts the lines of a document stand in."""
    sizes: Counter[float] = Counter()
    styles: Counter[tuple[float, Style]] = Counter()
    for piece in pieces:
        sizes[_rounded(piece.size)] += len(piece.text)
        styles[_rounded(piece.size), piece.style] += len(piece.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    style = max(
        (key for key in styles if key[0] == usual), key=lambda key: styles[key], default=(0.0, Style("", False))
    )
    larger = sorted((size for size in sizes if size > _LARGER * usual), reverse=True)
    return Fonts(usual, style[1], {size: min(level, _DEEPEST) for level, size in enumerate(larger, start=1)})


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def heading_level(lines: Sequence[Line], fonts: Fonts) -> tuple[bool, int | None]:
    """Tell whether a paragraph is a heading, and its level where the size of its font tells."""
    text = text_of(lines)
    if len(text) > _LONGEST or _STOPPED.search(text) or not _HAN.search(text):
        return False, None
    piece = max((line.piece for line in lines), key=lambda one: len(one.text))
    level = fonts.levels.get(_rounded(piece.size))
    if level is not None:
        return True, level
    if len(text) > _LONGEST_PLAIN or piece.size * _LARGER < fonts.usual:
        return False, None
    if all(line.is_centred for line in lines):
        return True, None
    other = piece.style != fonts.style and (piece.style.bold > fonts.style.bold or bool(piece.style.name))
    return other and not lines[0].is_set_off, None
