"""An extract as a Word file: title, contents, the passages by document, the list of documents."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, Any

from classifier.extract.passage import Extract, Passage, ReadDocument
from classifier.extract.word import styles
from classifier.extract.word.paragraphs import bookmarked, field, joined, link, paragraph, run, save, table
from classifier.extract.words import Words
from classifier.own_outputs import MARK

_GREY = '<w:color w:val="7F7F7F"/>'
_KEEP = "<w:keepLines/>"
_WITH_NEXT = "<w:keepNext/>"
_LIST = "_documents"
_UNREAD = "_unread"
_COMMENT = 255  # characters of a comment in a document's properties: no more are allowed


def write_word(extract: Extract, words: Words, stream: IO[bytes]) -> None:
    """Write an extract as .docx. Raises MissingExtraError without python-docx."""
    document = styles.new_document()
    taken = extract.by_document()
    wide = styles.width(document.sections[0])
    documents = (part for number, some in taken.items() for part in _document(extract, words, number, some))
    front = (*_front(extract, words), *_contents(extract, words, taken))
    parts = chain(front, documents, _list(extract, words, taken, wide))
    facts = document.core_properties
    facts.title, facts.author, facts.language = words.title(extract), "", "zh-CN"
    facts.keywords = MARK
    facts.comments = " ".join(words.about(extract))[:_COMMENT]
    _ask_for_numbers(document)
    save(document, parts, stream)


def _front(extract: Extract, words: Words) -> Iterator[str]:
    yield paragraph("Title", run(words.title(extract)))
    for line in words.about(extract):
        yield paragraph("Subtitle", run(line))


def _contents(extract: Extract, words: Words, taken: dict[int, list[Passage]]) -> Iterator[str]:
    """Yield a line a document, with the number of its page.

    Each number is a field of its own: inside a contents field LibreOffice takes the numbers as they stand in the file,
    and nobody knows them before the pages are laid out.
    """
    if not taken:
        yield paragraph("BodyText", run(words("no_passages")))
    else:
        yield paragraph("Heading2", run(words("contents")), properties='<w:outlineLvl w:val="9"/>')
    for number in taken:
        yield _line(extract.documents[number].name, _mark(number))
    yield _line(words("documents"), _LIST)
    if extract.unread:
        yield _line(words.unread(extract), _UNREAD)


def _line(name: str, mark: str) -> str:
    return paragraph(styles.CONTENTS, link(mark, run(name), run("\t"), field(f"PAGEREF {mark} \\h")))


def _mark(number: int) -> str:
    return f"_document{number}"


def _document(extract: Extract, words: Words, number: int, passages: Sequence[Passage]) -> Iterator[str]:
    one = extract.documents[number]
    first = extract.passages[0] is passages[0]
    new_page = "<w:pageBreakBefore/>" if first else ""
    yield paragraph("Heading1", bookmarked(number, _mark(number), run(one.name)), properties=new_page)
    if said := " · ".join(part for part in (one.title, one.place, one.date) if part and part != one.name):
        yield paragraph("Normal", run(said, _GREY), properties=_WITH_NEXT)
    if one.notes:
        yield paragraph("Normal", run(f"{words('notes')}：{words.notes(one.notes)}", _GREY), properties=_WITH_NEXT)
    heading: tuple[str, ...] = ()
    for passage in passages:
        yield from _headings(heading, passage.where.headings)
        heading = passage.where.headings
        yield from _passage(extract, words, passage)


def _headings(before: tuple[str, ...], now: tuple[str, ...]) -> Iterator[str]:
    """Yield the headings that have changed since the passage before."""
    same = next((k for k, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), None)
    start = min(len(before), len(now)) if same is None else same
    for level, heading in enumerate(now[start:], start=start + 2):
        yield paragraph(f"Heading{min(level, 5)}", run(" ".join(heading.split())))


def _passage(extract: Extract, words: Words, passage: Passage) -> Iterator[str]:
    text = [run(f"{joined(passage.before)} ", _GREY)] if passage.before else []
    text.append(run(joined(passage.text)))
    text += [run(f" {joined(passage.after)}", _GREY)] if passage.after else []
    yield paragraph("BodyText", *text)
    marks = words.marks(extract, passage, topics=len(extract.topics) + extract.none > 1)
    source = f"——{' · '.join([words.source(extract, passage), *marks])}"
    lines = [source, *(f"{words('again')}：{line}" for line in words.again(extract, passage))]
    yield paragraph(styles.SOURCE, run("\n".join(lines)), properties=_KEEP)


def _list(extract: Extract, words: Words, taken: dict[int, list[Passage]], wide: int) -> Iterator[str]:
    heading = bookmarked(len(extract.documents), _LIST, run(words("documents")))
    yield paragraph("Heading1", heading, properties="<w:pageBreakBefore/>")
    repeated = extract.repeated_in()
    keys = ("no", "document", "place", "date", "taken", "repeated", "notes")
    rows = [[words(key) for key in keys]]
    for number, document in enumerate(extract.documents):
        counts = (str(len(taken.get(number, []))), str(repeated.get(number, 0)))
        rows.append(
            [str(number + 1), _name(document), document.place, document.date, *counts, words.notes(document.notes)]
        )
    shares = (6, 36, 14, 16, 7, 7, 14)
    widths = [wide * share // sum(shares) for share in shares]
    yield table("TableGrid", widths, rows, styles.CELL_HEADING, styles.CELL)
    yield paragraph(styles.SOURCE)
    if extract.unread:
        yield paragraph("Heading1", bookmarked(len(extract.documents) + 1, _UNREAD, run(words.unread(extract))))
        for unread in extract.unread:
            yield paragraph("BodyText", run(_reason(unread.path, unread.reason)))
    if extract.passed_over:
        yield paragraph("Heading1", run(words("over")))
        for path in extract.passed_over:
            yield paragraph("BodyText", run(path))


def _name(document: ReadDocument) -> str:
    return (
        f"{document.name}\n{document.title}"
        if document.title and document.title not in document.name
        else document.name
    )


def _reason(path: str, reason: str) -> str:
    return reason if reason.startswith(path) else f"{path}: {reason}"


def _ask_for_numbers(document: Any) -> None:
    """Have Word work out the page numbers of the contents when it opens the file; LibreOffice does so by itself."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
