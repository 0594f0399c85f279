"""Whole writes: a reader finds the old state or the new one, never half a file. And how large a packed file may be."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.platforms import replace

_BEGINNING = 40  # characters of a name in a neighbour's: a name of the greatest length leaves room for nothing
_PATIENCE = 60.0  # seconds to wait for another writer
UNPACKED_MOST = 200_000_000  # bytes that a packed file may hold: a small one may swell to more than memory holds


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary neighbour of `path` that takes its place when the block ends well.

    When the block raises, the neighbour is removed and `path` stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_BEGINNING]}.", suffix=".part")
    except OSError as error:  # named by the file that was asked for, not by its neighbour
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        sync(part)
        _take_mode(part, path)
        replace(part, path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, error: type[ClassifierError]) -> Iterator[None]:
    """Hold a folder for writing, against other threads and other programs; raise `error` where that takes a minute."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only who writes needs it

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as late:
        raise error(f"{folder}: another program is writing here; try again when it is done") from late
    try:
        yield
    finally:
        lock.release()


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 in one piece."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="")


def sync(path: Path) -> None:
    """Ask the operating system to put a file or a folder's entries on disk."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    try:
        descriptor = os.open(path, flags)
    except PermissionError:  # folders cannot be opened on Windows; the rename itself is enough there
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as lower-case hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _take_mode(part: Path, path: Path) -> None:
    """Give a temporary file (made readable by its owner only) the mode an ordinary new file would have."""
    if path.exists():
        part.chmod(path.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
