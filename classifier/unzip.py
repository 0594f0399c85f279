"""Zip archives opened within bounds: a small file may swell to more than memory holds, whatever its directory says."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from classifier.errors import ClassifierError
from classifier.files import UNPACKED_MOST

BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    MemoryError,
)  # fmt: skip
"""What zipfile raises for archives and members that are damaged, protected or packed in a way that it does not know."""


class TooLargeError(Exception):
    """A member, or all that was read of an archive so far, is more than memory should hold."""


@dataclass
class Allowance:
    """How many bytes may still be unpacked; archives inside an archive share its own."""

    left: int = field(default_factory=lambda: UNPACKED_MOST)


class BoundedZip:
    """A zip archive in memory. Raises what BROKEN lists where it is none."""

    def __init__(self, data: bytes, allowance: Allowance | None = None) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._allowance = allowance or Allowance()
        self._charged: set[int] = set()
        self.members = self._archive.infolist()

    def read(self, member: zipfile.ZipInfo, most: int | None = None) -> bytes:
        """Return a member's content, at most `most` bytes of it (None: UNPACKED_MOST) and what is left of all.

        A member that is read again is charged once. Raises TooLargeError for more than that, which is not unpacked, and
        what BROKEN lists.
        """
        bound = UNPACKED_MOST if most is None else most
        if member.header_offset not in self._charged:
            bound = min(bound, self._allowance.left)
        if member.file_size > bound:
            raise TooLargeError
        with self._archive.open(member) as stream:  # zipfile gives no more than is said; read() alone unpacks it
            content = stream.read(member.file_size + 1)
        if member.header_offset not in self._charged:
            self._charged.add(member.header_offset)
            self._allowance.left -= len(content)
        return content


def too_large(name: str) -> str:
    """Return what is said of a file that would unpack to more than memory should hold."""
    return f"{name}: would unpack to more than {UNPACKED_MOST // 1_000_000} MB; it is not opened"


def check_unpacked_size(data: bytes, name: str, error: type[ClassifierError]) -> None:
    """Raise `error` where an archive that another library will unpack says that it holds more than UNPACKED_MOST.

    Raises what BROKEN lists where it is none.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(one.file_size for one in archive.infolist()) > UNPACKED_MOST:
            raise error(too_large(name))
