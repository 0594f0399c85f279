"""Automatic numbers as Word prints them: definitions of lists (ECMA-376 Part 1, 17.9) and the counting."""

import re
from dataclasses import dataclass
from functools import cache

from classifier.documents.number_formats import formatted
from classifier.documents.symbol_fonts import bullet
from classifier.documents.word.names import RPR, W, chosen, integer, is_on, value
from classifier.documents.word.styles import Styles
from classifier.documents.xml_element import Element

_PLACE = re.compile(r"%([1-9])")
_SAMPLE = re.compile(r"(0*)1(?:,|$)")  # a format of one's own: 001, 002, 003, ...


@dataclass(frozen=True)
class Level:
    """One level of a list. `text`: %1 to %9 stand for the numbers of the levels. `zeros`: digits that it has at least.

    `restart`: the level (counted from 1) after which it begins anew; 0 never, None after any higher one.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str | None = None
    zeros: int = 0


class Numbering:
    """The numbering part: lists (w:num) and the definitions that they share (w:abstractNum)."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        lists = () if root is None else root.iterfind(f"{W}num")
        shared = () if root is None else root.iterfind(f"{W}abstractNum")
        self._lists: dict[str, Element] = {one.get(f"{W}numId"): one for one in lists}
        self._shared: dict[str, Element] = {one.get(f"{W}abstractNumId"): one for one in shared}
        self.level = cache(self._level)
        self.level_of_style = cache(self._level_of_style)
        self.first = cache(self._first)

    def counted_with(self, number: str) -> str | None:
        """Return the definition whose counters a list shares with all lists of it; None where there is no such list."""
        found = value(self._lists[number].find(f"{W}abstractNumId")) if number in self._lists else None
        return found if found in self._shared else None

    def _level(self, number: str, level: int) -> Level | None:
        own = self._override(number, level)
        element = None if own is None else own.find(f"{W}lvl")
        if element is None:
            element = self._elements(number).get(level)
        return None if element is None else _read_level(element)

    def override(self, number: str, level: int) -> int | None:
        """Return the number with which a list begins this level in spite of its definition.

        None where the definition holds.
        """
        own = self._override(number, level)
        return None if own is None else integer(value(own.find(f"{W}startOverride")))

    def _first(self, number: str, level: int) -> int:
        override = self.override(number, level)
        found = self.level(number, level)
        return override if override is not None else found.start if found else 1

    def _level_of_style(self, number: str, chain: tuple[str, ...]) -> int | None:
        """Return the level that is linked to the first linked of these styles."""
        linked = {value(one.find(f"{W}pStyle")): level for level, one in self._elements(number).items()}
        return next((linked[style] for style in chain if style in linked), None)

    def _override(self, number: str, level: int) -> Element | None:
        overrides = self._lists[number].iterfind(f"{W}lvlOverride") if number in self._lists else ()
        return next((override for override in overrides if override.get(f"{W}ilvl") == str(level)), None)

    def _elements(self, number: str) -> dict[int, Element]:
        """Return a list's levels; a definition may point to a list style, whose list has them."""
        for _ in range(4):  # a link to a link to a link is nobody's file
            shared = self._shared.get(self.counted_with(number) or "")
            if shared is None:
                return {}
            style = value(shared.find(f"{W}numStyleLink"))
            linked = self._styles.look(style).number if style else None
            if linked is None or linked == number:
                levels = shared.iterfind(f"{W}lvl")
                return {integer(level.get(f"{W}ilvl")) or 0: level for level in levels}
            number = linked
        return {}


class Counters:
    """How far the lists have been counted in one flow of text."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counted: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def numbered(self, text: str, number: str, level: int) -> str:
        """Count one paragraph of a list and return its text with its number before it."""
        definition = self._numbering.level(number, level)
        shared = self._numbering.counted_with(number)
        if definition is None or shared is None:
            return text
        counted = self._counted.setdefault(shared, {})
        self._count(counted, number, level)
        shown = "" if definition.hidden else self._shown(counted, number, definition)
        if not shown:
            return text
        text = text.lstrip(" \t\u3000")
        return shown + (" " if definition.suffix != "nothing" and _run_together(shown, text) else "") + text

    def _count(self, counted: dict[int, int], number: str, level: int) -> None:
        lists = self._numbering
        begins = (number, level) not in self._begun and lists.override(number, level) is not None
        self._begun.add((number, level))
        if begins or level not in counted:
            counted[level] = lists.first(number, level)
        else:
            counted[level] += 1
        for higher in range(level):  # a level that was passed over counts as begun
            counted.setdefault(higher, lists.first(number, higher))
        for deeper in [one for one in counted if one > level]:
            definition = lists.level(number, deeper)
            after = definition.restart if definition else None
            if after is None or level < after:
                del counted[deeper]

    def _shown(self, counted: dict[int, int], number: str, definition: Level) -> str:
        if definition.form == "bullet":
            return bullet(definition.text)
        return _PLACE.sub(lambda place: self._place(counted, number, definition, int(place[1]) - 1), definition.text)

    def _place(self, counted: dict[int, int], number: str, definition: Level, level: int) -> str:
        of_level = self._numbering.level(number, level)
        if of_level is None or level not in counted:
            return ""
        legal = definition.legal and of_level.form != "decimalZero"
        shown = formatted(counted[level], "decimal" if legal else of_level.form)
        return shown.zfill(of_level.zeros)


def _run_together(number: str, text: str) -> bool:
    """Return whether number and text would read as one word or number: 第一章 总则, 1.1 2026年, 1. 5亿元."""
    if number[-1].isalpha() or number[-1].isdecimal():
        return True
    return number[-1] in ".．" and text[:1].isascii() and text[:1].isalnum()


def _read_level(element: Element) -> Level:
    form, sample = "decimal", ""
    for one in element:
        one = next(iter(chosen(one)), None) if one.tag.endswith("}AlternateContent") else one  # noqa: PLW2901
        if one is not None and one.tag == f"{W}numFmt":
            form, sample = value(one) or "decimal", one.get(f"{W}format") or ""
    zeros = _SAMPLE.match(sample) if form == "custom" else None
    return Level(
        start=integer(value(element.find(f"{W}start"))) or 0,
        form=form,
        text=value(element.find(f"{W}lvlText")) or "",
        suffix=value(element.find(f"{W}suff")) or "tab",
        restart=integer(value(element.find(f"{W}lvlRestart"))),
        legal=bool(is_on(element.find(f"{W}isLgl"))),
        hidden=bool(is_on(element.find(f"{RPR}/{W}vanish"))),
        style=value(element.find(f"{W}pStyle")),
        zeros=len(zeros[1]) + 1 if zeros else 0,
    )
