"""Paragraphs whose first lines are not indented: what tells that a full line ends one.

A short line ends a paragraph; a line that is full by chance ends one as well, and nothing about its place tells. How
often that is, the short ones tell; whether a numbered line is a heading, the other numbered ones.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from classifier.documents.pdf.lines import width_of_first
from classifier.documents.pdf.placed_lines import ORDINAL, SPREAD, Line, ended, is_bare_heading, is_full

_FEW = 0.05  # of the lines that begin further right, where first lines are not indented
_STOP = re.compile(r"[。！？!?][”’」』）)】》\"']*$")
_COUNTED = re.compile(r"[第、一二三四五六七八九十百\d]$")  # before a line's end: what follows is no ordinal but counted
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+")


@dataclass(frozen=True)
class Unindented:
    """`at_stops`: most full lines that end a sentence end a paragraph.

    `headings`: kinds of numbers (一、 is 0、) that stand before headings rather than at the beginning of paragraphs.
    """

    at_stops: bool = False
    headings: frozenset[str] = frozenset()

    def begins(self, own: Sequence[Line], line: Line) -> bool:
        """Tell whether a line after the lines of a paragraph, the last of them full, begins another one."""
        last = own[-1]
        kind = _kind(line)
        if kind and (ended(last) or (kind in self.headings and not _COUNTED.search(last.piece.text))):
            return True
        if len(own) == 1 and is_bare_heading(last) and _kind(last) in self.headings:
            return True
        return self.at_stops and bool(_STOP.search(last.piece.text))


def unindented(lines: Sequence[Line]) -> Unindented | None:
    """Return what the lines of a run tell of its paragraphs; None where first lines are indented."""
    plain = [line for line in lines if not line.is_set_off]
    if sum(line.is_indented for line in plain) > _FEW * len(plain):
        return None
    return Unindented(_at_stops(plain), _headings(plain))


def _at_stops(lines: Sequence[Line]) -> bool:
    """Tell whether most of the full lines that end a sentence, before no number, are last ones.

    A last line ends anywhere in its column alike; so the short ones tell how many more are full by chance.
    """
    short, full, shares = 0, 0, []
    for line, following in pairwise(lines):
        width = (line.frame.x1 - line.frame.x0) / line.piece.size
        spread = line.frame.justified and width % 1 > SPREAD  # no last line ends where the spread ones do
        if not line.frame.sure or not _STOP.search(line.piece.text) or _kind(following) or spread:
            continue
        if is_full([line], following):
            full += 1
        else:
            short += 1
        shares.append(width_of_first(following.piece.text) / width)
    if not full:
        return False
    share = min(0.9, mean(shares))
    return 2 * short * share / (1 - share) > full


def _headings(lines: Sequence[Line]) -> frozenset[str]:
    alone: Counter[str] = Counter()
    running: Counter[str] = Counter()
    for line, following in pairwise(lines):
        kind = _kind(line)
        if kind and not is_bare_heading(line):
            running[kind] += 1
        elif kind and not is_full([line], following):
            alone[kind] += 1
    return frozenset(kind for kind, count in alone.items() if count > max(1, running[kind]))


def _kind(line: Line) -> str:
    found = ORDINAL.match(line.piece.text)
    return _NUMBER.sub("0", found[0]) if found else ""
