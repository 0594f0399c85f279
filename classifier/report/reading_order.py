"""In which order tables are read: of the same row or document in several, the first one counts."""

from collections.abc import Sequence
from pathlib import Path

from classifier.bulk.chunk import Fault
from classifier.errors import InputError
from classifier.labelling.exchange.correction_columns import GIVEN
from classifier.labelling.taxonomy import Taxonomy
from classifier.report import scored_cells as cells
from classifier.report.scored import Table, open_table
from classifier.report.scored_columns import Columns
from classifier.report.sources import Found, text_of
from classifier.report.tables import read_table


def corrected_first(tables: Sequence[Table]) -> list[Table]:
    """Return tables with those first in which a person corrected labels or ticked rows, else as they were."""
    return sorted(tables, key=lambda one: not holds_corrections(one)) if len(tables) > 1 else list(tables)


def holds_corrections(table: Table) -> bool:
    """Tell whether a person corrected or ticked any row of a table to correct."""
    if table.columns.prefix + GIVEN not in table.names:
        return False
    for where, row in read_table(table.path, table.columns.text):
        try:
            if not isinstance(row, Fault) and cells.is_corrected(
                row, table.columns.prefix, table.given(row, where), table.known
            ):
                return True
        except InputError:  # said where the row is read
            continue
    return False


def in_reading_order(found: Sequence[Found], taxonomy: Taxonomy, text: str | None) -> list[Found]:
    """Return documents and tables as named, but tables that were corrected first, then those that hold documents.

    What these hold is not read again where the documents are there as well. `text`: the column that was asked for.
    """
    if len(found) < 2 or not any(one.table for one in found):
        return list(found)
    return sorted(found, key=lambda one: _rank(one, taxonomy, text))


def _rank(one: Found, taxonomy: Taxonomy, text: str | None) -> int:
    if not one.table:
        return 2
    try:
        table = open_table(Path(one.path), Columns(text_of(one.path, text)), taxonomy)
        return 0 if holds_corrections(table) else 1 if table.of_documents else 2
    except InputError:  # said in its turn
        return 2
