"""Signs of symbol fonts, which stand in a file as the font's own codes (U+F020 to U+F0FF)."""

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_SIGNS = {  # Wingdings, as office texts use it
    0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + step: chr(0x2460 + step) for step in range(10)},
    **{0x8C + step: chr(0x2776 + step) for step in range(10)},
}  # fmt: skip


def symbol(code: int) -> str:
    """Return the sign of a code, empty where it is not known."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if low in _SIGNS:
        return _SIGNS[low]
    return chr(code) if low == code and 0x20 < code < 0xD800 else ""


def bullet(text: str) -> str:
    """Return a bullet, that of a symbol font as a sign that looks like it."""
    return _PRIVATE.sub(lambda one: _SIGNS.get(ord(one[0]) - 0xF000, "•"), text)
