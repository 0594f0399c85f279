"""Bytes to text: the encodings in which Chinese documents come, damaged and mixed ones included.

Own code, for detectors guess one encoding for a file: they read a UTF-8 text with one bad byte, or one that was put
together from UTF-8 and GB18030 parts, in something else altogether.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classifier.documents.notes import Note
from classifier.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes or characters looked at to tell encodings apart
_CONTROL = 0.01  # share of control characters over which it is none
_ORDINARY = 0.5  # share of everyday characters from which on a text is taken for one
_PLACES = 100  # lines that a note names
_BAD, _MORE = "\udc80", "\udc81"  # a byte that fits no character, and those that fell with it: no decoder gives these
_DAMAGE = re.compile(f"{_BAD}{_MORE}*")
_HAN = re.compile("[\u3400-\u9fff]")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_MIXED_LINE = 4  # Han characters from which on a line may be in an encoding of its own


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BAD + _MORE * (error.end - error.start - 1), error.end


codecs.register_error("mark damage", _mark)


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding most of it was in, and what did not fit (`undecodable`, `mixed_encodings`, `damaged`)."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding it was in, where all of it fits.

    Raises InputError where a byte fits no character, where the file is in several encodings, or where it is no text.
    """
    found = decode_damaged(data, name)
    if found.notes:
        said = "; ".join(note.say() for note in found.notes)
        raise InputError(f"{name}: is damaged ({said}); save it again as UTF-8")
    return found.text, found.encoding


def decode_damaged(data: bytes, name: str) -> Decoded:
    """Return the text of a file's bytes; what fits no character is U+FFFD and said in a note.

    Tried in order: byte order marks, UTF-8, UTF-16 without a mark, then line by line UTF-8 with damage, GB18030 or
    Big5, whichever gives the more ordinary Chinese. Raises InputError where none fits (a binary file, say).
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data, encoding, name)
    whole = data.rstrip(b"\0") if not _wide_units(data) else data
    lost = len(data) - len(whole)
    padding = (Note("damaged", lost, what=f"NUL ×{lost:,}"),) if lost else ()
    try:
        text = whole.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if _HZ.search(whole) and (hz := _from_hz(whole)):
        found = hz
    elif "\0" not in text:
        found = Decoded(text, "utf-8")
    elif text != "\0" and _control_share(whole) <= _CONTROL:  # some null bytes in a text
        found = _shown(text, "utf-8")
    else:
        found = _legacy(whole, name)
    return Decoded(found.text, found.encoding, found.notes + padding)


def _from_hz(data: bytes) -> Decoded | None:
    """Return a text in HZ (GB2312 in seven bits, as in old mail and news); None where not all of it is in it."""
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "hz") if _HAN.search(text) else None


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, "mark damage")
    if len(data) > 8 and _ordinary(text[:_SAMPLE], encoding) < _ORDINARY and _BAD in text:
        raise InputError(f"{name}: begins like {encoding} but holds no text in it; save it again as UTF-8")
    return _shown(text, encoding)


def _shown(text: str, encoding: str, notes: tuple[Note, ...] = ()) -> Decoded:
    """Put U+FFFD where bytes were marked, and say how many and in which lines."""
    text = text.replace("\0", _BAD)
    if _BAD not in text:
        return Decoded(text, encoding, notes)
    amount = text.count(_BAD) + text.count(_MORE)
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
        if given == _PLACES:
            return
        last = match.start()


def _wide_units(data: bytes) -> str | None:
    """Return utf-16-le or utf-16-be where null bytes stand as they do in such text without a mark."""
    sample = data[:_SAMPLE]
    if b"\0" not in sample:
        return None
    scored = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "mark damage")
        if "\0" not in text:
            scored.append((_ordinary(text, encoding), encoding))
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _ORDINARY else None


def _legacy(data: bytes, name: str) -> Decoded:
    wide = _wide_units(data)
    if wide:
        return _shown(data.decode(wide, "mark damage"), wide)
    if _control_share(data) > _CONTROL:
        return _guess(data, name)
    lines = data.split(b"\n")
    unsound = b"\n".join(line for line in lines if not _sound_utf8(line))
    legacy = max(("gb18030", "big5hkscs"), key=lambda one: _ordinary(_sample(unsound, one), one))
    encodings = [_encoding_of_line(line, legacy) for line in lines]
    if "utf-8" not in encodings:  # most files: one encoding
        return _one_encoding(data, legacy, name)
    return _by_lines(lines, encodings, name)


def _one_encoding(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, "mark damage")
    return _shown(text, encoding) if _convinces(text, encoding) else _guess(data, name)


def _by_lines(lines: list[bytes], encodings: list[str | None], name: str) -> Decoded:
    """Read a file whose lines are in UTF-8, damaged or not, or in one other encoding."""
    known = Counter(encoding for encoding in encodings if encoding)
    main = known.most_common(1)[0][0]
    filled = _filled(encodings, main)
    text = "\n".join(line.decode(one, "mark damage") for line, one in zip(lines, filled, strict=True))
    if not _convinces(text, main):
        return _guess(b"\n".join(lines), name)
    return _shown(text, main, _mixture(filled) if len(known) > 1 else ())


def _convinces(text: str, encoding: str) -> bool:
    """Tell whether a text is ordinary enough for its encoding; French, say, has damage but no Han characters."""
    return _ordinary(text[:_SAMPLE], encoding) >= _ORDINARY and text.count(_BAD) * 4 <= len(_HAN.findall(text))


def _mixture(encodings: list[str]) -> tuple[Note, ...]:
    """Say how many lines are in which encoding, the commonest first; the lines in the others are the note's places."""
    counts = Counter(encodings).most_common()
    others = [number for number, encoding in enumerate(encodings, start=1) if encoding != counts[0][0]]
    said = ", ".join(f"{one.upper()} ×{count:,}" for one, count in counts)
    return (Note("mixed_encodings", len(counts), tuple(others[:_PLACES]), "line", said),)


