"""What a reader makes of a file: text, the blocks that the format itself tells apart, notes on what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from classifier.documents.notes import Note

Role = Literal["body", "heading", "row", "column_heading", "footnote", "furniture"]
"""body: a paragraph. row: a row of a table, its cells divided by CELL. column_heading: the row that names the columns.
footnote: foot- and endnotes. furniture: page numbers, running headers and footers, side notes, dates and sources of
web pages, which never carry a label."""

Cells = tuple[tuple[str, str], ...]
"""What else stands in the row of a table with headings: heading and cell, blank ones and long texts left out."""

CELL = " | "
"""Divides the cells of a row."""


@dataclass(frozen=True)
class Block:
    """A paragraph as its format delimits it. `text` may hold soft line breaks (line feeds), never carriage returns.

    `level`: of a heading, 1 the highest; None where the format does not say. `page`: counted from 1, None where the
    format has no fixed pages. `recognised`: read from a picture by OCR, so characters may be wrong. `cells`: of a row.
    """

    text: str
    role: Role = "body"
    level: int | None = None
    page: int | None = None
    recognised: bool = False
    cells: Cells = ()


@dataclass(frozen=True)
class Reading:
    """What a format's reader returns. Either `blocks`, or `text` where the format knows no paragraphs.

    `encoding`: None where the format says it itself (docx, pdf). `metadata`: title, date, source, where the format
    tells them apart from the text.
    """

    blocks: Sequence[Block] = ()
    text: str = ""
    notes: Sequence[Note] = ()
    encoding: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A text and where it came from.

    `text` is what spans count in: the decoded file, or, where there are `blocks`, their texts joined by line breaks.
    `format`: txt, md, html, docx, doc, pdf … `encoding`: None where the format says it itself. `notes`: what the
    reader left out or could not be sure of. `metadata`: title, date, source, where the format tells them apart.
    """

    name: str
    text: str
    format: str = "txt"
    encoding: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, reading: Reading, name: str, format_: str) -> "Document":
        """Return a reading as a document; blocks without text fall away."""
        blocks = tuple(block for block in reading.blocks if block.text.strip())
        text = "\n".join(block.text for block in blocks) if blocks else reading.text
        metadata = MappingProxyType(dict(reading.metadata))
        return cls(name, text, format_, reading.encoding, blocks, tuple(reading.notes), metadata)

    def placed_blocks(self) -> Iterator[tuple[int, int, Block]]:
        """Yield each block with its start and end in `text`."""
        start = 0
        for block in self.blocks:
            yield start, start + len(block.text), block
            start += len(block.text) + 1
