"""The column that tells each row's sheet where several sheets make one table: `sheet`, or `sheet2` beside one's own."""

from collections.abc import Iterable, Iterator
from itertools import count, takewhile

SHEET = "sheet"


def new_sheet_column(names: Iterable[str]) -> str:
    """Return what the column is called beside columns of these names, however they are written."""
    there = {name.casefold() for name in names}
    return next(name for name in _candidates() if name not in there)


def sheet_column(names: Iterable[str]) -> str:
    """Return the one of a table's columns that may be it, as the table writes it; "" where none may."""
    there = {name.casefold(): name for name in names}
    last = ""
    for name in takewhile(there.__contains__, _candidates()):
        last = there[name]
    return last


def _candidates() -> Iterator[str]:
    yield SHEET
    yield from (f"{SHEET}{number}" for number in count(2))
