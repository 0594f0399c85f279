"""Names of fonts, which say what the characters of symbol fonts look like ([MS-DOC] 2.9.81 FFN, 2.9.286 SttbfFfn)."""

from classifier.documents.binary_word.little_endian import u8, u16

_NAME = 40  # bytes before a font's name


def read_fonts(sttb: bytes) -> list[str]:
    """Return the names by number. Raises ValueError where the table is cut off."""
    if not sttb:
        return []
    fonts, at = [], 4
    for _ in range(u16(sttb, 0)):
        size = u8(sttb, at) + 1
        name = sttb[at + _NAME : at + size].decode("utf-16-le", "replace")
        fonts.append(name.split("\0")[0])
        at += size
    return fonts
