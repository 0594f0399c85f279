"""From the rows that `classify score` and `classify --format jsonl|csv` write to the paragraphs of a report."""

import datetime
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from classifier.api import Result
from classifier.bulk.chunk import Fault
from classifier.bulk.documents import UNREAD
from classifier.documents.notes import Note
from classifier.errors import InputError
from classifier.labelling.decided import Decided
from classifier.labelling.label_names import Names
from classifier.labelling.paragraph_keys import folded
from classifier.labelling.taxonomy import Label, Taxonomy
from classifier.report import scored_cells as cells
from classifier.report.document_facts import RowColumns, with_document_facts
from classifier.report.file_facts import FileFacts
from classifier.report.items import Item, unread_document
from classifier.report.own_columns import OwnColumns, own_columns
from classifier.report.repeated_rows import RepeatedRows, row_key
from classifier.report.scored_columns import Columns
from classifier.report.table_columns import told_date
from classifier.report.table_corrections import Corrections
from classifier.report.tables import Row, is_csv, read_table
from classifier.tables.formula_guard import unguarded
from classifier.text.paragraph import KINDS
from classifier.text.split import kind_of

Numbered = Iterator[tuple[int, tuple[str, Row | Fault]]]
"""Rows with their numbers and where they stand."""

_FIRST = 1_000  # rows in which columns are looked for


