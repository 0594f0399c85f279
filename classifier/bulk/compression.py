"""gz and zst, read and written: as a chain of whole members, which can be cut off and gone on with."""

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, cast

from classifier.errors import MissingExtraError

SUFFIXES = {".gz": "gz", ".zst": "zst"}


def require_pyarrow(purpose: str) -> ModuleType:
    """Return the module pyarrow; raise MissingExtraError where it is not installed."""
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        message = f'{purpose} needs an extra: pip install "local-government-classifier[bulk]"'
        raise MissingExtraError(message) from error
    module: ModuleType = pyarrow
    return module


@contextmanager
def open_unpacked(path: str) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
    """Open a file for reading, unpacked as its name's ending says; beside it what share of it has been read."""
    with Path(path).open("rb") as raw:
        size = os.fstat(raw.fileno()).st_size
        stream: IO[bytes] = raw
        if path.lower().endswith(".gz"):
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw, mode="rb"))
        elif path.lower().endswith(".zst"):
            pa = require_pyarrow(path)
            stream = io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd"))
        yield stream, lambda: raw.tell() / max(1, size)


def compress(data: bytes, compression: str) -> bytes:
    """Return data as one compressed member ("gz", "zst"), equal data always as equal bytes; unchanged for "".

    Raises MissingExtraError for "zst" without pyarrow.
    """
    if compression == "gz":
        return gzip.compress(data, 6, mtime=0)
    if compression == "zst":
        member: bytes = require_pyarrow(".zst").compress(data, "zstd", asbytes=True)
        return member
    return data
