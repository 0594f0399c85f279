"""In which order tables are read: of the same row or document in several, the first one counts."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from pathlib import Path

from classifier.bulk.chunk import Fault
from classifier.errors import InputError
from classifier.labelling.decided import Decided
from classifier.labelling.exchange.correction_columns import GIVEN
from classifier.labelling.taxonomy import Taxonomy
from classifier.report.opened_table import open_table
from classifier.report.scored import Table
from classifier.report.scored_columns import Columns
from classifier.report.sources import Found, text_of
from classifier.report.table_corrections import Correction, Corrections


def corrected_first(tables: Sequence[Table]) -> list[Table]:
    """Return tables with those first in which a person corrected labels or ticked rows, else as they were.

    What was corrected in one of them counts in all.
    """
    if len(tables) < 2:
        return list(tables)
    corrections = Corrections()
    untouched = {table.path for table in tables if not _taken(table, corrections)}
    ordered = sorted(tables, key=lambda one: one.path in untouched)
    return [replace(table, corrections=corrections) for table in ordered]


def in_reading_order(
    found: Sequence[Found], taxonomy: Taxonomy, text: str | None, corrections: Corrections
) -> list[Found]:
    """Return documents and tables as named, but tables that were corrected first, then those that hold documents.

    What these hold is not read again where the documents are there as well. `text`: the column that was asked for;
    `corrections` takes in what was corrected.
    """
    if len(found) < 2 or not any(one.table for one in found):
        return list(found)
    ranks = [_rank(one, taxonomy, text, corrections) for one in found]
    return [one for _, one in sorted(zip(ranks, found, strict=True), key=lambda pair: pair[0])]


def _rank(one: Found, taxonomy: Taxonomy, text: str | None, corrections: Corrections) -> int:
    if not one.table:
        return 2
    try:
        table = open_table(Path(one.path), Columns(text_of(one.path, text)), taxonomy)
        return 0 if _taken(table, corrections) else 1 if table.of_documents else 2
    except InputError:  # said in its turn
        return 2


def _taken(table: Table, corrections: Corrections) -> bool:
    """Take in what people corrected in a table; tell whether there is anything."""
    rows = _corrected(table)
    corrections.add(rows)
    return bool(rows)


def _corrected(table: Table) -> dict[Hashable, Correction]:
    """Return what people corrected or ticked, by row; nothing of a table that was not written to be corrected."""
    found: dict[Hashable, Correction] = {}
    if table.columns.prefix + GIVEN not in table.names:
        return found
    for where, row in table.rows():
        try:
            if isinstance(row, Fault) or not table.is_corrected(row, labels := table.given(row, where)):
                continue
        except InputError:  # said where the row is read
            continue
        found.setdefault(table.key(row), Correction(labels, Decided(date=table.saved), table.path))
    return found
