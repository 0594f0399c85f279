"""Characters to lines: those of one height make a row, wide gaps cut it into pieces, a column's pieces make lines."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from classifier.documents.pdf.characters import DRAWN, Glyph, Style
from classifier.documents.rows import are_halves, letter_gap

ROW = 0.45  # of the size: characters whose middles lie no further apart stand in one row (superscripts do)
PIECE = 1.0  # of the size: a gap as wide parts a row into pieces
_SAME_PLACE = 0.3  # of the size
_LARGER = 1.6  # times as large a character may be as a small one that joins its row; larger ones span several rows
CELL_GAP = 1.4  # of the size: a gap as wide parts columns of a table without ruling lines
_WORD_GAP = 0.2  # of the size: a gap as wide parts Latin words
_SET_APART = 0.1  # of the size: from there on pdfium takes the distance of letters for spaces
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff‘’“”…—]")
HAN = re.compile("[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SOFT_HYPHEN, _LINE_END_HYPHEN = "\u00ad", "\ufffe"
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z][\u00ad\ufffe]$"), re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together in a row. `y`: their middle, downwards. `size`: their font's, in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    style: Style

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return self.y - self.size / 2

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.y + self.size / 2


Row = list[Piece]
"""Pieces that stand side by side, from left to right."""


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return the rows that characters make up, from top to bottom, each cut into pieces at wide gaps."""
    return [_pieces(row) for row in _glyph_rows(glyphs)]


def _glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Put characters into rows, the largest first, so that small ones above or below join those they belong to."""
    heights: list[float] = []
    rows: list[tuple[float, list[Glyph]]] = []
    last: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: -round(one.size, 1)):
        if last and abs(last[-1].y - glyph.y) < 0.1 and abs(last[-1].size - glyph.size) < 0.1:  # nearly always
            last.append(glyph)
            continue
        place = bisect_left(heights, glyph.y)
        near = range(max(0, place - 2), min(len(rows), place + 2))
        fitting = [i for i in near if abs(heights[i] - glyph.y) <= ROW * min(rows[i][0], _LARGER * glyph.size)]
        if fitting:
            last = rows[min(fitting, key=lambda i: abs(heights[i] - glyph.y))][1]
            last.append(glyph)
        else:
            last = [glyph]
            heights.insert(place, glyph.y)
            rows.insert(place, (glyph.size, last))
    return [_drawn_once(sorted(row, key=lambda one: one.x0)) for _, row in rows]


def _drawn_once(row: list[Glyph]) -> list[Glyph]:
    """Leave out glyphs that were drawn again at nearly the same place, which is a way to make text bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if kept and glyph.x0 - kept[-1].x0 >= _SAME_PLACE * glyph.size:
            kept.append(glyph)
            continue
        near = min(_SAME_PLACE * glyph.size, max((glyph.x1 - glyph.x0) / 2, 0.05 * glyph.size))
        if not any(
            one.text == glyph.text
            and one.drawn_by != glyph.drawn_by
            and glyph.x0 - one.x0 < near
            and abs(glyph.y - one.y) < _SAME_PLACE * glyph.size
            for one in kept[-3:]
        ):
            kept.append(glyph)
    return kept


def _pieces(row: list[Glyph]) -> Row:
    cuts = [i for i, (a, b) in enumerate(pairwise(row), 1) if b.x0 - a.x1 >= PIECE * max(a.size, b.size)]
    return [_piece(row[a:b]) for a, b in pairwise([0, *cuts, len(row)])]


