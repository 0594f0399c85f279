"""What a page, a Word or an Excel file can show of any text, character for character."""

import re

# C0 and C1 controls, which HTML forbids or misreads, as the pictures that Unicode has for them; halves of a character
_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r\x0b\x0c"}
_SHOWN |= dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], ord("\n"))
_SHOWN |= dict.fromkeys([*range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
_UNSHOWN = re.compile(f"[{re.escape(''.join(map(chr, _SHOWN)))}]")


def shown(text: str) -> str:
    """Return a text with every character that a page cannot hold replaced by one that it can."""
    return text.translate(_SHOWN) if _UNSHOWN.search(text) else text  # looking is a hundred times quicker
