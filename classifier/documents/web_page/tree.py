"""A web page as a light tree: what is never shown (scripts, comments, form fields) is gone, facts are summed up.

The parser is resiliparse's (Lexbor), which follows the HTML standard: text behind a second </body> and deep nesting
stay, where libxml2's parser (lxml) drops them without a word. Nothing here recurses, so no depth is too deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from classifier.documents.extras import missing

_FIELDS = frozenset(["select", "option", "datalist", "textarea", "button"])
_NEVER_SHOWN = _FIELDS | frozenset({
    "script", "title", "style", "noscript", "template", "head", "link", "meta", "base", "iframe", "frame", "frameset",
    "object", "embed", "applet", "audio", "video", "canvas", "svg", "map", "input", "progress", "meter", "xml",
    "dialog", "rp", "rt", "rtc",
})  # fmt: skip
_FACTS = frozenset(
    {"id", "class", "style", "href", "src", "type", "start", "value", "hidden", "rowspan", "border", "role"}
)
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

    `fields`: Han characters in buttons and choices, which are not in `body`. `unread`: whether it has too many nodes.
    """

    body: Element
    title: str
    meta: dict[str, str]
    fields: int = 0
    unread: bool = False


def parse(text: str, name: str) -> Page:
    """Parse a page. Raises MissingExtraError without resiliparse."""
    try:
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "web pages", error)
    tree = HTMLTree.parse(text)
    document: Node = tree.document
    meta: dict[str, str] = {}
    for one in document.get_elements_by_tag_name("meta"):
        key = one.getattr("name") or one.getattr("property") or ""
        content = one.getattr("content") or ""
        if key and content:
            meta.setdefault(key.lower(), content)
    body, fields, unread = _light(document)
    return Page(body, " ".join((tree.title or "").split()), meta, fields, unread)


def _light(document: Node) -> tuple[Element, int, bool]:
    root = Element("body", {})
    path, nodes, fields = [root], 0, 0
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
            return root, fields, True
        tag = here.tag
        if tag == "#text":
            path[-1].children.append((here.value or "").translate(_CONTROLS))
        elif (tag[0] not in "#!" and tag not in _NEVER_SHOWN and here.first_child is not None) or tag in {
            "br",
            "hr",
            "img",
        }:
            element = Element(tag, _attributes(here))
            path[-1].children.append(element)
            path.append(element)
            open_nodes.append(here)
            here = here.first_child
            continue
        elif tag in _FIELDS:
            fields += len(HAN.findall(here.text))
        here = here.next
    return root, fields, False


def _attributes(node: Node) -> dict[str, str]:
    return {key: node.getattr(key) or "" for key in node.attrs if key in _FACTS} if node.attrs else {}


_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)


def is_hidden(element: Element) -> bool:
    """Tell whether a browser would not show an element before scripts run."""
    style = element.get("style")
    return "hidden" in element.attributes or bool(style and _HIDDEN.search(style))
