"""Text laid out by the columns that it takes on a terminal, where a Chinese character is two wide."""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

_NOT_FIRST = "，。；：、？！）》”’】…"  # a line does not begin with these


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of at most `width` columns, in which a Chinese character takes two.

    Lines break between Chinese characters, and at spaces between others; closing marks stay with what they close.
    """
    line = ""
    for part in _parts(text):
        if line and cell_len(line + part.rstrip()) > width and part[0] not in _NOT_FIRST:
            yield line.rstrip()
            line = part.lstrip()
        else:
            line += part
    if line.strip():
        yield line.rstrip()


def _parts(text: str) -> Sequence[str]:
    """Return what a line may be broken between: single Chinese characters and marks, else words with their space."""
    return re.findall(r"[⺀-鿿＀-￯　-〿“”‘’…]\s*|[^\s⺀-鿿＀-￯　-〿“”‘’…]+\s*|\s+", text.replace("\n", " "))


def padded(text: str, columns: int) -> str:
    """Return a text with spaces behind it, or before it where `columns` is below 0, as wide as that many columns."""
    spaces = " " * (abs(columns) - cell_len(text))
    return spaces + text if columns < 0 else text + spaces
