"""Which encoding the escaped bytes of RTF are in: the document's code page, each font's character set."""

import codecs
import re

from classifier.documents.symbol_fonts import symbol

_CODECS_OF_FONTS = {  # \fcharset, RTF 1.9.1, "Font Table"
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL = "symbol "
"""With the font's name, stands for the encoding of a symbol font (\\fcharset2): its bytes are glyphs of its own."""
ANSI = "cp1252"
_FONT_WORD = re.compile(rb"\\(f|fcharset|cpg)(\d{1,5})(?![0-9])")
_NO_NAME = re.compile(rb"\{[^{}]*\}|\\[a-z]+-?\d* ?")
_HIGH = re.compile(rb"[\x80-\xff]+")
_EVERYDAY = re.compile(rb"(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")  # GB2312: marks, figures and its first level of Han
_HAN = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)


def codec_of_page(page: int) -> str:
    """Return the codec of a Windows code page, Western where it is none that is known."""
    known = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman", 10008: "gb2312"}
    name = known.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return ANSI
    return name


def font_codecs(table: bytes) -> dict[int, str]:
    """Return the codec of each font in a font table that says it; the others are in the document's code page."""
    found: dict[int, str] = {}
    font = -1
    for match in _FONT_WORD.finditer(table):
        word, number = match[1], int(match[2])
        if word == b"f":
            font = number
        elif word == b"cpg":
            found[font] = codec_of_page(number)
        elif number == 2:
            found[font] = SYMBOL + _font_name(table[match.end() :])
        elif number in _CODECS_OF_FONTS:
            found.setdefault(font, _CODECS_OF_FONTS[number])
        elif number == 0:
            found.setdefault(font, ANSI)
    return found


def _font_name(rest: bytes) -> str:
    """Return the name that stands in what follows a font's number."""
    return _NO_NAME.sub(b"", rest.partition(b";")[0]).decode("latin-1").strip()


def sign(code: int, codec: str) -> str:
    """Return the character of a glyph of a symbol font; one of the private use area where it is not known."""
    return symbol(code, codec.removeprefix(SYMBOL)) or chr(0xF000 + code % 0x100)


def decoded(data: bytes, codec: str, page: str, raw: bool) -> tuple[str, int]:
    """Return a run of bytes as text, and how many of them fit no character (each is U+FFFD).

    `codec`: of the font; `page`: of the document; `raw`: some stood in the file unescaped. Bytes that are Chinese
    though their font is Western are read as such: programs that fill in templates write GBK (and, unescaped, UTF-8)
    under whatever font the template names.
    """
    if codec.startswith(SYMBOL):
        return "".join(sign(one, codec) for one in data), 0
    if raw and _is_utf8(data):
        return data.decode("utf-8"), 0
    if codec == ANSI and not data.isascii():
        codec = _codec_under_western_font(data, page)
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
        return text, text.count("\ufffd")


def _codec_under_western_font(data: bytes, page: str) -> str:
    if page != "big5hkscs":
        return "gb18030" if all(_EVERYDAY.fullmatch(one) for one in _HIGH.findall(data)) else ANSI
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        return ANSI
    return page if all(one < "\x80" or one >= "\u2e80" for one in text) else ANSI


def _is_utf8(data: bytes) -> bool:
    try:
        return _HAN.search(data.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False
