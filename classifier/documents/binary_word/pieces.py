"""The piece table: which bytes of the file are which characters of the text ([MS-DOC] 2.4.1, 2.9.38, 2.9.177).

A character stands as one byte of code page 1252 or as a UTF-16 unit. Positions count UTF-16 units, so the text keeps
surrogates apart until `whole` puts them together.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from classifier.documents.binary_word.little_endian import i16, plc, u16, u32

_COMPRESSED = 0x4000_0000
_SURROGATE = re.compile("[\ud800-\udfff]")
# Single bytes that code page 1252 leaves free keep their number.
_CP1252 = "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in range(256))
# One-byte property modifiers of fast-saved files ([MS-DOC] 2.9.215, Prm0) that matter here → sprm.
_SHORT = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C, 0x75: 0x0855, 0x0C: 0x260A}


@dataclass(frozen=True)
class Piece:
    """Characters `start` to `end` stand from byte `offset` on, `width` bytes each; `changes`: a grpprl on top."""

    start: int
    end: int
    offset: int
    width: int
    changes: bytes = b""

    def byte_of(self, position: int) -> int:
        """Return the byte of the stream at which a character stands."""
        return self.offset + (position - self.start) * self.width


def read_pieces(clx: bytes) -> list[Piece]:
    """Return the pieces in order. Raises ValueError where there is no sound piece table."""
    at, changes = 0, []
    while clx[at : at + 1] == b"\x01":
        length = max(0, i16(clx, at + 1))
        changes.append(clx[at + 3 : at + 3 + length])
        at += 3 + length
    if clx[at : at + 1] != b"\x02":
        raise ValueError("it has no table of text pieces")
    positions, descriptors = plc(clx[at + 5 : at + 5 + u32(clx, at + 1)], 8)
    if not descriptors or any(end < start for start, end in pairwise(positions)):
        raise ValueError("its table of text pieces is damaged")
    return [
        _piece(start, end, descriptor, changes)
        for (start, end), descriptor in zip(pairwise(positions), descriptors, strict=True)
    ]


def _piece(start: int, end: int, descriptor: bytes, changes: Sequence[bytes]) -> Piece:
    where, modifier = u32(descriptor, 2), u16(descriptor, 6)
    compressed = bool(where & _COMPRESSED)
    offset = where & (_COMPRESSED - 1)
    if modifier & 1:
        change = changes[modifier >> 1] if modifier >> 1 < len(changes) else b""
    else:
        sprm = _SHORT.get(modifier >> 1 & 0x7F)
        change = struct.pack("<HB", sprm, modifier >> 8) if sprm else b""
    return Piece(start, end, offset // 2 if compressed else offset, 1 if compressed else 2, change)


def text_of(word: bytes, pieces: Sequence[Piece]) -> tuple[str, int]:
    """Return the text of all pieces and the number of characters whose bytes are not in the file.

    A text never holds more characters than the file has bytes, so that pieces told twice cannot swell it; characters
    missing stand as U+FFFD, to keep all positions right.
    """
    parts, room, missing = [], len(word), 0
    for piece in pieces:
        count = piece.end - piece.start
        raw = word[piece.offset : piece.offset + min(count, room) * piece.width]
        got = len(raw) // piece.width
        parts.append(_units(raw[: got * piece.width], piece.width))
        room -= got
        missing += count - got
        if got < count:
            filled = min(count - got, room)
            parts.append("\ufffd" * filled)
            room -= filled
    return "".join(parts), missing


def _units(raw: bytes, width: int) -> str:
    if width == 1:
        return raw.decode("latin-1").translate(_CP1252)  # a string as a table: each byte's character at its place
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(raw):
        return text
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def whole(text: str) -> str:
    """Return a text with surrogates put together, lone ones as U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def covered(pieces: Sequence[Piece], length: int) -> Iterator[Piece]:
    """Yield the pieces within the first `length` characters."""
    for piece in pieces:
        if piece.start < min(piece.end, length):
            yield Piece(piece.start, min(piece.end, length), piece.offset, piece.width, piece.changes)
