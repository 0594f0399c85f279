"""Any text as HTML that shows it and does nothing else, character for character.

What stands in the page has as many characters as the text, so that places in it stay true.
"""

import re

from markupsafe import Markup, escape

# C0 and C1 controls, which HTML forbids or misreads, as the pictures that Unicode has for them; halves of a character
_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r\x0b\x0c"}
_SHOWN |= dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], ord("\n"))
_SHOWN |= dict.fromkeys([*range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
_UNSHOWN = re.compile(f"[{re.escape(''.join(map(chr, _SHOWN)))}]")
# Marks that turn the direction of writing, and with it what a reader takes the text to say
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"\r\n|[\r\n]")
_HAN_BREAK = re.compile(
    "(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])(?:\r\n|[\r\n])(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)


def shown(text: str) -> str:
    """Return a text with every character that a page cannot hold replaced by one that it can."""
    return text.translate(_SHOWN) if _UNSHOWN.search(text) else text  # looking is a hundred times quicker


def as_html(text: str) -> Markup:
    """Return a text for the inside of an element.

    A mark of direction is shut into an element of its own, where it has no effect and is shown by its number; a line
    break between two Chinese characters is kept, but takes no room.
    """
    html = str(escape(shown(text)))
    html = _HAN_BREAK.sub(lambda match: f"<i class=nl>{_as_references(match[0])}</i>", html)
    html = _BREAK.sub(lambda match: _as_references(match[0]), html)
    return Markup(_BIDI.sub(_bidi, html))  # noqa: S704 - escaped above


def opening(text: str, most: int) -> str:
    """Return a text's first characters on one line."""
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else line[:most] + "…"


def _as_references(breaks: str) -> str:
    """Return a carriage return as a reference: read as such, it would be taken for a line feed."""
    return breaks.replace("\r", "&#13;")


def _bidi(match: re.Match[str]) -> str:
    return f'<bdi class=ctl data-c="U+{ord(match[0]):04X}">{match[0]}</bdi>'
