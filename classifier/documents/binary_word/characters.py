"""Properties of characters ([MS-DOC] 2.6.1): deleted, hidden, symbols, pictures."""

from dataclasses import dataclass

from classifier.documents.binary_word import sprms
from classifier.documents.binary_word.formatting import Formatting
from classifier.documents.binary_word.styles import StyleSheet, toggled

SHOWN, DELETED, HIDDEN, CODE, REPLACED = range(5)
"""States of a character; CODE: it belongs to a field's code; REPLACED: something else is shown in its place."""


@dataclass(frozen=True)
class Characters:
    """Properties of a run. `deleted`, `hidden`: a toggle's value, None where only the style says.

    `font`, `symbol`: numbers of fonts, a symbol's with its code. `location`: where a picture or a form field's state
    stands in the stream Data.
    """

    deleted: int | None = None
    hidden: int | None = None
    style: int = 0
    font: int | None = None
    symbol: tuple[int, int] | None = None
    location: int = 0
    form: bool = False
    embedded: bool = False

    def states(self, styles: StyleSheet) -> bytes:
        """Return, as a table, the state of such characters by what `of_styles` says of them."""
        deletes, hides = styles.characters(self.style) if self.style else (False, False)
        table = bytearray(256)
        for by_style in range(4):
            if toggled(self.deleted, deletes ^ bool(by_style & 1)):
                table[by_style] = DELETED
            elif toggled(self.hidden, hides ^ bool(by_style & 2)):
                table[by_style] = HIDDEN
        return bytes(table)


def characters_of(grpprl: bytes) -> Characters:
    """Return the properties that a grpprl makes."""
    found: dict[int, int] = {}
    for sprm, operand in sprms.modifiers(grpprl):
        if sprm == sprms.PLAIN:
            found = {key: value for key, value in found.items() if key == sprms.DELETED}
        found[sprm] = int.from_bytes(operand[:4], "little")
    symbol = found.get(sprms.SYMBOL)
    return Characters(
        deleted=found.get(sprms.DELETED),
        hidden=found.get(sprms.HIDDEN),
        style=found.get(sprms.CHARACTER_STYLE, 0),
        font=found.get(sprms.FONT),
        symbol=(symbol & 0xFFFF, symbol >> 16) if symbol else None,
        location=found.get(sprms.LOCATION, 0),
        form=bool(found.get(sprms.FIELD_DATA)),
        embedded=bool(found.get(sprms.OLE_OBJECT)),
    )


def of_styles(length: int, paragraphs: Formatting, styles: StyleSheet) -> bytes:
    """Return for each character whether its paragraph's style makes it deleted (1), hidden (2), both (3) or neither."""
    found = bytearray(length)
    for start, end, properties, _ in paragraphs.runs():
        deleted, hidden = styles.characters(int.from_bytes(properties[:2], "little"))
        if deleted or hidden:
            found[start:end] = bytes([deleted + 2 * hidden]) * (min(end, length) - start)
    return bytes(found)
