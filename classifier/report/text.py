"""Any text as HTML that shows it and does nothing else, character for character.

What stands in the page has as many characters as the text, so that places in it stay true.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from classifier.report.shown import shown

# Marks that turn the direction of writing, and with it what a reader takes the text to say
_BIDI = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SPECIAL = re.compile(
    rf"(?P<han_break>(?<={_HAN})(?:\r\n|[\r\n])(?={_HAN}))|(?P<break>\r\n|[\r\n])|(?P<bidi>{_BIDI})|[&<>'\"]"
)


def as_html(text: str, tags: Sequence[tuple[int, Markup]] = ()) -> Markup:
    """Return a text for the inside of an element.

    `tags`: what is put in front of the character at a place, in the order of the places. A mark of direction is shut
    into an element of its own, where it has no effect and is shown by its number; a line break between two Chinese
    characters is kept, but takes no room.
    """
    plain, waiting = shown(text), deque(tags)
    found: list[str] = []
    done = 0
    for match in _SPECIAL.finditer(plain):
        found += [*_with_tags(plain, done, match.start(), waiting), _as_entity(match)]
        done = match.end()
    found += [*_with_tags(plain, done, len(plain), waiting), *(tag for _, tag in waiting)]
    return Markup("".join(found))  # noqa: S704 - escaped above


def opening(text: str, most: int) -> str:
    """Return a text's first characters on one line."""
    line = " ".join(text[: most + 1].split())
    return line if len(text) <= most else line[:most] + "…"


def _with_tags(plain: str, start: int, end: int, waiting: deque[tuple[int, Markup]]) -> Iterator[str]:
    """Yield a stretch in which nothing needs to be escaped, and the tags that stand in it or right behind it."""
    while waiting and waiting[0][0] <= end:
        place, tag = waiting.popleft()
        yield plain[start : max(start, place)]
        yield str(tag)
        start = max(start, place)
    yield plain[start:end]


def _as_entity(match: re.Match[str]) -> str:
    if match["han_break"]:
        return f"<i class=nl>{_as_references(match[0])}</i>"
    if match["break"]:
        return _as_references(match[0])
    return _bidi(match) if match["bidi"] else str(escape(match[0]))


def _as_references(breaks: str) -> str:
    """Return a carriage return as a reference: read as such, it would be taken for a line feed."""
    return breaks.replace("\r", "&#13;")


def _bidi(match: re.Match[str]) -> str:
    return f'<bdi class=ctl data-c="U+{ord(match[0]):04X}">{match[0]}</bdi>'
