"""OpenDocument's namespaces and the names of its elements (OASIS OpenDocument 1.3, part 3)."""

from classifier.documents.xml_element import Element

_PREFIXES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_SHORT = {uri: prefix for prefix, uri in _PREFIXES.items()}


def full(name: str) -> str:
    """Return an element's or attribute's name as lxml spells it: text:p → {urn:…}p."""
    prefix, local = name.split(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def short(element: Element) -> str:
    """Return an element's name with its prefix, ?: for those of other namespaces, "" for comments and the like."""
    if not isinstance(element.tag, str) or not element.tag.startswith("{"):
        return ""
    uri, local = element.tag[1:].split("}")
    return f"{_SHORT.get(uri, '?')}:{local}"


def attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute's value."""
    return str(element.get(full(name), default))


def number(element: Element, name: str, default: int, most: int = 1_000_000) -> int:
    """Return an attribute as a whole number between 0 and `most`; `default` where it is missing or none."""
    value = attribute(element, name)
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 12 else default
