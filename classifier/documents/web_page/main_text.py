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
_SMALL, _FEW = 0.15, 60  # share of the running text, or Han characters, over which no name makes an element frame
_RUNNING = 25  # Han characters of an item that is running text for sure
_LINKED = 0.6  # share of linked characters from which on a part is a list of links


@dataclass(frozen=True)
class Chosen:
    """`kept`: whether each item is main text. `first`, `last`: the body's items. `whole`: no body was told apart."""

    kept: list[bool]
    first: int
    last: int
    whole: bool


def choose(root: Element, items: list[Item]) -> Chosen:
    """Tell main text from frame.

    Where the body found holds less than a fair share of the running text, the whole page but for its lists of links is
    chosen; where no item is running text (a page that is a list of links), all of it.
    """
    elements = list(root.elements())
    _reveal(elements, items)
    frame = [out and not item.hidden for item, out in zip(items, _named_frame(elements, items), strict=True)]
    body, known = _body(elements, items, frame)
    lists = [False] * len(items) if known else _link_lists(body, items)
    kept = [
        body.first <= place < body.last and not out and not listed and _belongs(one)
        for place, (one, out, listed) in enumerate(zip(items, frame, lists, strict=True))
    ]
    total, named = _weight(items, [not item.hidden for item in items]), _weight(items, frame)
    if named <= _FAIR * total and _weight(items, kept) >= _FAIR * (total - named) and any(kept):
        return Chosen(kept, body.first, body.last, whole=False)
    lists = _link_lists(root, items)
    kept = [not listed and _belongs(item) for item, listed in zip(items, lists, strict=True)]
    if max((item.weight for item, keep in zip(items, kept, strict=True) if keep), default=0.0) < _RUNNING:
        kept = [not item.hidden for item in items]
    return Chosen(kept, 0, len(items), whole=True)


def is_running(item: Item) -> bool:
    """Tell whether an item is running text for sure."""
    return item.role == "body" and item.weight >= _RUNNING


def _belongs(item: Item) -> bool:
    return not item.hidden and not (len(item.text) <= 160 and FRAME_LINE.fullmatch(item.text))


def _weight(items: list[Item], kept: list[bool]) -> float:
    return sum(item.weight for item, keep in zip(items, kept, strict=True) if keep)


def _names(element: Element) -> str:
    return f"{element.get('id')} {element.get('class')}"


def _sums(values: list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _reveal(elements: list[Element], items: list[Item]) -> None:
    """Show what is hidden until a script runs: a known body, or a part with more text than all that is shown."""
    shown = sum(one.weight for one in items if not one.hidden)
    hidden = _sums([one.weight if one.hidden else 0.0 for one in items])
    done = 0
    for element in elements:
        if element.first < done or not is_hidden(element):
            continue
        weight = hidden[element.last] - hidden[element.first]
        inside = [part for part in element.elements() if is_body(_names(part))] if weight else []
        if weight > shown or (inside and weight > _SMALL * shown):
            for item in items[element.first : element.last]:
                item.hidden = False
        done = element.last


def _named_frame(elements: list[Element], items: list[Item]) -> list[bool]:
    """Mark the items inside elements that are frame by tag or name, but for those that hold much running text."""
    weights = _sums([0.0 if item.hidden else item.weight for item in items])
    most = max(_SMALL * weights[-1], min(_FEW, weights[-1] * 0.4))
    frame, done = [False] * len(items), 0
    for element in elements:
        if element.first < done or element.first == element.last or element.tag == "body":
            continue
        names = _names(element)
        if not (element.tag in FRAME_TAGS or (names.strip() and is_frame(names))) or is_body(names):
            continue
        if weights[element.last] - weights[element.first] <= most:
            frame[element.first : element.last] = [True] * (element.last - element.first)
            done = element.last
    return frame


def _body(elements: list[Element], items: list[Item], frame: list[bool]) -> tuple[Element, bool]:
    """Return the element that holds the main text, and whether its name says so.

    Without a name: the smallest one that holds nearly all running text and nearly all characters outside links, too,
    so that headings, signatures and short lines that are no sentences stay with their text.
    """
    root = elements[0]
    weights = _sums([0.0 if out or item.hidden else item.weight for item, out in zip(items, frame, strict=True)])

    def share(element: Element) -> float:
        return (weights[element.last] - weights[element.first]) / (weights[-1] or 1.0)

    known = [element for element in elements if is_body(_names(element)) and share(element) >= _FAIR]
    if known:
        most = max(map(share, known))
        return [one for one in known if share(one) >= most - 0.02][-1], True
    own = _sums(
        [0.0 if out or item.hidden else float(item.han - item.linked) for item, out in zip(items, frame, strict=True)]
    )

    def holds_nearly_all(element: Element) -> bool:
        rest = (own[-1] - own[element.last] + own[element.first]) / (own[-1] or 1.0)
        return element.last - element.first > 1 and share(element) >= _NEARLY and rest <= 1 - _NEARLY

    here = root
    while inside := next(
        (child for child in here.children if not isinstance(child, str) and holds_nearly_all(child)), None
    ):
        cells = [child for child in here.children if not isinstance(child, str) and child is not inside]
        if here.tag == "tr" and any(
            own[cell.last] > own[cell.first] and not _is_link_list(items[cell.first : cell.last]) for cell in cells
        ):
            break  # words beside the text in a row are its heading, not a menu
        here = inside
    return here, False


def _link_lists(body: Element, items: list[Item]) -> list[bool]:
    """Mark lists of links inside a body that has no name: related articles, menus, tables of columns."""
    listed, done = [False] * len(items), 0
    for element in body.elements():
        if element is body or element.first < done or element.first == element.last:
            continue
        if _is_link_list(items[element.first : element.last]):
            listed[element.first : element.last] = [True] * (element.last - element.first)
            done = element.last
    return listed


def _is_link_list(items: list[Item]) -> bool:
    han, linked = sum(item.han for item in items), sum(item.linked for item in items)
    many = sum(item.links for item in items) >= 3 and linked >= _LINKED * han
    return many and not any(item.file or item.weight >= _RUNNING for item in items)
