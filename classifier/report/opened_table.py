"""A scored table opened: its columns found, those that were named checked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from classifier.bulk.chunk import Fault
from classifier.errors import InputError
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import Taxonomy
from classifier.report import scored_cells as cells
from classifier.report.columns import asked_columns
from classifier.report.file_facts import FileFacts
from classifier.report.scored import Table
from classifier.report.scored_columns import Columns, found_columns, ids_by_heading, label_ids, prefix_in
from classifier.report.table_columns import DOCUMENT, date_in, first_of
from classifier.report.tables import Row, read_table
from classifier.tables.names import listed

_FIRST = 1_000  # rows in which columns are looked for


class UnscoredError(InputError):
    """A table that has no labels yet."""


def open_table(path: Path, wanted: Columns, taxonomy: Taxonomy) -> Table:
    """Return a table with its columns found; `wanted` names those that are not to be guessed.

    Raises InputError where a named column is missing or the table was not scored.
    """
    first = _first_rows(path, wanted.text)
    names = list(dict.fromkeys(chain.from_iterable(first)))
    wanted = replace(wanted, prefix=wanted.prefix or prefix_in(names))
    ids = ids_by_heading(names, wanted.prefix, taxonomy)
    first = [cells.by_ids(row, ids) for row in first]
    names = [ids.get(name, name) for name in names]
    of_documents = first_of(DOCUMENT, names) == "file" and "index" in names and wanted.document in {None, "file"}
    within = [name for row in first if of_documents for name in cells.texts(row.get("cells"))]
    every = tuple(dict.fromkeys([*names, *within]))
    dated = bool(FileFacts.of(path).date) or any(date_in(row, wanted.date, every) for row in first)
    by = _asked(path, wanted, every, documents=of_documents, dated=dated)
    columns = found_columns(replace(wanted, compare=by), names)
    added = [wanted.prefix + name for name in ("labels", "uncertain")]
    labels = label_ids(first, names, wanted.prefix, taxonomy)
    if not labels or any(name not in names for name in added):
        raise UnscoredError(
            f"{path}: has no labels (columns {', '.join(added)} and a probability a label); "
            "make it with: classify score, or classify FILE --format jsonl"
        )
    model = next((str(row[key]) for row in first if row.get(key := wanted.prefix + "model")), "")
    return Table(path, columns, labels, model, every, of_documents, dated, by, Names(taxonomy), ids=ids)


def _first_rows(path: Path, text: str) -> list[Row]:
    """Return the first rows that can be read; raise InputError where there are none."""
    rows = list(islice(read_table(path, text), _FIRST))
    sound = [row for _, row in rows if not isinstance(row, Fault)]
    if not sound:
        faults = (f"{where}: {row.reason}" for where, row in rows if isinstance(row, Fault))
        raise InputError(next(faults, f"{path}: holds no rows"))
    return sound


def _asked(path: Path, wanted: Columns, names: Sequence[str], *, documents: bool, dated: bool) -> tuple[str, ...]:
    """Return the columns to compare by; raise InputError for a column that somebody named and that is not there."""
    if missing := [name for name in (wanted.document, wanted.date) if name and name not in names]:
        raise InputError(f"{path}: there is no column {', '.join(missing)}; the columns are: {listed(names)}")
    try:
        return asked_columns(wanted.compare, names, documents, dated=dated, of_files=FileFacts.of(path).compared)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
