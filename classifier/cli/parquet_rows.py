"""Results as a Parquet table: the columns of the CSV, with types."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from classifier.bulk.compression import require_pyarrow
from classifier.cli.rows import cells, header

if TYPE_CHECKING:
    from classifier.api import Result

_TYPES = {
    "index": "int32",
    "start": "int64",
    "end": "int64",
    "page": "int32",
    "recognised": "bool",
    "uncertain": "bool",
}


def write_parquet(
    results_by_document: Iterable[list["Result"]], labels: tuple[str, ...], stream: IO[bytes], *, decided: bool
) -> None:
    """Write a row a result, a row group a document; `labels` is a list, a probability a number, all else as in CSV.

    `labels`: the ids that the model knows. `decided`: with a column that says who decided where a person did.
    """
    pa = require_pyarrow("Parquet")
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    def begun(explained: bool) -> Any:
        return pq.ParquetWriter(stream, _schema(pa, labels, header(labels, explained, decided)), compression="zstd")

    writer: Any = None
    for results in filter(None, results_by_document):
        explained = results[0].reasons is not None
        writer = writer or begun(explained)
        rows = [_values(result, labels, explained, decided) for result in results]
        writer.write_table(pa.Table.from_pylist(rows, writer.schema))
    (writer or begun(explained=False)).close()


def _schema(pa: Any, labels: tuple[str, ...], names: list[str]) -> Any:
    types = {name: pa.type_for_alias(alias) for name, alias in _TYPES.items()} | {"labels": pa.list_(pa.string())}
    types |= dict.fromkeys(labels, pa.float64())
    return pa.schema([(name, types.get(name, pa.string())) for name in names])


def _values(result: "Result", labels: tuple[str, ...], explained: bool, decided: bool) -> dict[str, object]:
    row = dict(zip(header(labels, explained, decided), cells(result, labels, explained, decided), strict=True))
    return row | {"labels": list(result.labels)}
