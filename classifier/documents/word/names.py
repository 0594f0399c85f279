"""Names of WordprocessingML (ECMA-376, transitional namespaces), and how their values are read."""

from classifier.documents.xml_element import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that all files use
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = f"{W}val"
P = f"{W}p"
PPR = f"{W}pPr"
RPR = f"{W}rPr"
TBL = f"{W}tbl"
BOX = f"{W}txbxContent"
ALTERNATE = f"{MC}AlternateContent"
GONE = frozenset({f"{W}del", f"{W}moveFrom"})
"""What is no more once the tracked changes are accepted."""

_STRICT = "{http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "wordprocessingml/main": W,
    "officeDocument/math": M,
    "officeDocument/relationships": R,
    "drawingml/main": A,
    "drawingml/chart": C,
    "drawingml/diagram": DGM,
    "drawingml/picture": PIC,
}


def value(element: Element | None) -> str | None:
    """Return an element's w:val; None where there is no such element or no value."""
    return None if element is None else element.get(VAL)


def child(element: Element, tag: str) -> Element | None:
    """Return an element's first child of this name, in half the time that lxml's `find` takes.

    None where it has none.
    """
    return next(element.iterchildren(tag), None)


def is_on(element: Element | None) -> bool | None:
    """Return what an on/off element says (ECMA-376 Part 1, 17.17.4); None where there is no such element."""
    return None if element is None else element.get(VAL) not in {"0", "false", "off"}


def integer(text: str | None) -> int | None:
    """Return a number as files write it; None where there is none, or none that fits four bytes."""
    try:
        number = int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
    return number if number is None or abs(number) < 2**31 else None


def chosen(alternate: Element) -> Element | tuple[()]:
    """Return the one of mc:AlternateContent's branches that is shown: the first that holds text, else the first."""
    branches = [one for one in alternate if one.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    with_text = (branch for branch in branches if next(branch.iter(f"{W}t", f"{A}t", f"{V}textpath"), None) is not None)
    return next(with_text, branches[0] if branches else ())


def drawing_text(paragraph: Element) -> str:
    """Return the text of a paragraph of DrawingML (a:p)."""
    return "".join("\n" if one.tag == f"{A}br" else one.text or "" for one in paragraph.iter(f"{A}t", f"{A}br"))


def to_transitional(root: Element) -> None:
    """Rename the elements and attributes of a Strict Open XML tree, whose namespaces differ and nothing else here."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _transitional(element.tag)
            for name in [one for one in element.attrib if one.startswith(_STRICT)]:
                element.set(_transitional(name), element.attrib.pop(name))


def _transitional(name: str) -> str:
    if not name.startswith(_STRICT):
        return name
    namespace, _, local = name.removeprefix(_STRICT).partition("}")
    return _TRANSITIONAL[namespace] + local if namespace in _TRANSITIONAL else name
