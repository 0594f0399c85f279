"""A flow of paragraphs and tables: the body of a document, a text box, a note, a header."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from classifier.documents.document import Block, Role
from classifier.documents.word.embedded import embedded_blocks
from classifier.documents.word.fields import Fields
from classifier.documents.word.footnotes import Footnotes
from classifier.documents.word.names import (
    ALTERNATE,
    GONE,
    PPR,
    RPR,
    TBL,
    M,
    P,
    W,
    child,
    chosen,
    integer,
    is_on,
    value,
)  # fmt: skip
from classifier.documents.word.numbering import Counters, Numbering
from classifier.documents.word.package import Package, target_of
from classifier.documents.word.runs import Line, hidden
from classifier.documents.word.styles import StyleLook, Styles
from classifier.documents.word.tables import table_blocks
from classifier.documents.word.tally import Tally
from classifier.documents.xml_element import Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOSE = frozenset(
    {f"{W}r", f"{W}hyperlink", f"{W}fldSimple", f"{W}smartTag", f"{W}ruby", f"{W}t", f"{M}oMath", f"{M}oMathPara"}
)
_SKIPPED = frozenset({f"{W}sectPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}customXmlPr", PPR, RPR, f"{W}tcPr"})
_Look: TypeAlias = tuple[Role, int | None]
_BODY: _Look = ("body", None)
_TITLES = frozenset({"title", "subtitle"})


@dataclass(frozen=True)
class Parts:
    """What all flows of a document share. `nested`: a document inside another, which embeds no further one."""

    package: Package
    styles: Styles
    numbering: Numbering
    tally: Tally
    footnotes: Footnotes
    name: str
    nested: bool = False


@dataclass
class _Pending:
    """A beginning of a paragraph that goes on in the next: its mark is deleted, or it is a dropped capital."""

    text: str = ""
    after: list[Block] = field(default_factory=list)


class Story:
    """Reads one flow. `part`: the name of the part it stands in, whose relations it uses."""

    def __init__(self, parts: Parts, flow: Element, part: str, counters: Counters | None = None) -> None:
        self._parts = parts
        self.part = part
        self.package, self.tally = parts.package, parts.tally
        self.fields = Fields(flow)
        self.has_looks = parts.styles.any_hidden or parts.package.has_looks(part)
        self._counters = counters or Counters(parts.numbering)
        self._box_counters: Counters | None = None
        self.space: str | None = flow.getroottree().getroot().get(_SPACE)
        self._pending = _Pending()
        self.blocks: list[Block] = []

    def read(self, container: Element) -> list[Block]:
        """Return the blocks of a container (a body, a cell …) in reading order."""
        outer, self.blocks = self.blocks, []
        before, self._pending = self._pending, _Pending()
        self._walk(container)
        self._flush()
        self._pending = before
        outer, self.blocks = self.blocks, outer
        return outer

    def _walk(self, container: Element) -> None:
        for element in container:
            tag = element.tag
            if tag == P:
                self._paragraph(element)
            elif tag == TBL:
                self._flush()
                self.blocks.extend(table_blocks(element, self))
            elif tag in _LOOSE:
                self._loose(element)
            elif tag in GONE:
                self.drop(element, "deleted_text")
            elif tag == f"{W}altChunk":
                self._flush()
                self.blocks.extend(embedded_blocks(element, self._parts, self.part))
            elif tag == ALTERNATE:
                self._walk(chosen(element))
            elif tag == f"{W}subDoc":
                self.leave_out_file(element)
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self._walk(element)

    def drop(self, element: Element, kind: str) -> None:
        """Count the text inside an element as left out."""
        texts = element.iter(f"{W}t", f"{W}delText")
        self.tally.add(kind, sum(len(text.text or "") for text in texts))

    def leave_out_file(self, element: Element) -> None:
        """Note a part of the document that is a file of its own elsewhere."""
        relation = target_of(self.package, self.part, element)
        self.tally.add("attachments", what=relation.target if relation else "?")

    def box(self, content: Element) -> list[Block]:
        """Return the blocks of a text box. Lists go on from box to box, apart from those of the text around."""
        if self._box_counters is None:
            self._box_counters = Counters(self._parts.numbering)
        inner = Story(self._parts, content, self.part, self._box_counters)
        inner._box_counters = self._box_counters  # a box in a box
        return inner.read(content)

    def note(self, reference: Element) -> list[Block]:
        """Return the blocks of the foot- or endnote that is referred to; none where it was shown before."""
        part, element = self._parts.footnotes.take(reference, self.part)
        if element is None:
            return []
        found = Story(self._parts, element, part, self._parts.footnotes.counters(self._parts.numbering)).read(element)
        return [replace(one, role="footnote", level=None) for one in found]

    def is_hidden(self, properties: Element, by_style: bool) -> bool:
        """Return whether a run with these properties is hidden."""
        return hidden(properties, by_style, lambda style: self._parts.styles.look(style).hidden)

    def _loose(self, element: Element) -> None:
        """Read what should stand in a paragraph and stands outside of any."""
        line = Line(self)
        line.walk([element])
        self._put(line.text(), _BODY, line.after)

    def _paragraph(self, element: Element) -> None:
        properties = child(element, PPR)
        style = None if properties is None else value(child(properties, f"{W}pStyle"))
        look = self._parts.styles.paragraph(style)
        line = Line(self, look.hidden)
        line.walk(element)
        text = line.text()
        if properties is not None and _goes_on(properties):
            self._pending.text += text
            self._pending.after.extend(line.after)
            return
        self._put(self._numbered(text, properties, look), _look(properties, look), line.after)

    def _put(self, text: str, look: _Look, after: list[Block]) -> None:
        pending, self._pending = self._pending, _Pending()
        text = pending.text + text
        if text.strip():
            self.blocks.append(Block(text, *look))
        self.blocks.extend(pending.after)
        self.blocks.extend(after)

    def _flush(self) -> None:
        if self._pending.text or self._pending.after:
            self._put("", _BODY, [])

    def _numbered(self, text: str, properties: Element | None, look: StyleLook) -> str:
        own = None if properties is None else child(properties, f"{W}numPr")
        number = None if own is None else value(own.find(f"{W}numId"))
        level = None if own is None else integer(value(own.find(f"{W}ilvl")))
        if number is None:
            number = look.number
        if number is None or integer(number) == 0:
            return text
        if level is None:
            linked = self._parts.numbering.level_of_style(number, look.chain)
            level = linked if linked is not None else look.number_level or 0
        return self._counters.numbered(text, number, level)


def _goes_on(properties: Element) -> bool:
    """Return whether a paragraph runs into the next: its mark is deleted or hidden, or it is a dropped capital."""
    frame = child(properties, f"{W}framePr")
    if frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}:
        return True
    mark = child(properties, RPR)
    if mark is None:
        return False
    return any(mark.find(one) is not None for one in GONE) or bool(is_on(mark.find(f"{W}vanish")))


def _look(properties: Element | None, style: StyleLook) -> _Look:
    own = None if properties is None else integer(value(child(properties, f"{W}outlineLvl")))
    outline = style.outline if own is None else own
    if outline is not None and 0 <= outline < 9:
        return "heading", outline + 1
    if style.name in _TITLES:
        return "heading", None
    return ("furniture", None) if _is_contents(style.name) else _BODY


def _is_contents(style: str) -> bool:
    """Return whether a style is one of a table of contents' lines (toc 1 to toc 9)."""
    return style.startswith("toc") and style.removeprefix("toc").strip() in set("123456789")
