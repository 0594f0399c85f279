"""What a report compares by: the columns of a table, and what is known of every document by itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from classifier.errors import InputError
from classifier.report.folders import first_below_all
from classifier.report.periods import UNITS, Unit, period_of
from classifier.report.table_columns import PLACES, first_of
from classifier.tables.names import listed

FOLDER, PLACE = "folder", "place"
KNOWN = (FOLDER, PLACE, *UNITS)
"""Known of documents, and of rows that have a date, without any column."""
PARENT, OWN_PLACE = "/folders", "/place"
"""Among the facts of an item: the folders of its document, of which `folder` is the first that tells it from others,
and the place that the document or its row tells; no column of a table is called so."""
CHINESE = {FOLDER: "文件夹", PLACE: "地方", "year": "年", "month": "月", "day": "日"}
_NAMES = {chinese: name for name, chinese in CHINESE.items()} | {
    "目录": FOLDER, "地区": PLACE, "地点": PLACE, "县": PLACE, "市": PLACE, "县区": PLACE, "区县": PLACE, "市县": PLACE,
    "年份": "year", "年度": "year", "月份": "month", "天": "day",
}  # fmt: skip

Cell = tuple[str | None, tuple[tuple[str, str], ...]]
"""What the paragraphs that are counted together share: their date and their facts."""


def cell_of(date: str | None, facts: Mapping[str, str]) -> Cell:
    """Return where a paragraph is counted."""
    return date, tuple(facts.items())


def asked_columns(
    by: Sequence[str], there: Iterable[str], documents: bool, *, dated: bool = False, of_files: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the columns that --by names, each once, under the names that they have.

    `there`: a table's columns. `documents`: there are documents, or rows of which each names its file; `dated`: rows
    have dates; `of_files`: what of FOLDER and PLACE the files of tables tell of their rows. A word for a place (县,
    地方) stands for a table's column of places, whatever it is called. Raises InputError for one that is not there, and
    names those that are.
    """
    names = [*dict.fromkeys(there)]
    known = KNOWN if documents else (*(one for one in (FOLDER, PLACE) if one in of_files), *(UNITS if dated else ()))
    derived = [one for one in known if one not in names]
    found = []
    for one in by:
        name = one if one in names else _NAMES.get(one, one)
        if name == PLACE and name not in {*names, *derived}:
            name = first_of(PLACES, names) or name
        if name not in names and name not in derived:
            words = [f"{name}/{CHINESE[name]}" for name in derived]
            raise InputError(f"there is no column {one}; the columns are: {listed([*names, *words])}")
        found.append(name)
    return tuple(dict.fromkeys(found))


def unit_named(name: str) -> Unit:
    """Return the unit of time that a word names in English or Chinese. Raises InputError for another word."""
    found = next((unit for unit in UNITS if _NAMES.get(name, name) == unit), None)
    if found is None:
        raise InputError(f"{name} is no unit of time; it is one of {listed(f'{one}/{CHINESE[one]}' for one in UNITS)}")
    return found


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
        if column == PLACE:
            return known.get(OWN_PLACE, "")
        return next((period_of(date, unit) or "" for unit in UNITS if unit == column), "")
