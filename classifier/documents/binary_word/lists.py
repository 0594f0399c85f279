"""Lists: how automatic numbers look ([MS-DOC] 2.9.131 LFO, 2.9.147 LSTF, 2.9.150 LVLF) and what each paragraph's is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from classifier.documents.binary_word.little_endian import i16, i32, u8, u16, u32
from classifier.documents.binary_word.pieces import whole
from classifier.documents.number_formats import NAMES, formatted
from classifier.documents.symbol_fonts import bullet

_LEVELS = 9
_LEGAL, _KEEPS_ON = 0x04, 0x08  # fLegal, fNoRestart
_LONGEST = 130  # bytes of a level's text; Word takes up to 63 characters
_NOTHING = 2  # ixchFollow


@dataclass(frozen=True)
class Level:
    """`text`: characters 0 to 8 stand for the number of that level. `restart`: a higher level than this restarts it."""

    start: int
    format: str
    text: str
    restart: int
    legal: bool = False
    follow: int = 0


@dataclass(frozen=True)
class List:
    """`levels`: up to nine. `styles`: the number of the paragraph style of each level, 0xFFF where there is none."""

    levels: Sequence[Level]
    styles: Sequence[int]


@dataclass(frozen=True)
class Override:
    """A use of a list: `starts`, `levels` are its own starts and looks by level."""

    list_: int
    starts: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, Level] = field(default_factory=dict)


def read_lists(table: bytes, start: int, length: int) -> dict[int, List]:
    """Return the lists by their identifiers. Raises ValueError where the table is cut off."""
    if not length:
        return {}
    count = max(0, i16(table, start))
    at = start + 2 + 28 * count  # the levels follow the lists, beyond the table's own length
    lists = {}
    for step in range(count):
        head = start + 2 + 28 * step
        levels = []
        for number in range(1 if u8(table, head + 26) & 1 else _LEVELS):
            level, at = _level(table, at, number)
            levels.append(level)
        lists[i32(table, head)] = List(levels, [u16(table, head + 8 + 2 * one) for one in range(_LEVELS)])
    return lists


def _level(table: bytes, at: int, number: int) -> tuple[Level, int]:
    """Return a level and where the next begins."""
    flags, format_ = u8(table, at + 5), u8(table, at + 4)
    text_at = at + 28 + u8(table, at + 24) + u8(table, at + 25)
    end = text_at + 2 + 2 * u16(table, text_at)
    if end > len(table) or end - text_at > _LONGEST:
        raise ValueError("its lists are damaged")
    text = "".join(chr(u16(table, where)) for where in range(text_at + 2, end, 2))
    restart = min(u8(table, at + 26), number) if flags & _KEEPS_ON else number
    name = NAMES.get(format_, "decimal")
    return Level(i32(table, at), name, text, restart, bool(flags & _LEGAL), u8(table, at + 15)), end


def read_overrides(plf: bytes) -> list[Override]:
    """Return the uses of lists; paragraphs name them counted from 1. Raises ValueError where the table is cut off."""
    if not plf:
        return []
    count = u32(plf, 0)
    at = 4 + 16 * count
    if at > len(plf):
        raise ValueError("its uses of lists are cut off")
    overrides = []
    for step in range(count):
        head = 4 + 16 * step
        starts, levels = {}, {}
        at += 4
        for _ in range(min(u8(plf, head + 12), _LEVELS) if at <= len(plf) else 0):
            flags, first = u32(plf, at + 4), i32(plf, at)
            number, at = min(flags & 0xF, _LEVELS - 1), at + 8
            if flags & 0x20:
                levels[number], at = _level(plf, at, number)
                first = levels[number].start
            if flags & 0x10:
                starts[number] = first
        overrides.append(Override(i32(plf, head), starts, levels))
    return overrides


class Numbering:
    """Counts as Word does: uses of one list go on with its numbers, unless they begin anew."""

    def __init__(self, lists: Mapping[int, List], overrides: Sequence[Override]) -> None:
        self._lists = lists
        self._overrides = overrides
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next_number(self, use: int, level: int | None, style: int) -> str:
        """Return the number of the next paragraph with what divides it from the text; empty where none is printed."""
        if not 0 < use <= len(self._overrides):
            return ""
        override = self._overrides[use - 1]
        known = self._lists.get(override.list_)
        if known is None:
            return ""
        if level is None:
            level = known.styles.index(style) if style in known.styles else 0
        levels = [override.levels.get(step, one) for step, one in enumerate(known.levels)]
        level = min(level, len(levels) - 1)
        counts = self._counts.setdefault(override.list_, [None] * _LEVELS)
        if level in override.starts and (use, level) not in self._begun:
            self._begun.add((use, level))
            counts[level] = None
        last = counts[level]
        first = override.starts.get(level, levels[level].start)
        counts[level] = first if last is None else last + 1
        for higher in range(level):  # a level that was passed over counts as begun
            if counts[higher] is None:
                counts[higher] = override.starts.get(higher, levels[higher].start)
        for deeper in range(level + 1, len(levels)):
            if level < levels[deeper].restart:
                counts[deeper] = None
        return _printed(levels, level, counts)


def _printed(levels: Sequence[Level], level: int, counts: Sequence[int | None]) -> str:
    look = levels[level]
    if look.format == "bullet":
        return _spaced(bullet(look.text), look.follow)
    said = []
    for one in look.text:
        number = ord(one)
        if number >= _LEVELS:
            said.append(one)
        elif number < len(levels):
            name = "decimal" if look.legal and levels[number].format != "decimalZero" else levels[number].format
            said.append(formatted(counts[number] or 0, name))
    return _spaced(whole("".join(said)), look.follow)


def _spaced(number: str, follow: int) -> str:
    """Return a number with a space where it would run together with the text: 第一章 总则, 1.1 2024年."""
    number = number.strip()
    if number and follow != _NOTHING and (number[-1].isalpha() or number[-1].isdecimal()):
        return number + " "
    return number
