"""E-books (.epub): the chapters in the order of the spine, with lxml (EPUB 3.3, and 2.0.1)."""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from classifier.documents.decode import decode
from classifier.documents.document import Block, Reading, Role
from classifier.documents.extras import damaged, missing
from classifier.documents.notes import Note
from classifier.documents.package import Package
from classifier.documents.rows import Row, table_blocks
from classifier.documents.xml_element import Element
from classifier.errors import InputError

_WHAT = "book (.epub)"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml"})
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h([1-6])")
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "math", "mfrac", "mi", "mn", "mo", "mrow", "msub", "msup", "semantics",
})  # fmt: skip
_SKIPPED = frozenset({
    "head", "script", "style", "template", "rt", "rp", "rtc", "svg", "audio", "video", "object", "iframe", "noscript",
    "nav",
})  # fmt: skip


def read_epub(data: bytes, name: str) -> Reading:
    """Return the paragraphs of an e-book. A table of contents among its chapters is furniture. Raises InputError."""
    try:
        from lxml import etree  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "e-books", error)
    try:
        return _Book(Package(data, name, _WHAT), name).reading()
    except etree.XMLSyntaxError as error:
        damaged(name, _WHAT, error)


class _Book:
    """An e-book's package document, and its chapters one after the other."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        container = _xml(package.read(_CONTAINER))
        paths = [path for one in _named(container, "rootfile") if (path := one.get("full-path"))]
        if not paths:
            raise InputError(f"{name}: cannot be read as a {_WHAT}: it names no book; save it again")
        self._folder = posixpath.dirname(paths[0])
        self._root = _xml(package.read(paths[0]))
        self._counts: dict[str, int] = {}
        self._lost: list[str] = []

    def reading(self) -> Reading:
        items = {one.get("id"): one for one in _named(self._root, "item")}
        contents = {self._path(one) for one in _named(self._root, "reference") if one.get("type") == "toc"}
        contents |= {self._path(one) for one in items.values() if "nav" in one.get("properties", "").split()}
        sealed = self._package.read(_ENCRYPTION).decode("utf-8", "replace") if self._package.has(_ENCRYPTION) else ""
        blocks: list[Block] = []
        spine = [items.get(reference.get("idref")) for reference in _named(self._root, "itemref")]
        for item in spine:
            if item is None or item.get("media-type", "") not in _CHAPTERS:
                continue
            path = self._path(item)
            if f'"{path}"' in unquote(sealed):
                raise InputError(f"{self._name}: is protected against copying; it is not opened")
            blocks += self._chapter(path, path in contents)
        notes = [Note(kind, amount) for kind, amount in self._counts.items()]
        shown = {self._path(one) for one in spine if one is not None} | contents
        others = sorted(
            path
            for one in items.values()
            if one.get("media-type", "") in _CHAPTERS
            and (path := self._path(one)) not in shown
            and self._package.has(path)
        )
        if others:  # pages that no reader of the book comes to
            notes.append(Note("attachments", len(others), what="、".join(others)))
        return Reading(blocks, notes=[*notes, *(Note("damaged", 1, what=one) for one in self._lost)])

    def _path(self, element: Element) -> str:
        href = unquote(element.get("href", "").split("#")[0])
        return posixpath.normpath(posixpath.join(self._folder, href)) if href else ""

    def _chapter(self, path: str, contents: bool) -> Iterator[Block]:
        if not self._package.has(path):
            self._lost.append(path)
            return
        root = _page(decode(self._package.read(path), f"{self._name}/{path}")[0])
        if root is None:
            self._lost.append(path)
            return
        self._count_pictures(root)
        for block in _Page(contents).blocks(root):
            yield replace(block, role="furniture", level=None) if contents else block

    def _count_pictures(self, root: Element) -> None:
        pictures = sum(_local(one) in {"img", "image"} for one in root.iter())
        if pictures:
            self._counts["pictures"] = self._counts.get("pictures", 0) + pictures


class _Page:
    """Cuts a page into blocks: every element that is not one of a line's begins and ends a paragraph."""

    def __init__(self, contents: bool) -> None:
        self._skipped = _SKIPPED - {"nav"} if contents else _SKIPPED
        self._pieces: list[str] = []

    def blocks(self, root: Element) -> list[Block]:
        return [*self._walk(root, Block("")), *self._end(Block(""))]

    def _end(self, shape: Block) -> Iterator[Block]:
        text = "".join(self._pieces).strip(" \n")
        self._pieces = []
        if text.strip():
            yield replace(shape, text=text)

    def _walk(self, element: Element, shape: Block) -> Iterator[Block]:
        self._pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            name = _local(child)
            if name == "br":
                self._pieces.append("\n")
            elif name == "table":
                yield from self._end(shape)
                yield from table_blocks([_row(one, self._skipped) for one in _named(child, "tr")])
            elif name in _INLINE:
                yield from self._walk(child, shape)
            elif name and name not in self._skipped and child.get("hidden") is None:
                yield from self._end(shape)
                own = _shape(name, child, shape)
                yield from self._walk(child, own)
                yield from self._end(own)
            self._pieces.append(_SPACE.sub(" ", child.tail or ""))


def _row(row: Element, skipped: frozenset[str]) -> Row:
    cells = [one for one in row if _local(one) in {"td", "th"}]
    page = _Page(contents="nav" not in skipped)
    return Row([page.blocks(cell) for cell in cells], bool(cells) and all(_local(cell) == "th" for cell in cells))


def _shape(name: str, element: Element, around: Block) -> Block:
    heading = _HEADING.fullmatch(name)
    if heading:
        return Block("", "heading", int(heading[1]))
    types = {value for key, value in element.attrib.items() if str(key).endswith("}type")}
    role: Role = "footnote" if any("footnote" in type_ or "endnote" in type_ for type_ in types) else around.role
    return Block("", role if role == "footnote" else "body")


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def _named(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if _local(one) == name]


def _xml(data: bytes) -> Element:
    from lxml import etree  # noqa: PLC0415 - optional

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _page(text: str) -> Element:
    """Return a page's root, None where it is empty. Pages that are no XML are read as browsers read them."""
    from lxml import etree  # noqa: PLC0415 - optional

    bare = _DECLARATION.sub("", _PROLOGUE.sub("", text, count=1), count=1)
    whole = _ENTITY.sub(lambda match: html.unescape(match[0]), bare).encode()
    try:
        return _xml(whole)
    except etree.XMLSyntaxError:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return etree.fromstring(whole, parser) if whole.strip() else None
