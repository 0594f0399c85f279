"""A labelled document as a Word file: its paragraphs as they stand, what is said of each in the margin as a comment."""

from collections.abc import Sequence
from typing import IO

from classifier.api import Result
from classifier.documents.notes import Note
from classifier.extract.labelled import LabelWords
from classifier.extract.word import styles
from classifier.extract.word.paragraphs import plain
from classifier.report import outline

_INITIALS = 3  # characters that Word shows before a comment's number


def write_labelled_word(results: Sequence[Result], words: LabelWords, stream: IO[bytes]) -> None:
    """Write a document's paragraphs as .docx with comments (Word, WPS and LibreOffice show them in the margin).

    Raises MissingExtraError without python-docx.
    """
    document = styles.new_document()
    levels = outline.levels([one.kind for one in results], [one.text for one in results])
    for one, level in zip(results, levels, strict=True):
        style = "Title" if level == outline.TITLE else f"Heading {level - 1}" if level else _STYLES.get(one.kind)
        paragraph = document.add_paragraph(plain(one.text), style or "Body Text")
        if said := words.of(one):
            author = words.author(one)
            document.add_comment(paragraph.runs, plain(said), author, author[:_INITIALS])
    _say_notes(document, [note for one in results for note in one.notes], words)
    facts = document.core_properties
    facts.author, facts.language = "", "zh-CN"
    document.save(stream)


_STYLES = {"boilerplate": "Normal", "footnote": "Normal", "table": "Normal"}


def _say_notes(document: object, notes: Sequence[Note], words: LabelWords) -> None:
    """Say at the end what the file lacks."""
    if notes:
        document.add_paragraph(words.left_out, "Heading 1")  # type: ignore[attr-defined] # python-docx, an extra
        for note in notes:
            document.add_paragraph(note.say(words.language), "Normal")  # type: ignore[attr-defined]
