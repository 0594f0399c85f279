"""Page furniture: page numbers, and running headers and footers, which stand at the same edge of page after page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from classifier.documents.layout.placed import PlacedPage, Row

_ZONE = 0.15  # of the page's height: headers and footers stand that near its edge
_OUTERMOST = 2  # rows at the top and at the bottom that may be furniture
_SHARE = 0.34  # of all pages: a header may stand on every other page only
_DASHES = r"[-\u2010-\u2015\u2212－—–―_一~～·•.\s]*"
_COUNT = r"(?:\d{1,4}|[ivxl]{1,6}|[一二三四五六七八九十百]{1,4}(?=\s*页))"
_OF_ALL = r"(?:\s*[/／,，|]?\s*共?\s*\d{1,4}\s*页?)?"
_NUMBER = re.compile(rf"{_DASHES}第?\s*{_COUNT}\s*页?{_OF_ALL}{_DASHES}", re.IGNORECASE)
_FIGURES = re.compile(r"[\d\W_年月期总第]*\d[\d\W_年月期总第]*")
_SLIP = 20  # characters that figures at the edge have at most
_SET_APART = 1.3  # characters between baselines: furniture stands farther from the text than that
_DIGITS = re.compile(r"\d{1,6}")

_Key = tuple[str, str]  # the edge, and the text or its pattern


@dataclass(frozen=True)
class Furnished:
    """The rows of pages without furniture. `numbers`: the pages whose number was taken away. `running`: header and
    footer texts with the page where each stands first, in order. `repeated`: the pages on which they come again.
    """

    body: list[list[Row]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    running: list[tuple[str, int]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)


def apart(pages: Sequence[PlacedPage], rows: Sequence[list[Row]]) -> Furnished:
    """Take the furniture out of the rows of each page."""
    repeats = _repeats(pages, rows)
    found = Furnished()
    seen: set[_Key] = set()

    def furnish(text: str, page: int, keys: set[_Key]) -> None:
        if seen & keys:
            found.repeated.append(page)
        else:
            found.running.append((text, page))
        seen.update(keys)

    for page, own in zip(pages, rows, strict=True):
        kept = []
        for i, row in enumerate(own):
            edge = _edge(page, own, i)
            if edge and _is_number(own, i, edge):
                found.numbers.append(page.number)
            elif edge and _is_slip(own, i, edge):
                furnish(_text(row), page.number, {(edge, _text(row))})
            elif edge and len(own) > 1 and (keys := _keys(edge, row, page.number) & repeats):
                furnish(_text(row), page.number, keys)
            else:
                kept.append(row)
        found.body.append(kept)
        for text in page.furniture:
            furnish(text, page.number, {("", text)})
    return found


def _edge(page: PlacedPage, rows: Sequence[Row], at: int) -> str:
    """Return at which edge of its page a row stands: top, bottom, or none."""
    y = rows[at][0].y
    if not page.edged:
        return ""
    if at < _OUTERMOST and y < _ZONE * page.height:
        return "top"
    if at >= len(rows) - _OUTERMOST and y > (1 - _ZONE) * page.height:
        return "bottom"
    return ""


def _is_number(rows: Sequence[Row], at: int, edge: str) -> bool:
    """Tell whether a row is nothing but a page number: by dashes or 第…页, a bare one by standing outermost, apart."""
    text = _text(rows[at]).strip()
    if not _NUMBER.fullmatch(text):
        return False
    if not text.isalnum() or "页" in text:
        return True
    return _outermost(rows, at, edge)


def _is_slip(rows: Sequence[Row], at: int, edge: str) -> bool:
    """Tell whether a row is figures alone at the very edge: a page number beside an issue's number, say."""
    text = _text(rows[at])
    return len(text) <= _SLIP and bool(_FIGURES.fullmatch(text)) and len(rows) > 1 and _outermost(rows, at, edge)


def _outermost(rows: Sequence[Row], at: int, edge: str) -> bool:
    neighbour = at + 1 if edge == "top" else at - 1
    if at != (0 if edge == "top" else len(rows) - 1):
        return False
    if not 0 <= neighbour < len(rows):
        return True
    return abs(rows[at][0].y - rows[neighbour][0].y) > _SET_APART * rows[at][0].size


def _repeats(pages: Sequence[PlacedPage], rows: Sequence[list[Row]]) -> set[_Key]:
    """Return the keys of the rows that stand at the same height of several pages."""
    heights: dict[_Key, dict[int, float]] = defaultdict(dict)
    for page, own in zip(pages, rows, strict=True):
        for i, row in enumerate(own):
            if edge := _edge(page, own, i):
                for key in _keys(edge, row, page.number):
                    heights[key][page.number] = row[0].y / page.height
    fewest = max(2.0, _SHARE * len(pages))
    return {key for key, ys in heights.items() if _most_at_one_height(ys.values()) >= fewest}


def _most_at_one_height(heights: Iterable[float]) -> int:
    rounded = Counter(round(50 * y) for y in heights)
    return max(rounded[y] + rounded[y + 1] for y in rounded)


def _keys(edge: str, row: Row, page: int) -> set[_Key]:
    """Return what a row may repeat: its text, or its text with a number that counts the pages.

    Any other number must be the same: rows of figures at a page's edge differ in nothing else.
    """
    text = _text(row)
    counted = {(edge, f"{text[: n.start()]}#{int(n[0]) - page}{text[n.end() :]}") for n in _DIGITS.finditer(text)}
    return {(edge, text), *counted}


def _text(row: Row) -> str:
    return " ".join(one.text for one in row)
