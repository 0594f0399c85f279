"""Tables of which several columns may hold the date: none counts then, which is said, with the way out."""

from collections.abc import Iterable, Sequence

from classifier.report.items import Item
from classifier.report.scored import Table
from classifier.report.table_columns import unsure_dates
from classifier.tables.names import listed


class DateColumns:
    """Notes the columns of each table, be it scored or read as a document."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._names: dict[str, dict[str, None]] = {
            str(table.path): dict.fromkeys(table.names) for table in tables if not table.of_documents
        }

    def add(self, item: Item) -> None:
        """Note the columns of a row of a table that was read as a document."""
        if item.result.cells:
            self._names.setdefault(item.document, {}).update(dict.fromkeys(item.result.cells))

    def said(self) -> Sequence[str]:
        """Return a sentence for each table whose rows have no date, since several columns may hold it."""
        return [
            f"{table}: any of the columns {listed(unsure)} may hold the date, so that its rows have none; "
            "choose one with --date"
            for table, names in self._names.items()
            if (unsure := unsure_dates(names))
        ]
