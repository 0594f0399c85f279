"""Bytes of a text file as a stream: what was read of it put back in front, its encoding told, all of it as UTF-8."""

import codecs
import io
from typing import IO, Any

from classifier.documents.decode import decode
from classifier.errors import InputError


class JoinedStream(io.RawIOBase):
    """What was read of a stream already, and the rest of it; closing it leaves the stream open."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer and return how many bytes."""
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


class Utf8Stream(io.RawIOBase):
    """A text as UTF-8; bytes that are not of its encoding stay as they are."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer and return how many bytes."""
        data = self._text.read(max(1, len(buffer) // 4)).encode("utf-8", "surrogateescape")  # four bytes at most each
        buffer[: len(data)] = data
        return len(data)


def encoding_of(head: bytes, file: str = "") -> str:
    """Return the encoding that a file's beginning shows: UTF-8, UTF-16, else GB18030 (Excel in China) or Big5.

    A few bytes that do not fit leave it UTF-8: Chinese text of another encoding has as many of them as characters.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head[:200]:
        even, odd = head[:200:2].count(0), head[1:200:2].count(0)
        if max(even, odd) > 4 * min(even, odd) + 1:
            return "utf-16-be" if even > odd else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _encoding_beside_utf8(head, file)
    return "utf-8-sig"


def _encoding_beside_utf8(head: bytes, file: str) -> str:
    text = head.decode("utf-8-sig", "replace")
    wrong = text[:-1].count("\ufffd") - head.count(b"\xef\xbf\xbd")
    sound = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    if wrong <= sound // 20:
        return "utf-8-sig"
    try:
        encoding = decode(head, file)[1]
    except InputError:
        return "gb18030"
    return encoding if encoding in {"gb18030", "big5hkscs"} else "gb18030"
