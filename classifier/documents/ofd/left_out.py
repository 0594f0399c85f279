"""What a reading of an OFD file leaves out, by page, and the notes on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from classifier.documents.notes import Note
from classifier.documents.ocr.engine import why_unloadable
from classifier.documents.ocr.lines import RecognisedPage


@dataclass
class LeftOut:
    """Counts by page number, names of parts. `wordless`: pages of pictures, `drawn`: of shapes, without text."""

    hidden: Counter[int] = field(default_factory=Counter)
    glyphs: Counter[int] = field(default_factory=Counter)
    pictures: Counter[int] = field(default_factory=Counter)
    comments: Counter[int] = field(default_factory=Counter)
    stamps: Counter[int] = field(default_factory=Counter)
    wordless: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    recognised: list[tuple[int, RecognisedPage]] = field(default_factory=list)
    seals: int = 0
    attachments: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)

    def notes(self) -> list[Note]:
        """Return what there is to say."""
        counted = (
            ("hidden_text", self.hidden),
            ("glyphs_without_characters", self.glyphs),
            ("pictures", self.pictures),
            ("comments", self.comments),
        )
        notes = [Note(kind, counts.total(), _places(counts)) for kind, counts in counted if counts.total()]
        if self.wordless:
            notes.append(Note("pages_without_text", len(self.wordless), tuple(self.wordless)))
            if reason := why_unloadable():
                notes.append(Note("unloadable", what=reason))
        if self.drawn:
            notes.append(Note("pages_of_shapes", len(self.drawn), tuple(self.drawn)))
        if seals := max(self.seals, self.stamps.total()):  # a seal is a signature and its stamp on the page
            notes.append(Note("seals", seals, _places(self.stamps)))
        if self.recognised:
            from classifier.documents.ocr.reader import recognition_notes  # noqa: PLC0415 - numpy

            notes += recognition_notes(self.recognised)
        if self.attachments:
            notes.append(Note("attachments", len(self.attachments), what=_listed(self.attachments)))
        notes += [Note("damaged", 1, what=member) for member in dict.fromkeys(self.damaged)]
        return notes + [Note("too_large", 1, what=member) for member in dict.fromkeys(self.large)]


def _places(counts: Counter[int]) -> tuple[int, ...]:
    return tuple(sorted(page for page, amount in counts.items() if amount))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))
