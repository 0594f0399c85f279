"""What stands inside a paragraph: runs of text, with the changes accepted, fields as their results."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from classifier.documents.symbol_fonts import in_font, is_symbol_font, symbol
from classifier.documents.word import drawings
from classifier.documents.word.fields import FIELD_MARK
from classifier.documents.word.formula import formula
from classifier.documents.word.names import (
    ALTERNATE,
    BOX,
    GONE,
    PPR,
    RPR,
    TBL,
    M,
    O,
    P,
    W,
    child,
    chosen,
    is_on,
    value,
)  # fmt: skip
from classifier.documents.xml_element import Element

if TYPE_CHECKING:
    from classifier.documents.document import Block
    from classifier.documents.word.story import Story

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = re.compile(r"[\r\n]+")
_TEXT = f"{W}t"


class Line:
    """A paragraph's text while it is read. `after`: blocks that it anchors, for the place behind it."""

    def __init__(self, story: "Story", hidden: bool = False) -> None:
        self._story = story
        self._fields = story.fields
        self._hidden = hidden  # by the paragraph's style
        self._left_out = ""  # the kind of note that text here belongs to; "" where it is shown
        self._font = ""  # of the run, where it is a symbol font
        self.pieces: list[str] = []
        self.after: list[Block] = []

    def walk(self, parent: Element) -> None:
        """Read the children of an element. What is not known is a container: its text is shown."""
        for element in parent:
            handler = _HANDLERS.get(element.tag)
            if handler is not None:
                handler(self, element)
            elif isinstance(element.tag, str):
                self.walk(element)

    def text(self) -> str:
        """Return what was read, without the line breaks at its ends."""
        return "".join(self.pieces).strip("\n")

    def put(self, text: str) -> None:
        """Take text that stands here."""
        if not text or self._fields.in_code:
            return
        if self._fields.open:
            self._fields.see_text()
        if self._left_out:
            self._story.tally.add(self._left_out, len(text))
        else:
            self.pieces.append(text)

    def _run(self, run: Element) -> None:
        hidden = self._hidden
        if self._story.has_looks:
            properties = child(run, RPR)
            if properties is not None:
                self._font = _symbol_font(properties)
                hidden = self._story.is_hidden(properties, hidden)
        if hidden and not self._left_out:
            self._aside(run, "hidden_text")
        else:
            self.walk(run)
        self._font = ""

    def _aside(self, element: Element, kind: str) -> None:
        before, self._left_out = self._left_out, kind
        self.walk(element)
        self._left_out = before

    def _pass_over_deleted(self, element: Element) -> None:
        self._aside(element, "deleted_text")

    def _text(self, element: Element) -> None:
        text = element.text or ""
        if "\n" in text or "\r" in text:
            text = _BREAKS.sub(" ", text)
        if element.get(_SPACE, self._story.space) != "preserve":
            text = text.strip(" \t")
        if self._font:
            text = in_font(text, self._font)
        self.put(text)

    def _deleted_text(self, element: Element) -> None:
        """Take w:delText: not shown, wherever it stands."""
        self._story.tally.add("deleted_text", len(element.text or ""))

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(f"{W}char") or "", 16)
        except ValueError:
            code = 0
        sign = symbol(code, element.get(f"{W}font") or "")
        if sign is None and not (self._left_out or self._fields.in_code):
            self._story.tally.add("glyphs_without_characters")
        self.put(sign or "")

    def _field_mark(self, element: Element) -> None:
        if self._left_out != "deleted_text":
            shown = self._fields.mark(element)
            self.put(shown.text)
            self._story.tally.add("phonetic", shown.phonetic)

    def _field_code(self, element: Element) -> None:
        if self._left_out != "deleted_text":
            self._fields.add_code(element.text or "")

    def _ruby(self, element: Element) -> None:
        """Take the base text of a phonetic guide; the reading above it would stand in the middle of the words."""
        for part in element:
            if part.tag == f"{W}rt":
                self._aside(part, "phonetic")
            else:
                self.walk(part)

    def _note(self, element: Element) -> None:
        if not self._left_out and not self._fields.in_code:
            self.after.extend(self._story.note(element))

    def _comment(self, _: Element) -> None:
        self._story.tally.add("comments")

    def _formula(self, element: Element) -> None:
        self.put(formula(element))

    def _drawing(self, element: Element) -> None:
        if self._left_out:
            amount = sum(len(one.text or "") for one in element.iter(_TEXT))
            self._story.tally.add(self._left_out, amount)
        elif not self._fields.in_code:
            self.after.extend(drawings.blocks(element, self._story))

    def _alternate(self, element: Element) -> None:
        self.walk(chosen(element))

    def _block(self, element: Element) -> None:
        """Take a paragraph or table where none should stand."""
        self.put("\n")
        self.walk(element)
        self.put("\n")

    def _subdocument(self, element: Element) -> None:
        self._story.leave_out_file(element)

    def _skip(self, element: Element) -> None:
        pass


