"""Documents and scored tables, named or found in folders → the paragraphs of one report."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from classifier.api import Model
from classifier.decisions import Decisions
from classifier.errors import InputError
from classifier.report.columns import FOLDER, PLACE, asked_columns
from classifier.report.document_facts import RowColumns
from classifier.report.held_texts import HeldTexts
from classifier.report.items import Item, decided_items, repeated_document, unread_document
from classifier.report.opened_table import UnscoredError, open_table
from classifier.report.reading_order import corrected_first
from classifier.report.repeated_rows import RepeatedRows
from classifier.report.repeats import Repeats
from classifier.report.scored import Table
from classifier.report.scored_columns import Columns
from classifier.report.sources import Found, document_items, headings_of, is_spreadsheet, is_text_table, text_of
from classifier.tables.names import listed


@dataclass
class Inputs:
    """What a report is on. `passed_over`: tables beside documents that hold no labels, and cannot be read as documents.

    `unread`: tables that could not be read, with the reason. `by`: the columns that are compared by, by the names that
    they have; `date`, `text`: those that were named for dates and for the text, None for those whose headings tell.
    """

    tables: list[Table] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)
    by: tuple[str, ...] = ()
    date: str | None = None
    text: str | None = None

    def items(
        self, model: Model, decisions: Decisions | None, left_out: Callable[[str], object], *, repeats: bool = False
    ) -> Iterator[Item]:
        """Yield the paragraphs of tables, then those of documents, with what people decided.

        A document whose paragraphs a table holds already is not read again; `left_out` is told of it. `repeats`: count
        documents each, also those that hold the same text as another, and tables that hold the same rows.
        """
        yield from self.unread
        known = None if repeats else Repeats()
        several = len(self.tables) + sum(map(is_spreadsheet, self.documents)) > 1
        rows = RepeatedRows() if several and not repeats else None
        held = HeldTexts()
        for table in self.tables:
            if known is not None and (first := known.of_table(table.path)) is not None:
                yield repeated_document(str(table.path), first)
                continue
            items = self._rows(table, rows)
            if known is not None and table.of_documents:
                items = _told_apart(known.of_documents(items), table.path)
            for item in decided_items(items, decisions):
                if table.of_documents:
                    held.add(item.document, item)
                yield item
            if rows is not None and (first := rows.whole(table.path)):
                yield repeated_document(str(table.path), first)
        fresh, there = held.told_apart(self.documents)
        for path in there:
            left_out(path)
        read = document_items(fresh, model, decisions, RowColumns(self.date, self.by, self.text))
        if rows is not None:
            read = rows.without_tables(read)
        yield from read if known is None else known.of_documents(read)

    def _rows(self, table: Table, seen: RepeatedRows | None) -> Iterator[Item]:
        """Yield a table's rows; where it breaks off, an item that says so, unless the table is all there is."""
        try:
            yield from table.items(seen)
        except InputError as error:
            if len(self.tables) == 1 and not self.documents:
                raise
            yield unread_document(str(table.path), str(error))


def opened(found: Sequence[Found], wanted: Columns, model: Model, text: str | None = None) -> Inputs:
    """Return what was found as tables and documents. `wanted`: columns that were named; `text`: that of paragraphs.

    A table that somebody named must be scored; one that lies in a folder beside documents, and is not, is a document.
    One of a folder that cannot be read, or has other labels than the first table or, beside documents, than the model,
    stands in `unread`. Raises InputError where none can and nothing else is there, where one that was named cannot or
    has other labels, or where a column is not there.
    """
    inputs = Inputs(text=text)
    failed: list[InputError] = []
    beside_documents = any(not one.table for one in found)
    for one in found:
        if not one.table:
            inputs.documents.append(one.path)
            continue
        try:
            inputs.tables.append(_open(one, wanted, model, text))
        except InputError as error:
            if one.named:
                raise
            if beside_documents and is_text_table(one.path):
                inputs.documents.append(one.path)
            elif beside_documents and isinstance(error, UnscoredError):
                inputs.passed_over.append(one.path)
            else:
                failed.append(error)
                inputs.unread.append(unread_document(one.path, str(error)))
    if failed and not inputs.tables and not inputs.documents:
        raise failed[0]
    _keep_to_labels(inputs, model, {one.path for one in found if one.named})
    inputs.tables = corrected_first(inputs.tables)
    names = [name for table in inputs.tables for name in table.names]
    if wanted.compare or wanted.date:
        names += headings_of(inputs.documents, text)
    if wanted.date and wanted.date not in names:
        raise InputError(f"there is no column {wanted.date}; the columns are: {listed(names)}")
    documents = bool(inputs.documents) or any(table.of_documents for table in inputs.tables)
    dated = any(table.dated for table in inputs.tables)
    inputs.by = asked_columns(wanted.compare, names, documents, dated=dated, of_files=_told_by_files(inputs.tables))
    inputs.date = wanted.date
    return inputs


def _told_by_files(tables: Sequence[Table]) -> set[str]:
    """Return what tables can be compared by beside their columns: their folders where these are several, a place."""
    places = {PLACE for table in tables if table.file.place}
    return places | ({FOLDER} if len({table.file.parent for table in tables}) > 1 else set())


def _told_apart(items: Iterator[Item], table: Path) -> Iterator[Item]:
    """Yield paragraphs; a document that repeats one of its own name is called by its table, too."""
    for item in items:
        own = item.same_as and item.same_as == item.document
        yield replace(item, document=f"{item.document} ({table})") if own else item


def _open(one: Found, wanted: Columns, model: Model, text: str | None) -> Table:
    return open_table(Path(one.path), replace(wanted, text=text_of(one.path, text)), model.taxonomy)


def _keep_to_labels(inputs: Inputs, model: Model, named: Collection[str]) -> None:
    """Keep the tables that have the labels of the first one, beside documents those of the model; in any order.

    The others stand in `unread`; raises InputError for one of them that was named.
    """
    if not inputs.tables:
        return
    labels = model.ids if inputs.documents else inputs.tables[0].labels
    first = inputs.documents[0] if inputs.documents else str(inputs.tables[0].path)
    why = "its labels are not those of {}; report on them apart"
    if inputs.documents:
        why = "its labels are not those of the model that labels {}; report on them apart"
    for table in list(inputs.tables):
        if set(table.labels) == set(labels):
            continue
        reason = f"{table.path}: {why.format(first)}"
        if str(table.path) in named:
            raise InputError(reason)
        inputs.tables.remove(table)
        inputs.unread.append(unread_document(str(table.path), reason))
