"""A labelled document as a Word file: its paragraphs as they stand, what is said of each in the margin as a comment."""

from collections.abc import Sequence
from typing import IO, Any

from classifier.api import Result
from classifier.extract.labelled import LabelWords
from classifier.extract.word import styles
from classifier.extract.word.paragraphs import joined, plain
from classifier.own_outputs import MARK
from classifier.report import outline

_INITIALS = 3  # characters that Word shows before a comment's number


def write_labelled_word(documents: Sequence[Sequence[Result]], words: LabelWords, stream: IO[bytes]) -> None:
    """Write documents' paragraphs as .docx with comments (Word, WPS and LibreOffice show them in the margin).

    Where there are several, each begins on a page of its own under its name. Raises MissingExtraError without
    python-docx.
    """
    book = styles.new_document()
    for number, results in enumerate(documents):
        if len(documents) > 1 and results:
            name = book.add_paragraph(plain(results[0].file), "Heading 1")
            name.paragraph_format.page_break_before = number > 0
        _add(book, results, words)
    facts = book.core_properties
    facts.author, facts.language = "", "zh-CN"
    facts.keywords = MARK
    book.save(stream)


def _add(book: Any, results: Sequence[Result], words: LabelWords) -> None:
    kinds, texts = [result.kind for result in results], [result.text for result in results]
    rows = outline.column_rows(kinds, texts)
    for place, (result, level) in enumerate(zip(results, outline.levels(kinds, texts), strict=True)):
        kind = "table" if place in rows else result.kind
        style = "Title" if level == outline.TITLE else f"Heading {level - 1}" if level else _STYLES.get(kind)
        paragraph = book.add_paragraph(plain(joined(result.text)), style or "Body Text")
        if said := words.of(result):
            author = words.author(result)
            book.add_comment(paragraph.runs, plain(said), author, author[:_INITIALS])
    if notes := [note for result in results for note in result.notes]:
        book.add_paragraph(words.left_out, "Heading 1")
        for note in notes:
            book.add_paragraph(plain(note.say(words.language)), "Normal")


_STYLES = {"boilerplate": "Normal", "footnote": "Normal", "table": "Normal"}
