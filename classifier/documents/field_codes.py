"""Word's field codes whose instruction, not a stored result, holds what the page shows: EQ and SYMBOL.

Word writes phonetic guides (拼音指南) and enclosed characters (带圈字符) as EQ fields without a result, so the text
under the guide stands in the instruction alone. EQ's syntax is that of Word's help, SYMBOL's that of ECMA-376 part 1.
"""

import re

_FORMAT = re.compile(r"\\\*\s*(?:\"[^\"]*\"|[^\s\\(]+)\s*")  # \* jc2 \* "Font:…": how it looks
_COMMAND = re.compile(r"\\([abdfilorsxABDFILORSX])((?:\s*\\[a-zA-Z]{2}\s*(?:\\[^a-zA-Z]|-?\d+)?)*)\s*\(")
_PLAIN = re.compile(r"[^\\(),;]+|\\.|\(", re.DOTALL)
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})(.*)", re.IGNORECASE | re.DOTALL)
_DEEPEST = 20


def shown_by(instruction: str) -> str | None:
    """Return what a field shows where its instruction says it, None where its stored result does."""
    code = instruction.strip()
    if symbol := _SYMBOL.match(code):
        return _symbol(int(symbol[1], 0), symbol[2].lower())
    if not re.match(r"EQ(?![A-Za-z])", code, re.IGNORECASE):
        return None
    return _Equation(_FORMAT.sub("", code[2:])).text().strip()


def _symbol(code: int, switches: str) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\ufffd"
    in_font = "\\u" not in switches and "\\a" not in switches and 0x80 <= code < 0x100
    return chr(0xF000 + code if in_font else code)  # where Word keeps the glyphs of symbol fonts


class _Equation:
    """A small parser: commands with arguments in brackets, divided by commas (semicolons in some places)."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0

    def text(self) -> str:
        parts = []
        while self._at < len(self._code):
            parts.append(self._part(0))
            if self._at < len(self._code):  # a bracket or comma outside of any command
                parts.append(self._code[self._at])
                self._at += 1
        return "".join(parts)

    def _part(self, depth: int) -> str:
        """Return what stands up to a comma or a closing bracket."""
        parts = []
        while True:
            command = _COMMAND.match(self._code, self._at) if depth < _DEEPEST else None
            plain = _PLAIN.match(self._code, self._at)
            if command:
                self._at = command.end()
                parts.append(_shown(command[1].lower(), self._arguments(depth + 1)))
            elif plain:
                self._at = plain.end()
                parts.append(plain[0][-1] if plain[0][0] == "\\" else plain[0])
            else:
                return "".join(parts)

    def _arguments(self, depth: int) -> list[str]:
        found = [self._part(depth)]
        while self._at < len(self._code):
            mark = self._code[self._at]
            self._at += 1
            if mark == ")":
                break
            found.append(self._part(depth))
        return found


def _shown(command: str, arguments: list[str]) -> str:
    parts = [one.strip() for one in arguments]
    if command == "o":  # over each other: of a phonetic guide or a ring and what stands in it, the latter
        return parts[-1]
    if command == "d":  # moves what follows
        return ""
    if command == "r":
        return "".join(parts[:-1]) + "√" + parts[-1]
    return {"f": "/", "l": ",", "s": "", "x": ""}.get(command, " ").join(parts)
