"""The text of a file with what of it is shown: deleted and hidden characters, fields, symbols."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from classifier.documents.binary_word import sprms
from classifier.documents.binary_word.fields import fields
from classifier.documents.binary_word.formatting import Formatting
from classifier.documents.binary_word.pieces import whole
from classifier.documents.binary_word.styles import StyleSheet, toggled
from classifier.documents.binary_word.symbols import symbol

SHOWN, DELETED, HIDDEN, CODE = range(4)
_LEFT_OUT = {DELETED: "deleted_text", HIDDEN: "hidden_text"}
_PICTURE, _NOTE_MARKS = "\x01", "\x02\x03\x04\x05"
_TABLE = {  # the other control characters show nothing ([MS-DOC] 2.4.1)
    **dict.fromkeys(range(0x20), ""),
    0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0E: "\n", 0x1E: "-",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f]")


@dataclass(frozen=True)
class Characters:
    """Properties of a run of characters. `hidden`: a toggle's value, None where only the style says."""

    deleted: bool = False
    hidden: int | None = None
    style: int = 0
    symbol: int = 0
    data: bool = False
    embedded: bool = False


@dataclass
class Content:
    """`text`: all stories, a character a UTF-16 unit. `state`: of each, SHOWN or why not. `instead`: what is shown in
    place of a character. `pictures`: the kind of note for each picture.

    `left_out` counts as text is asked for: deleted_text, hidden_text, pictures, objects, glyphs_without_characters.
    """

    text: str
    state: bytearray
    instead: Mapping[int, str]
    pictures: Mapping[int, str]
    left_out: Counter[str] = field(default_factory=Counter)

    def shown(self, start: int, end: int) -> str:
        """Return what a stretch shows, control characters as line breaks and tabs or not at all."""
        states = self.state[start:end]
        text = self.text[start:end]
        if any(states) or any(at in self.instead for at in self._marks(start, end)):
            text = "".join(self._character(start + step) for step in range(end - start))
        for at in self._marks(start, end):
            if self.state[at] == SHOWN and self.text[at] == _PICTURE and at in self.pictures:
                self.left_out[self.pictures[at]] += 1
        if _CONTROL.search(text):
            text = text.translate(_TABLE)
        return whole(text)

    def _marks(self, start: int, end: int) -> list[int]:
        return [start + one.start() for one in re.finditer("[\x00-\x08\x0e-\x1f(]", self.text[start:end])]

    def _character(self, at: int) -> str:
        state = self.state[at]
        if state in _LEFT_OUT and self.text[at] >= " ":
            self.left_out[_LEFT_OUT[state]] += 1
        if at in self.instead and state in {SHOWN, CODE}:
            return self.instead[at]
        return self.text[at] if state == SHOWN else ""


def content_of(text: str, stories: list[tuple[int, int]], formatting: Formatting, styles: StyleSheet) -> Content:
    """Return the content of a file's stories; `formatting`: the characters'."""
    state = bytearray(len(text))
    instead: dict[int, str] = {}
    pictures: dict[int, str] = {}
    known: dict[tuple[bytes, bytes], Characters] = {}
    for start, end, properties, changes in formatting.runs():
        key = (properties, changes)
        if key not in known:
            known[key] = _characters(properties + changes)
        one = known[key]
        state[start:end] = bytes([_state(one, styles)]) * (min(end, len(text)) - start)
        if one.symbol and text[start:end].startswith("("):
            instead.update(dict.fromkeys(range(start, min(end, len(text))), symbol(one.symbol) or "\ufffd"))
        if _PICTURE in text[start:end] and not one.data:
            pictures[text.index(_PICTURE, start)] = "objects" if one.embedded else "pictures"
    for first, last in stories:
        for start, end, shown in fields(text[first:last]):
            if shown and state[first + start] == SHOWN:
                instead[first + start] = shown
            state[first + start : first + end] = bytes([CODE]) * (end - start)
    return Content(text, state, instead, pictures)


def _state(one: Characters, styles: StyleSheet) -> int:
    if one.deleted:
        return DELETED
    of_style = bool(one.style) and styles.hides(one.style)
    return HIDDEN if (of_style if one.hidden is None else toggled(one.hidden, of_style)) else SHOWN


def _characters(grpprl: bytes) -> Characters:
    found: dict[int, int] = {}
    for sprm, operand in sprms.modifiers(grpprl):
        if sprm == sprms.PLAIN:
            found = {key: found[key] for key in found if key == sprms.DELETED}
        found[sprm] = int.from_bytes(operand[:4], "little")
    return Characters(
        deleted=bool(found.get(sprms.DELETED)),
        hidden=found.get(sprms.HIDDEN),
        style=found.get(sprms.CHARACTER_STYLE, 0),
        symbol=found.get(sprms.SYMBOL, 0) >> 16,
        data=bool(found.get(sprms.FIELD_DATA)),
        embedded=bool(found.get(sprms.OLE_OBJECT)),
    )
