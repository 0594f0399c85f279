"""The Han runs of many texts at once: what `normalise` and a search for runs give, for most texts without either.

Nearly every text is plain: nothing in it would be converted, taken out or closed up. Then its runs stand in it
as they are, and finding them is arithmetic on code units, many times faster than the general road, which
the other texts still take. Both roads give the same runs; tests hold them to it.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifier.text.normalise import HAN, characters, normalise, simplify

HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
GAP, END = " ", "\n"  # between runs; behind each text

PHRASE_MARKS = "哩坏槁沈湎甦瞭著藉衹覆"
"""Each phrase that OpenCC converts (答覆, 毛坏, 深沈) holds one of these or a character it converts by itself."""

_RUN, _HAN, _OPEN, _LETTER, _BLANK, _WHITE, _SCRIPT, _OTHER = (np.uint8(1 << bit) for bit in range(8))
# _SCRIPT: OpenCC may convert it. _OTHER: something else is done to it, or it is half of a character.
_CLASSES = (
    (_RUN, HAN_RUN.pattern), (_HAN, f"[{HAN}]+"), (_OPEN, "[(（]+"), (_LETTER, "[a-zà-ǜɡ\u0300-\u030c]+"),
    (_BLANK, "[ \xa0\u3000]+"), (_WHITE, r"\s+"),
)  # fmt: skip


def han_text(texts: Sequence[str]) -> str:
    """Return the Han runs of the normalised texts in one string: a GAP between runs, END behind each text."""
    flat = [_general(text) if END in text else text for text in texts]
    units = np.frombuffer(END.join([*flat, ""]).encode("utf-16-le", "surrogatepass"), "<u2")
    kinds = _kinds().take(units)
    found = _only_runs(units, kinds)
    changed, maybe = _texts_with(_strange(kinds), units), _texts_with(kinds & _SCRIPT != 0, units)
    changed |= {place for place in maybe - changed if simplify(flat[place]) != flat[place]}
    if changed:
        lines = found.split(END)
        for place in changed:
            lines[place] = _general(texts[place])
        found = END.join(lines)
    return found


def _general(text: str) -> str:
    return GAP.join(HAN_RUN.findall(normalise(text)))


def _texts_with(marked: NDArray[np.bool_], units: NDArray[np.uint16]) -> set[int]:
    """Return the numbers of the texts in which a unit is marked."""
    places = np.flatnonzero(marked)
    return set(np.searchsorted(np.flatnonzero(units == ord(END)), places).tolist()) if places.size else set()


def _strange(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark what the general road is needed for: _OTHER, brackets before letters, letters spaced out."""
    found: NDArray[np.bool_] = kinds & _OTHER != 0
    opened = kinds & _OPEN != 0
    if opened.any():
        letter, white = kinds & _LETTER != 0, kinds & _WHITE != 0
        found[:-1] |= opened[:-1] & letter[1:]
        found[:-2] |= opened[:-2] & white[1:-1] & letter[2:]
    blank = kinds & _BLANK != 0
    if blank.any():
        han = kinds & _HAN != 0
        found[:-4] |= han[:-4] & blank[1:-3] & han[2:-2] & blank[3:-1] & han[4:]
    return found


def _only_runs(units: NDArray[np.uint16], kinds: NDArray[np.uint8]) -> str:
    """Put a GAP in the place of what stands between runs."""
    run = kinds & _RUN != 0
    wanted = run | (units == ord(END))
    keep = wanted.copy()
    keep[1:] |= run[:-1]
    kept: NDArray[np.uint16] = np.where(wanted, units, np.uint16(ord(GAP)))[keep]
    return kept.astype("<u2").tobytes().decode("utf-16-le")


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return each UTF-16 code unit's kind: the marks above that hold of what `normalise` first makes of it."""
    everything = bytes(np.arange(0x10000, dtype="<u2")).decode("utf-16-le", "surrogatepass")
    kinds = np.zeros(0x10000, np.uint8)
    for mark, pattern in _CLASSES:
        for run in re.finditer(pattern, everything):
            kinds[ord(run[0][0]) : ord(run[0][-1]) + 1] |= mark
    kinds[[ord("\r"), *range(0xD800, 0xE000)]] = _OTHER
    for code, new in characters().items():
        if code < 0x10000:
            same = new is not None and ord(new) < 0x10000 and not kinds[ord(new)] & _HAN
            kinds[code] = kinds[ord(new)] if new and same else _OTHER
    plain = "".join(chr(code) for code in np.flatnonzero(kinds & _OTHER == 0).tolist())
    alone = GAP.join(plain)  # so that no phrase is found
    kinds[[ord(old) for old, new in zip(alone, simplify(alone), strict=True) if old != new]] |= _SCRIPT
    kinds[list(map(ord, PHRASE_MARKS))] |= _SCRIPT
    return kinds
