"""Flat Open XML: a Word file as one XML text with its parts inside (pkg:package)."""

import base64
import binascii
import re
from collections.abc import Callable

from classifier.documents.word.package import Content, Package
from classifier.documents.word.tally import Tally
from classifier.documents.xml_element import Element

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_PICTURE = re.compile(rb"(<(?:pkg:binaryData|w:binData)\b[^>]*>)[A-Za-z0-9+/=\s]{1000000,}(?=</)")


def without_large_pictures(data: bytes) -> bytes:
    """Return the text without pictures over a megabyte: libxml2 takes no text of ten megabytes in one piece."""
    return _PICTURE.sub(rb"\1", data)


def flat_package(root: Element, tally: Tally) -> Package:
    """Return the package in a pkg:package element."""
    parts: dict[str, Content] = {}
    for part in root.iter(f"{_PKG}part"):
        name = part.get(f"{_PKG}name")
        content = part.find(f"{_PKG}xmlData")
        if content is not None and len(content):
            parts[name or ""] = _xml(content[0])
        else:
            parts[name or ""] = _binary(part.findtext(f"{_PKG}binaryData") or "")
    return Package(parts, tally)


def _xml(element: Element) -> Callable[[], Element]:
    return lambda: element


def _binary(text: str) -> Callable[[], bytes]:
    def decoded() -> bytes:
        try:
            return base64.b64decode(text)
        except binascii.Error:
            return b""

    return decoded
