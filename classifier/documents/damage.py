"""A text some of whose bytes fit no character: they are marked while it is decoded, then shown and said in a note."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifier.documents.notes import Note

PLACES = 100  # lines that a note names
BAD, _MORE = "\udc80", "\udc81"  # a byte that fits no character, and those that fell with it: no decoder gives these
_DAMAGE = re.compile(f"{BAD}{_MORE}*")
_MARKING = "mark damage"


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding most of it was in, and what did not fit (`undecodable`, `mixed_encodings`, `damaged`)."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BAD + _MORE * (error.end - error.start - 1), error.end


codecs.register_error(_MARKING, _mark)


def decode_marking(data: bytes, encoding: str) -> str:
    """Return the text of bytes in an encoding, with BAD in the place of each byte that fits no character."""
    return data.decode(encoding, _MARKING)


def show_damage(text: str, encoding: str, notes: tuple[Note, ...] = ()) -> Decoded:
    """Return a marked text with U+FFFD where bytes were marked, and a note that says how many and in which lines.

    A null character counts as marked. `notes`: what else there is to say; they come behind.
    """
    text = text.replace("\0", BAD)
    if BAD not in text:
        return Decoded(text, encoding, notes)
    amount = text.count(BAD) + text.count(_MORE)
    lines = list(_lines_with_damage(text))
    return Decoded(_DAMAGE.sub("\ufffd", text), encoding, (Note("undecodable", amount, tuple(lines), "line"), *notes))


def _lines_with_damage(text: str) -> Iterator[int]:
    """Yield the numbers of the first lines in which a byte was marked."""
    line, last, given = 1, 0, 0
    for match in _DAMAGE.finditer(text):
        breaks = text.count("\n", last, match.start())
        if breaks or not given:
            line, given = line + breaks, given + 1
            yield line
        if given == PLACES:
            return
        last = match.start()