def _filled(encodings: Iterable[str | None], main: str) -> list[str]:
    """Give lines that say nothing the encoding of the line before them."""
    found, last = [], main
    for encoding in encodings:
        last = encoding or last
        found.append(last)
    return found


def _encoding_of_line(line: bytes, legacy: str) -> str | None:
    """Return utf-8, the other encoding, or None where the line is too short to say."""
    if line.isascii():
        return None
    if _sound_utf8(line):
        return "utf-8"
    text, other = (line[:_SAMPLE].decode(one, "mark damage") for one in ("utf-8", legacy))
    if _BAD in text and _ordinary(text, "utf-8") > _ordinary(other, legacy):
        return "utf-8"
    return legacy if len(_HAN.findall(other)) >= _MIXED_LINE else None


def _sound_utf8(line: bytes) -> bool:
    """Tell whether a line is sound UTF-8, and no GB18030 that looks like it by chance.

    Such holds two-byte sequences only, which read as Latin, Greek or Cyrillic letters.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return line.isascii() or bool(_HAN.search(text)) or _ordinary(text, "utf-8") >= _ORDINARY


def _sample(data: bytes, encoding: str) -> str:
    return data[:_SAMPLE].decode(encoding, "mark damage")


def _ordinary(text: str, encoding: str) -> float:
    """Return the share of the characters that stand in the everyday part of the encoding's table.

    GB2312's first level and Big5's first level hold the frequent characters; text read in the wrong
    one of the two falls mostly outside.
    """
    legacy, first, last = ("gb2312", 0xB0, 0xD7) if encoding != "big5hkscs" else ("big5", 0xA4, 0xC6)
    good = sum(_is_everyday(character, legacy, first, last) for character in text)
    return good / max(1, len(text))


def _is_everyday(character: str, legacy: str, first: int, last: int) -> bool:
    if character < "\x80":
        return character >= " " or character in "\t\r\n\f"
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff5e" or character in "“”‘’…—·":
        return True
    try:
        coded = character.encode(legacy)
    except UnicodeEncodeError:
        return False
    return len(coded) == 2 and first <= coded[0] <= last


def _guess(data: bytes, name: str) -> Decoded:
    """Ask charset-normalizer: it knows the rarer encodings, and says None of what is no text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    best = from_bytes(data[:_SAMPLE], threshold=0.1).best()
    if best is None or _control_share(data) > _CONTROL:
        raise InputError(f"{name}: not a text (no Chinese encoding fits its bytes); save it as UTF-8 text or .docx")
    return _shown(data.decode(best.encoding, "mark damage"), best.encoding)


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in sample) / max(1, len(sample))
