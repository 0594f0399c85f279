"""Lines to paragraphs, over columns and pages: by indents, short last lines, gaps, fonts, and lines set off."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from classifier.documents.pdf.lines import Piece, join, width_of_first

_INDENT = 0.8  # of the size: a line that begins further right is indented
_SET_OFF = 5.0  # of the size: a line that begins further right is centred, or a signature
_CENTRED = 1.2  # of the size that the spaces on both sides of a centred line may differ
_SAME = 0.5  # of the size: lines that begin no further apart begin at one place
_GAP = 0.3  # of the size: lines further apart than usual by more are two paragraphs
_LOOSE, _JUSTIFIED = 0.3, 0.5  # of the size, at the end of a full line: beside what did not fit in; where justified
_TITLE_GAP = 2.3  # of the size: lines of a title that lie no further apart are one
_SIZES = 1.08  # times as large or small a font parts paragraphs
_SAME_EDGE = 0.7  # of the size: two lines that end no further apart show where full ones end
_MIXED = re.compile("[0-9A-Za-z]")
_HANGING = re.compile("[，。、；：！？,.;:!?）)”’》」』】]$")
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)】》\"']*$")
_LEADERS = re.compile(r"(?:[.…·．‧⋯_]\s*){4,}\s*[（(]?\d+[）)]?$")
_MARKER = re.compile(
    r"附件|附[：:]|[-—●■◆▲★•·▪▶○※*]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)]?[.、．）)]|[（(\[〔]\d{1,3}[）)\]〕]|[①-⑳]"
)
_ORDINAL = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、条章节]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d)"
)


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


@dataclass(frozen=True)
class Line:
    """A line in its column. `gap`: to the line above, None for the first of a column."""

    piece: Piece
    frame: Frame
    page: int
    gap: float | None

    @property
    def indent(self) -> float:
        """Return how far from the column's left edge it begins, in sizes."""
        return (self.piece.x0 - self.frame.x0) / self.piece.size

    @property
    def left_over(self) -> float:
        """Return how much space is left at its end, in sizes."""
        return (self.frame.x1 - self.piece.x1) / self.piece.size

    @property
    def is_in_middle(self) -> bool:
        """Tell whether as much space is left at its end as at its beginning."""
        return abs(self.indent - self.left_over) <= _CENTRED

    @property
    def is_centred(self) -> bool:
        """Tell whether it stands in the middle, too far right for a first line's indent."""
        return self.indent > 2.6 and self.is_in_middle

    @property
    def is_set_off(self) -> bool:
        """Tell whether it is centred or stands at the right, as signatures and dates do."""
        return self.is_centred or self.indent > _SET_OFF


def is_full(line: Line, following: Line) -> bool:
    """Tell whether a line ended because what follows did not fit in."""
    needed = 0.0 if line.frame.justified else width_of_first(following.piece.text)
    return line.left_over < needed + (_JUSTIFIED if line.frame.justified else _LOOSE)


def paragraphs_of(lines: Sequence[Line], usual: float) -> Iterator[list[Line]]:
    """Yield the paragraphs that lines make up; `usual`: the size of the body's font in points."""
    own: list[Line] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if own and _begins(own, line, following, usual):
            yield own
            own = []
        own.append(line)
    if own:
        yield own


def text_of(lines: Sequence[Line]) -> str:
    """Return the text of the lines of a paragraph."""
    return join(line.piece.text for line in lines)


def _begins(own: Sequence[Line], line: Line, following: Line | None, usual: float) -> bool:
    """Tell whether a line begins a new paragraph after the lines of one."""
    last = own[-1]
    sizes = line.piece.size / last.piece.size
    if not 1 / _SIZES < sizes < _SIZES or _LEADERS.search(line.piece.text) or _LEADERS.search(last.piece.text):
        return True
    if line.piece.size > _SIZES * usual and line.is_in_middle and last.is_in_middle:  # a title in several lines
        return line.gap is not None and line.gap > _TITLE_GAP * line.piece.size
    if line.gap is not None and line.gap > _usual_gap(line):
        return True
    if not is_full(last, line) or last.is_centred or (len(own) == 1 and last.is_set_off):
        return True
    return _indents(own, line, following)


def _usual_gap(line: Line) -> float:
    """Return the widest gap between lines of a paragraph, in points."""
    size = line.piece.size
    return line.frame.pitch + _GAP * size if line.frame.pitch else _TITLE_GAP * size


def _indents(own: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Tell by where lines begin whether a line after a full one begins a paragraph."""
    last = own[-1]
    ended = bool(_SENTENCE_END.search(last.piece.text))
    if line.is_set_off and not _MARKER.match(own[0].piece.text):
        return True
    hangs = len(own) > 1 and own[0].indent < _INDENT <= last.indent
    if line.frame.hangs > 0 and len(own) == 1 and last.indent < _INDENT:
        return line.indent < _INDENT and ended
    if line.indent < _INDENT:
        return hangs or (ended and len(own) > 1 and own[0].indent < _INDENT and bool(_ORDINAL.match(line.piece.text)))
    step = line.indent - last.indent
    if len(own) > 1:  # goes on where the second line began
        return abs(step) > _SAME
    if step < -_SAME:
        return False
    back = following is None or following.indent < line.indent - _INDENT
    if step <= _SAME:  # one full line, or a block that is indented as a whole
        return ended or back
    return ended or not (_MARKER.match(last.piece.text) or not back)


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
    body = [line for line in lines if 1 / _SIZES < line.size / size < _SIZES] or list(lines)
    edge, at_edge = _right_edge(body, size)
    left = min(line.x0 for line in body)
    return Frame(left, edge, _pitch(body), at_edge, _hangs(body, left, edge, size))


def _hangs(lines: Sequence[Piece], left: float, right: float, size: float) -> int:
    hangs = 0
    for line, following in pairwise(lines):
        if line.x1 > right - size:
            first, second = line.x0 - left > _INDENT * size, following.x0 - left > _INDENT * size
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
