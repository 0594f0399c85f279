"""One file of the output while it grows: it can be cut back to any state that was committed."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from classifier.bulk.compression import require_pyarrow
from classifier.files import sync
from classifier.platforms import replace

if TYPE_CHECKING:
    import pyarrow as pa

Finish = Callable[[Path, Path], list[str]]  # from lines of JSON to a workbook; returns what there is to say of it
_GROUP_ROWS, _GROUP_BYTES = 1 << 16, 32 << 20  # of a Parquet row group


class Part(Protocol):
    """A file that grows."""

    def append(self, data: bytes) -> None:
        """Add what `encode` gave."""

    def sync(self) -> int:
        """Bring it to the disk and return its size, from which it can be gone on with."""

    def close(self, target: Path | None) -> list[str]:
        """Put the whole file in its place; None where it is given up. Return what there is to say of it."""


class BytesPart:
    """A part of JSON Lines or CSV. `size`: what was committed of an earlier run; `head` begins a new part."""

    def __init__(self, folder: Path, size: int, head: bytes) -> None:
        self._path = folder / "part"
        self._stream: IO[bytes] = self._path.open("r+b" if size else "wb")
        self._stream.truncate(size)
        self._stream.seek(size)
        if not size:
            self._stream.write(head)

    def append(self, data: bytes) -> None:
        """Add bytes."""
        self._stream.write(data)

    def sync(self) -> int:
        """Return the size on disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        return self._stream.tell()

    def close(self, target: Path | None) -> list[str]:
        """Move the part to its place."""
        if target is not None:
            self.sync()
            self._stream.close()
            replace(self._path, target)
            sync(target.parent)
        else:
            _close_quietly(self._stream)
        return []


class ParquetRows:
    """Batches on their way into a Parquet file, gathered to row groups."""

    def __init__(self, stream: IO[bytes], schema: "pa.Schema") -> None:
        self._pa = require_pyarrow("Parquet")
        self._writer = self._pa.parquet.ParquetWriter(stream, schema, compression="snappy")
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def append(self, data: object) -> None:
        """Add the batches in a stream of Arrow's format, which may be in memory or in a file."""
        for batch in self._pa.ipc.open_stream(data):
            self._waiting.append(batch)
            self._rows += batch.num_rows
            self._bytes += batch.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._write()

    def close(self) -> None:
        """Write the rest and the table of contents; the stream stays open."""
        self._write()
        self._writer.close()

    def give_up(self) -> None:
        """Write no more, though the table of contents is missing."""
        with suppress(OSError, ValueError):
            self._writer.close()
        self._writer.is_open = False  # else it tries again when it is collected

    def _write(self) -> None:
        if self._waiting:
            self._writer.write_table(self._pa.Table.from_batches(self._waiting), row_group_size=_GROUP_ROWS * 2)
        self._waiting, self._rows, self._bytes = [], 0, 0


class ParquetPart:
    """A part of Parquet, which has its table of contents at the end and cannot be gone on with.

    So the rows are also kept as they came, in Arrow's stream format, and written anew after an interruption.
    """

    def __init__(self, folder: Path, size: int, schema: "pa.Schema") -> None:
        self._kept = BytesPart(folder, size, b"")
        self._path = folder / "part.parquet"
        self._stream = self._path.open("wb")
        self._rows = ParquetRows(self._stream, schema)
        with require_pyarrow("Parquet").OSFile(str(folder / "part")) as kept:
            while kept.tell() < size:  # each chunk is a stream to its own end
                self._rows.append(kept)

    def append(self, data: bytes) -> None:
        """Add a chunk's batch."""
        self._kept.append(data)
        self._rows.append(data)

    def sync(self) -> int:
        """Return the size of the kept rows on disk."""
        return self._kept.sync()

    def close(self, target: Path | None) -> list[str]:
        """Move the part to its place; the kept rows stay until the next part begins."""
        self._kept.close(None)
        if target is None:
            self._rows.give_up()
            _close_quietly(self._stream)
            return []
        self._rows.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        replace(self._path, target)
        sync(target.parent)
        return []


class BookPart:
    """A workbook, made of lines of JSON when all are there; `finish` makes it."""

    def __init__(self, folder: Path, size: int, finish: Finish) -> None:
        self._kept = BytesPart(folder, size, b"")
        self._folder, self._finish = folder, finish

    def append(self, data: bytes) -> None:
        """Add the lines of a chunk."""
        self._kept.append(data)

    def sync(self) -> int:
        """Return the size of the lines on disk."""
        return self._kept.sync()

    def close(self, target: Path | None) -> list[str]:
        """Make the workbook and move it to its place; the lines stay until the next part begins."""
        if target is None:
            self._kept.close(None)
            return []
        self.sync()
        made = self._folder / "part.xlsx"
        notes = self._finish(self._folder / "part", made)  # where it cannot, the lines are still to be closed
        self._kept.close(None)
        sync(made)
        replace(made, target)
        sync(target.parent)
        return notes


def _close_quietly(stream: IO[bytes]) -> None:
    """Close a file whose last bytes may find no room on the disk."""
    for _ in range(2):  # the second time it gives the bytes up
        with suppress(OSError):
            stream.close()
