"""Rows of a table as plain data, whatever its format: what `classify score` reads and writes, read the same way."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from classifier.bulk.chunk import Chunk, Fault, Rows
from classifier.bulk.find_source import find_source, table_format
from classifier.bulk.lines import Lines, parse_line
from classifier.bulk.records import Records
from classifier.bulk.settings import Format
from classifier.documents.notes import Note
from classifier.json_types import JsonValue

Row = Mapping[str, JsonValue]


def is_csv(path: Path) -> bool:
    """Tell from its name whether a table is CSV or TSV."""
    return table_format(path) is Format.csv


def read_table(path: Path, text: str, notes: list[Note] | None = None) -> Iterator[tuple[str, Row | Fault]]:
    """Yield each row and where it stands ("file, line 7"). `text`: the column of the paragraphs, which must be there.

    `notes`: takes what was passed over or read with doubt, once all rows are taken: hidden rows, headings that come
    again. In place of a row that cannot be read stands a Fault, which says why. Raises InputError where the file is
    not what it must be.
    """
    source = replace(find_source(str(path)), text=text, given=True)  # what a person changed is told by these columns
    source.columns(text, Format.jsonl)
    for chunk in source.chunks(0):
        rows = _rows(chunk, text)
        for number, (line, value) in enumerate(zip(rows.objects(), rows.values, strict=True)):
            row = parse_line(line)
            where = f"{path}, {rows.where(number)}"
            if not isinstance(row, Fault) and isinstance(value, Fault) and not _can_be_shown(row, text, chunk):
                row = value
            yield where, row
    if notes is not None:
        notes += [Note("of_table", what=note) for note in source.notes.get(str(path), ())]


def _can_be_shown(row: Row, text: str, chunk: Chunk) -> bool:
    """Tell whether a faulty row is one to show: half a character in its text, or an error noted when it was scored."""
    return (chunk.format is not Format.csv and isinstance(row.get(text), str)) or any(
        name.endswith("error") and value for name, value in row.items()
    )


def _rows(chunk: Chunk, text: str) -> Rows:
    if chunk.format is Format.parquet:
        from classifier.bulk.batches import Batch  # noqa: PLC0415 - pyarrow, an extra

        return Batch.of(chunk, text, ())
    return Lines(chunk, text, ()) if chunk.format is Format.jsonl else Records(chunk, text, ())