@dataclass(frozen=True)
class Table:
    """A scored table. `labels`: ids, in the order of its columns; `model`: the version that scored it, "" unknown.

    `names`: its columns, and those of the tables that were read as documents. `of_documents`: its rows are paragraphs
    of documents, each with its file and its number there, so that these tell their dates and places. `dated`: rows tell
    a date. `by`: the columns that were asked for. `known`: the names of labels. `notes`: what was passed over of it,
    known once its rows are taken. `corrections`: what people corrected in this table and in those read with it.
    `ids`: what columns headed by labels' names are called by ids (`ids_by_heading`); rows have them under these.
    """

    path: Path
    columns: Columns
    labels: tuple[str, ...]
    model: str
    names: tuple[str, ...] = ()
    of_documents: bool = False
    dated: bool = False
    by: tuple[str, ...] = ()
    known: Names = Names(Taxonomy("", ()))  # noqa: RUF009 - it is frozen
    notes: list[Note] = field(default_factory=list, compare=False)
    corrections: Corrections | None = field(default=None, compare=False)
    ids: Mapping[str, str] = field(default_factory=dict)

    def items(self, seen: RepeatedRows | None = None) -> Iterator[Item]:
        """Yield the paragraphs, or sentences; a row that does not hold what it must is an item that says why.

        `seen`: leaves out the rows that another file held; None to yield all. Raises InputError where the file cannot
        be read any further.
        """
        self.notes.clear()
        rows = self._scored(enumerate(self.rows(self.notes)))
        if seen is not None and not self.of_documents:
            rows = seen.fresh(self.path, self._own, rows, self.notes)
        elif self.corrections is not None:
            self.notes.extend(self.corrections.notes(self.path))
        items = (self._item(row, number, where) for number, (where, row) in rows)
        if not self.of_documents:
            return items
        return with_document_facts(items, RowColumns(self.columns.date, self.by))

    @cached_property
    def file(self) -> FileFacts:
        """What the file tells of rows that are no paragraphs of documents."""
        return FileFacts.of(self.path)

    def rows(self, notes: list[Note] | None = None) -> Iterator[tuple[str, Row | Fault]]:
        """Yield the rows as they stand in the file (`read_table`)."""
        for where, row in read_table(self.path, self.columns.text, notes):
            yield where, row if isinstance(row, Fault) else cells.by_ids(row, self.ids)

    def _scored(self, rows: Numbered) -> Numbered:
        """Yield rows without those that scoring passed over: in a workbook that it kept they stand without answers."""
        names = [self.columns.prefix + one for one in ("labels", "uncertain", "error", "model", "probabilities")]
        names += [self.columns.prefix + label for label in self.labels]
        over = 0
        for number, (where, row) in rows:
            if isinstance(row, Fault) or any(row.get(name) not in (None, "") for name in names):
                yield number, (where, row)
            else:
                over += 1
        if over:
            self.notes.append(Note("of_table", what=f"{over:,} rows that were not scored are passed over"))

    def taxonomy(self, known: Taxonomy) -> Taxonomy:
        """Return the labels of this table under the names known for them; an unknown one is called by its id."""
        names = {label.id: label for label in known.labels}
        return Taxonomy(known.name, tuple(names.get(id_, Label(id_, id_, id_)) for id_ in self.labels))

    def _item(self, row: Row | Fault, number: int, where: str) -> Item:
        if isinstance(row, Fault):
            return Item(str(self.path), _UNSCORED, error=f"{where}: {row.reason}")
        columns, prefix = self.columns, self.columns.prefix
        error = row.get(prefix + "error") or None
        if error and self.of_documents and not cells.cell(row, "index"):
            return unread_document(cells.cell(row, columns.document), str(error).removeprefix(UNREAD))
        document = cells.cell(row, columns.document) or str(self.path)
        try:
            result = _UNSCORED if error else self._result(row, number, where)
        except InputError as wrong:  # one row out of a million is no reason to give up the others
            return Item(document, _UNSCORED, error=str(wrong))
        facts = {name: value for name in columns.compare if (value := cells.cell(row, name))}
        facts = facts if self.of_documents else self.file.beside(row, facts)
        date, odd = told_date(None if self.of_documents else self.file.date, row, columns.date, self.names)
        return Item(
            document,
            replace(result, file=document),
            date,
            facts,
            None if error is None else f"{where}: {error}",
            noted=error is not None,
            odd_date=odd,
            table="" if self.of_documents else str(self.path),
        )

    def _result(self, row: Row, number: int, where: str) -> Result:
        columns, prefix = self.columns, self.columns.prefix
        text = row.get(columns.text)
        if not isinstance(text, str):
            raise InputError(f"{where}: {columns.text} holds no text")
        labels, decided = self._decided(row, self.given(row, where))
        kind = row.get("kind")
        start = cells.number(row.get("start"), 0)
        if columns.sentence is not None and isinstance(sentence := row.get(columns.sentence), str):
            text = sentence
            if columns.sentence != "text":  # whose row begins where its paragraph does
                start += cells.number(row.get(prefix + "sentence_start"), 0)
        if is_csv(self.path):
            text = unguarded(text)
        as_answered = decided is None or bool(row.get(prefix + "decided"))  # what was corrected since is no sentence's
        return replace(
            _UNSCORED,
            index=cells.number(row.get("index"), number),
            start=start,
            end=start + len(text) if columns.sentence else cells.number(row.get("end"), start + len(text)),
            text=text,
            kind=kind if kind in KINDS else ("heading" if kind_of(text) == "heading" else "body"),
            labels=labels,
            uncertain=cells.yes(row.get(prefix + "uncertain"), where) and decided is None,
            probabilities=cells.probabilities(row, prefix, self.labels, where),
            model=str(row.get(prefix + "model") or ""),
            recognised=str(row.get("recognised")).lower() == "true",
            notes=cells.notes(row.get("notes")),
            cells=cells.texts(row.get("cells")),
            decided=decided,
            sentences=cells.sentences(row.get(prefix + "sentences"), len(text), self.labels) if as_answered else None,
        )

    def is_corrected(self, row: Row, labels: Sequence[str]) -> bool:
        """Tell whether a person changed the labels of a row, `labels` by now, or ticked it as read."""
        return cells.is_corrected(row, self.columns.prefix, labels, self.known)

    def _decided(self, row: Row, labels: tuple[str, ...]) -> tuple[tuple[str, ...], Decided | None]:
        """Return the labels that count, and who gave them: here, else in another table that holds the row."""
        prefix = self.columns.prefix
        decided = Decided.read(cells.json_object(row.get(prefix + "decided")) or row.get(prefix + "decided"))
        if self.is_corrected(row, labels):
            return labels, decided or Decided(date=self.saved)
        if decided is None and self.corrections and not cells.is_set_aside(row, prefix, self.known):
            other = self.corrections.elsewhere(self.key(row), self.path)
            if other is not None and set(other.labels) <= set(self.labels):
                return other.labels, other.decided
        return labels, decided

    @cached_property
    def _own(self) -> OwnColumns:
        columns, by_sentence = self.columns, self.columns.sentence is not None
        own = own_columns(columns.text, self.names, columns.prefix, self.labels, None if by_sentence else self._said)
        return own if by_sentence else replace(own, counted=self._counted)

    def key(self, row: Row) -> Hashable:
        """Return what tells a row, or its sentence, from others, of this table and of its copies."""
        if not self.of_documents:
            return row_key(row, self._own), self._own.begins(row)
        text, place = self.columns.sentence or self.columns.text, [cells.cell(row, one) for one in ("index", "start")]
        return cells.cell(row, self.columns.document), *place, folded(unguarded(cells.cell(row, text)))

    def _said(self, row: Row) -> str | None:
        try:
            return ",".join(sorted(self.given(row)))
        except InputError:  # said where the row is read
            return None

    def _counted(self, row: Row, said: str | None) -> str | None:
        if said is None or not self.corrections:
            return said
        return ",".join(sorted(self._decided(row, self.given(row))[0]))

    @cached_property
    def saved(self) -> str:
        """When the table was saved last: no earlier did somebody correct it."""
        return datetime.datetime.fromtimestamp(self.path.stat().st_mtime, datetime.UTC).isoformat()

    def given(self, row: Row, where: str = "") -> tuple[str, ...]:
        """Return the labels of a row; raise InputError where one is not known."""
        return cells.labels(row.get(self.columns.prefix + "labels"), self.labels, where, self.known)


_UNSCORED = Result("", 0, 0, 0, "body", "", (), False, {}, "")
