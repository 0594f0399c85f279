"""Stretches of the input: as bytes between processes, as rows where they are scored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from classifier.bulk.settings import Format

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK_ROWS = 4096
CHUNK_BYTES = 4 << 20


@dataclass(frozen=True)
class Chunk:
    """Some rows of one file, as bytes that stand for themselves.

    `format`: the input's, None for paths of documents. `file` and `first` (the number of the first row, or of its
    line for text formats) are for messages; `done`: the share of the file that is read with this chunk.
    `places`: where each row stands, where its line in the payload does not tell. `faults`: why a row's text cannot be
    read, by the row's number in the chunk. `extra`: columns that the file's place in a folder tells (year=2024/), and
    of workbooks the one that tells the sheet. `sheet`: of a workbook the one that the rows are from.
    """

    format: Format | None
    payload: bytes
    file: str
    first: int
    done: float = 0.0
    places: tuple[str, ...] = ()
    faults: Mapping[int, str] = field(default_factory=dict)
    extra: tuple[tuple[str, int | str | None], ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Fault:
    """Stands in the place of a text that cannot be scored, and says why."""

    reason: str


class Rows(Protocol):
    """The rows of a chunk."""

    values: list[object]
    """What stands in the text column: texts, Faults, or whatever else."""

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object."""

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells of a CSV file with these columns."""

    def batch(self, schema: "pa.Schema") -> "pa.RecordBatch":
        """Return the rows as a pyarrow.RecordBatch with these columns (a pyarrow.Schema)."""

    def where(self, row: int) -> str:
        """Say where a row stands, for messages: line 7."""
