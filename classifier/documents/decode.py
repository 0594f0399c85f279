"""Bytes to text: the encodings in which Chinese documents come, damaged and mixed ones included.

Own code, for detectors guess one encoding for a file: they read a UTF-8 text with one bad byte, or one that was put
together from UTF-8 and GB18030 parts, in something else altogether.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable

from classifier.documents.damage import BAD, PLACES, Decoded, decode_marking, show_damage
from classifier.documents.everyday import HAN, ORDINARY, SAMPLE, control_share, everyday_share, is_sound_utf8
from classifier.documents.notes import Note
from classifier.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = 0.01  # share of control characters over which it is none
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_MIXED_LINE = 4  # Han characters from which on a line may be in an encoding of its own


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding it was in, where all of it fits.

    Raises InputError where a byte fits no character, where the file is in several encodings, or where it is no text.
    """
    decoded = decode_damaged(data, name)
    if decoded.notes:
        said = "; ".join(note.say() for note in decoded.notes)
        raise InputError(f"{name}: is damaged ({said}); save it again as UTF-8")
    return decoded.text, decoded.encoding


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
        decoded = hz
    elif "\0" not in text:
        decoded = Decoded(text, "utf-8")
    elif text != "\0" and control_share(whole) <= _CONTROL:  # some null bytes in a text
        decoded = show_damage(text, "utf-8")
    else:
        decoded = _legacy(whole, name)
    return Decoded(decoded.text, decoded.encoding, decoded.notes + padding)


def _from_hz(data: bytes) -> Decoded | None:
    """Return a text in HZ (GB2312 in seven bits, as in old mail and news); None where not all of it is in it."""
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "hz") if HAN.search(text) else None


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    text = decode_marking(data, encoding)
    if len(data) > 8 and everyday_share(text[:SAMPLE], encoding) < ORDINARY and BAD in text:
        raise InputError(f"{name}: begins like {encoding} but holds no text in it; save it again as UTF-8")
    return show_damage(text, encoding)


def _wide_units(data: bytes) -> str | None:
    """Return utf-16-le or utf-16-be where null bytes stand as they do in such text without a mark."""
    sample = data[:SAMPLE]
    if b"\0" not in sample:
        return None
    scored = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = decode_marking(sample[: len(sample) // 2 * 2], encoding)
        if "\0" not in text:
            scored.append((everyday_share(text, encoding), encoding))
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= ORDINARY else None


def _legacy(data: bytes, name: str) -> Decoded:
    wide = _wide_units(data)
    if wide:
        return show_damage(decode_marking(data, wide), wide)
    if control_share(data) > _CONTROL:
        return _guess(data, name)
    lines = data.split(b"\n")
    unsound = b"\n".join(line for line in lines if not is_sound_utf8(line))
    legacy = max(("gb18030", "big5hkscs"), key=lambda encoding: everyday_share(_sample(unsound, encoding), encoding))
    encodings = [_encoding_of_line(line, legacy) for line in lines]
    if "utf-8" not in encodings:  # most files: one encoding
        return _in_single_encoding(data, legacy, name)
    return _by_lines(lines, encodings, name)


def _in_single_encoding(data: bytes, encoding: str, name: str) -> Decoded:
    text = decode_marking(data, encoding)
    return show_damage(text, encoding) if _convinces(text, encoding) else _guess(data, name)


def _by_lines(lines: list[bytes], encodings: list[str | None], name: str) -> Decoded:
    """Read a file whose lines are in UTF-8, damaged or not, or in one other encoding."""
    known = Counter(encoding for encoding in encodings if encoding)
    main = known.most_common(1)[0][0]
    filled = _filled(encodings, main)
    text = "\n".join(decode_marking(line, one) for line, one in zip(lines, filled, strict=True))
    if not _convinces(text, main):
        return _guess(b"\n".join(lines), name)
    return show_damage(text, main, _mixture(filled) if len(known) > 1 else ())


def _convinces(text: str, encoding: str) -> bool:
    """Tell whether a text is ordinary enough for its encoding; French, say, has damage but no Han characters."""
    return everyday_share(text[:SAMPLE], encoding) >= ORDINARY and text.count(BAD) * 4 <= len(HAN.findall(text))


def _mixture(encodings: list[str]) -> tuple[Note, ...]:
    """Say how many lines are in which encoding, the commonest first; the lines in the others are the note's places."""
    counts = Counter(encodings).most_common()
    others = [number for number, encoding in enumerate(encodings, start=1) if encoding != counts[0][0]]
    said = ", ".join(f"{encoding.upper()} ×{count:,}" for encoding, count in counts)
    return (Note("mixed_encodings", len(counts), tuple(others[:PLACES]), "line", said),)


def _filled(encodings: Iterable[str | None], main: str) -> list[str]:
    """Give lines that say nothing the encoding of the line before them."""
    filled, last = [], main
    for encoding in encodings:
        last = encoding or last
        filled.append(last)
    return filled


def _encoding_of_line(line: bytes, legacy: str) -> str | None:
    """Return utf-8, the other encoding, or None where the line is too short to say."""
    if line.isascii():
        return None
    if is_sound_utf8(line):
        return "utf-8"
    text, other = (decode_marking(line[:SAMPLE], one) for one in ("utf-8", legacy))
    if BAD in text and everyday_share(text, "utf-8") > everyday_share(other, legacy):
        return "utf-8"
    return legacy if len(HAN.findall(other)) >= _MIXED_LINE else None


def _sample(data: bytes, encoding: str) -> str:
    return decode_marking(data[:SAMPLE], encoding)


def _guess(data: bytes, name: str) -> Decoded:
    """Ask charset-normalizer: it knows the rarer encodings, and says None of what is no text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    best = from_bytes(data[:SAMPLE], threshold=0.1).best()
    if best is None or control_share(data) > _CONTROL:
        raise InputError(f"{name}: not a text (no Chinese encoding fits its bytes); save it as UTF-8 text or .docx")
    return show_damage(decode_marking(data, best.encoding), best.encoding)
