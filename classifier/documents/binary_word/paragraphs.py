"""Cuts a story into paragraphs, each with its place in tables ([MS-DOC] 2.4.2, 2.4.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from classifier.documents.binary_word.characters import SHOWN
from classifier.documents.binary_word.content import Content
from classifier.documents.binary_word.formatting import Formatting
from classifier.documents.binary_word.lists import Numbering
from classifier.documents.binary_word.styles import BODY, StyleSheet
from classifier.documents.binary_word.styles import Paragraph as Properties
from classifier.documents.document import Block

_ENDS = re.compile("[\r\x07\x0c]")
_CELL_END, _PAGE_BREAK = "\x07", "\x0c"


@dataclass(frozen=True)
class Paragraph:
    """`block`: it, if it lies in no table. `end`: where the next begins in the text of the file. `depth`: how many
    tables it lies in. `merged`: see styles.Paragraph. `after`: what stands behind it: boxes and notes.
    """

    block: Block
    end: int
    depth: int = 0
    cell_end: bool = False
    row_end: bool = False
    column_heading: bool = False
    merged: frozenset[int] = frozenset()
    after: list[Block] = field(default_factory=list)


class Paragraphs:
    """Gives a story's paragraphs. `formatting`: the paragraphs'."""

    def __init__(self, content: Content, formatting: Formatting, styles: StyleSheet, numbering: Numbering) -> None:
        self._content = content
        self._formatting = formatting
        self._styles = styles
        self._numbering = numbering
        self._has_number = False  # of a paragraph that a page break divides
        self._known: dict[tuple[bytes, bytes], Properties] = {}

    def of(self, start: int, end: int) -> Iterator[Paragraph]:
        """Yield the paragraphs between two characters.

        A paragraph mark that is deleted, hidden or within a field's code ends none: what follows belongs to the same.
        """
        end = min(end, len(self._content.text))
        begun = start
        for mark in _ENDS.finditer(self._content.text, start, end):
            at = mark.start()
            if mark[0] == "\r" and self._content.state[at] != SHOWN:
                continue
            yield self._paragraph(begun, at, mark[0])
            begun = at + 1
        if begun < end:
            yield self._paragraph(begun, end, "")

    def _paragraph(self, start: int, end: int, mark: str) -> Paragraph:
        properties = self._properties(min(end, len(self._content.text) - 1))
        text = self._content.shown(start, end)
        in_cell = mark == _CELL_END
        depth = 0
        if properties.in_table or in_cell:
            depth = max(1, properties.depth or 1)
        row_end = (properties.row_end and in_cell) or (properties.inner_row_end and depth > 1)
        if text.strip() or not row_end:
            number = self._number(properties, text, mark == _PAGE_BREAK and self._formatting.goes_on(end))
            text = number + text.lstrip(" \t\u3000") if number else text
        return Paragraph(
            _block(properties, text.strip("\n")),
            end + 1,
            depth,
            cell_end=not row_end and (in_cell or (properties.inner_cell_end and depth > 1)),
            row_end=row_end,
            column_heading=properties.column_heading,
            merged=properties.merged,
        )

    def _number(self, properties: Properties, text: str, divided: bool) -> str:
        """Return the number of a paragraph, once where it is divided by a page break."""
        has_number, self._has_number = self._has_number, divided and (self._has_number or bool(text.strip()))
        if has_number or (divided and not text.strip()):
            return ""
        return self._numbering.next_number(properties.list_, properties.level, properties.style)

    def _properties(self, at: int) -> Properties:
        key = self._formatting.at(at)
        if key not in self._known:
            self._known[key] = self._styles.paragraph(*key)
        return self._known[key]


def _block(properties: Properties, text: str) -> Block:
    if properties.outline < BODY:
        return Block(text, "heading", properties.outline + 1)
    if properties.title:
        return Block(text, "heading")
    return Block(text, "furniture" if properties.contents else "body")