def _piece(glyphs: list[Glyph]) -> Piece:
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    style = Counter(glyph.style for glyph in glyphs).most_common(1)[0][0]
    usual = [glyph.y for glyph in glyphs if abs(glyph.size - size) < 0.2]
    end = max(glyph.x1 for glyph in glyphs)
    return Piece(_text(glyphs), glyphs[0].x0, end, usual[len(usual) // 2], size, style)


def _text(glyphs: Sequence[Glyph]) -> str:
    spaced_out, usual = _is_spaced_out(glyphs), _letter_gap(glyphs)
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        wide = _WIDE.match(before.text), _WIDE.match(glyph.text)
        size = max(before.size, glyph.size)
        gap = (glyph.x0 - before.x1) / size - usual
        seen = glyph.spaced > (0 if usual < _SET_APART else DRAWN - 1)
        parted = seen or (not any(wide) and gap >= _WORD_GAP)
        if parted and not spaced_out:
            parts.append(" ")
        parts.append(glyph.text)
    text = "".join(parts)
    if _SOFT_HYPHEN in text or _LINE_END_HYPHEN in text:  # inside a line they are hyphens that show
        text = re.sub(f"[{_SOFT_HYPHEN}{_LINE_END_HYPHEN}](?=.)", "-", text)
    return text


def _letter_gap(glyphs: Sequence[Glyph]) -> float:
    """Return how far apart all characters are set, in characters."""
    beside: list[float] = []
    narrow: list[float] = []
    for before, after in pairwise(glyphs):
        if before.text.isalnum() and after.text.isalnum():
            gaps = beside if HAN.match(before.text) or HAN.match(after.text) else narrow
            gaps.append((after.x0 - before.x1) / max(before.size, after.size))
    return letter_gap(beside, narrow)


def _is_spaced_out(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether a space was drawn between nearly all characters, most of them Han, as some programs do."""
    spaced = sum(glyph.spaced > 0 for glyph in glyphs[1:])
    return spaced > 2 and spaced >= 0.8 * (len(glyphs) - 1) and _wide(glyphs) > len(glyphs) / 2


def _wide(glyphs: Sequence[Glyph]) -> int:
    return sum(bool(_WIDE.match(glyph.text)) for glyph in glyphs)


def line_of(pieces: Row) -> Piece:
    """Return pieces of one row as one; a title that is spaced out loses its spaces."""
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += ("" if are_halves(before.text, piece.text) else " ") + piece.text
    words = text.split()
    if len(words) > 1 and all(len(word) == 1 and HAN.match(word) for word in words):
        text = "".join(words)
    longest = max(pieces, key=lambda one: len(one.text))
    return Piece(text, pieces[0].x0, max(piece.x1 for piece in pieces), longest.y, longest.size, longest.style)


def join(lines: Iterable[str]) -> str:
    """Return lines that belong together as one text: a space only between Latin words, hyphens at line ends gone.

    Digits that go on are one number where both lines are Chinese, which LibreOffice cuts anywhere.
    """
    joined, before = "", ""
    for line in lines:
        number = joined[-1:].isdigit() and line[:1].isdigit() and bool(HAN.search(before) and HAN.search(line))
        if joined[-1:] in {_SOFT_HYPHEN, _LINE_END_HYPHEN}:
            hyphenated = _LATIN_END.search(joined) and _LATIN_START.match(line)
            joined = joined[:-1] + ("" if hyphenated else "-")
        elif joined and joined[-1] != "-" and not number and not (_WIDE.match(joined[-1]) or _WIDE.match(line)):
            joined += " "
        joined += line
        before = line
    return joined[:-1] + "-" if joined[-1:] in {_SOFT_HYPHEN, _LINE_END_HYPHEN} else joined


def width_of_first(text: str) -> float:
    """Return the width, in sizes, of what cannot be parted from a line's first character."""
    word = _UNPARTED.match(text)
    return sum(1.0 if _WIDE.match(one) else 0.6 for one in word[0]) if word else 1.0


_NEVER_FIRST = "，。、；：！？）》」』】”’…—％,.;:!?)%"
_UNPARTED = re.compile(rf"(?:[（《「『【“‘(]*[A-Za-z0-9.,%/:@_-]{{1,24}}|[（《「『【“‘]*(?:——|……|.))[{_NEVER_FIRST}]*")
