"""One walk over an OpenDocument text: its paragraphs, lists, tables, frames, notes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from classifier.documents.document import Block, Role
from classifier.documents.notes import Note
from classifier.documents.opendocument.names import attribute, full, number, short
from classifier.documents.opendocument.styles import Counter, Styles
from classifier.documents.rows import Row, table_blocks
from classifier.documents.xml_element import Element

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
_INDEXES = frozenset(
    f"text:{one}"
    for one in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_SKIPPED = frozenset({
    "office:forms", "office:scripts", "office:annotation-end", "text:sequence-decls", "text:variable-decls",
    "text:user-field-decls", "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file", "text:script",
    "text:note-citation", "table:title", "table:desc",
    *(f"{index}-source" for index in _INDEXES), "text:index-source",
})  # fmt: skip
_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}


class Walk:
    """Turns elements into blocks, and counts what is left out."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._headings = Counter(styles.outline)
        self._lists: dict[str, Counter] = {}  # by xml:id
        self._latest: dict[str, Counter] = {}  # by list style
        self._counts: dict[str, int] = {}

    def left_out(self, kind: str, amount: int) -> None:
        """Count what was left out before the walk."""
        self._count(kind, amount)

    def notes(self) -> list[Note]:
        """Return what was left out."""
        return [Note(kind, amount) for kind, amount in self._counts.items() if amount]

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks of an element that holds paragraphs, lists, tables …"""
        for child in parent:
            yield from self._block(child)

    def _block(self, element: Element) -> Iterator[Block]:
        name = short(element)
        if name in {"text:p", "text:h"}:
            yield from self._paragraph(element)
        elif name == "text:list":
            yield from self._list(element, "", 1, None)
        elif name == "text:numbered-paragraph":
            yield from self._numbered_paragraph(element)
        elif name == "table:table":
            yield from table_blocks(list(self._rows(element)))
        elif name.startswith("draw:"):
            yield from self._drawing(element)
        elif name and name not in _SKIPPED:
            yield from self._container(name, element)

    def _container(self, name: str, element: Element) -> Iterator[Block]:
        if name in _INDEXES:
            for body in element.iterchildren(full("text:index-body")):
                yield from (replace(block, role="furniture", level=None) for block in self.blocks(body))
        elif name == "text:tracked-changes":
            for deletion in element.iter(full("text:deletion")):
                if (
                    deletion.find(f".//{full('text:p')}") is not None
                    or deletion.find(f".//{full('text:h')}") is not None
                ):
                    self._leave("deleted_text", deletion)  # else it stands in the text, between marks: changes.py
        elif name == "text:section" and attribute(element, "text:display") == "none":
            self._leave("hidden_text", element)
        else:
            yield from self.blocks(element)

    # paragraphs

    def _paragraph(self, element: Element, automatic: str | None = None) -> Iterator[Block]:
        """Yield a paragraph, then its notes and frames. `automatic`: its number in a list, None outside of any."""
        style = self._styles.of("paragraph", attribute(element, "text:style-name"))
        is_heading = short(element) == "text:h"
        level = number(element, "text:outline-level", 1, 10) if is_heading else style.outline
        if automatic is None:
            automatic = "" if not is_heading or style.unnumbered else self._heading_number(element, level or 1)
        if style.hidden or any(
            attribute(paragraph, "text:is-hidden") == "true" for paragraph in _hidden_paragraphs(element)
        ):
            self._leave("hidden_text", element)
            return
        pieces: list[str] = []
        frames: list[Block] = []
        self._inline(element, pieces, frames)
        text = "".join(pieces).strip(" ")
        role: Role = "heading" if level or style.title else "body"
        if text.strip():
            yield Block(automatic + text, role, level or (1 if style.title else None))
        yield from frames

    def _heading_number(self, element: Element, level: int) -> str:
        if attribute(element, "text:is-list-header") == "true":
            return ""
        again = attribute(element, "text:restart-numbering") == "true"
        return self._headings.next(level, number(element, "text:start-value", 1) if again else None)

    def _inline(self, element: Element, pieces: list[str], frames: list[Block]) -> None:
        """Add the text of an element's content to `pieces`, its notes and frames to `frames`."""
        pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            self._inline_child(child, pieces, frames)
            pieces.append(_SPACE.sub(" ", child.tail or ""))

    def _inline_child(self, child: Element, pieces: list[str], frames: list[Block]) -> None:
        name = short(child)
        if name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name == "text:s":
            pieces.append(" " * number(child, "text:c", 1, _MOST_SPACES))
        elif name == "text:note":
            for body in child.iterchildren(full("text:note-body")):
                frames += [replace(block, role="footnote", level=None) for block in self.blocks(body)]
        elif name == "office:annotation":
            self._count("comments", 1)
        elif name.startswith("draw:") and name != "draw:a":
            frames.extend(self._drawing(child))
        elif kind := self._left_out(name, child):
            self._leave(kind, child)
        elif name in {"text:p", "text:h", "text:list", "table:table"}:  # in a block that stands inside a line
            frames.extend(self._block(child))
        elif name and name not in _SKIPPED:
            self._inline(child, pieces, frames)

    def _left_out(self, name: str, element: Element) -> str:
        """Return the kind of note for a part of a line that is left out, "" for others."""
        if name == "text:ruby-text":
            return "phonetic"
        hidden = name == "text:hidden-text" and attribute(element, "text:is-hidden") == "true"
        if name in {"text:span", "text:a"}:
            hidden = self._styles.of("text", attribute(element, "text:style-name")).hidden
        return "hidden_text" if hidden else ""

    # lists

    def _list(self, element: Element, style: str, depth: int, counter: Counter | None) -> Iterator[Block]:
        """Yield a list's paragraphs. `style`, `counter`: of the list around it, none at depth 1."""
        own = attribute(element, "text:style-name") or style
        if counter is None:
            counter = self._counter(element, own)
        elif own != style and own in self._styles.lists:
            counter = replace(counter, levels=self._styles.lists[own])
        for item in element:
            name = short(item)
            numbered = name == "text:list-item"
            start = number(item, "text:start-value", -1) if numbered else -1
            for child in item if name in {"text:list-item", "text:list-header"} else ():
                if short(child) == "text:list":
                    yield from self._list(child, own, depth + 1, counter)
                elif short(child) in {"text:p", "text:h"}:
                    shown = counter.next(depth, start if start >= 0 else None) if numbered else ""
                    numbered = False  # only the first paragraph of an item
                    yield from self._paragraph(child, shown)
                else:
                    yield from self._block(child)

    def _counter(self, element: Element, style: str) -> Counter:
        levels = self._styles.lists.get(style, {})
        before = attribute(element, "text:continue-list")
        continued = self._lists.get(before) if before else None
        if continued is None and attribute(element, "text:continue-numbering") == "true":
            continued = self._latest.get(style)
        counter = Counter(levels) if continued is None else replace(continued, levels=levels or continued.levels)
        self._lists[attribute(element, "xml:id")] = self._latest[style] = counter
        return counter

    def _numbered_paragraph(self, element: Element) -> Iterator[Block]:
        key = attribute(element, "text:list-id")
        levels = self._styles.lists.get(attribute(element, "text:style-name"), {})
        counter = self._lists.setdefault(key, Counter(levels))
        shown = counter.next(number(element, "text:level", 1, 10))
        for child in element:
            if short(child) in {"text:p", "text:h"}:
                yield from self._paragraph(child, shown)

    # tables and drawings

    def _rows(self, parent: Element, heading: bool = False) -> Iterator[Row]:
        for child in parent:
            name = short(child)
            if name == "table:table-row":
                yield Row(list(self._cells(child)), heading)
            elif name in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
                yield from self._rows(child, heading or name == "table:table-header-rows")

    def _cells(self, row: Element) -> Iterator[list[Block]]:
        for cell in row:
            if short(cell) == "table:table-cell":
                yield list(self.blocks(cell))
            elif short(cell) == "table:covered-table-cell":
                self._leave("hidden_text", cell)

    def _drawing(self, element: Element) -> Iterator[Block]:
        """Yield the text of a frame or shape; what it holds otherwise is counted."""
        names = [short(child) for child in element]
        if "draw:text-box" in names:
            for box in element.iterchildren(full("draw:text-box")):
                yield from self.blocks(box)
        elif {"draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame"} & set(names):
            self._count("objects", 1)
        elif "draw:image" in names:
            self._count("pictures", 1)
        elif "table:table" in names or short(element) != "draw:frame":
            yield from self.blocks(element)

    # what is left out

    def _count(self, kind: str, amount: int) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + amount

    def _leave(self, kind: str, element: Element) -> None:
        """Count the characters of an element that is left out."""
        paragraphs = {full("text:p"), full("text:h")}
        own = [element] if element.tag not in paragraphs and element.find(".//" + full("text:p")) is None else []
        found = own or list(element.iter(*paragraphs)) or [element]
        self._count(kind, sum(len("".join("".join(one.itertext()).split())) for one in found))


def _hidden_paragraphs(element: Element) -> Iterator[Element]:
    return element.iter(full("text:hidden-paragraph"))  # type: ignore[no-any-return]
