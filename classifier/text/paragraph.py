"""A paragraph: a stretch of a document's text that gets labels of its own."""

from dataclasses import dataclass
from typing import Literal

from classifier.documents.document import Cells

Kind = Literal["heading", "body", "table", "footnote", "boilerplate"]
KINDS: tuple[Kind, ...] = ("heading", "body", "table", "footnote", "boilerplate")
"""table: a row of a table. boilerplate: sources, credits, dates, navigation, page furniture; never labelled."""


@dataclass(frozen=True)
class Paragraph:
    """`document.text[start:end] == text`, counted in characters.

    `page`: where it begins, counted from 1; None where the format has no fixed pages. `recognised`: read from a
    picture by OCR, so characters may be wrong. `cells`: what else stands in the row of a table with headings.
    """

    index: int
    start: int
    end: int
    text: str
    kind: Kind
    page: int | None = None
    recognised: bool = False
    cells: Cells = ()
