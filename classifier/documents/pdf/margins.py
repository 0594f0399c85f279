"""Notes in the margins beside the text, such as 装订线 down the side, and narrow columns in a smaller font."""

import re
from collections.abc import Sequence
from itertools import pairwise

from classifier.documents.pdf.lines import HAN, Piece, Row, join

_WIDE = 10.0  # of the size: a piece as wide is running text
_FEWEST = 3  # of such pieces on a page that has margins
_APART = 0.3  # of the size between text and note
_SPREAD = 3  # characters that a line set to fill the width (分散对齐) has at least
_OWN_NUMBER = re.compile(r"[\W\d]*|[（(]?[一二三四五六七八九十\da-zA-Z.]{1,4}[）)、.．]?")  # a number that hangs out


def take_margins(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return a page's rows without what stands beside its text, and the texts of that."""
    wide = [piece for row in rows for piece in row if piece.x1 - piece.x0 >= _WIDE * piece.size]
    if len(wide) < _FEWEST:
        return list(rows), []
    left, right = min(piece.x0 for piece in wide), max(piece.x1 for piece in wide)
    kept, notes = [], []
    for row in rows:
        beside = [] if _is_spread(row) else [piece for piece in row if _is_beside(piece, left, right)]
        inside = [piece for piece in row if piece not in beside]
        notes += beside
        if inside:
            kept.append(inside)
    return kept, _texts(notes)


def _is_spread(row: Row) -> bool:
    """Tell whether a row is characters at even distances, as a title that fills the width: the last is no note."""
    steps = [b.x0 - a.x0 for a, b in pairwise(row)]
    return (
        len(row) >= _SPREAD
        and all(HAN.fullmatch(piece.text) for piece in row)
        and max(steps) - min(steps) < max(piece.size for piece in row)
    )


def _is_beside(piece: Piece, left: float, right: float) -> bool:
    apart = _APART * piece.size
    return (piece.x1 < left - apart or piece.x0 > right + apart) and not _OWN_NUMBER.fullmatch(piece.text)


def _texts(notes: Sequence[Piece]) -> list[str]:
    """Join the pieces that stand one below the other."""
    groups: list[list[Piece]] = []
    for piece in sorted(notes, key=lambda one: one.y):
        for group in groups:
            if abs(group[-1].x0 - piece.x0) < piece.size:
                group.append(piece)
                break
        else:
            groups.append([piece])
    return [join(piece.text for piece in group) for group in groups]
