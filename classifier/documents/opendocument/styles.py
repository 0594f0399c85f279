"""OpenDocument's styles: what is hidden, which paragraphs are headings, how lists are numbered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from classifier.documents.number_formats import formatted, spaced
from classifier.documents.opendocument.names import attribute, full, number
from classifier.documents.xml_element import Element

_LONGEST_CHAIN = 30  # styles that each build on the next
_LEVELS = 10
_FORMATS: Mapping[str, str] = {  # the first character of style:num-format
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircleToFifty",
    "甲": "ideographTraditional", "子": "ideographZodiac", "１": "decimalFullWidth", "0": "decimalZero",
}  # fmt: skip
_WHOLE_FORMATS: Mapping[str, str] = {  # told only by more of it; LibreOffice spells ２ here as 2
    "1, 2, 3, ...": "decimalFullWidth", "壹, 貳, 參, ...": "ideographLegalTraditional",
}  # fmt: skip
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered.

    `form`: the name of its number format, "" without numbers. `bullet`: the mark of a level that has one, else "".
    """

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1  # how many levels the number names
    start: int = 1
    template: str = ""  # LibreOffice's spelling of all of it: "%1%.%2%、"
    bullet: str = ""
    close: bool = False  # nothing stands between number and text


@dataclass
class Counter:
    """How far a list, or the headings, have been counted."""

    levels: Mapping[int, Level]  # from 1
    counts: list[int | None] = field(default_factory=lambda: [None] * (_LEVELS + 1))

    def next(self, depth: int, start: int | None = None) -> str:
        """Count one paragraph at a depth from 1; return what stands before it. `start`: begin again from here."""
        level = self.levels.get(depth)
        if level is None or depth > _LEVELS:
            return ""
        before = self.counts[depth]
        self.counts[depth] = start if start is not None else level.start if before is None else before + 1
        self.counts[depth + 1 :] = [None] * (_LEVELS - depth)
        text = level.bullet or self._number(level, depth)
        return text.strip() if level.close else spaced(text)

    def _number(self, level: Level, depth: int) -> str:
        if level.template:
            return _PLACE.sub(lambda match: self._number_at(int(match[1])), level.template)
        if not level.form:
            return level.prefix + level.suffix
        named = [self._number_at(above) for above in range(max(1, depth - level.shown + 1), depth + 1)]
        return level.prefix + ".".join(filter(None, named)) + level.suffix

    def _number_at(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None or not level.form:
            return ""
        count = self.counts[depth] if depth <= _LEVELS else None
        return formatted(level.start if count is None else count, level.form)


@dataclass(frozen=True)
class Style:
    """What a paragraph's or a span's style says. `outline`: the level of a heading, None for other text."""

    hidden: bool = False
    outline: int | None = None
    title: bool = False
    unnumbered: bool = False


class Styles:
    """All styles of a document, looked up by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for one in root.iter(full("style:style")):
                key = attribute(one, "style:family"), attribute(one, "style:name")
                self._elements.setdefault(key, one)
            for one in root.iter(full("text:list-style")):
                self.lists.setdefault(attribute(one, "style:name"), _levels(one))
            for one in root.iter(full("text:outline-style")):
                self.outline = _levels(one)

    def of(self, family: str, name: str) -> Style:
        """Return a style with what it takes over from those it builds on."""
        key = family, name
        if key not in self._known:
            self._known[key] = self._resolved(family, name)
        return self._known[key]

    def _resolved(self, family: str, name: str) -> Style:
        hidden = outline = None
        title = unnumbered = False
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get((family, name))
            title = title or name == "Title"
            if element is None:
                break
            properties = element.find(full("style:text-properties"))
            if hidden is None and properties is not None:
                hidden = properties.get(full("text:display"))
            outline = element.get(full("style:default-outline-level")) if outline is None else outline
            unnumbered = unnumbered or element.get(full("style:list-style-name")) == ""
            name = attribute(element, "style:parent-style-name")
        level = int(outline) if outline and outline.isascii() and outline.isdigit() else None
        return Style(hidden == "none", level, title, unnumbered)


def _levels(style: Element) -> dict[int, Level]:
    return {depth: _level(one) for one in style if (depth := number(one, "text:level", 0, _LEVELS + 1))}


def _level(element: Element) -> Level:
    label = element.find(f"{full('style:list-level-properties')}/{full('style:list-level-label-alignment')}")
    close = label is not None and attribute(label, "text:label-followed-by") == "nothing"
    bullet = attribute(element, "text:bullet-char")
    if bullet or not str(element.tag).endswith(("-number", "outline-level-style")):
        return Level(bullet="•" if "\ue000" <= bullet <= "\uf8ff" else bullet, close=close)
    return Level(
        _form(attribute(element, "style:num-format"), attribute(element, "style:num-letter-sync") == "true"),
        attribute(element, "style:num-prefix"),
        attribute(element, "style:num-suffix"),
        number(element, "text:display-levels", 1, _LEVELS),
        number(element, "text:start-value", 1),
        attribute(element, "loext:num-list-format") or attribute(element, "style:num-list-format"),
        close=close,
    )


def _form(format_: str, synchronous: bool) -> str:
    """Return the number format of style:num-format: 1, a, or LibreOffice's samples such as "一, 二, 三, ..."."""
    if not format_:
        return ""
    if format_ in {"a", "A"} and not synchronous:  # ODF 1.3, 19.500: a … z, aa, ab; LibreOffice writes both so
        return "lowerLetterCounted" if format_ == "a" else "upperLetterCounted"
    return _WHOLE_FORMATS.get(format_) or _FORMATS.get(format_[0], "decimal")
