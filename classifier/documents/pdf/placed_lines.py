"""A line in its column: where it begins and ends, and whether it ended because what follows did not fit in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.documents.pdf.frames import INDENT, Frame
from classifier.documents.pdf.lines import Piece, width_of_first

_SET_OFF = 5.0  # of the size: a line that begins further right is centred, or a signature
_CENTRED = 1.2  # of the size that the spaces on both sides of a centred line may differ
_LOOSE, _JUSTIFIED = 0.3, 0.5  # of the size, at the end of a full line: beside what did not fit in; where justified
_TIGHT = -0.02  # of the size: the same, of a line that may be a last one
SPREAD = 0.2
"""Of the size: the same where lines are justified, for all but last ones are spread to one place."""

_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)】》\"']*$")
ORDINAL = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、条章节]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d)"
)
"""What numbers a paragraph or a heading at its beginning."""

_MARK = re.compile("[，。；：！？,;:!?]")


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
    if not line.frame.sure and ended(line):  # nothing but this line shows how wide full ones are
        needed = 0.0
    return line.left_over < needed + _doubt(own)


def _doubt(own: Sequence[Line]) -> float:
    """Return how much more space than what follows needs may be left at the end of a full line, in sizes."""
    line = own[-1]
    may_end = ended(line) or (len(own) == 1 and is_bare_heading(line))
    if may_end and line.frame.sure and not own[0].is_indented:
        return SPREAD if line.frame.justified else _TIGHT
    return _JUSTIFIED if line.frame.justified else _LOOSE


def _goes_on(own: Sequence[Line], following: Line) -> bool:
    """Tell by indents that a sentence goes on; lines that no program spread may stand among justified ones."""
    return own[0].is_indented and not own[0].is_set_off and not following.is_indented and not ended(own[-1])


def ended(line: Line) -> bool:
    """Tell whether a line ends with the mark that ends a sentence or a clause."""
    return bool(_SENTENCE_END.search(line.piece.text))


def is_bare_heading(line: Line) -> bool:
    """Tell whether a line is numbered and holds no mark, as a heading does, or the beginning of a paragraph."""
    return bool(ORDINAL.match(line.piece.text)) and not _MARK.search(line.piece.text)