_Handler = Callable[[Line, Element], None]
_HANDLERS: dict[object, _Handler] = {
    f"{W}r": Line._run,  # noqa: SLF001 - the table of the class's own methods
    _TEXT: Line._text,  # noqa: SLF001
    f"{W}delText": Line._deleted_text,  # noqa: SLF001
    f"{W}tab": lambda line, _: line.put("\t"),
    f"{W}ptab": lambda line, _: line.put("\t"),
    f"{W}br": lambda line, _: line.put("\n"),
    f"{W}cr": lambda line, _: line.put("\n"),
    f"{W}noBreakHyphen": lambda line, _: line.put("-"),
    f"{W}sym": Line._symbol,  # noqa: SLF001
    FIELD_MARK: Line._field_mark,  # noqa: SLF001
    f"{W}instrText": Line._field_code,  # noqa: SLF001
    f"{W}ruby": Line._ruby,  # noqa: SLF001
    f"{W}footnoteReference": Line._note,  # noqa: SLF001
    f"{W}endnoteReference": Line._note,  # noqa: SLF001
    f"{W}footnote": Line._note,  # noqa: SLF001 - Word 2003 keeps notes where they are referred to
    f"{W}endnote": Line._note,  # noqa: SLF001
    f"{W}commentReference": Line._comment,  # noqa: SLF001
    f"{M}oMath": Line._formula,  # noqa: SLF001
    f"{W}drawing": Line._drawing,  # noqa: SLF001
    f"{W}pict": Line._drawing,  # noqa: SLF001
    f"{W}object": Line._drawing,  # noqa: SLF001
    BOX: Line._drawing,  # noqa: SLF001
    ALTERNATE: Line._alternate,  # noqa: SLF001
    P: Line._block,  # noqa: SLF001
    TBL: Line._block,  # noqa: SLF001
    f"{W}subDoc": Line._subdocument,  # noqa: SLF001
    **dict.fromkeys(GONE, Line._pass_over_deleted),  # noqa: SLF001
    **dict.fromkeys(
        (
            PPR, RPR, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}smartTagPr", f"{W}customXmlPr", f"{W}fldData", f"{W}tblPr",
            f"{W}tblGrid", f"{W}trPr", f"{W}tcPr", f"{W}rubyPr", f"{W}delInstrText", f"{W}pgNum", f"{M}oMathParaPr",
            f"{O}OLEObject", f"{W}lastRenderedPageBreak", f"{W}proofErr", f"{W}bookmarkStart", f"{W}bookmarkEnd",
        ),
        Line._skip,  # noqa: SLF001
    ),
}  # fmt: skip


def _symbol_font(properties: Element) -> str:
    fonts = child(properties, f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return font if is_symbol_font(font) else ""


def hidden(properties: Element, by_style: bool, styles_hidden: Callable[[str], bool]) -> bool:
    """Return whether a run is hidden: by what it says itself, else by its style, else by its paragraph's."""
    own = is_on(child(properties, f"{W}vanish"))
    if own is not None:
        return own
    style = value(child(properties, f"{W}rStyle"))
    return by_style or (style is not None and styles_hidden(style))
