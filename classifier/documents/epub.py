"""E-books (.epub): the chapters in the order of the spine, with lxml (EPUB 3.3, and 2.0.1)."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from classifier.documents.decode import decode
from classifier.documents.document import Block, Reading
from classifier.documents.epub_page import Page, named, parse_page, parse_xml
from classifier.documents.extras import damaged, missing
from classifier.documents.notes import Note
from classifier.documents.package import Package
from classifier.documents.xml_element import Element
from classifier.errors import InputError

_WHAT = "book (.epub)"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml"})


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
        container = parse_xml(package.read(_CONTAINER))
        paths = [path for one in named(container, "rootfile") if (path := one.get("full-path"))]
        if not paths:
            raise InputError(f"{name}: cannot be read as a {_WHAT}: it names no book; save it again")
        self._folder = posixpath.dirname(paths[0])
        self._root = parse_xml(package.read(paths[0]))
        self._counts: Counter[str] = Counter()
        self._lost: list[str] = []

    def reading(self) -> Reading:
        items = {one.get("id"): one for one in named(self._root, "item")}
        contents = {self._path(one) for one in named(self._root, "reference") if one.get("type") == "toc"}
        contents |= {self._path(one) for one in items.values() if "nav" in one.get("properties", "").split()}
        sealed = self._package.read(_ENCRYPTION).decode("utf-8", "replace") if self._package.has(_ENCRYPTION) else ""
        blocks: list[Block] = []
        spine = [items.get(reference.get("idref")) for reference in named(self._root, "itemref")]
        for item in spine:
            if item is None or item.get("media-type", "") not in _CHAPTERS:
                continue
            path = self._path(item)
            if f'"{path}"' in unquote(sealed):
                raise InputError(f"{self._name}: is protected against copying; it is not opened")
            blocks += self._chapter(path, path in contents)
        notes = [Note(kind, amount) for kind, amount in self._counts.items() if amount]
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
        root, whole = parse_page(decode(self._package.read(path), f"{self._name}/{path}")[0], self._name)
        if root is None or not whole:
            self._lost.append(path)
        if root is None:
            return
        page = Page(contents)
        for block in page.blocks(root):
            yield replace(block, role="furniture", level=None) if contents else block
        self._counts += page.left_out
