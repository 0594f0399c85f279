"""Fields: what they show stays, what they say to Word goes ([MS-DOC] 2.8.25: marks 0x13, 0x14, 0x15)."""

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from classifier.documents.binary_word.pieces import whole

_MARKS = re.compile("[\x13\x14\x15]")
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)
_FORM = re.compile(r"\s*FORM(?:CHECKBOX|DROPDOWN)\b", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\s(.*)", re.IGNORECASE | re.DOTALL)
_PHONETIC = re.compile(r"\\\*\s*(?:jc|hps)\d", re.IGNORECASE)
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')  # formats of a phonetic guide: \* jc2 \* "Font:…" \* hps10
_EQUATION_PARTS = re.compile(r"\\[a-z]+\d*|\\.|[(),;]|[^\\(),;]+|\\", re.IGNORECASE | re.DOTALL)
_CIRCLES = frozenset("○◯〇□△◇")  # what \o() draws around a character
_ENCLOSED = {normalize("NFKC", chr(code)): chr(code) for code in (*range(0x3280, 0x328A), *range(0x2460, 0x2474))}


def fields(text: str, form: Callable[[int, int], str] = lambda _start, _end: "") -> Iterator[tuple[int, int, str]]:
    """Yield for each field the bounds of what is not shown, and what is shown instead.

    `form`: returns what a form field between two characters shows.

    A mark without its partner is no field, so that a damaged file loses no text behind it.
    """
    open_: list[list[int]] = []
    for mark in _MARKS.finditer(text):
        at = mark.start()
        if mark[0] == "\x13":
            open_.append([at, -1])
        elif open_ and mark[0] == "\x14":
            open_[-1][1] = at if open_[-1][1] < 0 else open_[-1][1]
        elif open_:
            start, divided = open_.pop()
            end = divided if divided >= 0 else at
            instruction = text[start + 1 : end]
            if _FORM.match(instruction):
                yield start, end, "" if text[end + 1 : at] else form(start, end)
            else:
                yield start, end, "" if divided >= 0 else _shown(instruction)


def _shown(instruction: str) -> str:
    """Return what a field without a result shows: a button's words, an equation's characters."""
    if button := _BUTTON.match(instruction):
        return whole(button[1]).strip()
    if equation := _EQUATION.match(instruction):
        return whole(_equation(equation[1]))
    return ""


def _equation(said: str) -> str:
    """Return an EQ field's characters on one line; of a phonetic guide and of an encircled character, the base."""
    arguments = _top_arguments(_SWITCH.sub("", said))
    if len(arguments) > 1 and arguments[0] in _CIRCLES:
        inside = "".join(arguments[1:])
        return _ENCLOSED.get(inside, inside)
    if len(arguments) > 1 and _PHONETIC.search(said):
        return "".join(arguments[1:])
    return "".join(arguments)


def _top_arguments(said: str) -> list[str]:
    """Return the text of the arguments of the outermost brackets, without the switches within."""
    arguments, depth = [""], 0
    for part in _EQUATION_PARTS.findall(said):
        if part == "(":
            depth += 1
        elif part == ")":
            depth -= 1
        elif part in {",", ";"} and depth <= 1:
            arguments.append("")
        elif part.startswith("\\") and part[1:2] in {"(", ")", ",", ";", "\\"}:
            arguments[-1] += part[1:]
        elif not part.startswith("\\") and depth > 0:
            arguments[-1] += part.strip()
    return [one for one in arguments if one]
