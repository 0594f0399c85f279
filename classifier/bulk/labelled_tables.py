"""Tables in which this program wrote what a model says: told from their headings, whatever the files are called."""

from collections.abc import Iterable
from pathlib import Path

from classifier.bulk.settings import Format
from classifier.bulk.table_file import TableFile
from classifier.errors import ClassifierError
from classifier.labelling.exchange.correction_columns import is_to_correct
from classifier.own_outputs import are_suggested

_ADDED = ("labels", "primary", "uncertain")
_OF_DOCUMENTS = {"file", "index", "start", "end", "kind", "labels", "uncertain"}


def is_labelled(path: Path, format_: Format | None) -> bool:
    """Tell whether a table holds labels of a model: what `classify score` and `classify FILE` wrote.

    `format_`: as which it is read, None for what is no table.
    """
    names = set(_headings(path, format_))
    return is_to_correct(names) or bool(prefixes_in(names))


def prefixes_in(names: Iterable[str]) -> set[str]:
    """Return what stands before the names of the columns that scoring added (--prefix); empty where it added none."""
    there = set(names)
    before = {name.removesuffix("labels") for name in there if name.endswith("labels")}
    return {prefix for prefix in before if all(prefix + name in there for name in _ADDED)}


def holds_documents(path: Path, format_: Format | None) -> bool:
    """Tell whether it is such a table, of the paragraphs of documents."""
    names = set(_headings(path, format_))
    return names >= _OF_DOCUMENTS or is_to_correct(names)


def holds_suggestions(path: Path, format_: Format | None) -> bool:
    """Tell whether it is a table of what to label next."""
    return are_suggested(_headings(path, format_))


def _headings(path: Path, format_: Format | None) -> list[str]:
    """Return what the columns of a table are called; nothing where it cannot be read, which is said in its turn."""
    if format_ is None:
        return []
    table = TableFile(str(path), format_)
    try:
        return table.first_keys() if format_ is Format.jsonl else list(table.columns().names)
    except (ClassifierError, OSError):
        return []
