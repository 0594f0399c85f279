"""Many texts as one array of code units, and what kind of character each is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.text.normalise import HAN, characters, convertible
from classifier.text.sentences import CLOSERS, LETTER, SEMICOLONS, STOPS

Ints = NDArray[np.int64]
CodeUnits = NDArray[np.uint16]
_Item = TypeVar("_Item", bound=np.generic)

HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
GAP, END = " ", "\n"  # between runs; behind each text

PHRASE_MARKS = "哩坏槁沈湎甦瞭著藉衹覆"
"""Each phrase that OpenCC converts (答覆, 毛坏, 深沈) holds one of these or a character it converts by itself."""

(
    RUN, HAN_LIKE, OPEN, LATIN, BLANK, WHITE, SCRIPT, OTHER, STOP, SEMICOLON, CLOSER, SPACE, WORD,
) = (np.uint16(1 << bit) for bit in range(13))  # fmt: skip
# SCRIPT: OpenCC may convert it. OTHER: `normalise` does something else to it, or it is half of a character.
_NORMALISED = (
    (RUN, HAN_RUN.pattern), (HAN_LIKE, f"[{HAN}]+"), (OPEN, "[(（]+"), (LATIN, "[a-zà-ǜɡ\u0300-\u030c]+"),
    (BLANK, "[ \xa0\u3000]+"), (WHITE, r"\s+"),
)  # fmt: skip
_AS_IT_STANDS = (
    (STOP, f"[{STOPS}]+"), (SEMICOLON, f"[{SEMICOLONS}]+"), (CLOSER, f"[{CLOSERS}]+"), (SPACE, r"\s+"),
    (WORD, f"(?:{LETTER})+"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class JoinedTexts:
    """`code_units`: the UTF-16 code units of all texts, END behind each.

    `apart`: the numbers of texts that hold line ends or characters beyond 16 bits; they stand in `code_units` empty.
    """

    texts: Sequence[str]
    code_units: CodeUnits
    apart: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "JoinedTexts":
        """Join texts."""
        whole = END.join([*texts, ""])
        code_units = as_code_units(whole)
        apart: tuple[int, ...] = ()
        beyond = len(code_units) != len(whole)
        if beyond or "\r" in whole or np.count_nonzero(code_units == ord(END)) != len(texts):
            apart = tuple(number for number, text in enumerate(texts) if _stands_apart(text, beyond))
            flat = list(texts)
            for number in apart:
                flat[number] = ""
            code_units = as_code_units(END.join([*flat, ""]))
        return cls(texts, code_units, apart)

    @cached_property
    def kinds(self) -> CodeUnits:
        """Each unit's marks."""
        return at(_kinds(), self.code_units)

    @cached_property
    def ends(self) -> Ints:
        """Where each text's END stands."""
        return np.flatnonzero(self.code_units == ord(END))

    @cached_property
    def starts(self) -> Ints:
        """Where each text begins."""
        return np.append(0, self.ends + 1)[:-1]


def at(array: NDArray[_Item], places: NDArray[np.integer[Any]]) -> NDArray[_Item]:
    """Return an array's values, of a table its rows, at places that it has.

    Not to ask whether it has them makes this three times as quick as `array[places]`.
    """
    return array.take(places, axis=0, mode="clip")


def steps(starts: Ints, end: int) -> Ints:
    """Return how far it is from each start to the next, from the last one to `end`.

    What `np.diff` gives, in a fifth of its time where there are few: a request labels one paragraph.
    """
    found = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=found[:-1])
    found[-1:] = end - starts[-1:]
    return found


def owners(offsets: Ints) -> Ints:
    """Return whose each item is, where owner i has the items from `offsets[i]` to `offsets[i + 1]`."""
    return np.arange(len(offsets) - 1).repeat(offsets[1:] - offsets[:-1])


def as_code_units(string: str) -> CodeUnits:
    """Return a string's UTF-16 code units."""
    return np.frombuffer(string.encode("utf-16-le", "surrogatepass"), "<u2")


def as_string(code_units: CodeUnits) -> str:
    """Return the string of code units that hold no halves of characters and do not end in zero."""
    found: str = code_units.astype(np.uint32).view(f"U{len(code_units)}").item() if len(code_units) else ""
    return found


def _stands_apart(text: str, beyond: bool) -> bool:
    """Tell whether a text holds line ends or, where any of the texts has them (`beyond`), characters beyond 16 bits."""
    return END in text or "\r" in text or (beyond and not text.isascii() and max(text) > "\uffff")


@cache
def _kinds() -> CodeUnits:
    """Return each code unit's marks: up to OTHER those of what `normalise` first makes of it, then its own.

    END ends a text: it is no SPACE.
    """
    everything = bytes(np.arange(0x10000, dtype="<u2")).decode("utf-16-le", "surrogatepass")
    kinds = _marked(everything, _NORMALISED)
    kinds[[ord("\r"), *range(0xD800, 0xE000)]] = OTHER
    for code, new in characters().items():
        if code < 0x10000:
            same = new is not None and ord(new) < 0x10000 and not kinds[ord(new)] & HAN_LIKE
            kinds[code] = kinds[ord(new)] if new and same else OTHER
    kinds[list(map(ord, convertible(as_string(np.flatnonzero(kinds & HAN_LIKE).astype(np.uint16)))))] |= SCRIPT
    kinds[list(map(ord, PHRASE_MARKS))] |= SCRIPT
    kinds |= _marked(everything, _AS_IT_STANDS)
    kinds[ord(END)] &= ~SPACE
    return kinds


def _marked(everything: str, patterns: Sequence[tuple[np.uint16, str]]) -> CodeUnits:
    kinds = np.zeros(0x10000, np.uint16)
    for mark, pattern in patterns:
        for run in re.finditer(pattern, everything):
            kinds[ord(run[0][0]) : ord(run[0][-1]) + 1] |= mark
    return kinds
