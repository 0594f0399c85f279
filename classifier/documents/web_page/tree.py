"""A web page as a light tree: what is never shown (scripts, comments, form fields) is gone, its text counted.

The parser is resiliparse's (Lexbor), which follows the HTML standard: text behind a second </body> and deep nesting
stay, where libxml2's parser (lxml) drops them without a word. Nothing here recurses, so no depth is too deep.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from classifier.documents.extras import missing
from classifier.documents.web_page.cut_off import END, is_cut_off

_FIELDS = frozenset(["select", "option", "datalist", "textarea", "button"])
_READINGS = frozenset(["rt", "rtc", "rp"])  # of phonetic guides: they stand above the line, in brackets where not
_INSTEAD = frozenset({  # what they hold is shown only where the thing itself cannot be
    "noscript", "noframes", "iframe", "frameset", "object", "applet", "audio", "video", "canvas", "progress", "meter",
})  # fmt: skip
_NEVER_SHOWN = _FIELDS | _READINGS | _INSTEAD | frozenset({
    "script", "title", "style", "template", "head", "link", "meta", "base", "frame", "embed", "svg", "input", "xml",
})  # fmt: skip
_FACTS = frozenset(
    {"id", "class", "style", "href", "src", "type", "start", "value", "hidden", "open", "rowspan", "border", "role"}
)
LONG = 25
"""Han characters from which on a field is no caption but a text (a letter, what an office answered), and what stands in
a phonetic guide no reading but what follows a guide that was never closed."""
MOST_NODES = 1_500_000  # of a page (prose of 20 MB has about 1,100,000); what comes behind them is not read
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]")
Node: TypeAlias = Any  # of resiliparse, which carries no types of its own
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])


@dataclass(eq=False, slots=True)
class Element:
    """An element that is shown. `first` and `last`: its items' places, once it is rendered."""

    tag: str
    attributes: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)
    has_table: bool = False
    first: int = 0
    last: int = 0

    def get(self, name: str) -> str:
        """Return an attribute's value, or the empty text."""
        return self.attributes.get(name, "")

    def elements(self) -> "Iterator[Element]":
        """Yield it and the elements inside, in order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [child for child in reversed(one.children) if not isinstance(child, str)]

    def text(self) -> str:
        """Return all text inside."""
        return "".join(child for element in self.elements() for child in element.children if isinstance(child, str))


@dataclass(frozen=True)
class Page:
    """A parsed page. `meta`: its meta elements' contents by lower-case name.

    `left_out`: how many characters are not in `body`, by kind of note (of phonetic guides all that are no white
    space, else Han characters). `unread`: whether it has too many nodes. `cut_off`: whether its end is missing.
    """

    body: Element
    title: str
    meta: dict[str, str]
    left_out: Counter[str] = field(default_factory=Counter)
    unread: bool = False
    cut_off: bool = False


def parse(text: str, name: str) -> Page:
    """Parse a page. Raises MissingExtraError without resiliparse."""
    try:
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "web pages", error)
    tree: Node = HTMLTree.parse(f"{text}<!--{END}-->")
    light = _Light(tree.document)
    cut_off = not light.unread and is_cut_off(text, light.at_end)
    if light.at_end is None and not light.unread:  # the mark stands in what it ought to follow
        tree = HTMLTree.parse(text)
        light = _Light(tree.document)
    title = " ".join((tree.title or "").split())
    return Page(light.root, title, _meta(tree.document), light.left_out, light.unread, cut_off)


def _meta(document: Node) -> dict[str, str]:
    meta: dict[str, str] = {}
    for one in document.get_elements_by_tag_name("meta"):
        key = one.getattr("name") or one.getattr("property") or ""
        content = one.getattr("content") or ""
        if key and content:
            meta.setdefault(key.lower(), content)
    return meta


class _Light:
    """The light tree of a parsed page. `at_end`: the elements open where the file ends, None where no mark is found."""

    def __init__(self, document: Node) -> None:
        self.root = Element("body", {})
        self.left_out: Counter[str] = Counter()
        self.unread = False
        self.at_end: list[str] | None = None
        self._path = [self.root]
        self._walk(document)

    def _walk(self, document: Node) -> None:
        path, nodes = self._path, 0
        here = document.first_child
        open_nodes: list[Node] = []
        while here is not None or open_nodes:
            if here is None:
                here = open_nodes.pop().next
                done = path.pop()
                path[-1].has_table |= done.has_table or done.tag == "table"
                continue
            nodes += 1
            if nodes > MOST_NODES:
                self.unread = True
                return
            if self._is_shown(here):
                element = Element(here.tag, _attributes(here))
                path[-1].children.append(element)
                path.append(element)
                open_nodes.append(here)
                here = here.first_child
                continue
            self._leaf(here)
            here = here.next

    def _is_shown(self, node: Node) -> bool:
        """Tell whether a node is an element to go into."""
        tag = node.tag
        if not is_element(node):
            return False
        if tag in {"br", "hr", "img"}:
            return True
        if node.first_child is None:
            return False
        may_be_text = tag == "textarea" or tag in _READINGS
        return tag not in _NEVER_SHOWN or (may_be_text and len(HAN.findall(node.text)) >= LONG)

    def _leaf(self, node: Node) -> None:
        """Take a text; count the text of an element that is left out."""
        tag = node.tag
        if tag == "#text":
            self._path[-1].children.append((node.value or "").translate(_CONTROLS))
        elif tag == "#comment" and node.value == END:
            self.at_end = [element.tag for element in self._path]
        elif not is_element(node):
            return
        elif tag in _READINGS:
            self.left_out["phonetic"] += len("".join(node.text.split()))
        elif tag in _FIELDS:
            self.left_out["page_frame"] += len(HAN.findall(node.text))
        elif tag == "input" and (node.getattr("type") or "").lower() != "hidden":
            self.left_out["page_frame"] += len(HAN.findall(node.getattr("value") or ""))
        elif tag in _INSTEAD:
            self.left_out["hidden_text"] += len(HAN.findall(node.text))
        elif tag == "svg" and HAN.search(node.text):
            self._path[-1].children.append(Element("img", {}))


def is_element(node: Node) -> bool:
    """Tell whether a node is an element: a doctype has the name it declares for its tag, <!DOCTYPE br> br."""
    return bool(getattr(node.type, "value", node.type) == 1)  # of the DOM standard; a plain number in resiliparse 0.16


def _attributes(node: Node) -> dict[str, str]:
    return {key: node.getattr(key) or "" for key in node.attrs if key in _FACTS} if node.attrs else {}


_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)


def is_hidden(element: Element) -> bool:
    """Tell whether a browser would not show an element before scripts run."""
    style = element.get("style")
    if element.tag == "dialog" and "open" not in element.attributes:
        return True
    return "hidden" in element.attributes or bool(style and _HIDDEN.search(style))
