"""An extract as tables: a row a passage, a row a document; as CSV, JSON Lines and workbooks."""

from collections.abc import Iterator
from typing import IO, Any

import orjson

from classifier.extract.passage import Extract, NotedTable, Passage, ReadDocument, Where
from classifier.extract.words import Words
from classifier.labelling.exchange.table_output import write_csv
from classifier.tables.xlsx_writer import SheetColumn, SheetRows, Value, write_workbook

_PROBABILITY = 3  # decimals


def write_jsonl(extract: Extract, _words: Words, stream: IO[bytes]) -> None:
    """Write a line a passage, by ids for machines; then one for each document that has notes or could not be read."""
    for passage in extract.passages:
        stream.write(orjson.dumps(_object(extract, passage)) + b"\n")
    read: list[ReadDocument | NotedTable] = [*extract.documents, *extract.tables]
    for one in read:
        if one.notes:
            notes = [note.as_row() for note in one.notes]
            stream.write(orjson.dumps({"file": one.path, "notes": notes}) + b"\n")
    for unread in extract.unread:
        stream.write(orjson.dumps({
            "file": unread.path, **({"row": True} if unread.row else {}), "error": unread.reason,
        }) + b"\n")  # fmt: skip


def _object(extract: Extract, passage: Passage) -> dict[str, Any]:
    row = _place(extract, passage.where) | {
        "kind": passage.kind,
        "text": passage.text,
        "labels": list(passage.labels),
        "uncertain": passage.uncertain,
        "probabilities": {label: round(value, 6) for label, value in passage.probabilities.items()},
        "model": extract.model,
    }
    row |= {"before": passage.before} if passage.before else {}
    row |= {"after": passage.after} if passage.after else {}
    row |= {"recognised": True} if passage.recognised else {}
    row |= {"decided": passage.decided.as_row()} if passage.decided else {}
    return row | ({"again": [_place(extract, where) for where in passage.again]} if passage.again else {})


def _place(extract: Extract, where: Where) -> dict[str, Any]:
    document = extract.documents[where.document]
    place, date = extract.told(where)
    row = {
        "file": document.path, "place": place, "date": date, "headings": list(where.headings),
        "paragraph": where.paragraph, "start": where.start, "end": where.end,
    }  # fmt: skip
    row |= {"table": document.table} if document.table else {}
    return row | ({"page": where.page} if where.page is not None else {})


def write_table(extract: Extract, words: Words, stream: IO[bytes]) -> None:
    """Write CSV for Excel: a row a passage, below them one for each document that could not be read."""
    columns = _columns(extract, words)
    headings = [column.heading for column in columns]
    rows = [[_cell(value) for value in row] for row in _rows(extract, words)]
    blank = [""] * len(columns)
    document, notes = (
        next(k for k, column in enumerate(columns) if column.heading == words(key)) for key in ("document", "notes")
    )
    taken = extract.by_document()
    rows += [
        _fill_cells(blank, {document: one.name, notes: words.notes(one.notes)})
        for number, one in enumerate(extract.documents)
        if one.notes and number not in taken
    ]
    rows += [_fill_cells(blank, {document: one.path, notes: words.notes(one.notes)}) for one in extract.tables]
    rows += [_fill_cells(blank, {document: one.path, notes: words.not_read(one)}) for one in extract.unread]
    stream.write(write_csv([headings, *rows]))


def write_book(extract: Extract, words: Words, stream: IO[bytes]) -> None:
    """Write a workbook: the passages, then the documents, those that could not be read among them."""
    passages = SheetRows(words("extract"), _columns(extract, words), _rows(extract, words), freeze=2)
    write_workbook([passages, _document_sheet(extract, words)], stream)


