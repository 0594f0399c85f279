"""Characters of the symbol fonts (Symbol, Wingdings, Wingdings 2), which files keep as codes of the font.

The signs are the everyday ones of Unicode that look alike (☑ rather than U+1F5F9, which few fonts have).
"""

import re

PRIVATE = re.compile("[\uf020-\uf0ff]")

_GREEK = " !∀#∃%&∍()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"
_GREEK_UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"


def _run(first: int, signs: str) -> dict[int, str]:
    return {first + i: sign for i, sign in enumerate(signs)}


_FONTS: dict[str, dict[int, str]] = {
    "symbol": {**_run(0x20, _GREEK), **_run(0xA0, _GREEK_UPPER)},
    "wingdings": {
        0x20: " ", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x45: "☜", 0x46: "☞", 0x47: "☝",
        0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x54: "❄", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐",
        0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧",
        **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), 0x9E: "·", 0x9F: "•", **_run(0xA1, "○⭘"), 0xA4: "◉", 0xA5: "◎",
        0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xB2: "✧", 0xD8: "➢", **_run(0xDF, "←→↑↓↖↗↙↘"),
        0xE8: "➔", **_run(0xEF, "⇦⇨⇧⇩"), **_run(0xFB, "✗✓☒☑"),
    },
    "wingdings 2": {
        0x20: " ", 0x4F: "✗", 0x50: "✓", **_run(0x51, "☒☑☒☒"), **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
        0x97: "•", 0x98: "●", 0x99: "●", 0x9A: "○", 0xA0: "▪", 0xA2: "■", 0xA3: "□", 0xAE: "◆",
    },
}  # fmt: skip


def is_symbol_font(font: str) -> bool:
    """Return whether a font's characters are signs of its own."""
    return font.lower() in _FONTS


def symbol(code: int, font: str) -> str | None:
    """Return the character of a code in a font; None where it is not known.

    Codes of symbol fonts lie at U+F000 and up; other fonts have them there, too, for their first 256 characters.
    """
    signs = _FONTS.get(font.lower())
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if signs is not None:
        return signs.get(low)
    if low != code and (font.lower().startswith(("wingdings", "webdings")) or low < 0x20):
        return None
    return None if 0xE000 <= low <= 0xF8FF or 0xD800 <= low <= 0xDFFF or not 0x20 <= low <= 0x10FFFF else chr(low)


def in_font(text: str, font: str) -> str:
    """Return text that is set in a symbol font, as it looks; characters that are not known stay as they are."""
    return "".join(symbol(ord(one), font) or one for one in text)


def bullet(text: str) -> str:
    """Return a bullet; one of a symbol font, which font ever, as a sign that looks like it."""
    signs = _FONTS["wingdings"]
    return PRIVATE.sub(lambda one: "•" if one[0] == "\uf0b7" else signs.get(ord(one[0]) - 0xF000, "•"), text)
