"""What is known of a document by its name, its folders and its text: when it was written, which place it is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from classifier.report import dates, outline, place_names
from classifier.text.paragraph import Kind


@dataclass(frozen=True)
class DocumentFacts:
    """`title`, `place`: "" where the document does not tell; `date`: see `classifier.report.dates`, None likewise."""

    title: str
    place: str
    date: str | None


def facts_of(path: str, kinds: Sequence[Kind], texts: Sequence[str]) -> DocumentFacts:
    """Return what a document tells of itself; `kinds` and `texts`: those of its paragraphs, in order."""
    levels = outline.levels(kinds, texts)
    title = next((text for text, level in zip(texts, levels, strict=True) if level == outline.TITLE), "")
    name = PurePath(path)
    place = place_names.of_document([name.stem, title, *reversed(name.parts[:-1])])
    return DocumentFacts(title, place, dates.of_document(name.stem, texts))
