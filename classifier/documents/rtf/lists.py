"""RTF's list tables, for files that name a list but do not write the number out before the paragraph."""

import re
from dataclasses import dataclass, field

from classifier.documents.number_formats import NAMES, formatted, spaced
from classifier.documents.rtf.charsets import decoded
from classifier.documents.rtf.tokens import Tokens

_NUMBER = r"\\%s(-?\d{1,9})(?![0-9])"
_TEXT_ITEM = re.compile(rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?\??|\\[a-z]+-?\d* ?|\\(.)|([^\\{};\r\n])", re.DOTALL)
_LEVELS = 9


@dataclass
class _Level:
    format: str  # its name in NAMES, by \levelnfc
    start: int
    text: tuple[int | str, ...]  # numbers of levels and the characters between them


@dataclass
class Lists:
    """The lists of a document, and how far each has been counted."""

    levels: dict[int, list[_Level]] = field(default_factory=dict)  # by \listid
    lists: dict[int, int] = field(default_factory=dict)  # \ls → \listid
    counts: dict[int, list[int | None]] = field(default_factory=dict)  # by \listid

    def read_table(self, table: bytes, codec: str) -> None:
        """Take the content of the list table."""
        for group in _groups(table, rb"\list\b"):
            levels = [_level(one, codec) for one in _groups(group, rb"\listlevel\b")]
            self.levels[_number(group, "listid", 0)] = levels[:_LEVELS]

    def read_overrides(self, table: bytes) -> None:
        """Take the content of the list override table. A start value that differs only there is not kept."""
        for group in _groups(table, rb"\listoverride\b"):
            self.lists[_number(group, "ls", 0)] = _number(group, "listid", 0)

    def number(self, list_: int, level: int) -> str:
        """Count one paragraph of a list and return its number with what stands around it, "" where none shows."""
        key = self.lists.get(list_, 0)
        levels = self.levels.get(key, [])
        if not 0 <= level < len(levels):
            return ""
        counts = self.counts.setdefault(key, [None] * _LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        shown = levels[level]
        if shown.format == "bullet":
            return "• "
        if shown.format == "none":
            return ""
        parts = [one if isinstance(one, str) else self._count(levels, counts, one) for one in shown.text]
        return spaced("".join(parts))

    @staticmethod
    def _count(levels: list[_Level], counts: list[int | None], level: int) -> str:
        if level >= len(levels):
            return ""
        count = counts[level]
        return formatted(levels[level].start if count is None else count, levels[level].format)


def _groups(data: bytes, word: bytes) -> list[bytes]:
    """Return the contents of the groups that begin with a control word (a pattern without its backslash's escape)."""
    found = []
    tokens = Tokens(data)
    for match in re.finditer(rb"\{(?:\\\*)?\s*\\" + word[1:], data):
        if match.start() >= tokens.position:
            tokens.position = match.end()
            found.append(tokens.skip_group())
    return found


def _number(group: bytes, word: str, default: int) -> int:
    found = re.findall((_NUMBER % word).encode(), group)
    return int(found[-1]) if found else default


def _level(group: bytes, codec: str) -> _Level:
    template = next(iter(_groups(group, rb"\leveltext\b")), b"")
    format_ = re.search(rb"\\levelnfcn?(\d{1,4})", group)
    start = _number(group, "levelstartat", 1)
    return _Level(
        NAMES.get(int(format_[1]), "decimal") if format_ else "decimal", start, tuple(_template(template, codec))
    )


def _template(text: bytes, codec: str) -> list[int | str]:
    """Return a level's text: a count of characters, then characters, of which those below 9 stand for levels."""
    parts: list[int | str] = []
    run = bytearray()
    count = re.search(rb"\\'[0-9a-fA-F]{2}", text)
    for match in _TEXT_ITEM.finditer(text, count.end() if count else 0):
        byte = int(match[1], 16) if match[1] else None
        if byte is not None and byte < _LEVELS:
            parts += [decoded(bytes(run), codec, codec, raw=False)[0], byte]
            run.clear()
        elif byte is not None:
            run.append(byte)
        elif match[2]:
            parts += [decoded(bytes(run), codec, codec, raw=False)[0], chr(int(match[2]) % 0x10000)]
            run.clear()
        else:
            run += match[3] or match[4] or b""
    return [part for part in [*parts, decoded(bytes(run), codec, codec, raw=False)[0]] if part != ""]
