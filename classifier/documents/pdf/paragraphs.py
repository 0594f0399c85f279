"""Lines to paragraphs, over columns and pages: by indents, short last lines, gaps, fonts, and lines set off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifier.documents.pdf.frames import INDENT, SIZES, Frame
from classifier.documents.pdf.lines import Piece, join, width_of_first

_SET_OFF = 5.0  # of the size: a line that begins further right is centred, or a signature
_CENTRED = 1.2  # of the size that the spaces on both sides of a centred line may differ
_SAME = 0.5  # of the size: lines that begin no further apart begin at one place
_GAP = 0.3  # of the size: lines further apart than usual by more are two paragraphs
_LOOSE, _JUSTIFIED = 0.3, 0.5  # of the size, at the end of a full line: beside what did not fit in; where justified
_TITLE_GAP = 2.3  # of the size: lines of a title that lie no further apart are one
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)】》\"']*$")
_LEADERS = re.compile(r"(?:[.…·．‧⋯_]\s*){4,}\s*[（(]?\d+[）)]?$")
_MARKER = re.compile(
    r"附件|附[：:]|[-—●■◆▲★•·▪▶○※*]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)]?[.、．）)]|[（(\[〔]\d{1,3}[）)\]〕]|[①-⑳]"
)
_ORDINAL = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、条章节]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d)"
)


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
    def is_indented(self) -> bool:
        """Tell whether it begins further right than the column."""
        return self.indent >= INDENT

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


def is_full(own: Sequence[Line], following: Line) -> bool:
    """Tell whether the last line of a paragraph ended because what follows did not fit in."""
    line = own[-1]
    spread = line.frame.justified and not _goes_on(own, following)
    needed = 0.0 if spread else width_of_first(following.piece.text)
    if not line.frame.sure and _ended(line):  # nothing but this line shows how wide full ones are
        needed = 0.0
    return line.left_over < needed + (_JUSTIFIED if line.frame.justified else _LOOSE)


def _goes_on(own: Sequence[Line], following: Line) -> bool:
    """Tell by indents that a sentence goes on; lines that no program spread may stand among justified ones."""
    return own[0].is_indented and not own[0].is_set_off and not following.is_indented and not _ended(own[-1])


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
    if not 1 / SIZES < sizes < SIZES or _LEADERS.search(line.piece.text) or _LEADERS.search(last.piece.text):
        return True
    if line.piece.size > SIZES * usual and line.is_in_middle and last.is_in_middle:  # a title in several lines
        return line.gap is not None and line.gap > _TITLE_GAP * line.piece.size
    if line.gap is not None and line.gap > _usual_gap(line):
        return True
    if not is_full(own, line) or last.is_centred or (len(own) == 1 and last.is_set_off):
        return True
    return _indents(own, line, following)


def _usual_gap(line: Line) -> float:
    """Return the widest gap between lines of a paragraph, in points."""
    size = line.piece.size
    return line.frame.pitch + _GAP * size if line.frame.pitch else _TITLE_GAP * size


def _indents(own: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Tell by where lines begin whether a line after a full one begins a paragraph."""
    if line.is_set_off and not _MARKER.match(own[0].piece.text):
        return True
    if line.frame.hangs > 0 and len(own) == 1 and not own[0].is_indented:
        return not line.is_indented and _ended(own[0])
    if len(own) == 1:
        return line.is_indented and _indents_after_one(own[0], line, following)
    if line.is_indented:  # goes on where the second line began
        return abs(line.indent - own[-1].indent) > _SAME
    if own[0].is_indented:
        return False
    return own[-1].is_indented or (_ended(own[-1]) and bool(_ORDINAL.match(line.piece.text)))


def _indents_after_one(first: Line, line: Line, following: Line | None) -> bool:
    """Tell whether an indented line begins a paragraph after a single full line."""
    step = line.indent - first.indent
    if step < -_SAME:  # the second line of a block that is indented as a whole
        return False
    back = following is None or following.indent < line.indent - INDENT
    if step > _SAME and _MARKER.match(first.piece.text):
        return _ended(first)
    return _ended(first) or back


def _ended(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.piece.text))
