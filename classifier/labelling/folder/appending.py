"""A line at the end of a file: whole and on disk, or the file is as it was before."""

import logging
import os
from contextlib import suppress
from pathlib import Path

from classifier.files import sync

DAMAGED = ".damaged"  # the ending of what is set aside
_log = logging.getLogger(__name__)


def append(path: Path, line: bytes) -> None:
    """Add a line (with its end); it is on disk when this returns.

    Where that fails (OSError; a key that interrupts it) the file is cut back. Where even that fails it holds more
    than before, which its length tells.
    """
    before = size(path)
    try:
        _write(path, line)
        sync(path)
        if not before:
            sync(path.parent)
    except BaseException:
        with suppress(OSError):
            cut(path, before)
        raise


def cut(path: Path, length: int) -> None:
    """Take off what stands behind a length."""
    if size(path) > length:
        os.truncate(path, length)
        sync(path)


def set_aside_torn_end(path: Path) -> None:
    """Move a last line without its end into a file beside: a writer was killed in it, and told nobody of it.

    Its bytes are kept; a warning names the file.
    """
    if _ends_whole(path):
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    beside = path.with_name(path.name + DAMAGED)
    append(beside, data[whole:] + b"\n")
    cut(path, whole)
    _log.warning(
        "%s: its last line broke off, for a writer was stopped in it; nobody was told that it is stored. Its %d bytes "
        "are kept in %s",
        path, len(data) - whole, beside,
    )  # fmt: skip


def ends_with(path: Path, line: bytes) -> bool:
    """Tell whether a line is a file's last; no more is read than that."""
    length = size(path)
    if length < len(line):
        return False
    with path.open("rb") as stream:
        stream.seek(length - len(line))
        return stream.read() == line


def stands_in(path: Path, line: bytes) -> bool:
    """Tell whether a line is in a file, which may be there no longer."""
    return ends_with(path, line) or (path.is_file() and line in path.read_bytes())


def size(path: Path) -> int:
    """Return a file's length in bytes, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _ends_whole(path: Path) -> bool:
    if not size(path):
        return True
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


def _write(path: Path, line: bytes) -> None:
    """Hand all bytes to the system: without a buffer, which would try again when the file is closed."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
