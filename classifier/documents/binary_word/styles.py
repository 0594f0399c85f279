"""The style sheet and what properties come to on top of it ([MS-DOC] 2.4.6.5, 2.9.272)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from classifier.documents.binary_word import sprms
from classifier.documents.binary_word.little_endian import u8, u16

_PARAGRAPH, _CHARACTER = 1, 2
_DEEPEST = 32  # styles that a style may rest on, tables that a table may lie in: a circle has to end
_FAR_MOST = (
    10_000_000  # bytes of long properties that are read: places that damage makes up may be told again and again
)
_HEADINGS = range(1, 10)  # sti of "heading 1" to "heading 9" ([MS-DOC] 2.9.260)
_CONTENTS = range(19, 28)  # of "toc 1" to "toc 9"
_TITLES = frozenset({62, 74})  # of "Title" and "Subtitle"
_NO_LIST = frozenset({0, 0xF801})  # 0xF801: taken out of the list ([MS-DOC] 2.6.2, sprmPIlfo)
BODY = 9  # the outline level of running text


@dataclass(frozen=True)
class Style:
    """`base`: number of the style that it rests on. `paragraph`, `character`: its grpprls."""

    kind: int
    identifier: int
    base: int
    paragraph: bytes = b""
    character: bytes = b""


@dataclass(frozen=True)
class Paragraph:
    """Properties of a paragraph. `outline`: 0 the highest, BODY for text. `title`, `contents`: by its style, the
    title of the document, a line of its table of contents. `list_`: number of the list's use, 0 for none; `level`: None
    where only the style names a list. `depth`: how many tables it lies in. `merged`: numbers of the row's cells that
    only continue the cell on their left.
    """

    style: int = 0
    outline: int = BODY
    title: bool = False
    contents: bool = False
    list_: int = 0
    level: int | None = None
    in_table: bool = False
    depth: int | None = None
    row_end: bool = False
    inner_cell_end: bool = False
    inner_row_end: bool = False
    column_heading: bool = False
    merged: frozenset[int] = frozenset()


@dataclass
class StyleSheet:
    """The styles by number. `data`: the stream Data, where long properties stand."""

    styles: list[Style | None] = field(default_factory=list)
    data: bytes = b""
    _far: int = 0
    _paragraphs: dict[int, Paragraph] = field(default_factory=dict)
    _characters: dict[int, tuple[bool, bool]] = field(default_factory=dict)

    def paragraph(self, properties: bytes, changes: bytes = b"") -> Paragraph:
        """Return what a paragraph's style, own properties and its piece's changes come to."""
        style = int.from_bytes(properties[:2], "little")
        for sprm, operand in sprms.modifiers(properties[2:]):
            if sprm == sprms.STYLE:
                style = int.from_bytes(operand, "little")
        found = self._of_style(style)
        return self._changed(self._changed(found, properties[2:]), changes)

    def characters(self, style: int, deep: int = 0) -> tuple[bool, bool]:
        """Return whether a style makes its characters deleted and hidden."""
        if style not in self._characters:
            found = self._style(style, deep)
            deleted, hidden = self.characters(found.base, deep + 1) if found else (False, False)
            for sprm, operand in sprms.modifiers(found.character if found else b""):
                if sprm == sprms.DELETED:
                    deleted = toggled(operand[0], deleted)
                elif sprm == sprms.HIDDEN:
                    hidden = toggled(operand[0], hidden)
            self._characters[style] = deleted, hidden
        return self._characters[style]

    def _of_style(self, number: int, deep: int = 0) -> Paragraph:
        if number not in self._paragraphs:
            style = self._style(number, deep)
            found = Paragraph(style=number)
            if style:
                found = self._of_style(style.base, deep + 1)
                kind = style.identifier
                found = replace(found, style=number, title=kind in _TITLES, contents=kind in _CONTENTS)
                if kind in _HEADINGS:
                    found = replace(found, outline=kind - 1)
                found = self._changed(found, style.paragraph)
            self._paragraphs[number] = found
        return self._paragraphs[number]

    def _style(self, number: int, deep: int) -> Style | None:
        return self.styles[number] if number < len(self.styles) and deep < _DEEPEST else None

    def _changed(self, known: Paragraph, grpprl: bytes, far: bool = True) -> Paragraph:
        for sprm, operand in sprms.modifiers(grpprl):
            if sprm in sprms.FAR and far:
                at = int.from_bytes(operand, "little")
                length = int.from_bytes(self.data[at : at + 2], "little")
                self._far += length
                if self._far < _FAR_MOST:
                    known = self._changed(known, self.data[at + 2 : at + 2 + length], far=False)
            else:
                known = _with_property(known, sprm, operand)
        return known


# What each sprm's operand, as a number, changes.
_PROPERTIES: dict[int, Callable[[Paragraph, int], Paragraph]] = {
    sprms.OUTLINE: lambda known, value: replace(known, outline=min(value, BODY)),
    sprms.LIST: lambda known, value: replace(known, list_=0 if value in _NO_LIST else value),
    sprms.LEVEL: lambda known, value: replace(known, level=min(value, 8)),
    sprms.IN_TABLE: lambda known, value: replace(known, in_table=bool(value)),
    sprms.DEPTH: lambda known, value: replace(known, depth=min(value, _DEEPEST)),
    sprms.ROW_END: lambda known, value: replace(known, row_end=bool(value)),
    sprms.INNER_CELL_END: lambda known, value: replace(known, inner_cell_end=bool(value)),
    sprms.INNER_ROW_END: lambda known, value: replace(known, inner_row_end=bool(value)),
    sprms.COLUMN_HEADING: lambda known, value: replace(known, column_heading=bool(value)),
}


def _with_property(known: Paragraph, sprm: int, operand: bytes) -> Paragraph:
    if sprm == sprms.CELLS:
        return replace(known, merged=_merged(operand))
    if sprm == sprms.MERGE:
        return replace(known, merged=known.merged | {*range(operand[0] + 1, operand[1])})
    if sprm not in _PROPERTIES:
        return known
    return _PROPERTIES[sprm](known, int.from_bytes(operand, "little"))


def _merged(operand: bytes) -> frozenset[int]:
    """Return the cells of a row (sprmTDefTable) whose TC80 says that they continue the one before (2.9.323)."""
    if not operand:
        return frozenset()
    first = 1 + 2 * (operand[0] + 1)
    return frozenset(
        step for step in range(operand[0]) if first + 20 * step < len(operand) and operand[first + 20 * step] & 3 == 2
    )


def toggled(value: int | None, of_style: bool) -> bool:
    """Return what a toggle property comes to: 0x80 or None the style's value, 0x81 its opposite ([MS-DOC] 2.9.327)."""
    return {None: of_style, 0x80: of_style, 0x81: not of_style}.get(value, bool(value))


