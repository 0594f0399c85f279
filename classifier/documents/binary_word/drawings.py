"""Drawings: text set as WordArt, as the red heads of old notices are, and which shapes are pictures ([MS-ODRAW])."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifier.documents.binary_word.little_endian import u16, u32

_SHAPE, _SHAPE_HEAD, _OPTIONS = 0xF004, 0xF00A, frozenset({0xF00B, 0xF122, 0xF121})  # [MS-ODRAW] 2.2.14, 2.2.40, 2.2.9
_CONTAINER = 0xF
_PICTURE_FRAME = 75  # msosptPictureFrame
_TEXT = 0x00C0  # gtextUNICODE
_COMPLEX = 0x8000  # the value stands behind all properties
_DEEPEST = 16
_LONGEST = 16_384  # bytes of a shape in a line; its picture stands behind it
_NAMED = 0x66  # mfp.mm of a picture whose file name stands before the shape ([MS-DOC] 2.9.192)


@dataclass(frozen=True)
class Shape:
    """`number`: by which anchors name it. `text`: of WordArt, else empty."""

    number: int
    is_picture: bool
    text: str


def shapes(drawings: bytes) -> Iterator[Shape]:
    """Yield the shapes of OfficeArtContent ([MS-DOC] 2.9.172): a group of drawings, then each after a byte."""
    at = 0
    while at + 8 <= len(drawings):
        if not _is_container(drawings, at):
            at += 1
            continue
        end = at + 8 + u32(drawings, at + 4)
        yield from _shapes_in(drawings[at:end], 0)
        at = end


def inline_text(data: bytes, at: int) -> str:
    """Return the text of WordArt in a line, from the stream Data (PICFAndOfficeArtData, [MS-DOC] 2.9.193)."""
    try:
        size, start = u32(data, at), u16(data, at + 4)
        if u16(data, at + 6) == _NAMED:
            start += 1 + data[at + start]
        return "".join(shape.text for shape in _shapes_in(data[at + start : at + min(size, start + _LONGEST)], 0))
    except (ValueError, IndexError):
        return ""


def _is_container(records: bytes, at: int) -> bool:
    return u16(records, at) & 0xF == _CONTAINER and u16(records, at + 2) >= 0xF000


def _records(records: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield instance, kind and content of each record; a container's kind counts as it is."""
    at = 0
    while at + 8 <= len(records):
        size = u32(records, at + 4)
        yield u16(records, at), u16(records, at + 2), records[at + 8 : at + 8 + size]
        at += 8 + size


def _shapes_in(records: bytes, deep: int) -> Iterator[Shape]:
    for head, kind, content in _records(records):
        if kind == _SHAPE:
            yield _shape(content)
        elif head & 0xF == _CONTAINER and deep < _DEEPEST:
            yield from _shapes_in(content, deep + 1)


def _shape(content: bytes) -> Shape:
    number, is_picture, text = 0, False, ""
    for head, kind, inner in _records(content):
        if kind == _SHAPE_HEAD and len(inner) >= 4:
            number, is_picture = u32(inner, 0), head >> 4 == _PICTURE_FRAME
        elif kind in _OPTIONS:
            text = text or _word_art(inner, head >> 4)
    return Shape(number, is_picture, text)


def _word_art(options: bytes, count: int) -> str:
    """Return the text among a shape's properties (OfficeArtRGFOPTE, [MS-ODRAW] 2.3.1)."""
    behind = 6 * count
    for at in range(0, min(behind, len(options) - 5), 6):
        option, size = u16(options, at), u32(options, at + 2)
        if not option & _COMPLEX:
            continue
        if option & 0x3FFF == _TEXT:
            text = options[behind : behind + size].decode("utf-16-le", "replace")
            return text.rstrip("\0").replace("\r", "\n").strip()
        behind += size
    return ""
