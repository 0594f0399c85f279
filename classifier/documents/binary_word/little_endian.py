"""Numbers and tables of a binary Word file, read within the bounds of what is there."""

import struct


def u8(data: bytes, at: int) -> int:
    """Return the byte at a place. Raises ValueError outside the data, as all of these do."""
    return _number("<B", data, at)


def u16(data: bytes, at: int) -> int:
    """Return two bytes as a number."""
    return _number("<H", data, at)


def i16(data: bytes, at: int) -> int:
    """Return two bytes as a number with a sign."""
    return _number("<h", data, at)


def u32(data: bytes, at: int) -> int:
    """Return four bytes as a number."""
    return _number("<I", data, at)


def i32(data: bytes, at: int) -> int:
    """Return four bytes as a number with a sign."""
    return _number("<i", data, at)


def plc(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """Return the n+1 positions and n items of `size` bytes of a PLC ([MS-DOC] 2.2.2)."""
    count = max(0, (len(data) - 4) // (4 + size))
    if not data or not count:
        return [], []
    positions = list(struct.unpack_from(f"<{count + 1}I", data))
    start = 4 * (count + 1)
    return positions, [data[start + size * step : start + size * (step + 1)] for step in range(count)]


def _number(form: str, data: bytes, at: int) -> int:
    try:
        number: int = struct.unpack_from(form, data, at)[0]
    except struct.error as error:
        raise ValueError(f"it ends within a table (byte {at:,})") from error
    return number
