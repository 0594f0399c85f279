"""Formulas (Office Math, ECMA-376 Part 1, 22.1) on one line: a/b, x^2, √(x)."""

from collections.abc import Callable

from classifier.documents.word.names import GONE, M, W
from classifier.documents.xml_element import Element

_TEXT = frozenset({f"{M}t", f"{W}t"})


def formula(element: Element) -> str:
    """Return a formula's characters in reading order, with signs for what stands above or below another."""
    if element.tag in _TEXT:
        return element.text or ""
    if not isinstance(element.tag, str) or element.tag in GONE or element.tag.endswith("Pr"):
        return ""
    write = _WRITERS.get(element.tag, _inside)
    return write(element)


def _fraction(element: Element) -> str:
    return f"{_part(element, 'num', bracketed=True)}/{_part(element, 'den', bracketed=True)}"


def _root(element: Element) -> str:
    return f"{_part(element, 'deg')}√{_part(element, 'e', bracketed=True)}"


def _with_scripts(element: Element) -> str:
    below, above = _part(element, "sub", bracketed=True), _part(element, "sup", bracketed=True)
    return _part(element, "e") + _scripts(below, above)


def _nary(element: Element) -> str:
    below, above = _part(element, "sub", bracketed=True), _part(element, "sup", bracketed=True)
    return _property(element, "chr", "∫") + _scripts(below, above) + _part(element, "e")


def _limit(element: Element) -> str:
    limit = _part(element, "lim", bracketed=True)
    return _part(element, "e") + (_scripts(limit, "") if element.tag == f"{M}limLow" else _scripts("", limit))


def _delimited(element: Element) -> str:
    parts = _property(element, "sepChr", "|").join(_inside(one) for one in element.iterfind(f"{M}e"))
    return _property(element, "begChr", "(") + parts + _property(element, "endChr", ")")


def _rows(element: Element) -> str:
    return "; ".join(formula(one) for one in element if one.tag in {f"{M}mr", f"{M}e"})


def _matrix_row(element: Element) -> str:
    return ", ".join(_inside(one) for one in element.iterfind(f"{M}e"))


def _inside(element: Element) -> str:
    return "".join(formula(one) for one in element)


def _part(element: Element, name: str, *, bracketed: bool = False) -> str:
    part = element.find(M + name)
    text = "" if part is None else _inside(part)
    return f"({text})" if bracketed and len(text) > 1 and not text.isdecimal() else text


def _scripts(below: str, above: str) -> str:
    return (f"_{below}" if below else "") + (f"^{above}" if above else "")


def _property(element: Element, name: str, default: str) -> str:
    found = element.find(f"{element.tag}Pr/{M}{name}")
    return default if found is None else found.get(f"{M}val", "")


_WRITERS: dict[str, Callable[[Element], str]] = {
    f"{M}f": _fraction,
    f"{M}rad": _root,
    **dict.fromkeys((f"{M}sSub", f"{M}sSup", f"{M}sSubSup", f"{M}sPre"), _with_scripts),
    **dict.fromkeys((f"{M}limLow", f"{M}limUpp"), _limit),
    f"{M}nary": _nary,
    f"{M}d": _delimited,
    f"{M}m": _rows,
    f"{M}eqArr": _rows,
    f"{M}mr": _matrix_row,
}
