"""The pages of an e-book: XHTML with lxml, what is no XML by the HTML standard."""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from classifier.documents.document import Block, Role
from classifier.documents.extras import missing
from classifier.documents.rows import Row, table_blocks
from classifier.documents.web_page.cut_off import END, is_cut_off
from classifier.documents.web_page.tree import HAN, LONG, Node, is_element
from classifier.documents.xml_element import Element

_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h([1-6])")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9]*")
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_DEEPEST = 150  # elements around a text; what a page nests deeper is taken for neighbours
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rb", "rbc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtext", "munder", "munderover", "semantics",
})  # fmt: skip
_READINGS = frozenset({"rt", "rp", "rtc"})
_LEFT_OUT = {
    **dict.fromkeys(_READINGS, "phonetic"),
    **dict.fromkeys(("template", "audio", "video", "object", "iframe", "noscript", "canvas"), "hidden_text"),
    "nav": "page_frame",
}
_NO_TEXT = frozenset({"head", "script", "style", "svg"})


class Page:
    """Cuts a page into blocks: every element that is not one of a line's begins and ends a paragraph.

    `contents`: whether it is the book's table of contents. `left_out`: how much was left out, by kind of note.
    """

    def __init__(self, contents: bool) -> None:
        self.left_out: Counter[str] = Counter()
        self._contents = contents
        self._pieces: list[str] = []

    def blocks(self, root: Element) -> list[Block]:
        """Return the blocks of a page, or of a cell."""
        return [*self._walk(root, Block("")), *self._end(Block(""))]

    def _end(self, shape: Block) -> Iterator[Block]:
        text = "".join(self._pieces).strip(" \n")
        self._pieces = []
        if text.strip():
            yield replace(shape, text=text)

    def _walk(self, element: Element, shape: Block) -> Iterator[Block]:
        self._pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            name = local(child)
            if name == "br":
                self._pieces.append("\n")
            elif name in {"img", "image"}:
                self.left_out["pictures"] += 1
            elif self._leaves_out(name, child):
                pass
            elif name == "table":
                yield from self._end(shape)
                yield from self._table(child)
            elif name in _INLINE or name in _READINGS:
                yield from self._walk(child, shape)
            elif name:
                yield from self._end(shape)
                own = _shape(name, child, shape)
                yield from self._walk(child, own)
                yield from self._end(own)
            self._pieces.append(_SPACE.sub(" ", child.tail or ""))

    def _leaves_out(self, name: str, element: Element) -> bool:
        """Tell whether an element is left out; it is counted then."""
        kind = self._is_left_out(name, element)
        if kind and name not in _NO_TEXT:
            self.left_out[kind] += len("".join("".join(element.itertext()).split()))
        if kind or name in _NO_TEXT:
            self.left_out["pictures"] += _pictures(element)
        return bool(kind) or name in _NO_TEXT

    def _is_left_out(self, name: str, element: Element) -> str:
        """Return the kind of note for an element that is left out, "" for others."""
        if name and (element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))):
            return "hidden_text"
        kind = _LEFT_OUT.get(name, "")
        is_text = kind == "phonetic" and len(HAN.findall("".join(element.itertext()))) >= LONG
        return "" if is_text or (self._contents and name == "nav") else kind

    def _table(self, table: Element) -> Iterator[Block]:
        """Yield a table's caption, then what stands in it outside its cells, as browsers show it, then its rows."""
        for caption in (one for one in table if local(one) == "caption"):
            yield from self.blocks(caption)
        stray: list[str] = []
        rows = [self._row(row, stray) for row in self._parts(table, {"tr"}, stray)]
        if text := " ".join("".join(stray).split()):
            yield Block(text)
        yield from table_blocks(rows)

    def _row(self, row: Element, stray: list[str]) -> Row:
        cells = list(self._parts(row, {"td", "th"}, stray))
        return Row([self.blocks(cell) for cell in cells], bool(cells) and all(local(cell) == "th" for cell in cells))

    def _parts(self, element: Element, names: Collection[str], stray: list[str]) -> Iterator[Element]:
        """Yield the rows of a table, or the cells of a row, whatever is put around them; `stray`: text beside them."""
        stray.append(element.text or "")
        for child in element:
            name = local(child)
            if name in {"img", "image"}:
                self.left_out["pictures"] += 1
            elif not self._leaves_out(name, child):
                if name in names:
                    yield child
                elif name and name != "caption":
                    yield from self._parts(child, names, stray)
            stray.append(child.tail or "")


