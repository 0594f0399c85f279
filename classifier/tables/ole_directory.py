"""Which streams stand at the root of a compound file (OLE, [MS-CFB]): those of a file embedded in it do not."""

import struct

_FREE = 0xFFFF_FFFA  # from here on, numbers that are no sectors
_ENTRY = 128
_SECTORS_MOST = 4096  # of the directory: 16,000 entries


def root_streams(data: bytes) -> set[str]:
    """Return the names, empty where the file is too damaged to tell."""
    try:
        directory = _directory(data)
        names, waiting, seen = set(), [struct.unpack_from("<I", directory, 76)[0]], set()
        while waiting:
            number = waiting.pop()
            if number in seen or (number + 1) * _ENTRY > len(directory):
                continue
            seen.add(number)
            entry = directory[number * _ENTRY : (number + 1) * _ENTRY]
            size = struct.unpack_from("<H", entry, 64)[0]
            names.add(entry[: max(0, min(size, 64) - 2)].decode("utf-16-le", "replace"))
            waiting += struct.unpack_from("<II", entry, 68)
    except struct.error:
        return set()
    return names


def _directory(data: bytes) -> bytes:
    size = 1 << min(struct.unpack_from("<H", data, 0x1E)[0], 12)
    table = b"".join(
        data[(number + 1) * size : (number + 2) * size]
        for number in struct.unpack_from("<109I", data, 0x4C)
        if number < _FREE
    )
    sectors: list[bytes] = []
    number = struct.unpack_from("<I", data, 0x30)[0]
    while number < _FREE and len(sectors) < _SECTORS_MOST:
        sectors.append(data[(number + 1) * size : (number + 2) * size])
        number = struct.unpack_from("<I", table, 4 * number)[0] if 4 * number + 4 <= len(table) else _FREE
    return b"".join(sectors)
