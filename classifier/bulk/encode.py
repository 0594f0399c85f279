"""From rows and their results to bytes of the output."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from classifier.bulk.chunk import Rows
from classifier.bulk.json_results import json_lines
from classifier.bulk.records import write_records
from classifier.bulk.result_columns import result_columns
from classifier.bulk.row_results import ChunkResults
from classifier.bulk.settings import Format, Settings

BOM = b"\xef\xbb\xbf"  # Excel needs it


def header(settings: Settings, columns: Sequence[str], ids: Sequence[str]) -> bytes:
    """Return what stands before the first row."""
    if settings.format is Format.csv:
        return BOM + write_records([[*columns, *settings.shown(ids)]])
    return b""


def encode(rows: Rows, results: ChunkResults, settings: Settings, columns: Sequence[str], schema: Any) -> bytes:
    """Return rows with their results: JSON Lines, CSV records, an Arrow stream for Parquet, lines for a workbook."""
    if settings.format is Format.jsonl:
        objects = results.of(settings.unit).repeated(rows.objects())
        return json_lines(objects, rows.values, results, settings)
    if settings.format is Format.xlsx:
        from classifier.bulk.books import book_lines  # noqa: PLC0415 - as in `local`

        return b"".join(book_lines(rows, results, settings, columns))
    if settings.format is Format.csv:
        return write_records(_records(rows, results, settings, columns))
    from classifier.bulk.batches import to_bytes, with_results  # noqa: PLC0415 - pyarrow, an extra

    return to_bytes(with_results(rows.batch(schema), rows.values, results.of(settings.unit), settings))


def _records(rows: Rows, results: ChunkResults, settings: Settings, columns: Sequence[str]) -> Iterator[list[Any]]:
    row_results = results.of(settings.unit)
    labels = [",".join(names) for names in row_results.every_label()]
    columns_of_results = result_columns(rows.values, row_results, labels, correctable=settings.correctable)
    added: Iterable[Sequence[Any]] = zip(*columns_of_results, strict=True)
    if settings.names:
        from classifier.bulk.book_columns import in_words  # noqa: PLC0415 - as in `encode`

        added = map(in_words(settings, row_results.ids), map(list, added))
    for cells, result_cells in zip(row_results.repeated(rows.cells(columns)), added, strict=True):
        yield [*cells, *result_cells]
