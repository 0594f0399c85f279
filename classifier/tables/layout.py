"""How a delimited text is laid out, told from its beginning: delimiter, quotation marks, the row of headings."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from classifier.tables.delimited import Delimited, Dialect, split_as_it_stands
from classifier.tables.heading_row import find_heading_row

_SEP = re.compile(r'\ufeff?"?sep=(.)"?[\t,;]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_DELIMITERS = (",", "\t", ";", "|", "；", "，", "｜")
_TRIED = 40  # records of the sample that are looked at


@dataclass(frozen=True)
class Layout:
    """How a delimited text is laid out. `declared`: it begins with a line sep=…, which is no row.

    `above`: how many records stand above the headings, None where no headings were found.
    """

    dialect: Dialect
    declared: bool = False
    above: int | None = None


def layout_of(sample: str, fits: Callable[[Sequence[str]], object | None], first: str = ",") -> Layout:
    """Tell a layout from the beginning of a text: the delimiter under which there is a row of headings that `fits`.

    `fits` returns None for rows that are none. `first`: the delimiter tried first, and where none has headings.
    """
    declared = _SEP.match(sample)
    body = sample[declared.end() :] if declared else sample
    candidates = [declared[1]] if declared else [first, *(one for one in _DELIMITERS if one != first)]
    best: tuple[int, int] | None = None
    for order, delimiter in enumerate(candidates):
        found = find_heading_row(_first_records(body, Dialect(delimiter)), fits)
        if found is not None and (best is None or (found.place, order) < best):
            best = found.place, order
    delimiter = candidates[best[1]] if best else declared[1] if declared else _likely(body, candidates)
    dialect = Dialect(delimiter, quoted=not _marks_are_text(body, delimiter))
    return Layout(dialect, bool(declared), best[0] if best else None)


def _first_records(text: str, dialect: Dialect) -> list[list[str]]:
    reader = Delimited(io.StringIO(text, newline=""), dialect)
    return [cells for _, cells in zip(range(_TRIED), _until_error(reader), strict=False)]


def _until_error(reader: Delimited) -> Iterator[list[str]]:
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield [cell.removeprefix("\ufeff") for cell in cells]
    except csv.Error:  # its own error when its turn comes
        return


def _likely(text: str, candidates: Sequence[str]) -> str:
    """Return the delimiter that stands equally often in each of the first lines, the first where none does."""
    lines = [line for line in text[:20_000].splitlines()[:10] if line.strip()]
    for delimiter in candidates:
        counts = {len(split_as_it_stands(line, delimiter)) for line in lines}
        if len(counts) == 1 and counts != {1}:
            return delimiter
    return candidates[0]


def _marks_are_text(text: str, delimiter: str) -> bool:
    """Tell whether quotation marks are part of the text: some records are no CSV, and none needs to be read as it.

    A mark left open says nothing: the sample may end within a cell.
    """
    if '"' not in text:
        return False
    reader = Delimited(io.StringIO(text, newline=""), Dialect(delimiter))
    for cells in _until_error(reader):
        raw = reader.text_of_last()
        if '"' in raw and not reader.last_as_it_stands and ('""' in raw or _need_quotes(cells, delimiter)):
            return False
    return reader.bare > 0


def _need_quotes(cells: Sequence[str], delimiter: str) -> bool:
    return any(delimiter in cell or "\n" in cell or "\r" in cell for cell in cells)
