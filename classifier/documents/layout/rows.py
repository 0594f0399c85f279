"""Pieces to rows of lines: what stands at one height, and where a wide gap divides it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from classifier.documents.layout.placed import Line, Piece, Row
from classifier.documents.rows import are_halves, letter_gap

_Placed = TypeVar("_Placed", Piece, Line)

_SAME_HEIGHT = 0.45  # of a character: baselines that lie closer are one row
_WIDE = 1.2  # characters: a wider gap divides cells or columns
_SPREAD = 6.0  # characters between the halves of a label at most
_OTHER_SIZE = 1.5  # times: sizes that differ by more hardly belong together
_BLANK = 0.7  # characters: a wider gap between Han characters is a blank
_BLANK_LATIN = 0.2  # the same where both neighbours are Latin letters or digits
_TWICE = 0.25  # of a character: the same text drawn that close again is drawn bold


def rows_of(pieces: Sequence[Piece], page: int) -> list[Row]:
    """Return the rows of a page from top to bottom; each piece's text stands in exactly one line, drawn twice once."""
    return [_with_whole_labels(_lines(row, page)) for row in grouped(_once(pieces))]


def grouped(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Return what stands at one height together, from left to right; the rows from top to bottom."""
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda one: (one.y, one.x0)):
        first = rows[-1][0] if rows else one  # not the last of the row: heights that creep would chain rows together
        if rows and abs(one.y - first.y) <= _SAME_HEIGHT * min(first.size, one.size):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def joined(before: str, after: str, blank: bool = False) -> str:
    """Return two texts in one; `blank`: the gap between them is wide enough for a space."""
    if not before or not after:
        return before + after
    spaced = before[-1].isspace() or after[0].isspace()
    return before + (" " if blank and not spaced else "") + after


def narrow(character: str) -> bool:
    """Tell whether a character is about half as wide as a Han character."""
    return unicodedata.east_asian_width(character) not in "WFA"


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    kept: dict[tuple[str, int, int], list[Piece]] = {}
    for piece in pieces:
        grain = max(piece.size, 1e-6)
        x, y = round(piece.x0 / grain), round(piece.y / grain)
        near = [one for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1) for one in kept.get((piece.text, i, j), ())]
        if not any(abs(one.x0 - piece.x0) + abs(one.y - piece.y) < _TWICE * grain for one in near):
            kept.setdefault((piece.text, x, y), []).append(piece)
    return [piece for same in kept.values() for piece in same]


def _lines(row: Sequence[Piece], page: int) -> Row:
    lines: Row = []
    usual = _letter_gap(row)
    for before, piece in pairwise([*row[:1], *row]):
        last = lines[-1] if lines else None
        if last is None or piece.x0 - last.x1 > _widest(last, piece):
            lines.append(Line(piece.text, piece.x0, piece.x1, piece.y, piece.size, page))
            continue
        gap = (piece.x0 - last.x1) / min(piece.size, last.size)
        gap -= usual if len(before.text) == len(piece.text) == 1 else 0
        text = joined(last.text, piece.text, _is_blank(last.text[-1:], piece.text[:1], gap))
        lines[-1] = replace(last, text=text, x1=max(last.x1, piece.x1), size=max(last.size, piece.size))
    return lines


def _letter_gap(row: Sequence[Piece]) -> float:
    """Return how far apart all characters of a row are set that are drawn one by one: 2024年 has no blanks then.

    It is told in characters.
    """
    beside: list[float] = []
    latin: list[float] = []
    for before, piece in pairwise(row):
        if len(before.text) == len(piece.text) == 1 and (before.text + piece.text).isalnum():
            gaps = latin if narrow(before.text) and narrow(piece.text) else beside
            gaps.append((piece.x0 - before.x1) / min(piece.size, before.size))
    return letter_gap(beside, latin)


def _with_whole_labels(row: Row) -> Row:
    """Return a row in which labels that were spread over their cell's width are one again, with what follows them."""
    whole: Row = []
    for line in row:
        last = whole[-1] if whole else None
        if last and line.x0 - last.x1 <= _SPREAD * line.size and are_halves(last.text.strip(), line.text.strip()):
            whole[-1] = replace(last, text=last.text.strip() + line.text.strip(), x1=line.x1)
        else:
            whole.append(line)
    return whole


def _widest(line: Line, piece: Piece) -> float:
    """Return how wide a gap may be that divides nothing; between sizes as of text and caption hardly any may."""
    small, large = sorted((line.size, piece.size))
    return (_WIDE if large < _OTHER_SIZE * small else _BLANK_LATIN) * small


def _is_blank(before: str, after: str, gap: float) -> bool:
    latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return gap > (_BLANK_LATIN if latin else _BLANK)
