"""Which items of a page are its main text: a known body, else the smallest part that holds nearly all running text.

A rule of our own: extractors (resiliparse 2.0.1's main_content was tried) decide element by element and lose hidden
bodies, elements of one character and short paragraphs without a trace; here each item is kept or counted.
"""

from dataclasses import dataclass
from itertools import accumulate

from classifier.documents.web_page.items import Item
from classifier.documents.web_page.names import FRAME_LINE, FRAME_TAGS, is_body, is_frame
from classifier.documents.web_page.tree import Element, is_hidden

_FAIR = 0.6  # share of a page's running text that a body holds at least
_NEARLY = 0.9  # share that the part chosen without a name holds
_SMALL = 0.15  # share of the running text over which no name makes an element frame
_LINKED = 0.6  # share of linked characters from which on a part is a list of links


@dataclass(frozen=True)
class Chosen:
    """`kept`: whether each item is main text. `first`, `last`: the body's items. `whole`: no body was told apart."""

    kept: list[bool]
    first: int
    last: int
    whole: bool


def choose(root: Element, items: list[Item]) -> Chosen:
    """Tell main text from frame."""
    elements = list(root.elements())
    _reveal(elements, items)
    frame = _named_frame(elements, items)
    weights = _sums([0.0 if out or one.hidden else one.weight for one, out in zip(items, frame, strict=True)])
    body, known = _body(root, elements, weights)
    kept = [body.first <= place < body.last for place in range(len(items))]
    lists = [False] * len(items) if known else _link_lists(body, items)
    kept = [
        keep and not out and not listed and not one.hidden and not _is_frame_line(one)
        for keep, out, listed, one in zip(kept, frame, lists, items, strict=True)
    ]
    total = sum(one.weight for one in items if not one.hidden)
    if sum(one.weight for one, keep in zip(items, kept, strict=True) if keep) < _FAIR * total or not any(kept):
        return Chosen([not one.hidden for one in items], 0, len(items), whole=True)
    return Chosen(kept, body.first, body.last, whole=False)


def _names(element: Element) -> str:
    return f"{element.get('id')} {element.get('class')}"


def _sums(values: list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _reveal(elements: list[Element], items: list[Item]) -> None:
    """Show what is hidden until a script runs: a known body, or a part with more text than all that is shown."""
    shown = sum(one.weight for one in items if not one.hidden)
    hidden = _sums([one.weight if one.hidden else 0.0 for one in items])
    done = 0
    for one in elements:
        if one.first < done or not is_hidden(one):
            continue
        weight = hidden[one.last] - hidden[one.first]
        inside = [part for part in one.elements() if is_body(_names(part))] if weight else []
        if weight > shown or (inside and weight > _SMALL * shown):
            for item in items[one.first : one.last]:
                item.hidden = False
        done = one.last


def _named_frame(elements: list[Element], items: list[Item]) -> list[bool]:
    """Mark the items inside elements that are frame by tag or name, but for those that hold much running text."""
    weights = _sums([0.0 if one.hidden else one.weight for one in items])
    frame, done = [False] * len(items), 0
    for one in elements:
        if one.first < done or one.first == one.last or one.tag == "body":
            continue
        names = _names(one)
        if not (one.tag in FRAME_TAGS or (names.strip() and is_frame(names))) or is_body(names):
            continue
        if weights[one.last] - weights[one.first] <= _SMALL * weights[-1]:
            frame[one.first : one.last] = [True] * (one.last - one.first)
            done = one.last
    return frame


def _body(root: Element, elements: list[Element], weights: list[float]) -> tuple[Element, bool]:
    """Return the element that holds the main text, and whether its name says so."""

    def share(one: Element) -> float:
        return (weights[one.last] - weights[one.first]) / (weights[-1] or 1.0)

    known = [one for one in elements if is_body(_names(one)) and share(one) >= _FAIR]
    if known:
        most = max(map(share, known))
        return [one for one in known if share(one) >= most - 0.02][-1], True
    here = root
    while True:
        inside = [one for one in here.children if not isinstance(one, str) and share(one) >= _NEARLY]
        if not inside:
            return here, False
        here = inside[0]


def _link_lists(body: Element, items: list[Item]) -> list[bool]:
    """Mark lists of links inside a body that has no name: related articles, menus, tables of columns."""
    listed, done = [False] * len(items), 0
    for one in body.elements():
        if one is body or one.first < done or one.first == one.last:
            continue
        inside = items[one.first : one.last]
        han, linked = sum(item.han for item in inside), sum(item.linked for item in inside)
        if (
            sum(item.links for item in inside) >= 3
            and linked >= _LINKED * han
            and not any(item.file for item in inside)
        ):
            listed[one.first : one.last] = [True] * len(inside)
            done = one.last
    return listed


def _is_frame_line(item: Item) -> bool:
    return len(item.text) <= 160 and bool(FRAME_LINE.fullmatch(item.text))
