"""A disk that fails where a test says so, and a clock that jumps."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


class Killed(BaseException):
    """The program ends here: nothing it would do afterwards happens."""


@dataclass
class FaultyDisk:
    """Stands between the store and the system.

    `left`: operations that still go well, None for all. `taken`: bytes that the write takes which fails. `full`: only
    what needs space fails, else everything does from then on, until `mend`. `kill`: the program ends there.
    """

    left: int | None = None
    taken: int = 0
    full: bool = False
    kill: bool = False
    failed: bool = field(default=False, init=False)

    def mend(self) -> None:
        """Let everything go well again."""
        self.left, self.failed = None, False

    def _fails(self) -> bool:
        if self.failed and self.kill:
            raise Killed
        if self.left is None or self.left > 0:
            self.left = None if self.left is None else self.left - 1
            return False
        self.failed = True
        return True

    def _error(self) -> BaseException:
        return Killed() if self.kill else OSError(errno.ENOSPC if self.full else errno.EIO, "the disk fails")

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Let all writes of this process go through this disk."""
        write, fsync, truncate, replace = os.write, os.fsync, os.truncate, os.replace

        def writing(descriptor: int, data: Any) -> int:
            if self._fails():
                if self.taken and bytes(data):
                    part = min(self.taken, len(data))
                    write(descriptor, bytes(data)[:part])
                raise self._error()
            return write(descriptor, data)

        def syncing(descriptor: int) -> None:
            if self._fails():
                raise self._error()
            fsync(descriptor)

        def cutting(path: Any, length: int) -> None:
            if (not self.full or self.kill) and self._fails():
                raise self._error()
            truncate(path, length)

        def renaming(source: Any, target: Any, **options: Any) -> None:
            if self._fails():
                raise self._error()
            replace(source, target, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "write", writing)
            patch.setattr(os, "fsync", syncing)
            patch.setattr(os, "truncate", cutting)
            patch.setattr(os, "replace", renaming)
            yield
