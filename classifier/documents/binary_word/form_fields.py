"""Boxes to tick and lists to choose from, whose state stands in the stream Data ([MS-DOC] 2.9.78 FFData, 2.9.158)."""

from classifier.documents.binary_word.little_endian import u16, u32
from classifier.documents.binary_word.pieces import whole

_TICK, _CHOICE = 1, 2  # iType
_NOT_SET = 25  # iRes: as the form was made


def form_field(data: bytes, at: int) -> str:
    """Return what a form field shows: ☒ or ☐, or the entry chosen; empty for others and where it is damaged."""
    try:
        return _shown(data, at)
    except ValueError:
        return ""


def _shown(data: bytes, at: int) -> str:
    at += u16(data, at + 4)  # behind the picture's header
    bits = u16(data, at + 4)
    kind, result = bits & 3, bits >> 2 & 0x1F
    if kind not in {_TICK, _CHOICE} or u32(data, at) != 0xFFFF_FFFF:
        return ""
    at = _behind_text(data, at + 10)
    default = u16(data, at)
    state = default if result == _NOT_SET else result
    if kind == _TICK:
        return "☒" if state else "☐"
    at += 2
    for _ in range(5):  # format, help, status, macros
        at = _behind_text(data, at)
    return _entry(data, at, state)


def _behind_text(data: bytes, at: int) -> int:
    return at + 2 * u16(data, at) + 4


def _entry(data: bytes, at: int, number: int) -> str:
    """Return an entry of the list of choices (an extended STTB, [MS-DOC] 2.2.4)."""
    if number >= u16(data, at + 2):
        return ""
    at += 6
    for _ in range(number):
        at += 2 + 2 * u16(data, at)
    return whole("".join(chr(u16(data, at + 2 + 2 * step)) for step in range(u16(data, at))))
