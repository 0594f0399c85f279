"""Bytes to text: the encodings in which Chinese documents come."""

import codecs

from classifier.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes looked at to tell GB18030 from Big5


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding it was in.

    Tried in order: byte order marks, UTF-8, UTF-16 without a mark, then GB18030 or Big5, whichever
    gives the more ordinary Chinese. Raises InputError where none fits (a binary file, say).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, name)
    if "\0" in text:
        return _legacy(data, name)
    return text, "utf-8"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: begins like {encoding} but byte {error.start:,} does not fit; "
            "the file is damaged: save it again as UTF-8"
        ) from error


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    candidates = ["utf-16-le", "utf-16-be"] if b"\0" in data else ["gb18030", "big5hkscs"]
    scored = []
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(data) - 4 or error.reason.startswith("illegal"):
                continue
            text = data[: error.start].decode(encoding)  # cut off in the middle of its last character
        if "\0" not in text:
            scored.append((_ordinary(text[:_SAMPLE], encoding), encoding, text))
    best = max(scored, default=None)
    if best is None or best[0] < 0.5:
        return _guess(data, name)
    return best[2], best[1]


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


def _guess(data: bytes, name: str) -> tuple[str, str]:
    """Ask charset-normalizer: it knows the rarer encodings, and says None of what is no text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    best = from_bytes(data[:_SAMPLE], threshold=0.1).best()
    if best is None or _control_share(data) > 0.01:
        raise InputError(f"{name}: not a text (no Chinese encoding fits its bytes); save it as UTF-8 text or .docx")
    return data.decode(best.encoding, errors="replace"), best.encoding


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in sample) / max(1, len(sample))
