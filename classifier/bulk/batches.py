"""Arrow: Parquet files, and the columns that results become. Needs pyarrow."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.bulk.added import check_free
from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk, Fault
from classifier.bulk.lines import as_text
from classifier.bulk.result_columns import decided_cells, place_columns
from classifier.bulk.row_results import RowResults
from classifier.bulk.settings import Format, Settings, Unit
from classifier.errors import InputError
from classifier.tables.names import listed


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
        """Yield the rows in chunks.

        Raises InputError where the file cannot be read on.
        """
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
        check_free(names, batch.schema.names, "the input")
        self._batch, self._first = batch, first
        column = batch.column(text)
        self._bytes_are_text = _is_binary(_inner(column.type))
        self.values: list[Any] = texts(column)

    @classmethod
    def of(cls, chunk: Chunk, text: str, names: Sequence[str]) -> "Batch":
        """Return the rows of a chunk of a Parquet file."""
        batch = from_bytes(chunk.payload)
        for name, value in chunk.extra:
            if name not in batch.schema.names:
                type_ = pa.int64() if isinstance(value, int) else pa.string()
                batch = batch.append_column(pa.field(name, type_), pa.repeat(pa.scalar(value, type_), batch.num_rows))
        return cls(batch, text, names, chunk.first)

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object."""
        for row in self._batch.to_pylist():
            yield orjson.dumps(self._shown(row), default=_json_text, option=orjson.OPT_NON_STR_KEYS)

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells; lists and structures as JSON."""
        for row in self._batch.to_pylist():
            shown = self._shown(row)
            yield [_cell(shown[name]) for name in columns]

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row with bytes that are sound UTF-8 as text, where whoever wrote it left texts as bytes."""
        if not self._bytes_are_text:
            return row
        return {name: _as_text(value) if isinstance(value, bytes) else value for name, value in row.items()}

    def batch(self, schema: Any) -> Any:
        """Return the batch with the columns and types of all parts; raise InputError where a value does not fit."""
        if self._batch.schema == schema:
            return self._batch
        try:
            return self._batch.select(schema.names).cast(schema)
        except pa.ArrowInvalid as error:
            raise InputError(
                f"row {self._first:,} or after: does not fit the types of the other parts: {error}"
            ) from error

    def where(self, row: int) -> str:
        """Return the number of a row."""
        return f"row {self._first + row:,}"


def check_text_column(schema: pa.Schema, text: str, where: str) -> None:
    """Raise InputError where there is no such column or it holds something else than text."""
    if text not in schema.names:
        names = listed(schema.names) or "(none)"
        raise InputError(f"{where}: there is no column {text}; the columns are: {names}; choose one with --text-column")
    type_ = schema.field(text).type
    inner = _inner(type_)
    if not (pa.types.is_null(inner) or _is_text(inner) or _is_binary(inner)):
        raise InputError(f"{where}: the column {text} holds {type_}, not text; choose another with --text-column")


def _is_text(type_: pa.DataType) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_))


def _is_binary(type_: pa.DataType) -> bool:
    kinds = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary)
    return any(is_one(type_) for is_one in kinds)


def _inner(type_: pa.DataType) -> pa.DataType:
    return type_.value_type if pa.types.is_dictionary(type_) else type_


def joint_schema(schemas: Sequence[pa.Schema], files: Sequence[str]) -> pa.Schema:
    """Return the schema that holds the rows of all parts, in the order of the first; raise InputError for none."""
    joint = schemas[0]
    for schema, file in zip(schemas[1:], files[1:], strict=True):
        for place, field in enumerate(joint):
            other_field = schema.field(field.name)
            if field.type != other_field.type:
                joint = joint.set(place, field.with_type(_joint_type(field, other_field, file)).with_nullable(True))
    return joint


def _joint_type(field: pa.Field, other_field: pa.Field, file: str) -> pa.DataType:
    first, second = (pa.field(field.name, _inner(own.type)) for own in (field, other_field))
    plain = [kind for kind in (first.type, second.type) if not pa.types.is_null(kind)]
    if any(map(_is_text, plain)) and all(_is_text(kind) or _is_plain(kind) for kind in plain):
        return pa.large_string() if any(map(pa.types.is_large_string, plain)) else pa.string()
    try:
        merged = pa.unify_schemas([pa.schema([first]), pa.schema([second])], promote_options="permissive")
    except pa.ArrowException as error:
        raise InputError(
            f"{file}: the column {field.name} holds {other_field.type}, in other parts {field.type}; score them apart"
        ) from error
    return merged.field(0).type


def _is_plain(type_: pa.DataType) -> bool:
    return bool(pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_boolean(type_))


def texts(column: pa.Array) -> list[Any]:
    """Return a text column's values, bytes as text; Faults for bytes that are no UTF-8."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if _is_binary(column.type):
        return [_decode(value) for value in column.to_pylist()]
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decode(value) for value in column.cast(pa.large_binary()).to_pylist()]


def _as_text(value: bytes) -> Any:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _decode(value: bytes | None) -> Any:
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


def added_fields(ids: Sequence[str], settings: Settings) -> list[pa.Field]:
    """Return the columns that are added."""
    types = [pa.list_(pa.string()), pa.string(), pa.bool_(), *[pa.float64()] * len(ids), pa.string(), pa.string()]
    if settings.unit is Unit.sentence:
        types = [pa.int64(), pa.int64(), pa.string(), *types]
    if settings.decisions:
        types.append(pa.string())
    return [pa.field(name, type_) for name, type_ in zip(settings.added(ids), types, strict=True)]


def with_results(
    batch: pa.RecordBatch, values: Sequence[Any], row_results: RowResults, settings: Settings
) -> pa.RecordBatch:
    """Return a batch with the results of its rows, or of their sentences, behind its columns.

    `values`: what stands in the text column.
    """
    before: list[pa.Array] = []
    if (places := row_results.places) is not None:
        batch = batch.take(pa.array(places.rows))
        texts = place_columns(values, places)[-1]
        before = [pa.array(places.starts, mask=places.missing), pa.array(places.ends, mask=places.missing)]
        before.append(pa.array(texts, pa.string()))
    faulty = np.array([error is not None for error in row_results.errors], bool)
    names = pa.array(row_results.ids, pa.string())
    columns = [
        *before,
        pa.ListArray.from_arrays(pa.array(row_results.offsets, pa.int32()), names.take(pa.array(row_results.labels))),
        pa.array(row_results.primary(), pa.string()),
        pa.array(row_results.uncertain),
        *[pa.array(row_results.probabilities[:, place].copy(), mask=faulty) for place in range(len(row_results.ids))],
        pa.array(row_results.errors, pa.string()),
        pa.repeat(pa.scalar(row_results.model), len(row_results.errors)),
    ]
    if row_results.decided is not None:
        columns.append(pa.array(decided_cells(row_results.decided), pa.string()))
    schema = pa.schema([*batch.schema, *added_fields(row_results.ids, settings)], batch.schema.metadata)
    return pa.record_batch([*batch.columns, *columns], schema=schema)


def _json_text(value: Any) -> Any:
    """Return what JSON has no form for as text: bytes in base 64, all else as Python writes it."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return orjson.dumps(value, default=_json_text, option=orjson.OPT_NON_STR_KEYS).decode()
    if value is None or isinstance(value, (str, bool, int, float)):
        return as_text(value) or ""
    return str(_json_text(value))
