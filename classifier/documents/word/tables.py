"""Tables: a row is a block, its cells divided; tables that only lay out a page are read as text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from classifier.documents.document import Block
from classifier.documents.rows import cell_text, heading_rows, joined_cells
from classifier.documents.word.names import ALTERNATE, GONE, RPR, W, child, chosen, is_on, value
from classifier.documents.xml_element import Element

if TYPE_CHECKING:
    from classifier.documents.word.story import Story

_LOOKED_AT = 20  # rows of whose letters it is asked whether they are bold
_LONG = 600  # characters over which a cell of several paragraphs is no cell but a text


class _Cell:
    """A cell, its blocks without the footnotes as paragraphs of one line, and these as one text."""

    def __init__(self, element: Element, blocks: list[Block], *, spans_rows: bool, spans_columns: bool) -> None:
        self._element = element
        self.blocks = blocks
        self.spans_rows = spans_rows
        self.spans_columns = spans_columns
        self.paragraphs = [block.text.replace("\n", " ") for block in blocks if block.role != "footnote"]
        self.text = cell_text(self.paragraphs)
        self.has_table = len(blocks) > 1 and sum(block.role in {"row", "column_heading"} for block in blocks) > 1

    @property
    def bold(self) -> bool:
        """Whether all its text is bold."""
        runs = [one for one in self._element.iterfind(f".//{W}r") if one.find(f"{W}t") is not None]
        return bool(runs) and all(is_on(run.find(f"{RPR}/{W}b")) for run in runs)

    def is_text(self, alone: bool) -> bool:
        """Return whether a cell holds a document; `alone`: in a table of one row, which has no columns to speak of."""
        if len(self.paragraphs) < 2:
            return alone and self.has_table
        lengths = [len(paragraph) for paragraph in self.paragraphs]
        if alone:
            return self.has_table or (sum(lengths) > 50 and max(lengths) > 30)
        return (len(lengths) > 2 and sum(lengths) > _LONG) or (len(lengths) > 5 and sum(lengths) > _LONG // 2)


class _Row:
    def __init__(self, cells: list[_Cell], is_heading: bool) -> None:
        self.cells = cells
        self.is_heading = is_heading
        self.filled = [cell for cell in cells if cell.text]

    def is_text(self, alone: bool) -> bool:
        only_table = len(self.filled) == 1 and self.filled[0].has_table
        return only_table or any(cell.is_text(alone) for cell in self.cells)


def table_blocks(table: Element, story: "Story") -> list[Block]:
    """Return a table's rows as blocks, or, where it only lays out a page, the blocks in its cells."""
    rows = [_row(one, story, first=not place) for place, one in enumerate(_rows(table, story))]
    rows = [row for row in rows if any(cell.blocks for cell in row.cells)]
    if all(len(row.filled) <= 1 and len(row.cells) == 1 for row in rows):  # one column
        return [block for row in rows for block in _as_text(row)]
    headings = _heading_rows(rows)
    found: list[Block] = []
    for place, row in enumerate(rows):
        found += _as_text(row) if row.is_text(len(rows) == 1) else _as_row(row, place in headings)
    return found


def _as_text(row: _Row) -> list[Block]:
    return [block for cell in row.cells for block in cell.blocks]


def _as_row(row: _Row, is_heading: bool) -> list[Block]:
    text = joined_cells([cell.text for cell in row.cells])
    notes = [block for cell in row.cells for block in cell.blocks if block.role == "footnote"]
    shown = [Block(text, "column_heading" if is_heading else "row")] if text else []
    return shown + notes


def _heading_rows(rows: list[_Row]) -> set[int]:
    """Return which rows name the columns; two where the second parts merged names."""
    marked = {place for place, row in enumerate(rows) if row.is_heading}
    bold = {place for place, row in enumerate(rows[:_LOOKED_AT]) if row.filled and all(one.bold for one in row.filled)}
    found = heading_rows([[cell.text for cell in row.cells] for row in rows], marked, bold=bold)
    if marked or not found:
        return found
    (first,) = found
    cells = rows[first].cells
    two_rows = any(cell.spans_rows for cell in cells) and any(cell.spans_columns for cell in cells)
    return {first, first + 1} if two_rows and first + 2 < len(rows) else found


def _rows(table: Element, story: "Story") -> Iterator[Element]:
    """Yield the rows that are shown, out of content controls and other wrappings too."""
    for part in table:
        properties = child(part, f"{W}trPr") if part.tag == f"{W}tr" else None
        if part.tag in GONE or (properties is not None and child(properties, f"{W}del") is not None):
            story.drop(part, "deleted_text")
        elif properties is not None and is_on(child(properties, f"{W}hidden")):
            story.drop(part, "hidden_text")
        elif part.tag == f"{W}tr":
            yield part
        elif isinstance(part.tag, str) and not part.tag.endswith(("Pr", "}tblGrid")):
            yield from _rows(chosen(part) if part.tag == ALTERNATE else part, story)


def _row(row: Element, story: "Story", *, first: bool) -> _Row:
    marked = row.find(f"{W}trPr/{W}tblHeader")
    return _Row([_cell(cell, story, first) for cell in _cells(row, story)], bool(is_on(marked)))


def _cells(row: Element, story: "Story") -> Iterator[Element]:
    for part in row:
        properties = child(part, f"{W}tcPr") if part.tag == f"{W}tc" else None
        if part.tag in GONE or (properties is not None and child(properties, f"{W}cellDel") is not None):
            story.drop(part, "deleted_text")
        elif part.tag == f"{W}tc":
            yield part
        elif isinstance(part.tag, str) and not part.tag.endswith("Pr"):
            yield from _cells(chosen(part) if part.tag == ALTERNATE else part, story)


def _cell(cell: Element, story: "Story", in_first_row: bool) -> _Cell:
    found = {property_.tag: property_ for properties in cell.iterchildren(f"{W}tcPr") for property_ in properties}
    down, across = found.get(f"{W}vMerge"), found.get(f"{W}hMerge")
    if any(one is not None and value(one) != "restart" for one in (None if in_first_row else down, across)):
        story.drop(cell, "hidden_text")  # goes on the cell above or before it, whose text alone Word shows
        return _Cell(cell, [], spans_rows=False, spans_columns=False)
    spans = value(across) == "restart" or (value(found.get(f"{W}gridSpan")) or "1") != "1"
    return _Cell(cell, story.read(cell), spans_rows=value(down) == "restart", spans_columns=spans)
