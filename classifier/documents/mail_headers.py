"""Headers of mails and the bytes of their texts, as Chinese mailers write them: GBK unescaped in headers, "gb2312" for
GB18030, characters cut in two between encoded words (RFC 2047).
"""

import base64
import binascii
import quopri
import re
from email.message import Message
from email.utils import collapse_rfc2231_value

from classifier.documents.decode import decode
from classifier.errors import InputError

_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "unicode": "utf-16", "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252",
}  # fmt: skip
_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
_HAN = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)


def decoded(data: bytes, charset: str, name: str) -> tuple[str, str]:
    """Return bytes as text, and their encoding: UTF-8 where they are Chinese in it, else `charset` where it fits.

    What fits nothing comes with U+FFFD. `name`: of the file, for messages.
    """
    codec = _CODECS.get(charset.lower(), charset.lower())
    try:
        if not data.isascii() and _HAN.search(text := data.decode("utf-8")):
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        if codec and (data.isascii() or codec not in {"us-ascii", "unknown-8bit", "cp1252"}):
            return data.decode(codec), codec
    except (UnicodeError, LookupError):
        pass
    try:
        return decode(data, name)
    except InputError:
        known = codec if codec in {"utf-8", "gb18030", "big5hkscs"} else "gb18030"
        return data.decode(known, errors="replace"), known


def header_text(message: Message, name: str) -> str:
    """Return a header's text, whatever it is encoded in; "" where there is none."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return _text_of(str(value))
    return ""


def _text_of(value: str) -> str:
    return " ".join(_WORDS.sub(_encoded_words, _unescaped(value)).split())


def _unescaped(value: str) -> str:
    """Return a header whose bytes stood unencoded, as the email package hands them on, as text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return decoded(value.encode("utf-8", "surrogateescape"), "", "")[0]
    return value


def _encoded_words(run: re.Match[str]) -> str:
    """Return encoded words that follow each other as text; those of one charset together, for mailers cut anywhere."""
    text, before, data = "", "", b""
    for charset, coding, content in _WORD.findall(run[0]):
        try:
            if coding in "bB":
                piece = base64.b64decode(content + "=" * (-len(content) % 4))
            else:
                piece = quopri.decodestring(content.encode("ascii", "replace"), header=True)
        except binascii.Error:
            piece = content.encode("ascii", "replace")
        if charset.lower() != before:
            text += decoded(data, before, "")[0] if data else ""
            before, data = charset.lower(), b""
        data += piece
    return text + (decoded(data, before, "")[0] if data else "")


def file_name(part: Message) -> str:
    """Return the name of the file in a part, "" where it has none."""
    found = _parameter(part, "Content-Disposition", "filename") or _parameter(part, "Content-Type", "name")
    return _text_of(found)


def _parameter(part: Message, header: str, name: str) -> str:
    """Return a parameter of a header; the email package would show one that is not encoded as U+FFFD."""
    values = [str(value) for key, value in part.raw_items() if key.lower() == header.lower()]
    clean = Message()
    clean[header] = _unescaped(values[0]) if values else ""
    found = clean.get_param(name, "", header)
    return collapse_rfc2231_value(found) if found else ""