def _columns(extract: Extract, words: Words) -> list[SheetColumn]:
    names = [words.topic(topic) for topic in extract.topics]
    context = any(passage.before or passage.after for passage in extract.passages)
    by_model = bool(extract.model)
    return [
        SheetColumn(words("no"), 6, "number"),
        SheetColumn(words("text"), 70),
        SheetColumn(words("topics"), 14),
        SheetColumn(words("uncertain"), 7),
        SheetColumn(words("document"), 26),
        SheetColumn(words("place"), 14),
        SheetColumn(words("date"), 12),
        SheetColumn(words("heading"), 28),
        SheetColumn(words("paragraph_no"), 7, "number"),
        *([SheetColumn(words("page_no"), 7, "number")] if _paged(extract) else []),
        *([SheetColumn(words("before"), 36), SheetColumn(words("after"), 36)] if context else []),
        SheetColumn(words("again"), 32),
        *(
            SheetColumn(f"{name}{_odds(words)}", max(10, 2 * len(name) + 6), "probability")
            for name in names
            if by_model
        ),
        SheetColumn(words("notes"), 32),
    ]


def _paged(extract: Extract) -> bool:
    return any(passage.where.page is not None for passage in extract.passages)


def _odds(words: Words) -> str:
    return "概率" if words.language == "zh" else " probability"


def _rows(extract: Extract, words: Words) -> Iterator[list[Value]]:
    context = any(passage.before or passage.after for passage in extract.passages)
    paged, noted = _paged(extract), set[int]()
    for number, passage in enumerate(extract.passages, start=1):
        document = extract.documents[passage.where.document]
        place, date = extract.told(passage.where)
        said = [words("recognised")] if passage.recognised else []
        said += [f"{words('decided')} {passage.decided}"] if passage.decided else []
        if document.notes and passage.where.document not in noted:
            noted.add(passage.where.document)
            said.append(words.notes(document.notes))
        yield [
            number,
            passage.text,
            words.labels(extract, passage.labels),
            words("yes") if passage.uncertain else None,
            document.name,
            place or None,
            date or None,
            words.heading(passage.where) or None,
            passage.where.paragraph,
            *([passage.where.page] if paged else []),
            *([passage.before or None, passage.after or None] if context else []),
            "\n".join(words.again(extract, passage)) or None,
            *(round(passage.probabilities[topic.id], _PROBABILITY) for topic in extract.topics if extract.model),
            ("；" if words.language == "zh" else "; ").join(said) or None,
        ]


def _document_sheet(extract: Extract, words: Words) -> SheetRows:
    columns = [
        SheetColumn(words("document"), 30),
        SheetColumn(words("state"), 30),
        SheetColumn(words("place"), 14),
        SheetColumn(words("date"), 12),
        SheetColumn(words("paragraphs"), 8, "number"),
        SheetColumn(words("taken"), 8, "number"),
        SheetColumn(words("repeated"), 8, "number"),
        SheetColumn(words("notes"), 50),
        SheetColumn(words("path"), 40),
    ]
    return SheetRows(words("documents"), columns, _document_rows(extract, words), freeze=1)


def _document_rows(extract: Extract, words: Words) -> Iterator[list[Value]]:
    taken, repeated = extract.by_document(), extract.repeated_in()
    for number, document in enumerate(extract.documents):
        yield [
            document.name, words("read"), document.place or None, document.date or None, document.paragraphs,
            len(taken.get(number, [])), repeated.get(number, 0), words.notes(document.notes) or None,
            document.table or document.path,
        ]  # fmt: skip
    for table in extract.tables:
        yield [table.path, words("read"), *[None] * 5, words.notes(table.notes), table.path]
    for unread in extract.unread:
        yield [unread.path, words.not_read(unread), *[None] * 6, unread.path]
    for path in extract.passed_over:
        yield [path, words("over"), *[None] * 6, path]


def _fill_cells(blank: list[str], cells: dict[int, str]) -> list[str]:
    return [cells.get(place, one) for place, one in enumerate(blank)]


def _cell(value: Value) -> str:
    return "" if value is None else str(value)
