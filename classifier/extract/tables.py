"""A table of paragraphs, scored or not → what an extract takes of its documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice
from pathlib import Path

from classifier.api import Model, Result
from classifier.bulk.chunk import Fault
from classifier.decisions import Decisions, followed_by_sentences, with_decisions
from classifier.documents.notes import Note
from classifier.errors import InputError
from classifier.extract.gathering import Asked, Taken, decisions_of, from_results
from classifier.extract.passage import NotedTable, UnreadDocument
from classifier.extract.taking import Wanted
from classifier.labelling.taxonomy import NONE
from classifier.model.decide import rests_on_one_word
from classifier.report.columns import OWN_PLACE
from classifier.report.file_facts import FileFacts
from classifier.report.held_documents import HeldDocuments
from classifier.report.items import Item
from classifier.report.opened_table import UnscoredError, open_table
from classifier.report.own_columns import OwnColumns
from classifier.report.repeated_rows import RepeatedRows
from classifier.report.scored import Table
from classifier.report.scored_columns import Columns, found_columns
from classifier.report.table_columns import place_in, told_date
from classifier.report.table_corrections import Corrections
from classifier.report.tables import Row, read_table
from classifier.text.paragraph import Kind
from classifier.text.split import kind_of

_AT_ONCE = 1_024  # rows that are labelled in one go
_TOGETHER = 20_000  # rows of one document that are kept in memory


@dataclass
class Seen:
    """What tables held that were read before: rows, and whole documents. `corrections`: of all tables."""

    rows: RepeatedRows = field(default_factory=RepeatedRows)
    documents: HeldDocuments = field(default_factory=HeldDocuments)
    corrections: Corrections = field(default_factory=Corrections)


def taken_of_table(
    path: Path, columns: Columns, model: Model, asked: Asked, seen: Seen | None = None
) -> Iterator[Taken | UnreadDocument | NotedTable]:
    """Yield what is taken of each document in a table; rows that have no labels yet are labelled by the model.

    Last of all comes what of the table was passed over, if anything was: rows and documents that another table held,
    too, where `seen` knows them; None where nothing else is read.

    Rows that stand one after another and name the same document are one. Raises InputError where the table cannot be
    read, where it does not know a label, or where its own model is needed (sentences, a precision) and is not this one.
    """
    again: set[str] = set()
    try:
        table = open_table(path, columns, model.taxonomy)
    except UnscoredError:
        notes: list[Note] = []
        items = _labelled(path, columns, model, notes, seen.rows if seen is not None else None)
        wanted = Wanted.of(model, asked.labels, asked.unit, context=asked.context)
    else:
        table = table if seen is None else replace(table, corrections=seen.corrections)
        notes = table.notes
        items, wanted = _scored(table, model, asked, seen.rows if seen is not None else None)
        if table.of_documents and seen is not None:
            items = seen.documents.fresh(path, items, again)
    decisions = decisions_of(asked)
    for document, some in groupby(items, key=lambda one: one.document):
        while together := list(islice(some, _TOGETHER)):
            yield from (
                UnreadDocument(document, one.error, row=not one.unread) for one in together if one.error is not None
            )
            if whole := [one for one in together if one.error is None]:
                yield _taken(document, whole, wanted, model, asked, decisions)
    if again:
        notes.append(Note("of_table", what=f"{len(again):,} documents that a table before holds as well count once"))
    if seen is not None and (first := seen.rows.whole(path)):
        notes.append(Note("of_table", what=f"all its rows stand in {first} as well, wholly the same, and count once"))
    if notes:
        yield NotedTable(str(path), tuple(notes))


def _taken(
    document: str, items: Sequence[Item], wanted: Wanted, model: Model, asked: Asked, decisions: Decisions | None
) -> Taken:
    results = [item.result for item in items]
    if not any(result.cells for result in results):  # else rows of its own table tell, and their headings which column
        results = [_with_cells(item) for item in items]
    if asked.unit == "sentence":
        results = _with_sentences(results, model)
    results = with_decisions(results, decisions)
    return from_results(document, results, wanted, items[0].table)


def _with_cells(item: Item) -> Result:
    """Return a paragraph with what its row tells, under headings that are understood whatever the table calls them."""
    told = {"date": item.date or item.odd_date, "place": place_in(item.facts) or item.facts.get(OWN_PLACE, "")}
    return replace(item.result, cells={name: value for name, value in told.items() if value})


def _with_sentences(results: Sequence[Result], model: Model) -> list[Result]:
    """Return results with what the model says of their sentences, as far as a person says nothing else of the whole."""
    inside = model.label_paragraphs([result.text for result in results], sentences=True)
    return [
        followed_by_sentences(replace(result, sentences=found.sentences)) if result.kind != "boilerplate" else result
        for result, found in zip(results, inside, strict=True)
    ]


def _scored(table: Table, model: Model, asked: Asked, seen: RepeatedRows | None) -> tuple[Iterator[Item], Wanted]:
    unknown = [label for label in asked.labels or model.ids if label not in {*table.labels, NONE}]
    if unknown:
        raise InputError(f"{table.path}: knows no label {', '.join(unknown)}; it has: {', '.join(table.labels)}")
    if table.model == model.version and table.labels == model.ids:
        wanted = Wanted.of(model, asked.labels, asked.unit, context=asked.context)
        items = table.items(seen)
        return (_decided_anew(one, model) for one in items) if model.precision else items, wanted
    if model.precision is not None or asked.unit == "sentence":
        need = "--precision" if model.precision is not None else "--unit sentence"
        raise InputError(
            f"{table.path}: was scored by model {table.model or '(not named)'}; {need} needs the same one: "
            "name it with --model, or score the text again"
        )
    labels = tuple(label for label in table.labels if not asked.labels or label in asked.labels)
    return table.items(seen), Wanted(labels, NONE in asked.labels, "paragraph", asked.context)


def _decided_anew(item: Item, model: Model) -> Item:
    """Return a paragraph with the labels that its probabilities give at the precision asked for."""
    if item.error is not None or item.result.kind == "boilerplate" or item.result.decided is not None:
        return item
    shares = item.result.probabilities
    thresholds = dict(zip(model.ids, model.scorer.threshold.tolist(), strict=True))
    given = sorted(
        (label for label in model.ids if shares[label] >= thresholds[label]), key=lambda label: -shares[label]
    )
    doubt = any(model.in_doubt(label, shares[label]) for label in model.ids) or (
        bool(given) and rests_on_one_word(model.scorer, model.tokeniser(item.result.text))
    )
    return replace(item, result=replace(item.result, labels=tuple(given), uncertain=doubt))


def _labelled(
    path: Path, columns: Columns, model: Model, notes: list[Note], seen: RepeatedRows | None
) -> Iterator[Item]:
    """Yield the rows of a table without labels, labelled; `notes`: see `read_table`."""
    rows: Iterator[tuple[int, tuple[str, Row | Fault]]] = enumerate(read_table(path, columns.text, notes))
    if seen is not None:
        rows = seen.fresh(path, OwnColumns(columns.text), rows, notes)
    first = list(islice(rows, _AT_ONCE))
    names = tuple(dict.fromkeys(name for _, (_, row) in first if not isinstance(row, Fault) for name in row))
    found = found_columns(columns, names)
    every, file = chain(first, rows), FileFacts.of(path)
    while some := list(islice(every, _AT_ONCE)):
        results = iter(
            model.label_paragraphs([text for _, (_, row) in some if (text := _text(row, found)) is not None])
        )
        for number, (where, row) in some:
            if isinstance(row, Fault):
                yield Item(str(path), _NOTHING, error=f"{where}: {row.reason}")
                continue
            document = str(row.get(found.document or "") or path).strip()
            if _text(row, found) is None:
                yield Item(document, _NOTHING, error=f"{where}: {found.text} holds no text")
                continue
            result = next(results)
            kind: Kind = "heading" if kind_of(result.text) == "heading" else "body"
            facts = {name: str(row[name]).strip() for name in found.compare if row.get(name)}
            date, odd = told_date(file.date, row, found.date, names)
            yield Item(
                document,
                replace(result, file=document, index=number, kind=kind),
                date,
                file.beside(row, facts),
                odd_date=odd,
                table=str(path),
            )


_NOTHING = Result("", 0, 0, 0, "body", "", (), False, {}, "")


def _text(row: Row | Fault, columns: Columns) -> str | None:
    text = None if isinstance(row, Fault) else row.get(columns.text)
    return text if isinstance(text, str) and text.strip() else None