def read_styles(stsh: bytes, data: bytes) -> StyleSheet:
    """Return the style sheet ([MS-DOC] 2.9.271). Raises ValueError where it is damaged."""
    if not stsh:
        return StyleSheet([], data)
    at = 2 + u16(stsh, 0)
    base_size = u16(stsh, 4)
    styles: list[Style | None] = []
    for _ in range(u16(stsh, 2)):
        size = u16(stsh, at)
        styles.append(_style(stsh[at + 2 : at + 2 + size], base_size) if size else None)
        at += 2 + size
    return StyleSheet(styles, data)


def _style(std: bytes, base_size: int) -> Style:
    """Return one style ([MS-DOC] 2.9.258: StdfBase, name, then its property sets)."""
    kind = u16(std, 2) & 0xF
    style = Style(kind, u16(std, 0) & 0xFFF, u16(std, 2) >> 4)
    at = base_size + 2 * u16(std, base_size) + 4
    sets = []
    for _ in range(u8(std, 4) & 0xF):
        if at + 2 > len(std):
            break
        size = u16(std, at)
        sets.append(std[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    if kind == _PARAGRAPH and sets:
        return replace(style, paragraph=sets[0][2:], character=sets[1] if len(sets) > 1 else b"")
    if kind == _CHARACTER and sets:
        return replace(style, character=sets[0])
    return style
