"""The encoding of a web page: its bytes decide, what it says of itself only where the bytes fit it.

Browsers believe the page. Offices' pages were converted and saved again under the old label, so sound UTF-8 is UTF-8
here whatever the page says. `gb2312` and `gbk` mean GB18030, as they do to browsers (WHATWG Encoding Standard).
"""

import codecs
import re

from classifier.documents.damage import Decoded
from classifier.documents.decode import decode_damaged

_HEAD = 4096  # bytes in which a page says its encoding
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,40})""", re.IGNORECASE)
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-gbk": "gb18030"}
_FOUND = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})


def decode_page(data: bytes, name: str) -> Decoded:
    """Return a page's text, its encoding and notes. Raises InputError where the bytes are no text."""
    found = decode_damaged(data, name)
    said = _said(data)
    if said is None or found.encoding in _FOUND or said in {found.encoding, "utf-8", "utf-16"}:
        return found
    if found.encoding == "gb18030" and said != "big5hkscs":  # a label left by an editor: latin-1, windows-1252
        return found
    try:
        return Decoded(data.decode(said), said)
    except UnicodeDecodeError:
        return found


def _said(data: bytes) -> str | None:
    """Return the encoding that a page says it is in, as Python names it; None where it says none that is known."""
    match = _LABEL.search(data[:_HEAD])
    if match is None:
        return None
    label = match[1].decode("ascii").lower()
    try:
        return codecs.lookup(_MEANT.get(label, label)).name
    except LookupError:
        return None
