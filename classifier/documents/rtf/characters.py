"""Characters out of RTF's escapes: bytes in the encoding of their font, Unicode with substitutes for old readers."""

from collections.abc import Callable

from classifier.documents.rtf.charsets import ANSI, SYMBOL, decoded, sign

_MOST_SUBSTITUTES = 16


class Characters:
    """Gathers bytes until something else comes, then gives them to `put` as text.

    `codec`: of the present font; `page`: of the document. `bad`: how many bytes or halves of characters fitted nothing.
    """

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self.codec = self.page = ANSI
        self.bad = 0
        self._bytes = bytearray()
        self._raw = False  # some of the bytes stood in the file unescaped
        self._skip = 0  # substitutes still to come
        self._unicode = ""  # the character that they stand for
        self._skipped = b""
        self._high = 0  # the first half of a surrogate pair

    def byte(self, value: int) -> None:
        r"""Take a byte that was written as \'xx."""
        if self._skip:
            self._skip -= 1
            self._skipped += bytes([value])
        elif self._skipped and self._is_same(self._skipped + bytes([value])):
            self._skipped = b""  # two bytes stand for the character, though \uc says one
        else:
            self._skipped = b""
            self._bytes.append(value)

    def literal(self, text: bytes) -> None:
        """Take characters that stand in the file as they are."""
        text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        self._skipped = b""
        self._bytes += text
        self._raw = self._raw or not text.isascii()

    def special(self, text: str) -> None:
        """Take a character that was written as a control word or symbol."""
        if self._skip:
            self._skip -= 1
            return
        self.flush()
        self._emit(text)

    def unicode(self, number: int, substitutes: int) -> None:
        r"""Take \u: a UTF-16 unit, negative from 32,768 on, and after it so many substitutes."""
        self.flush()
        code = number % 0x10000 if number < 0x10000 else number
        self._skip, self._skipped = min(max(substitutes, 0), _MOST_SUBSTITUTES), b""
        if 0xD800 <= code < 0xDC00:
            self._emit("")
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00
            self._high = 0
        if 0xDC00 <= code < 0xE000 or code > 0x10FFFF:
            self.bad += 1
            code = 0xFFFD
        self._unicode = chr(code)
        in_font = self.codec.startswith(SYMBOL) and 0xF020 <= code <= 0xF0FF
        self._emit(sign(code - 0xF000, self.codec) if in_font else self._unicode)

    def flush(self) -> None:
        """Give on what has been gathered: before anything that changes its meaning."""
        if self._bytes:
            text, bad = decoded(bytes(self._bytes), self.codec, self.page, self._raw)
            self.bad += bad
            self._bytes.clear()
            self._raw = False
            self._emit(text)

    def end_group(self) -> None:
        """Flush at a group's start or end, which also ends the substitutes."""
        self.flush()
        self._skip, self._skipped = 0, b""

    def _emit(self, text: str) -> None:
        if self._high:  # a first half without its second
            self._high = 0
            self.bad += 1
            text = "\ufffd" + text
        self._put(text)

    def _is_same(self, data: bytes) -> bool:
        codec = self.page if self.codec == ANSI else self.codec
        return decoded(data, codec, codec, raw=False)[0] == self._unicode
