"""An extract as Markdown."""

import re
from collections.abc import Iterator
from typing import IO

from classifier.extract.passage import Extract, Passage
from classifier.extract.word.paragraphs import joined, plain
from classifier.extract.words import Words
from classifier.own_outputs import MARKDOWN_MARK

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)  # what would begin a list or underline a heading


def escaped(text: str) -> str:
    """Return a text as Markdown that shows it as it is; its line breaks stay."""
    marked = _MARKS.sub(r"\\\1", plain(joined(text)))
    lines = _OPENING.sub(lambda found: f"{found[2]}\\" if found[2].isdigit() else f"\\{found[2]}", marked)
    return "\\\n".join(line.strip() for line in lines.split("\n") if line.strip())


def write_markdown(extract: Extract, words: Words, stream: IO[bytes]) -> None:
    """Write an extract as Markdown (UTF-8): a heading a document, below it the passages with their sources."""
    stream.write("\n\n".join(_parts(extract, words)).encode() + b"\n")


def _parts(extract: Extract, words: Words) -> Iterator[str]:
    yield f"# {_line(words.title(extract))}"
    yield from (escaped(line) for line in words.about(extract))
    for number, some in extract.by_document().items():
        yield f"## {_line(extract.documents[number].name)}"
        for passage in some:
            yield from _passage(extract, words, passage)
    yield f"## {words('documents')}"
    yield "\n".join(_documents(extract, words))
    if extract.unread:
        yield f"## {words.unread(extract)}"
        yield "\n".join(f"- {_line(one.reason)}" for one in extract.unread)
    if extract.passed_over:
        yield f"## {words('over')}"
        yield "\n".join(f"- {_line(path)}" for path in extract.passed_over)
    yield MARKDOWN_MARK


def _passage(extract: Extract, words: Words, passage: Passage) -> Iterator[str]:
    if passage.before:
        yield f"*{_line(passage.before)}*"
    yield escaped(passage.text)
    if passage.after:
        yield f"*{_line(passage.after)}*"
    marks = words.marks(extract, passage, topics=len(extract.topics) + extract.none > 1)
    lines = [" · ".join([words.source(extract, passage), *marks])]
    lines += [f"{words('again')}：{line}" for line in words.again(extract, passage)]
    yield "\n".join(f"> —— {_line(line)}" + "\\" * (number < len(lines) - 1) for number, line in enumerate(lines))


def _documents(extract: Extract, words: Words) -> Iterator[str]:
    taken, repeated = extract.by_document(), extract.repeated_in()
    for number, document in enumerate(extract.documents):
        counts = f"{words('taken')} {len(taken.get(number, []))}，{words('repeated')} {repeated.get(number, 0)}"
        said = " · ".join(
            part for part in (document.name, document.place, document.date, counts, words.notes(document.notes)) if part
        )
        yield f"- {_line(said)}"


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))
