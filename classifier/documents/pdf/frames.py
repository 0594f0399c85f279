"""The edges of a column's text, and how its paragraphs are set: what a line's place is measured by."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from classifier.documents.pdf.lines import Piece

INDENT = 0.8  # of the size: a line that begins further right than its column is indented
SIZES = 1.08  # times as large or small a font is another size
_SAME_EDGE = 0.7  # of the size: two lines that end no further apart show where full ones end
_OUT = 1.2  # of the size: lines that end further out show that the others are not full
_NARROWEST = 10.0  # of the size: lines as narrow that end at one place are a list's
_WIDE = 0.6  # of the page's width: a line as wide may be full
_SAME_PITCH = 1.5  # points by which distances of lines differ that are one
_STRETCHED = 0.15  # of the size: a line so much wider than its characters was spread to the column's edge
_HAN_ALONE = re.compile("[\u3001-\u3003\u4e00-\u9fff\uff01-\uff1f]+")
_MIXED = re.compile("[0-9A-Za-z]")
_HANGING = re.compile("[，。、；：！？,.;:!?）)”’》」』】]$")


@dataclass(frozen=True)
class Lines:
    """What stands in a column. `place`: which of how many columns; `width`: of the page, in points."""

    place: tuple[int, int]
    width: float
    pieces: Sequence[Piece]

    @property
    def size(self) -> float:
        """Return the usual size of the font, in points."""
        return median(piece.size for piece in self.pieces)


@dataclass(frozen=True)
class Frame:
    """The edges of a column's text and the usual distance of its lines, in points.

    `sure`: several lines show where full ones end. `justified`: full lines end at one place. `hangs`: how much more
    often a second line begins further right than the first than the other way round.
    """

    x0: float
    x1: float
    pitch: float
    sure: bool = False
    justified: bool = False
    hangs: int = 0


def frames_of(columns: Sequence[Lines]) -> list[Frame]:
    """Return the frame of each column.

    A column of few or short lines takes its edges from the other columns at the same place.
    """
    own = [_own_frame(column) if column.pieces else Frame(0.0, 0.0, 0.0) for column in columns]
    together: dict[tuple[int, int], list[Frame]] = {}
    for column, frame in zip(columns, own, strict=True):
        if column.pieces:
            together.setdefault(column.place, []).append(frame)
    pitches = [frame.pitch for frame in own if frame.pitch and frame.sure] or [one.pitch for one in own if one.pitch]
    pitch = median(pitches) if pitches else 0.0
    return [
        _completed(replace(frame, pitch=_pitch_among(frame, column, pitch)), together.get(column.place, []), column)
        for column, frame in zip(columns, own, strict=True)
    ]


def _pitch_among(frame: Frame, lines: Lines, usual: float) -> float:
    """Return a column's distance of lines; the document's, where it has none or so few that gaps are more usual."""
    if frame.sure or not 0 < usual < frame.pitch:
        return frame.pitch or usual
    as_usual = any(abs(b.y - a.y - usual) <= _SAME_PITCH for a, b in pairwise(lines.pieces))
    return usual if as_usual else frame.pitch


def _own_frame(lines: Lines) -> Frame:
    size = lines.size
    body = [piece for piece in lines.pieces if 1 / SIZES < piece.size / size < SIZES] or list(lines.pieces)
    left = min(line.x0 for line in body)
    edge = _shared_end(body, size)
    if edge is None or edge - left < _NARROWEST * size:
        return Frame(left, max(line.x1 for line in body), _pitch(body))
    return Frame(left, edge, _pitch(body), True, _is_justified(body, edge, size), _hangs(body, left, edge, size))


def _hangs(lines: Sequence[Piece], left: float, right: float, size: float) -> int:
    hangs = 0
    for line, following in pairwise(lines):
        if line.x1 > right - size:
            first, second = line.x0 - left > INDENT * size, following.x0 - left > INDENT * size
            hangs += second - first
    return hangs


def _shared_end(lines: Sequence[Piece], size: float) -> float | None:
    """Return where full lines end, if at least two do; punctuation may hang out beyond."""
    ends = sorted((line.x1 for line in lines if not _HANGING.search(line.text)), reverse=True)
    edge = next((x for x, after in pairwise(ends) if x - after < _SAME_EDGE * size), None)
    return edge if edge is not None and ends[0] - edge < _OUT * size else None


def _is_justified(lines: Sequence[Piece], edge: float, size: float) -> bool:
    """Tell by lines with Latin letters or digits in them, for others end at one place anyway: but at the same one."""
    near = [line for line in lines if line.x1 > edge - size]
    mixed = [line.x1 for line in near if _MIXED.search(line.text)]
    plain = [line.x1 for line in near if _HAN_ALONE.fullmatch(line.text)]
    if sum(x < edge - 0.12 * size for x in plain) * 2 > len(plain):
        return False
    if len(mixed) > 2 and sum(x > edge - 0.12 * size for x in mixed) >= 0.8 * len(mixed):
        return True
    return _are_stretched(lines, edge, size)


def _are_stretched(lines: Sequence[Piece], edge: float, size: float) -> bool:
    """Tell whether full lines of Han characters alone are wider than their characters, and the others are not."""
    full: list[float] = []
    short: list[float] = []
    for line in lines:
        if _HAN_ALONE.fullmatch(line.text):
            more = (line.x1 - line.x0) / size - len(line.text)
            (full if line.x1 > edge - 0.12 * size else short).append(more)
    return len(full) > 2 and len(short) > 2 and median(full) > _STRETCHED and abs(median(short)) < 0.1 * _STRETCHED


def _pitch(lines: Sequence[Piece]) -> float:
    """Return the smallest common distance of lines: the one between lines of a paragraph."""
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y - a.y > 0.8 * a.size]
    counts = Counter(round(step) for step in steps)
    common = [step for step in counts if counts[step] + counts[step - 1] + counts[step + 1] >= max(2, len(steps) // 5)]
    if not common:
        return 0.0
    near = min(common)
    return median(step for step in steps if abs(step - near) <= _SAME_PITCH)


def _completed(frame: Frame, others: Sequence[Frame], lines: Lines) -> Frame:
    """Return a frame with the edges of the most usual frame round it; of the page, where nothing shows them."""
    if not lines.pieces:
        return frame
    size = lines.size
    around = [one for one in others if _is_round(one, frame, size)]
    sure = [one for one in around if one.sure]
    if not sure:
        frame = replace(frame, x0=min((one.x0 for one in around), default=frame.x0))  # all its lines may be first ones
        short = not frame.sure and frame.x1 - frame.x0 < _WIDE * lines.width and lines.place == (0, 1)
        return replace(frame, x1=max(frame.x1, lines.width - frame.x0)) if short else frame
    edges = Counter((round(one.x0 / size), round(one.x1 / size)) for one in sure)
    most = edges.most_common(1)[0][0]
    usual = [one for one in others if one.sure and (round(one.x0 / size), round(one.x1 / size)) == most]
    return replace(
        frame,
        x0=min(frame.x0, median(one.x0 for one in usual)),
        x1=max(frame.x1, median(one.x1 for one in usual)) if frame.sure else median(one.x1 for one in usual),
        justified=frame.justified or sum(one.justified for one in usual) * 2 > len(usual),
        hangs=sum(one.hangs for one in usual),
    )


def _is_round(other: Frame, frame: Frame, size: float) -> bool:
    """Tell whether another page's column may be this one's: as wide or wider, by an indent at the left."""
    return -size < frame.x0 - other.x0 < 5 * size and other.x1 > frame.x1 - _OUT * size
