"""Tell which lines of a text were cut by an editor or a mail program at a fixed width, and so run on in the next.

What tells is the lines that are full: as wide as any, and stopped in mid-sentence, some of them inside a word. Headings
and the last lines of paragraphs say nothing of the width, however many there are; lists, tables and verses may be even,
but do not stop inside words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from classifier.text.cut import dictionary_cutter
from classifier.text.markers import ORDINAL, is_boilerplate

# Widths are in columns: a Han character takes two, a Latin letter or a digit one.
_NARROW, _WIDE = 28, 120  # the usual widths of hard-wrapped Chinese text
_SLACK = 4  # a full line may fall short by so much: punctuation and numbers are moved to the next line whole
_HANGING = 2  # a mark may stand beyond the width
_FEW = 2  # so many full lines make a wrapped text
_CUT = 0.15  # of which so many show that they were cut
_MANY, _SURELY_CUT = 3, 0.3  # so many, and such a share of them, leave no doubt
_CONTEXT = 8  # Han characters on each side of a cut that show whether it goes through a word
_HALF = re.compile("[\0-\u10ff]")  # characters half as wide as a Han character
_SENTENCE_DONE = re.compile("[。！？!?：:；;][”’」』）)】》\"']*$")
_MARK_FIRST = re.compile("[，。、；：！？”’」』）》]")
_MEASURE = re.compile("[%％‰个万亿元件名户所项处次期家亩条起人支年月日]|公里|平方")
_COLUMNS = re.compile("\u3000| {2,}|\t")  # between the cells of a row
_INNER_END = re.compile("[。；].*[^。！？；，、,;：:”’）)》]$")
_LAST_HAN = re.compile(f"[一-鿿]{{1,{_CONTEXT}}}$")
_FIRST_HAN = re.compile(f"[一-鿿]{{1,{_CONTEXT}}}")
_UNBREAKABLE = re.compile("[“‘「『（(【《]*(?:[0-9A-Za-z.%]+|.)[，。、；：？！,;:?!”’」』）)】》]*")


class Line(NamedTuple):
    """A line without white space at its ends; `columns` has its indent, `followed` means no blank line beneath it."""

    text: str
    columns: int
    indented: bool
    followed: bool


def columns(text: str) -> int:
    """Return how many columns a text takes; of one that is wider than any wrapped line, only that it is."""
    text = text[: _WIDE + _HANGING + 1]
    return 2 * len(text) - len(_HALF.findall(text))


def running_on(lines: Sequence[Line]) -> list[bool]:
    """Return for each line but the last whether the next one goes on with its paragraph; all False if not wrapped."""
    width = wrap_width(lines)
    return [width is not None and _runs_on(line, following, width) for line, following in pairwise(lines)]


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the columns at which a text was wrapped, or None where its lines are paragraphs, rows or verses."""
    stopped = [pair for pair in pairwise(lines) if _in_mid_sentence(*pair)]
    counts = Counter(line.columns for line, _ in stopped)
    if len(stopped) < _FEW:
        return None
    width = max(counts, key=lambda one: (sum(counts[one - short] for short in range(_SLACK + 1)), -one))
    full = [pair for pair in stopped if width - _SLACK <= pair[0].columns <= width]
    wider = sum(line.columns > width + _HANGING for line in lines)
    if len(full) < _FEW or wider > len(full) // 4:
        return None
    cut = sum(_is_cut(line.text, following.text) for line, following in full)
    enough = cut >= max(1 if len(full) > _FEW else _FEW, _CUT * len(full)) and _mostly_end(full)
    return width if enough or cut >= max(_MANY, _SURELY_CUT * len(full)) else None


def _is_cut(before: str, after: str) -> bool:
    """Tell whether a line without an end must have been cut: inside a word, before a mark or after a whole sentence."""
    return (
        _MARK_FIRST.match(after) is not None
        or (before[-1].isdigit() and _MEASURE.match(after) is not None)
        or _INNER_END.search(before) is not None
        or _inside_a_word(before, after)
    )


def _mostly_end(full: Sequence[tuple[Line, Line]]) -> bool:
    """Tell whether most runs of full lines come to the end of a sentence, as paragraphs do and rows do not."""
    heads = {id(line) for line, _ in full}
    last = [following for _, following in full if id(following) not in heads]
    return 2 * sum(_done(line) for line in last) >= len(last)


def _in_mid_sentence(line: Line, following: Line) -> bool:
    """Tell whether a line may have been cut: it does not end its sentence, and the next is no part of its own."""
    return (
        line.followed
        and not following.indented
        and _NARROW <= line.columns <= _WIDE
        and not _done(line)
        and not _COLUMNS.search(line.text)
        and not ORDINAL.match(following.text)
        and not is_boilerplate(following.text[:200])
    )


def _runs_on(line: Line, following: Line, width: int) -> bool:
    if not line.followed or following.indented or line.columns > width + _HANGING:
        return False
    ordinal = ORDINAL.match(following.text) is not None
    done = _done(line)
    if done and ordinal:
        return False
    if not done and not ordinal and line.columns >= width - _SLACK:
        return True
    first = _UNBREAKABLE.match(following.text)
    return first is not None and line.columns + columns(first[0]) > width  # it had no room on this line


def _done(line: Line) -> bool:
    return _SENTENCE_DONE.search(line.text[-3:]) is not None


def _inside_a_word(before: str, after: str) -> bool:
    """Tell whether a word of the dictionary stands across the end of one line and the start of the next."""
    last, first = _LAST_HAN.search(before), _FIRST_HAN.match(after)
    if last is None or first is None:
        return False
    at = 0
    for word in dictionary_cutter()(last[0] + first[0]):
        if at >= len(last[0]):
            break
        at += len(word)
    return at > len(last[0])
