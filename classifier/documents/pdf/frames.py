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
_MIXED = re.compile("[0-9A-Za-z]")
_HANGING = re.compile("[，。、；：！？,.;:!?）)”’》」』】]$")


@dataclass(frozen=True)
class Frame:
    """The edges of a column's text and the usual distance of its lines; `justified`: full lines end at one place.

    `hangs`: how much more often a second line begins further right than the first than the other way round.
    """

    x0: float
    x1: float
    pitch: float
    justified: bool
    hangs: int = 0


def frames_of(columns: Sequence[tuple[object, Sequence[Piece]]]) -> list[Frame]:
    """Return the frame of each column. `columns`: which place each has, and its lines from top to bottom.

    A column of few or short lines takes its edges from the other columns at the same place.
    """
    own = [_own_frame(lines) for _, lines in columns]
    together: dict[object, list[Frame]] = {}
    for (place, _), frame in zip(columns, own, strict=True):
        if frame is not None:
            together.setdefault(place, []).append(frame)
    pitches = [frame.pitch for frame in own if frame is not None and frame.pitch]
    pitch = median(pitches) if pitches else 0.0
    return [
        _completed(frame, together[place], lines, pitch) if frame is not None else Frame(0.0, 0.0, pitch, False)
        for (place, lines), frame in zip(columns, own, strict=True)
    ]


def _own_frame(lines: Sequence[Piece]) -> Frame | None:
    if not lines:
        return None
    size = median(line.size for line in lines)
    body = [line for line in lines if 1 / SIZES < line.size / size < SIZES] or list(lines)
    edge, at_edge = _right_edge(body, size)
    left = min(line.x0 for line in body)
    return Frame(left, edge, _pitch(body), at_edge, _hangs(body, left, edge, size))


def _hangs(lines: Sequence[Piece], left: float, right: float, size: float) -> int:
    hangs = 0
    for line, following in pairwise(lines):
        if line.x1 > right - size:
            first, second = line.x0 - left > INDENT * size, following.x0 - left > INDENT * size
            hangs += second - first
    return hangs


def _right_edge(lines: Sequence[Piece], size: float) -> tuple[float, bool]:
    """Return where full lines end, and whether most of them end just there; punctuation may hang out beyond."""
    ends = sorted((line.x1 for line in lines if not _HANGING.search(line.text)), reverse=True)
    edge = next((x for x, after in pairwise(ends) if x - after < _SAME_EDGE * size), None)
    if edge is None:
        return max(line.x1 for line in lines), False
    # without Latin letters and digits in them full lines end at one place anyway
    mixed = [x for x, text in ((line.x1, line.text) for line in lines) if x > edge - size and _MIXED.search(text)]
    return edge, len(mixed) > 2 and sum(x > edge - 0.12 * size for x in mixed) >= 0.8 * len(mixed)


def _pitch(lines: Sequence[Piece]) -> float:
    """Return the smallest common distance of lines: the one between lines of a paragraph."""
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y - a.y > 0.8 * a.size]
    counts = Counter(round(step) for step in steps)
    common = [step for step in counts if counts[step] + counts[step - 1] + counts[step + 1] >= max(2, len(steps) // 5)]
    if not common:
        return 0.0
    near = min(common)
    return median(step for step in steps if abs(step - near) <= 1.5)


def _completed(frame: Frame, others: Sequence[Frame], lines: Sequence[Piece], pitch: float) -> Frame:
    """Return a frame with the edges of the widest usual frame round it, where it is narrower than that."""
    size = median(line.size for line in lines)
    frame = replace(frame, pitch=frame.pitch or pitch)
    edges = Counter((round(one.x0 / size), round(one.x1 / size)) for one in others if _is_round(one, frame, size))
    if not edges:
        return frame
    most = edges.most_common(1)[0][0]
    usual = [one for one in others if (round(one.x0 / size), round(one.x1 / size)) == most]
    justified = sum(one.justified for one in usual) * 2 > len(usual)
    return Frame(
        min(frame.x0, median(one.x0 for one in usual)),
        max(frame.x1, median(one.x1 for one in usual)),
        frame.pitch,
        frame.justified or justified,
        sum(one.hangs for one in usual),
    )


def _is_round(other: Frame, frame: Frame, size: float) -> bool:
    """Tell whether another page's column may be this one's: as wide or wider, by an indent at the left."""
    return -size < frame.x0 - other.x0 < 5 * size and other.x1 > frame.x1 - size
