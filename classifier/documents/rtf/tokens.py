"""RTF's lexical level: control words, control symbols, escaped bytes, groups, text."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)|[\r\n\0]+",
    re.DOTALL,
)
_TO_SKIP = re.compile(rb"\\bin(\d{1,10}) ?|\\[^a-zA-Z]|[{}]", re.DOTALL)


class Token(NamedTuple):
    """`kind`: word, hex, symbol, brace or text; `value` is it, in bytes; `number`: a control word's argument."""

    kind: str
    value: bytes
    number: int | None = None


class Tokens:
    """The tokens of a file, one after the other; `position` may be moved on by who reads them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def next(self) -> Token | None:
        """Return the next token, None at the end of the file."""
        while match := _TOKEN.match(self.data, self.position):
            self.position = match.end()
            kind = match.lastgroup
            if kind == "number":
                return Token("word", match["word"], int(match["number"]))
            if kind is not None:
                return Token(kind, match[kind])
        return None

    def skip_group(self) -> bytes:
        """Move to the brace that ends the present group, not past it, and return what stood before it."""
        start, depth = self.position, 0
        while match := _TO_SKIP.search(self.data, self.position):
            if match[0] == b"}" and not depth:
                self.position = match.start()
                return self.data[start : self.position]
            self.position = match.end() + int(match[1] or 0)  # \bin: so many raw bytes
            depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        self.position = len(self.data)
        return self.data[start:]
