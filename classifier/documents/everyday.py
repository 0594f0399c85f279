"""How ordinary a text is as Chinese, by which a wrong encoding shows."""

import re

SAMPLE = 200_000  # bytes or characters looked at to tell encodings apart
ORDINARY = 0.5  # share of everyday characters from which on a text is taken for one
HAN = re.compile("[\u3400-\u9fff]")


def everyday_share(text: str, encoding: str) -> float:
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


def is_sound_utf8(line: bytes) -> bool:
    """Tell whether a line is sound UTF-8, and no GB18030 that looks like it by chance.

    Such holds two-byte sequences only, which read as Latin, Greek or Cyrillic letters.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return line.isascii() or bool(HAN.search(text)) or everyday_share(text, "utf-8") >= ORDINARY


def control_share(data: bytes) -> float:
    """Return the share of control characters among a file's first bytes (0 to 1); a text has hardly any."""
    sample = data[:SAMPLE]
    return sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in sample) / max(1, len(sample))
