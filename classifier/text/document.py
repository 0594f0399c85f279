"""The two things a text is made of here: a document and its paragraphs, both immutable."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "body", "boilerplate"]


@dataclass(frozen=True)
class Document:
    """A decoded text and where it came from.

    `text` is what spans count in: the decoded file, or the text that was taken out of a web page,
    a Word file or a PDF. `encoding` is None where the format says it itself (docx, pdf).
    """

    name: str
    text: str
    format: str = "txt"
    encoding: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A stretch of a document's text: `document.text[start:end] == text`, counted in characters."""

    index: int
    start: int
    end: int
    text: str
    kind: Kind
