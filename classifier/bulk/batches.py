"""Arrow: Parquet files, and the columns that results become. Needs pyarrow."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.lines import as_text, clash
from classifier.bulk.scored import Fault, Scored
from classifier.bulk.settings import Format
from classifier.errors import InputError


class ParquetFile:
    """A Parquet file, read a few thousand rows at a time."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._file = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{path}: not a whole Parquet file: {error}") from error
        self.schema: pa.Schema = self._file.schema_arrow
        self.rows: int = self._file.metadata.num_rows

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows in chunks."""
        facts = self._file.metadata
        size = sum(facts.row_group(number).total_byte_size for number in range(facts.num_row_groups))
        fitting = max(1, min(CHUNK_ROWS, CHUNK_BYTES * max(1, facts.num_rows) // max(1, size)))
        first = 1
        try:
            for batch in self._file.iter_batches(fitting, use_threads=False):
                done = (first + batch.num_rows) / max(1, self.rows)
                yield Chunk(Format.parquet, to_bytes(batch), self.path, first, min(1.0, done))
                first += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{self.path}, row {first:,} or after: cannot be read: {error}") from error


class Batch:
    """The rows of an Arrow batch. `names`: the columns that will be added, which it may not have yet."""

    def __init__(self, batch: pa.RecordBatch, text: str, names: Sequence[str], first: int = 1) -> None:
        if taken := sorted(set(names) & set(batch.schema.names)):
            raise clash(taken, "the input")
        self._batch, self._first = batch, first
        self.values: list[Any] = texts(batch.column(text))

    @classmethod
    def of(cls, chunk: Chunk, text: str, names: Sequence[str]) -> "Batch":
        """Return the rows of a chunk of a Parquet file."""
        return cls(from_bytes(chunk.payload), text, names, chunk.first)

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object."""
        for row in self._batch.to_pylist():
            yield orjson.dumps(row, default=_plain, option=orjson.OPT_NON_STR_KEYS)

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells; lists and structures as JSON."""
        for row in self._batch.to_pylist():
            yield [_cell(row[name]) for name in columns]

    def batch(self, schema: Any) -> Any:
        """Return the batch itself."""
        return self._batch.cast(schema) if self._batch.schema != schema else self._batch

    def where(self, row: int) -> str:
        """Return the number of a row."""
        return f"row {self._first + row:,}"


def check_text_column(schema: pa.Schema, text: str, where: str) -> None:
    """Raise InputError where there is no such column or it holds something else than text."""
    if text not in schema.names:
        names = ", ".join(schema.names) or "(none)"
        raise InputError(f"{where}: there is no column {text}; the columns are: {names}; choose one with --text-column")
    type_ = schema.field(text).type
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    if not (pa.types.is_null(inner) or _is_text(inner)):
        raise InputError(f"{where}: the column {text} holds {type_}, not text; choose another with --text-column")


def _is_text(type_: pa.DataType) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_))


def texts(column: pa.Array) -> list[Any]:
    """Return a text column's values; Faults for bytes that are no UTF-8."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(value) for value in column.cast(pa.large_binary()).to_pylist()]


def _decoded(value: bytes | None) -> Any:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return Fault("the text is not valid UTF-8")


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """Return a batch in Arrow's stream format."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def from_bytes(data: bytes) -> pa.RecordBatch:
    """Return the batch that `to_bytes` wrote."""
    return pa.ipc.open_stream(data).read_next_batch()


def added_fields(ids: Sequence[str], prefix: str = "") -> list[pa.Field]:
    """Return the columns that are added."""
    return [
        pa.field(prefix + "labels", pa.list_(pa.string())),
        pa.field(prefix + "primary", pa.string()),
        pa.field(prefix + "uncertain", pa.bool_()),
        *[pa.field(prefix + label, pa.float64()) for label in ids],
        pa.field(prefix + "error", pa.string()),
        pa.field(prefix + "model", pa.string()),
    ]


def with_results(batch: pa.RecordBatch, scored: Scored, prefix: str = "") -> pa.RecordBatch:
    """Return a batch with the results of its rows behind its columns."""
    faulty = pa.array([error is not None for error in scored.errors], pa.bool_()).to_numpy(zero_copy_only=False)
    names = pa.array(scored.ids, pa.string())
    columns = [
        pa.ListArray.from_arrays(pa.array(scored.offsets, pa.int32()), names.take(pa.array(scored.labels))),
        pa.array(scored.primary(), pa.string()),
        pa.array(scored.uncertain),
        *[pa.array(scored.probabilities[:, place].copy(), mask=faulty) for place in range(len(scored.ids))],
        pa.array(scored.errors, pa.string()),
        pa.repeat(pa.scalar(scored.model), len(scored.errors)),
    ]
    schema = pa.schema([*batch.schema, *added_fields(scored.ids, prefix)], batch.schema.metadata)
    return pa.record_batch([*batch.columns, *columns], schema=schema)


def _plain(value: Any) -> Any:
    """Return what JSON has no form for as text: bytes in base 64, all else as Python writes it."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()
    if value is None or isinstance(value, (str, bool, int, float)):
        return as_text(value) or ""
    return str(_plain(value))