def _pictures(element: Element) -> int:
    """Return how many pictures an element holds, or is: a drawing with words in it is one."""
    inside = sum(local(one) in {"img", "image"} for one in element.iter())
    return inside or int(local(element) == "svg" and bool("".join(element.itertext()).strip()))


def _shape(name: str, element: Element, around: Block) -> Block:
    heading = _HEADING.fullmatch(name)
    if heading:
        return Block("", "heading", int(heading[1]))
    types = {value for key, value in element.attrib.items() if str(key).endswith("}type")}
    role: Role = "footnote" if any("footnote" in type_ or "endnote" in type_ for type_ in types) else around.role
    return Block("", role if role == "footnote" else "body")


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" of a comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def named(root: Element, name: str) -> list[Element]:
    """Return the elements of a name, wherever they are."""
    return [one for one in root.iter() if local(one) == name]


def parse_xml(data: bytes) -> Element:
    """Return the root. Raises lxml's XMLSyntaxError."""
    from lxml import etree  # noqa: PLC0415 - optional

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def parse_page(text: str, name: str) -> tuple[Element | None, bool]:
    """Return a page's root, None where it is empty, and whether the page is whole.

    A page that is no XML is read as browsers read it. `name`: for messages. Raises MissingExtraError.
    """
    from lxml import etree  # noqa: PLC0415 - optional

    bare = _DECLARATION.sub("", _PROLOGUE.sub("", text, count=1), count=1)
    if not bare.strip():
        return None, False
    try:
        return parse_xml(_ENTITY.sub(lambda match: html.unescape(match[0]), bare).encode()), True
    except etree.XMLSyntaxError:
        return _parse_html(bare, name)


def _parse_html(text: str, name: str) -> tuple[Element, bool]:
    """Return the root of a page as the HTML standard reads it, and whether the page is whole."""
    try:
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "e-books", error)
    root, at_end = _tree(HTMLTree.parse(f"{text}<!--{END}-->").document)
    if at_end is None:
        root, _ = _tree(HTMLTree.parse(text).document)
    return root, not is_cut_off(text, at_end)


def _tree(document: Node) -> tuple[Element, list[str] | None]:
    """Return a parsed page as lxml's elements, and the tags open where the mark of the end stands, None without it."""
    from lxml import etree  # noqa: PLC0415 - optional

    root = etree.Element("html")
    path, tags, at_end = [root], ["html"], None
    open_nodes: list[Node] = []
    here = document.first_child
    while here is not None or open_nodes:
        if here is None:
            here = open_nodes.pop().next
            tags.pop()
            if len(path) > len(tags):
                path.pop()
            continue
        if here.tag == "#text":
            _add_text(path[-1], (here.value or "").translate(_NO_XML))
        elif here.tag == "#comment" and here.value == END:
            at_end = list(tags)
        elif is_element(here):
            one = etree.SubElement(path[-1], here.tag if _NAME.fullmatch(here.tag) else "div", _facts(here))
            tags.append(here.tag)
            if len(tags) <= _DEEPEST:
                path.append(one)
            open_nodes.append(here)
            here = here.first_child
            continue
        here = here.next
    return root, at_end


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _facts(node: Node) -> dict[str, str]:
    known = {"hidden": "hidden", "style": "style", "epub:type": "{http://www.idpf.org/2007/ops}type"}
    return {known[key]: (node.getattr(key) or "").translate(_NO_XML) for key in node.attrs if key in known}
