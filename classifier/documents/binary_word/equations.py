r"""Equation fields, by which Word sets phonetic guides, characters in circles and characters put together.

They keep no result; what they show is worked out from their code (ECMA-376 Part 1, 17.16.5.17): EQ \o\ac(○,1) is ①.
"""

import re
from unicodedata import normalize

_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')  # of a phonetic guide: \* jc2 \* "Font:…" \* hps10
_PHONETIC = re.compile(r"\\\*\s*(?:jc|hps)\d", re.IGNORECASE)
_SWITCHES = re.compile(r"(?:\\[a-z]+\s*\d*\s*)+", re.IGNORECASE)
_CIRCLES = frozenset("○◯〇□△◇")
_ENCLOSED = {normalize("NFKC", chr(code)): chr(code) for code in (*range(0x3280, 0x328A), *range(0x2460, 0x2474))}
_DEEPEST = 20


def shown_equation(code: str) -> tuple[str, int]:
    """Return the characters that an equation shows, on one line, and how many of a phonetic guide are left out."""
    equation = _Equation(_FORMAT.sub("", code), bool(_PHONETIC.search(code)))
    return equation.until("", 0).strip(), equation.left_out


class _Equation:
    def __init__(self, code: str, phonetic: bool) -> None:
        self._code = code
        self._phonetic = phonetic
        self._at = 0
        self.left_out = 0

    def until(self, ends: str, deep: int) -> str:
        """Return what is shown up to one of these characters, which is left."""
        said = ""
        while self._at < len(self._code) and self._code[self._at] not in ends:
            switches = _SWITCHES.match(self._code, self._at)
            if switches:
                self._at = switches.end()
                said += self._arguments(switches[0].lower(), deep)
            else:
                self._at += self._code[self._at] == "\\"  # what follows stands for itself
                said += self._code[self._at : self._at + 1]
                self._at += 1
        return said

    def _arguments(self, switches: str, deep: int) -> str:
        if not self._code.startswith("(", self._at) or deep > _DEEPEST:
            return ""
        arguments = []
        while self._at < len(self._code) and self._code[self._at] in "(,;":
            self._at += 1
            arguments.append(self.until(",;)", deep + 1).strip())
        self._at += 1
        return self._put_together(switches[1], arguments)

    def _put_together(self, kind: str, arguments: list[str]) -> str:
        if kind == "f":  # a fraction
            return "/".join(arguments)
        if kind == "r":  # a root
            return "√".join(arguments if len(arguments) > 1 else ["", *arguments])
        if kind == "l":  # a list
            return ",".join(arguments)
        if kind == "o" and len(arguments) > 1:
            if arguments[0] in _CIRCLES:
                inside = "".join(arguments[1:])
                return _ENCLOSED.get(inside, inside)
            if self._phonetic:
                self.left_out += len(arguments[0])
                return "".join(arguments[1:])
        return "".join(arguments)
