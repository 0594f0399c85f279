"""What `classify FILE` reads: names filled in, outputs of earlier runs passed over, each document labelled."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.passed_over import say_other_kinds
from classifier.cli.progress import pages_told
from classifier.cli.say import say, say_files, say_notes
from classifier.errors import InputError

if TYPE_CHECKING:
    from classifier.api import Model, Result
    from classifier.decisions import Decisions
    from classifier.similar import LabelledParagraphs


def files_of(names: list[str], output: Path | None) -> tuple[list[str], list[Path]]:
    """Return the documents that names stand for, folders opened, patterns filled in; and which outputs are passed over.

    The output is no document, nor are tables that an earlier run wrote.
    """
    if all(Path(name).is_file() for name in names):
        return names, []  # whatever is named itself is taken, and told by its content

    from classifier.report.sources import find_documents  # noqa: PLC0415 - brings what reads tables

    files, over = find_documents(names)
    own = say_other_kinds(over)
    there = output if output is not None and output.is_file() else None
    written = [
        file
        for file in files
        if file not in names and ((there and there.samefile(file)) or is_labelled_table(Path(file)))
    ]
    say_files("passed over, being an output of classify", written)
    if len(written) == len(files):
        raise InputError(f"{', '.join(names)}: holds no documents that can be read")
    return [file for file in files if file not in written], own + [Path(file) for file in written]


def is_labelled_table(path: Path) -> bool:
    """Tell whether a file is a table that this command wrote, by its headings."""
    from classifier.bulk.find_source import input_format  # noqa: PLC0415 - brings what reads tables
    from classifier.bulk.labelled_tables import holds_documents  # noqa: PLC0415

    return holds_documents(path, input_format(path))


def results_of(
    files: list[str], model: "Model", failures: list[InputError], decisions: "Decisions | None",
    similar: "LabelledParagraphs | None", text_column: str | None, *, sentences: bool,
) -> Iterator[list["Result"]]:  # fmt: skip
    """Yield each document's results; a document that cannot be read is reported and passed over.

    `similar`: what to look for similar paragraphs in; None for results without reasons.
    """
    from classifier.documents.read import read_readable  # noqa: PLC0415

    with pages_told():
        for document in read_readable(files, _failing(failures), text_column):
            say_notes(document.name, document.notes)
            results = model.label_document(document, explain=similar is not None, sentences=sentences)
            yield _beside_people(results, decisions, similar)


def _beside_people(
    results: list["Result"], decisions: "Decisions | None", similar: "LabelledParagraphs | None"
) -> list["Result"]:
    """Put in what people decided, and what they labelled that is similar; what is not asked for is not imported."""
    if decisions is not None:
        from classifier.decisions import with_decisions  # noqa: PLC0415

        results = with_decisions(results, decisions)
    if similar is not None:
        from classifier.similar import with_similar  # noqa: PLC0415

        results = with_similar(results, similar)
    return results


def _failing(failures: list[InputError]) -> Callable[[InputError], None]:
    """Return what notes and says that a document cannot be read."""

    def failed(error: InputError) -> None:
        failures.append(error)
        say(str(error))

    return failed
