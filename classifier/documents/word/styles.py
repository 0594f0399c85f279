"""Styles: what a paragraph or a run has from its style and the styles that it is based on."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from classifier.documents.word.names import PPR, RPR, W, integer, is_on, value
from classifier.documents.xml_element import Element

_CHAIN = 30  # styles based on styles; files may go round in a circle


@dataclass(frozen=True)
class StyleLook:
    """What this reader needs of a style. `outline`: 0 the highest, 9 or None body text. `name`: in lower case.

    `number`: the list it numbers by, None where none is named. `number_level`: None where it does not say.
    `chain`: ids of the style and its bases down to the one that names the list. `hidden`: vanish.
    """

    name: str = ""
    outline: int | None = None
    number: str | None = None
    number_level: int | None = None
    chain: tuple[str, ...] = ()
    hidden: bool = False


class Styles:
    """The styles part. A missing part or style is one that says nothing, but built-in headings keep their level."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterfind(f"{W}style")
        self._styles: dict[str, Element] = {one.get(f"{W}styleId") or "": one for one in found}
        self._default = next((name for name, one in self._styles.items() if _is_default(one)), "")
        self.any_hidden = root is not None and next(root.iter(f"{W}vanish"), None) is not None
        self.look = cache(self._look)

    def paragraph(self, style: str | None) -> StyleLook:
        """Return what a paragraph of this style has; None: the default style's."""
        return self.look(style if style is not None else self._default)

    def _look(self, style: str) -> StyleLook:
        chain = list(self._chain(style))
        name = (value(chain[0][1].find(f"{W}name")) or style if chain else style).lower()
        outline = _first(integer(value(_in(one, "outlineLvl"))) for _, one in chain)
        hidden = _first(is_on(one.find(f"{RPR}/{W}vanish")) for _, one in chain)
        number, level, path = None, None, []
        for one_id, one in chain:
            path.append(one_id)
            number = value(_in(one, "numPr", "numId"))
            level = integer(value(_in(one, "numPr", "ilvl"))) if level is None else level
            if number is not None:
                break
        outline = _built_in_level(name) if outline is None else outline
        return StyleLook(name, outline, number, level, tuple(path), bool(hidden))

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _CHAIN:
            seen.add(style)
            yield style, self._styles[style]
            style = value(self._styles[style].find(f"{W}basedOn")) or ""


def without_table_styles(data: bytes) -> bytes:
    """Return the styles part without the styles of tables: nothing here needs them, and they are most of its bytes.

    Parsing them would take half the time that a file of ten pages takes.
    """
    kept, at = [], 0
    while (start := data.find(b"<w:style ", at)) >= 0:
        head = data.find(b">", start)
        end = data.find(b"</w:style>", head)
        if head < 0 or end < 0:
            break
        end = head + 1 if data[head - 1 : head] == b"/" else end + len(b"</w:style>")
        kept.append(data[at : start if b'w:type="table"' in data[start:head] else end])
        at = end
    return b"".join([*kept, data[at:]])


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _in(style: Element, *path: str) -> Element | None:
    return style.find("/".join((PPR, *(W + one for one in path))))


def _first(values: Iterator[int | None]) -> int | None:
    return next((one for one in values if one is not None), None)


def _built_in_level(name: str) -> int | None:
    """Return the level of Word's own heading styles, which they have though a file may not say it."""
    number = name.removeprefix("heading").strip()
    return int(number) - 1 if name.startswith("heading") and number in set("123456789") else None
