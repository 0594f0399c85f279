"""From rows and their results to bytes of the output."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from classifier.bulk.added import added_names
from classifier.bulk.chunk import Rows
from classifier.bulk.records import write_records
from classifier.bulk.scored import Scored
from classifier.bulk.settings import Format, Settings

BOM = b"\xef\xbb\xbf"  # Excel needs it


def head(settings: Settings, columns: Sequence[str], ids: Sequence[str]) -> bytes:
    """Return what stands before the first row."""
    if settings.format is Format.csv:
        return BOM + write_records([[*columns, *added_names(ids, settings.prefix)]])
    return b""


def encode(rows: Rows, scored: Scored, settings: Settings, columns: Sequence[str], schema: Any) -> bytes:
    """Return rows with their results: JSON Lines, CSV records, or an Arrow stream for Parquet."""
    if settings.format is Format.jsonl:
        return b"".join(_objects(rows, scored, settings.prefix))
    if settings.format is Format.csv:
        return write_records(_records(rows, scored, columns))
    from classifier.bulk.batches import to_bytes, with_results  # noqa: PLC0415 - pyarrow, an extra

    return to_bytes(with_results(rows.batch(schema), scored, settings.prefix))


def _objects(rows: Rows, scored: Scored, prefix: str) -> Iterator[bytes]:
    names = added_names(scored.ids, prefix)
    for row, values in zip(rows.objects(), _results(scored), strict=True):
        added = orjson.dumps(dict(zip(names, values, strict=True)))
        before = row[:-1].rstrip()
        yield before + (b"" if before == b"{" else b",") + added[1:] + b"\n"


def _records(rows: Rows, scored: Scored, columns: Sequence[str]) -> Iterator[list[Any]]:
    for cells, (labels, *others) in zip(rows.cells(columns), _results(scored), strict=True):
        yield [*cells, ",".join(labels), *others]


def _results(scored: Scored) -> Iterator[tuple[Any, ...]]:
    """Yield each row's results in the order of `added_names`."""
    table, primary = scored.probabilities.tolist(), scored.primary()
    for row, (error, uncertain) in enumerate(zip(scored.errors, scored.uncertain.tolist(), strict=True)):
        shares = table[row] if error is None else [None] * len(scored.ids)
        yield scored.labels_of(row), primary[row], uncertain, *shares, error, scored.model
