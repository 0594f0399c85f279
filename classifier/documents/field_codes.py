r"""Word's field codes whose instruction, not a stored result, holds what the page shows: EQ, SYMBOL and buttons.

Word writes phonetic guides (拼音指南) and enclosed characters (带圈字符) as EQ fields without a result, so the text
under the guide stands in the instruction alone: `EQ \o\ac(○,1)` is ①. The syntax is that of ECMA-376 Part 1: 17.16.5.17
(EQ), 17.16.5.34 (MACROBUTTON), 17.16.5.65 (SYMBOL).
"""

import re
from typing import NamedTuple
from unicodedata import normalize

from classifier.documents.symbol_fonts import symbol

_EQUATION = re.compile(r"EQ(?![A-Za-z])(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL_FONT = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_BUTTON = re.compile(r"(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)
_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\(]+)')  # of a phonetic guide: \* jc2 \* "Font:…" \* hps10
_PHONETIC = re.compile(r"\\\*\s*(?:jc|hps)\d", re.IGNORECASE)
_SWITCHES = re.compile(r"(?:\\(?:[lrb]c\s*\\[^a-z]|[a-z]+\s*-?\d*)\s*)+", re.IGNORECASE)
_CIRCLES = frozenset("○◯〇□△◇")
_ENCLOSED = {normalize("NFKC", chr(code)): chr(code) for code in (*range(0x3280, 0x328A), *range(0x2460, 0x2474))}
_BETWEEN = {"a": " ", "f": "/", "l": ","}  # the elements of an array, a fraction, a list
_DEEPEST = 20


class Shown(NamedTuple):
    """What a field shows, on one line, and how many characters of a phonetic guide are left out of it."""

    text: str
    phonetic: int = 0


def shown_by(instruction: str) -> Shown | None:
    """Return what a field shows where its instruction says it, None where its stored result does."""
    code = instruction.strip()
    if match := _SYMBOL.match(code):
        return Shown(_symbol(int(match[1], 0), match[2]))
    if match := _BUTTON.match(code):
        return Shown(match[1].strip())
    if match := _EQUATION.match(code):
        equation = _Equation(_FORMAT.sub("", match[1]), bool(_PHONETIC.search(code)))
        return Shown(equation.until("", 0).strip(), equation.left_out)
    return None


def _symbol(code: int, switches: str) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\ufffd"
    font = _SYMBOL_FONT.search(switches)
    if re.search(r"\\[ua]\b", switches, re.IGNORECASE) or (font is None and not 0x80 <= code < 0x100):
        return chr(code)
    shown = symbol(code, (font[1] or font[2]) if font else "Symbol")
    return shown or "\ufffd"


class _Equation:
    """A small parser: commands with arguments in brackets, divided by commas (semicolons in some places)."""

    def __init__(self, code: str, phonetic: bool) -> None:
        self._code = code
        self._phonetic = phonetic
        self._at = 0
        self.left_out = 0

    def until(self, ends: str, depth: int) -> str:
        """Return what is shown up to one of these characters, which is left."""
        said = ""
        while self._at < len(self._code) and self._code[self._at] not in ends:
            if switches := _SWITCHES.match(self._code, self._at):
                self._at = switches.end()
                said += self._arguments(switches[0].lower(), depth)
            else:
                self._at += self._code[self._at] == "\\"  # what follows stands for itself
                said += self._code[self._at : self._at + 1]
                self._at += 1
        return said

    def _arguments(self, switches: str, depth: int) -> str:
        if not self._code.startswith("(", self._at) or depth > _DEEPEST:
            return ""
        arguments = []
        while self._at < len(self._code) and self._code[self._at] in "(,;":
            self._at += 1
            arguments.append(self.until(",;)", depth + 1).strip())
        self._at += 1
        return self._put_together(switches[1], arguments)

    def _put_together(self, kind: str, arguments: list[str]) -> str:
        if kind == "r":  # a root
            return "√".join(arguments if len(arguments) > 1 else ["", *arguments])
        if kind == "o" and len(arguments) > 1:  # one over the other
            if arguments[0] in _CIRCLES:
                inside = "".join(arguments[1:])
                return _ENCLOSED.get(inside, inside)
            if self._phonetic:
                self.left_out += len(arguments[0])
                return "".join(arguments[1:])
        return _BETWEEN.get(kind, "").join(arguments)
