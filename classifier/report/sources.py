"""What a report is made from: documents, folders of documents, scored tables, folders of such tables."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from classifier.api import Model
from classifier.bulk.find_source import find_source, table_format
from classifier.decisions import Decisions, with_decisions
from classifier.documents.document import Document
from classifier.documents.read import STDIN, read_readable
from classifier.errors import InputError
from classifier.report import dates
from classifier.report.items import Item

_LOCK = "~$"  # begins the names of files in which Word notes who has a document open
FOLDER = "folder"


@dataclass(frozen=True)
class Found:
    """A file to report on. `folder`: the folder it lies in below the one that was named, "" directly there."""

    path: str
    table: bool
    folder: str = ""


def find(names: Sequence[str]) -> tuple[list[Found], list[str]]:
    """Return the files that names stand for, folders opened, and those in folders that are passed over.

    A name may be a pattern (材料/*.docx, **/*.txt): not every shell fills them in. A file that two names stand for
    is there once. A folder that holds tables is a folder of tables: documents beside them are passed over.
    Raises InputError where no file fits a pattern, or a folder holds nothing to read.
    """
    found: list[Found] = []
    over: list[str] = []
    for name in (one for some in names for one in _fitting(some)):
        path = Path(name)
        if name != STDIN and path.is_dir():
            inside, others = _folder(path)
            found += inside
            over += others
        else:
            found.append(Found(name, name != STDIN and table_format(path) is not None))
    once = {one.path if one.path == STDIN else str(Path(one.path).resolve()): one for one in reversed(found)}
    return list(reversed(once.values())), over


def _fitting(name: str) -> list[str]:
    """Return what fits a pattern; what is none, or is there itself (报告[1].txt), as it is."""
    if name == STDIN or not has_magic(name) or os.path.lexists(name):
        return [name]
    fitting = sorted(glob(name, recursive=True))  # noqa: PTH207 - pathlib globs below a folder, not anywhere
    if not fitting:
        raise InputError(f"{name}: no file fits this pattern")
    if "**" in name:  # it names the folders as well as all that is in them
        fitting = [one for one in fitting if not Path(one).is_dir()]
    return fitting


def _folder(folder: Path) -> tuple[list[Found], tuple[str, ...]]:
    source = find_source(str(folder))
    found = [
        Found(
            file,
            table_format(path := Path(file)) is not None,
            "" if path.parent == folder else path.relative_to(folder).parts[0],
        )
        for file in source.files
        if not Path(file).name.startswith(_LOCK)
    ]
    return found, source.passed_over


def document_items(
    found: Sequence[Found], model: Model, failed: Callable[[InputError], None], decisions: Decisions | None = None
) -> Iterator[Item]:
    """Yield the paragraphs of documents, labelled; a document that cannot be read goes to `failed`.

    What people decided stands in place of the model's answers.

    Of an archive, each document is one of its own. What lies in several folders is compared by folder.
    """
    several = len({one.folder for one in found if one.folder}) > 1
    seen: dict[str, int] = {}
    for one, document in ((file, read) for file in found for read in read_readable([file.path], failed)):
        seen[document.name] = seen.get(document.name, 0) + 1
        name = document.name if seen[document.name] == 1 else f"{document.name} ({seen[document.name]})"
        facts = {FOLDER: one.folder} if several and one.folder else {}
        yield from items_of(document, name, model, facts, decisions)


def items_of(
    document: Document, name: str, model: Model, facts: dict[str, str], decisions: Decisions | None = None
) -> Iterator[Item]:
    """Yield a document's paragraphs, labelled and dated. Reasons are worked out where they are shown."""
    results = with_decisions(model.label_document(document, sentences=True), decisions)
    date = dates.of_document(Path(name).stem, [one.text for one in results])
    for result in results:
        yield Item(name, result, date, facts)
