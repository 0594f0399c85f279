r"""EQ fields, by which Word makes characters in circles and, in older files, phonetic guides: `EQ \o\ac(○,1)` is ①.

They keep no result, so what they show is worked out here: ECMA-376 Part 1, 17.16.5.17.
"""

import re
import unicodedata

_SWITCH = re.compile(r"\\([a-z]+)([^\\(),;]*)", re.IGNORECASE)
_FORMATTING = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\]+)')  # \* jc2 \* "Font:宋体"
_CIRCLES = "○◯〇"
_ENCLOSED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in (*range(0x3280, 0x328A), *range(0x2460, 0x2474))
}
_DEEPEST = 20


def shown(code: str) -> str:
    """Return what an EQ field shows, on one line; phonetic guides without the reading."""
    return _Reader(_FORMATTING.sub("", code)).until("", 0).strip()


class _Reader:
    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0

    def until(self, ends: str, depth: int) -> str:
        """Return the text up to one of these characters, which is left."""
        text = ""
        while self._at < len(self._code) and self._code[self._at] not in ends:
            if self._code[self._at] == "\\":
                text += self._switches(depth)
            else:
                text += self._code[self._at]
                self._at += 1
        return text

    def _switches(self, depth: int) -> str:
        switches = []
        while match := _SWITCH.match(self._code, self._at):
            switches.append((match[1] + match[2]).strip().lower())
            self._at = match.end()
        if not switches:  # an escaped character
            self._at += 2
            return self._code[self._at - 1 : self._at]
        if not self._code.startswith("(", self._at) or depth > _DEEPEST:
            return ""
        return _put(switches, self._arguments(depth))

    def _arguments(self, depth: int) -> list[str]:
        arguments = []
        while self._at < len(self._code) and self._code[self._at] in "(,;":
            self._at += 1
            arguments.append(self.until(",;)", depth + 1))
        self._at += 1
        return arguments


def _put(switches: list[str], arguments: list[str]) -> str:
    kind = switches[0][:1]
    if kind == "s" and any(one.startswith("up") for one in switches):
        return f"\0{''.join(arguments)}"  # raised: the reading, where it stands over something
    if kind == "o":
        base = "".join(one for one in arguments if not one.startswith("\0"))
        if arguments and arguments[0].strip() in set(_CIRCLES):
            inside = "".join(arguments[1:]).strip()
            return _ENCLOSED.get(inside, inside)
        return base or "".join(arguments).replace("\0", "")
    if kind in "fr" and len(arguments) > 1:
        return "/".join(arguments) if kind == "f" else f"{arguments[0]}√{arguments[1]}"
    return "".join(arguments)
