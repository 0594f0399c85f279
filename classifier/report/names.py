"""What documents are called in a page: by their file's name, with its folders where names repeat."""

from collections.abc import Iterable
from pathlib import Path

from classifier.bulk.find_source import is_workbook_name, table_format
from classifier.documents.display_names import display_names
from classifier.documents.read import SUFFIXES


def names_of(documents: Iterable[str]) -> dict[str, str]:
    """Return what each document is called, no two the same: 甲县/报告.txt beside 乙县/报告.txt.

    A title or an address is called as it is.
    """
    every = list(dict.fromkeys(documents))
    files = [one for one in every if is_file(one)]
    return {one: one for one in every} | dict(zip(files, display_names(files), strict=True))


def is_file(name: str) -> bool:
    """Tell whether a document is called by a file's name."""
    path = Path(name)
    known = path.suffix.lower() in SUFFIXES or is_workbook_name(path) or table_format(path) is not None
    return known and "://" not in name


def name_of(document: str) -> str:
    """Return what a document is called where it stands alone: its file's name; a title or an address as it is."""
    return names_of([document])[document]
