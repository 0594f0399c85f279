"""What an RTF file shows: characters put to paragraphs, cells and rows, in the body and in flows of their own."""

import re

from classifier.documents.document import Block
from classifier.documents.field_codes import shown_by
from classifier.documents.notes import Note
from classifier.documents.number_formats import spaced
from classifier.documents.rtf import styles
from classifier.documents.rtf.flow import Flow
from classifier.documents.rtf.group_state import GroupState
from classifier.documents.rtf.lists import Lists

_SYMBOL_GLYPH = re.compile("[\uf000-\uf0ff\ufffd]")


class Story:
    """Takes characters and marks in the order of the file; then `blocks` and `notes`.

    `shapes`: what a paragraph style makes of its paragraphs, by number; `lists`: how list items are numbered. Both are
    filled in while the file's tables are read. `numbers_written`: the file writes the numbers of list items out.
    """

    def __init__(self, *, numbers_written: bool) -> None:
        self.shapes: dict[int, Block] = {}
        self.lists = Lists()
        self.row_heading = False
        self._numbers_written = numbers_written
        self._flows = [Flow("body")]
        self._ended: dict[str, list[Block]] = {"header": [], "footer": []}
        self._counts: dict[str, int] = {}

    def blocks(self) -> list[Block]:
        """Return headers, the text with notes where they are referred to, footers; headers and footers each once."""
        body = self._flows[0].end()
        headers, footers = (_once(self._ended[place]) for place in ("header", "footer"))
        return [*headers, *body, *footers]

    def notes(self, undecodable: int) -> list[Note]:
        """Return what was left out, and the `undecodable` bytes that fitted no character."""
        repeated = sum(len(blocks) - len(_once(blocks)) for blocks in self._ended.values())
        counts = {**self._counts, "undecodable": undecodable, "repeated_furniture": repeated}
        return [Note(kind, amount) for kind, amount in counts.items() if amount]

    def count(self, kind: str, amount: int = 1) -> None:
        """Note that something was left out."""
        self._counts[kind] = self._counts.get(kind, 0) + amount

    def put(self, text: str, state: GroupState) -> None:
        """Add characters to the paragraph under way, or count them where they are deleted or hidden."""
        flow = self._flows[-1]
        if flow.use == "instruction" or not (state.deleted or state.hidden):
            flow.pieces.append(text)
        else:
            self.count("deleted_text" if state.deleted else "hidden_text", len("".join(text.split())))

    def begin_flow(self, use: str, undecodable: int) -> None:
        """Begin a flow of its own: a header, a footnote, a text box, a field's instruction, a list item's number."""
        self._flows.append(Flow(use, undecodable))

    def end_flow(self, state: GroupState, undecodable: int) -> int:
        """Put what a flow holds to its place; return how many bytes fitted no character, less glyphs of bullets."""
        flow, above = self._flows.pop(), self._flows[-1]
        if flow.use == "number":
            text = flow.text()
            above.number = above.number or spaced("•" if _SYMBOL_GLYPH.search(text) else text)
            return flow.bad_before  # a glyph, not a character lost
        if flow.use == "instruction":
            shown = shown_by(flow.text())
            if shown is not None:
                state.known = True
                self.put(shown.text, state)
                self.count("phonetic", shown.phonetic)
        elif flow.use in {"box", "footnote"}:
            above.after += flow.end("footnote" if flow.use == "footnote" else None)
        else:
            self._ended[flow.use] += flow.end("furniture")
        return undecodable

    def end_paragraph(self, state: GroupState) -> None:
        """End a paragraph, but where its mark is deleted: then two paragraphs have become one."""
        if not state.deleted:
            self._number(state)
            self._flows[-1].end_paragraph(state.table_depth, self._shape(state))

    def end_page(self, state: GroupState) -> None:
        """End the paragraph where a page or column ends by hand; inside tables such marks do nothing."""
        if not state.table_depth:
            self._flows[-1].end_paragraph(0, self._shape(state))

    def end_cell(self, depth: int, state: GroupState) -> None:
        """End a cell of the table that stands in `depth` - 1 others."""
        self._number(state)
        self._flows[-1].end_cell(depth, self._shape(state))

    def end_row(self, depth: int) -> None:
        """End a row of the table that stands in `depth` - 1 others."""
        self._flows[-1].end_row(depth, self.row_heading)

    def _shape(self, state: GroupState) -> Block:
        by_style = self.shapes.get(state.style, styles.BODY)
        if state.outline is None:
            return by_style
        is_heading = 0 <= state.outline < 9 and by_style is not styles.CONTENTS
        return styles.heading(state.outline + 1) if is_heading else styles.BODY

    def _number(self, state: GroupState) -> None:
        """Work the paragraph's number out, where the file names its list and writes no numbers."""
        if state.list and not self._numbers_written:
            flow = self._flows[-1]
            flow.number = flow.number or self.lists.number(state.list, state.list_level)


def _once(blocks: list[Block]) -> list[Block]:
    return list({" ".join(block.text.split()): block for block in reversed(blocks) if block.text.strip()}.values())[
        ::-1
    ]
