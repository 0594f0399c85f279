"""The text of a file with what of it is shown: deleted and hidden characters, fields, symbols, WordArt."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from classifier.documents.binary_word.characters import (
    CODE,
    DELETED,
    HIDDEN,
    REPLACED,
    SHOWN,
    Characters,
    characters_of,
)
from classifier.documents.binary_word.drawings import inline_text
from classifier.documents.binary_word.fields import fields
from classifier.documents.binary_word.form_fields import form_field
from classifier.documents.binary_word.formatting import Formatting
from classifier.documents.binary_word.pieces import whole
from classifier.documents.binary_word.styles import StyleSheet
from classifier.documents.symbol_fonts import PRIVATE, symbol

_LEFT_OUT = {DELETED: "deleted_text", HIDDEN: "hidden_text"}
_PICTURE, _SYMBOL, _UNKNOWN = "\x01", "(", "\ufffd"
_TABLE = {  # the other control characters show nothing ([MS-DOC] 2.4.1)
    **dict.fromkeys(range(0x20), ""),
    0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0E: "\n", 0x1E: "-",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f]")


@dataclass
class Content:
    """`text`: all stories, a character a UTF-16 unit. `state`: of each, SHOWN or why not. `instead`: what is shown in
    place of a character. `pictures`: the kind of note for each picture.

    `left_out` counts as text is asked for: deleted_text, hidden_text, pictures, objects, glyphs_without_characters.
    """

    text: str
    state: bytearray
    instead: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[int, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def shown(self, start: int, end: int) -> str:
        """Return what a stretch shows, control characters as line breaks and tabs or not at all."""
        text = self.text[start:end]
        has_picture = _PICTURE in text
        if self.state.count(SHOWN, start, end) < len(text):
            text = "".join(map(self._character, range(start, end)))
        if has_picture:
            for at in range(start, end):
                if at in self.pictures and self.state[at] == SHOWN:
                    self.left_out[self.pictures[at]] += 1
        if _CONTROL.search(text):
            text = text.translate(_TABLE)
        return whole(text)

    def _character(self, at: int) -> str:
        state = self.state[at]
        if state in _LEFT_OUT and self.text[at] >= " ":
            self.left_out[_LEFT_OUT[state]] += 1
        if state in {REPLACED, CODE} and at in self.instead:
            self.left_out["glyphs_without_characters"] += self.instead[at] == _UNKNOWN
            return self.instead[at]
        return self.text[at] if state == SHOWN else ""


class ContentReader:
    """Works out what is shown. `by_style`: see `of_styles`; `fonts`: their names by number."""

    def __init__(self, text: str, by_style: bytes, styles: StyleSheet, fonts: list[str]) -> None:
        self._text = text
        self._by_style = by_style
        self._styles = styles
        self._fonts = fonts
        self._state = bytearray(by_style.translate(Characters().states(styles)))
        self._instead: dict[int, str] = {}
        self._pictures: dict[int, str] = {}
        self._forms: dict[int, int] = {}
        self._left_out: Counter[str] = Counter()

    def read(self, formatting: Formatting, stories: Iterable[tuple[int, int]]) -> Content:
        """Return the content of these stories; `formatting`: of the characters."""
        known: dict[bytes, tuple[Characters, bytes]] = {}
        for start, end, properties, changes in formatting.runs():
            grpprl = properties + changes
            if grpprl not in known:
                one = characters_of(grpprl)
                known[grpprl] = one, one.states(self._styles)
            characters, states = known[grpprl]
            self._state[start:end] = self._by_style[start:end].translate(states)
            self._run(start, min(end, len(self._text)), characters)
        for first, last in stories:
            self._fields(first, last)
        return Content(self._text, self._state, self._instead, self._pictures, self._left_out)

    def _run(self, start: int, end: int, characters: Characters) -> None:
        text = self._text[start:end]
        if characters.symbol and text.startswith(_SYMBOL):
            for at in range(start, end):
                self._replace(at, self._sign(characters.symbol[1], characters.symbol[0]))
        elif characters.font is not None and PRIVATE.search(text):
            for mark in PRIVATE.finditer(text):
                self._replace(start + mark.start(), self._sign(ord(mark[0]), characters.font))
        if _PICTURE in text:
            for at in range(start, end):
                if self._text[at] == _PICTURE:
                    self._picture(at, characters)

    def _picture(self, at: int, characters: Characters) -> None:
        if characters.form:
            self._forms[at] = characters.location
        elif word_art := inline_text(self._styles.data, characters.location):
            self._replace(at, word_art)
        else:
            self._pictures[at] = "objects" if characters.embedded else "pictures"

    def _replace(self, at: int, shown: str) -> None:
        if self._state[at] == SHOWN:
            self._state[at] = REPLACED
            self._instead[at] = shown

    def _sign(self, code: int, font: int) -> str:
        return symbol(code, self._fonts[font] if font < len(self._fonts) else "") or _UNKNOWN

    def _fields(self, first: int, last: int) -> None:
        def form(start: int, end: int) -> str:
            places = (at for at in range(first + start, first + end) if at in self._forms)
            return next((form_field(self._styles.data, self._forms[at]) for at in places), "")

        codes = []
        for one in fields(self._text[first:last], form):
            start = first + one.start
            if one.instead and self._state[start] == SHOWN:
                self._replace(start, one.instead)
                self._left_out["phonetic"] += one.phonetic
            codes.append((start, first + one.end))
        marked = first
        for start, end in sorted(codes):  # those inside others are marked with them
            if end > marked:
                self._state[max(start, marked) : end] = bytes([CODE]) * (end - max(start, marked))
                marked = end
