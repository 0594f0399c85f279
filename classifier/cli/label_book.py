"""`classify FILE -o x.xlsx`: a workbook in which a person corrects what the model said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from classifier.cli.pages import PageLanguage
from classifier.cli.say import say

if TYPE_CHECKING:
    from classifier.api import Model, Result


@dataclass(frozen=True)
class Book:
    """What was asked for. `files`: as they were named; `boilerplate`: with paragraphs that never carry a label.

    `by_sentence`: results are sentences. `failures`: why documents could not be read, known once all are.
    """

    files: Sequence[str]
    language: PageLanguage
    boilerplate: bool
    explain: bool
    by_sentence: bool = False
    failures: Sequence[Exception] = ()


def write_book(documents: Iterator[list["Result"]], model: "Model", stream: IO[bytes], how: Book) -> None:
    """Write labelled documents as a workbook to correct; say which paragraphs no cell holds."""
    from classifier.cli.rows import in_words, similar_in_words  # noqa: PLC0415
    from classifier.documents.display_names import display_names  # noqa: PLC0415
    from classifier.documents.file_names import readable  # noqa: PLC0415
    from classifier.extract.correcting import Correcting  # noqa: PLC0415 - as are all things that take their time
    from classifier.extract.labelled import LabelWords  # noqa: PLC0415
    from classifier.i18n.sentences import translated  # noqa: PLC0415

    words = LabelWords(model.taxonomy, model.in_doubt, how.language.value)
    files = [readable(file) for file in how.files]
    shown = dict(zip(files, display_names(files), strict=True))

    def similar(result: "Result") -> str:
        return similar_in_words(result, words.name, how.language.value)

    why, like = (in_words, similar) if how.explain else (None, None)

    def unread() -> list[tuple[str, str]]:
        messages = map(str, how.failures)
        return [(_named(one, how.files), translated(one, how.language.value)) for one in messages]

    book = Correcting(words, shown, how.boilerplate, why, like, how.by_sentence, unread)
    for line in book.write(documents, stream):
        say(line)


def _named(message: str, files: Sequence[str]) -> str:
    """Return which of the files, or what in one, a message is of: it begins with the name, which may hold colons."""
    return max((one for one in files if message.startswith(f"{one}: ")), key=len, default=message.partition(": ")[0])
