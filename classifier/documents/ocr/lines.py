"""What recognition gives: lines with their place and how sure they are; and their sizes, for the layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from classifier.documents.layout.placed import Piece, PlacedPage
from classifier.documents.layout.rows import narrow

_WIDE_CLOSED = re.compile(r"\(([^()（）]*)）")
_WIDE_OPENED = re.compile(r"（([^()（）]*)\)")
_SHARE = 0.72  # of a box's height is a Han character's, where no line tells
_SHARES = (0.5, 0.95)  # what is believable
_TELLING = 6  # characters from which a line's width tells their size
_SPACED = (0.8, 1.45)  # of the size that the height tells: else the line is spaced out, or its characters are narrow


@dataclass(frozen=True)
class RecognisedLine:
    """A line: the middle of its box, the box's width and height in pixels. `score`: 0 to 1."""

    text: str
    score: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class RecognisedPage:
    """The lines of a page of `width` by `height` pixels, in no order. `seals`: how many red seals stand on it.

    `unread`: how many lines gave no text worth keeping.
    """

    width: int
    height: int
    lines: tuple[RecognisedLine, ...]
    seals: int = 0
    unread: int = 0

    def placed(self, number: int) -> PlacedPage:
        """Return it for the layout."""
        share = _share_of_height(self.lines)
        return PlacedPage(
            number, self.width, self.height, [_piece(line, share) for line in self.lines], recognised=True
        )


def mended(text: str) -> str:
    """Return a line with brackets of one width: of a pair that opens narrow and closes wide both are wide."""
    return _WIDE_CLOSED.sub(r"（\1）", _WIDE_OPENED.sub(r"（\1）", text))


def _share_of_height(lines: Sequence[RecognisedLine]) -> float:
    """Return how much of the boxes' height is a character's, by the lines whose width tells."""
    shares = [_size_by_width(line, _SHARE) / line.height for line in lines if _units(line.text) >= _TELLING]
    return min(_SHARES[1], max(_SHARES[0], median(shares))) if shares else _SHARE


def _piece(line: RecognisedLine, share: float) -> Piece:
    size = share * line.height
    by_width = _size_by_width(line, share)
    if _units(line.text) >= _TELLING and _SPACED[0] * size <= by_width <= _SPACED[1] * size:
        size = by_width
    reach = max(size, line.width - (1 - share) * line.height) / 2  # boxes stand as far off the text on every side
    return Piece(line.text, line.x - reach, line.x + reach, line.y, size)


def _size_by_width(line: RecognisedLine, share: float) -> float:
    return (line.width - (1 - share) * line.height) / max(_units(line.text), 1.0)


def _units(text: str) -> float:
    """Return a text's width in Han characters."""
    return sum(0.5 if narrow(one) else 1.0 for one in text)
