"""What a report compares by: the columns of a table, and what is known of every document by itself."""

from collections.abc import Iterable, Mapping, Sequence

from classifier.errors import InputError
from classifier.report.folders import first_below_all
from classifier.report.periods import period_of
from classifier.tables.names import listed

FOLDER, PLACE, YEAR = "folder", "place", "year"
KNOWN = (FOLDER, PLACE, YEAR)
"""Known of documents without any column."""
PARENT, OWN_PLACE = "/folders", "/place"
"""Among the facts of an item: the folders of its document, of which `folder` is the first that tells it from others,
and the place that the document tells; no column of a table is called so."""
_NAMES = {
    "文件夹": FOLDER, "目录": FOLDER, "地方": PLACE, "地区": PLACE, "地点": PLACE,
    "年": YEAR, "年份": YEAR, "年度": YEAR,
}  # fmt: skip

Cell = tuple[str | None, tuple[tuple[str, str], ...]]
"""What the paragraphs that are counted together share: their date and their facts."""


def cell_of(date: str | None, facts: Mapping[str, str]) -> Cell:
    """Return where a paragraph is counted."""
    return date, tuple(facts.items())


def asked_columns(by: Sequence[str], there: Iterable[str], documents: bool) -> tuple[str, ...]:
    """Return the columns that --by names, each once, under the names that they have.

    `there`: a table's columns. `documents`: there are documents, or rows of which each names its file. Raises
    InputError for one that is not there, and names those that are.
    """
    names = [*dict.fromkeys(there)]
    derived = [one for one in KNOWN if documents and one not in names]
    found = []
    for one in by:
        name = one if one in names else _NAMES.get(one, one)
        if name not in names and name not in derived:
            raise InputError(f"there is no column {one}; the columns are: {listed([*names, *derived])}")
        found.append(name)
    return tuple(dict.fromkeys(found))


class Values:
    """Tells a cell's value in a column, once all cells are known."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._folders = first_below_all(
            dict.fromkeys(value for _, facts in cells for name, value in facts if name == PARENT)
        )

    def of(self, cell: Cell, column: str) -> str:
        """Return the value, "" for none."""
        date, facts = cell
        known = dict(facts)
        if column in known or column not in KNOWN:
            return known.get(column, "")
        if column == FOLDER:
            return self._folders.get(known.get(PARENT, ""), "")
        return known.get(OWN_PLACE, "") if column == PLACE else period_of(date, "year") or ""
