"""Fields (ECMA-376 Part 1, 17.16): which text is a field's code and which its result."""

from classifier.documents.field_codes import Shown, shown_by
from classifier.documents.word.names import BOX, GONE, W, integer, is_on, value
from classifier.documents.xml_element import Element

FIELD_MARK = f"{W}fldChar"
_KIND = f"{W}fldCharType"


class _Open:
    def __init__(self, mark: Element) -> None:
        self.mark = mark
        self.code = ""
        self.in_code = True
        self.has_result = False


class Fields:
    """The fields that are open where a flow of text has been read to; they may span paragraphs.

    A field that never ends would swallow all that follows: its beginning counts for nothing.
    """

    def __init__(self, flow: Element) -> None:
        self.open: list[_Open] = []
        self.in_code = 0  # how many of the open fields' codes what stands here is part of; they are not shown
        self._unclosed = _unclosed(flow)

    def add_code(self, text: str) -> None:
        """Take text of a field's code."""
        if self.open:
            self.open[-1].code += text

    def see_text(self) -> None:
        """Know that text is shown here: the open fields have a result."""
        for one in self.open:
            one.has_result = True

    def mark(self, mark: Element) -> Shown:
        """Take a field's beginning, divider or end. Returns what a field that keeps no result shows."""
        kind = mark.get(_KIND)
        if kind == "begin" and mark not in self._unclosed:
            self.open.append(_Open(mark))
            self.in_code += 1
        elif kind == "separate" and self.open and self.open[-1].in_code:
            self.open[-1].in_code = False
            self.in_code -= 1
        elif kind == "end" and self.open:
            last = self.open.pop()
            self.in_code -= last.in_code
            return Shown("") if last.has_result else _shown(last)
        return Shown("")


def _unclosed(flow: Element) -> list[Element]:
    begun: list[Element] = []
    for mark in flow.iter(FIELD_MARK):
        if _of_another_flow(mark, flow):
            continue
        if mark.get(_KIND) == "begin":
            begun.append(mark)
        elif mark.get(_KIND) == "end" and begun:
            begun.pop()
    return begun


def _of_another_flow(mark: Element, flow: Element) -> bool:
    for ancestor in mark.iterancestors():
        if ancestor is flow:
            return False
        if ancestor.tag == BOX or ancestor.tag in GONE:
            return True
    return False


def _shown(field: _Open) -> Shown:
    match field.code.strip().partition(" ")[0].upper():
        case "FORMCHECKBOX":
            return Shown(_box(field.mark.find(f"{W}ffData/{W}checkBox")))
        case "FORMDROPDOWN":
            return Shown(_choice(field.mark.find(f"{W}ffData/{W}ddList")))
    return shown_by(field.code) or Shown("")


def _box(box: Element | None) -> str:
    states = () if box is None else (is_on(box.find(f"{W}checked")), is_on(box.find(f"{W}default")))
    return "☒" if next((state for state in states if state is not None), False) else "☐"


def _choice(choices: Element | None) -> str:
    if choices is None:
        return ""
    entries = [value(one) or "" for one in choices.iterfind(f"{W}listEntry")]
    numbers = (integer(value(choices.find(W + one))) for one in ("result", "default"))
    chosen = next((number for number in numbers if number is not None), 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""
