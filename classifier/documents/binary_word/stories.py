"""Puts a document together: its text, boxes and notes behind the paragraphs that hold them, headers and footers."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from classifier.documents.binary_word import sprms
from classifier.documents.binary_word.drawings import shapes
from classifier.documents.binary_word.fib import Fib
from classifier.documents.binary_word.little_endian import plc, u16, u32
from classifier.documents.binary_word.paragraphs import Paragraph, Paragraphs
from classifier.documents.binary_word.tables import Blocks
from classifier.documents.document import Block

_SEPARATORS = 6  # the first stories of the headers divide foot- and endnotes from the text ([MS-DOC] 2.3.5)
_EVEN, _FIRST = frozenset({0, 2}), frozenset({4, 5})  # of each six stories of a section; the others: odd pages
_FOOTERS = frozenset({2, 3, 5})
_SECTIONS_MOST = 1000  # whose properties are looked at
_SPA, _FTXBXS, _SED = 26, 22, 12  # bytes of an item ([MS-DOC] 2.9.253, 2.9.99, 2.9.242)


@dataclass(frozen=True)
class Stories:
    """What a document is put together from. `part`: returns a table of the file by its name.

    `paragraphs`: makes a reader of paragraphs whose lists begin anew. `left_out`: counts pictures.
    """

    word: bytes
    fib: Fib
    part: Callable[[str], bytes]
    paragraphs: Callable[[], Paragraphs]
    left_out: Counter[str]

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks: headers, text with boxes and notes behind their paragraphs, footers."""
        headers, footers = self._furniture()
        yield from headers
        yield from self._text()
        yield from footers

    def _text(self) -> Iterator[Block]:
        waiting = sorted(
            [*self._boxes(), *self._drawn("anchors"), *self._notes("footnotes"), *self._notes("endnotes")],
            key=lambda one: one[0],
        )
        places = [place for place, _ in waiting]
        taken = 0

        def with_after(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
            nonlocal taken
            for paragraph in paragraphs:
                first, taken = taken, max(taken, bisect_left(places, paragraph.end))
                yield replace(paragraph, after=[block for _, after in waiting[first:taken] for block in after])

        yield from Blocks().of(with_after(self.paragraphs().of(*self.fib.stories["text"])))
        for _, after in waiting[taken:]:  # what no paragraph refers to
            yield from after

    def _notes(self, kind: str) -> Iterator[tuple[int, list[Block]]]:
        """Yield place and blocks of each footnote or endnote."""
        places = plc(self.part(f"{kind.removesuffix('s')}_references"), 2)[0]
        paragraphs = self.paragraphs()
        for number, (start, end) in enumerate(self._parts_of(kind, plc(self.part(kind), 0)[0])):
            blocks = [replace(one, role="footnote", level=None) for one in Blocks().of(paragraphs.of(start, end))]
            place = places[number] if number < len(places) - 1 else len(self.word)
            yield place, [replace(block, text=block.text.lstrip(" ")) for block in blocks if block.text.strip()]

    def _parts_of(self, story: str, bounds: list[int]) -> Iterator[tuple[int, int]]:
        """Yield start and end of the parts of a story; what its table leaves out is a part, too."""
        start, end = self.fib.stories[story]
        at = start
        for bound in bounds[1:]:
            if at < start + bound <= end:
                yield at, start + bound
                at = start + bound
        if at < end:
            yield at, end

    def _boxes(self) -> Iterator[tuple[int, list[Block]]]:
        """Yield place and blocks of each text box; its shape's number says where the shape is anchored."""
        places, shapes = plc(self.part("anchors"), _SPA)
        anchors = {u32(shape, 0): place for shape, place in zip(shapes, places, strict=False)}
        bounds, boxes = plc(self.part("boxes"), _FTXBXS)
        paragraphs = self.paragraphs()
        parts = [*self._parts_of("boxes", bounds)]
        for number, (first, last) in enumerate(parts):
            shape = u32(boxes[number], 14) if number < len(boxes) else 0
            yield anchors.get(shape, len(self.word)), [*Blocks().of(paragraphs.of(first, last))]

    def _drawn(self, anchors: str) -> Iterator[tuple[int, list[Block]]]:
        """Yield place and text of each shape of WordArt; count shapes that are pictures."""
        known = {shape.number: shape for shape in shapes(self.part("drawings"))}
        places, anchored = plc(self.part(anchors), _SPA)
        for place, anchor in zip(places, anchored, strict=False):
            shape = known.get(u32(anchor, 0))
            if shape:
                self.left_out["pictures"] += shape.is_picture
                yield place, [Block(shape.text)]

    def _furniture(self) -> tuple[list[Block], list[Block]]:
        """Return the blocks of headers and of footers that are shown, each text once."""
        found: tuple[dict[str, Block], dict[str, Block]] = ({}, {})
        start, end = self.fib.stories["headers"]
        bounds = [start + bound for bound in plc(self.part("headers"), 0)[0]]
        paragraphs = self.paragraphs()
        titles = [*self._title_pages()]
        even = bool(u16(self.part("settings") or b"\0\0", 0) & 1)
        read = start
        for number, (first, last) in enumerate(pairwise(bounds[_SEPARATORS:])):
            section, kind = divmod(number, 6)
            title_page = section < len(titles) and titles[section]
            unseen = (kind in _EVEN and not even) or (kind in _FIRST and not title_page)
            if unseen or not read <= first < last <= end:
                continue
            read = last
            for block in Blocks().of(paragraphs.of(first, last)):
                of_kind = found[kind in _FOOTERS]
                of_kind.setdefault(block.text.strip(), replace(block, role="furniture", level=None))
        boxes = Blocks().of(paragraphs.of(*self.fib.stories["header_boxes"]))
        drawn = [block for _, blocks in self._drawn("header_anchors") for block in blocks]
        for block in [*boxes, *drawn]:
            found[0].setdefault(block.text.strip(), replace(block, role="furniture", level=None))
        return [*found[0].values()], [*found[1].values()]

    def _title_pages(self) -> Iterator[bool]:
        """Yield for each section whether its first page has headers of its own."""
        for section in plc(self.part("sections"), _SED)[1][:_SECTIONS_MOST]:
            at = u32(section, 2)
            size = int.from_bytes(self.word[at : at + 2], "little") if at < len(self.word) else 0
            grpprl = self.word[at + 2 : at + 2 + size]
            yield any(sprm == sprms.TITLE_PAGE and any(operand) for sprm, operand in sprms.modifiers(grpprl))
