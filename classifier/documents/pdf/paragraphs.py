"""Lines to paragraphs, over columns and pages: by indents, short last lines, gaps, fonts, and lines set off."""

import re
from collections.abc import Iterator, Sequence

from classifier.documents.pdf.frames import INDENT, SIZES
from classifier.documents.pdf.lines import join
from classifier.documents.pdf.placed_lines import ORDINAL, Line, ended, is_full
from classifier.documents.pdf.unindented import Unindented, unindented

_SAME = 0.5  # of the size: lines that begin no further apart begin at one place
_GAP = 0.3  # of the size: lines further apart than usual by more are two paragraphs
_TITLE_GAP = 2.3  # of the size: lines of a title that lie no further apart are one
_LEADERS = re.compile(r"(?:[.…·．‧⋯_]\s*){4,}\s*[（(]?\d+[）)]?$")
_MARKER = re.compile(
    r"附件|附[：:]|[-—●■◆▲★•·▪▶○※*]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)]?[.、．）)]|[（(\[〔]\d{1,3}[）)\]〕]|[①-⑳]"
)


def paragraphs_of(lines: Sequence[Line], usual: float) -> Iterator[list[Line]]:
    """Yield the paragraphs that lines make up; `usual`: the size of the body's font in points."""
    own: list[Line] = []
    plain = unindented(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if own and _begins(own, line, following, usual, plain):
            yield own
            own = []
        own.append(line)
    if own:
        yield own


def text_of(lines: Sequence[Line]) -> str:
    """Return the text of the lines of a paragraph."""
    return join(line.piece.text for line in lines)


def _begins(own: Sequence[Line], line: Line, following: Line | None, usual: float, plain: Unindented | None) -> bool:
    """Tell whether a line begins a new paragraph after the lines of one. `plain`: None where these are indented."""
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
    return _indents(own, line, following) or (plain is not None and plain.begins(own, line))


def _usual_gap(line: Line) -> float:
    """Return the widest gap between lines of a paragraph, in points."""
    size = line.piece.size
    return line.frame.pitch + _GAP * size if line.frame.pitch else _TITLE_GAP * size


def _indents(own: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Tell by where lines begin whether a line after a full one begins a paragraph."""
    if line.is_set_off and not _MARKER.match(own[0].piece.text):
        return True
    if line.frame.hangs > 0 and len(own) == 1 and not own[0].is_indented:
        return not line.is_indented and ended(own[0])
    if len(own) == 1:
        return line.is_indented and _indents_after_one(own[0], line, following)
    if line.is_indented:  # goes on where the second line began
        return abs(line.indent - own[-1].indent) > _SAME
    if own[0].is_indented:
        return False
    return own[-1].is_indented or (ended(own[-1]) and bool(ORDINAL.match(line.piece.text)))


def _indents_after_one(first: Line, line: Line, following: Line | None) -> bool:
    """Tell whether an indented line begins a paragraph after a single full line."""
    step = line.indent - first.indent
    if step < -_SAME:  # the second line of a block that is indented as a whole
        return False
    back = following is None or following.indent < line.indent - INDENT
    if step > _SAME and _MARKER.match(first.piece.text):
        return ended(first)
    return ended(first) or back
