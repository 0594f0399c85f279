"""A document that is a zip of parts: opened and unpacked within bounds, whatever its directory says."""

import io
import zipfile
import zlib

from classifier.documents.extras import damaged
from classifier.errors import InputError
from classifier.files import UNPACKED_MOST

_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error)


class Package:
    """The parts of a document by name. `what`: the kind of document, for messages."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self._name, self._what = name, what
        self._left = UNPACKED_MOST
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            damaged(name, what, error)
        self._parts = {one.filename.replace("\\", "/").lstrip("/"): one for one in self._archive.infolist()}

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._parts

    def read(self, part: str) -> bytes:
        """Return a part. Raises InputError where it is missing or damaged, or all read so far is too much."""
        if part not in self._parts:
            raise InputError(f"{self._name}: cannot be read as a {self._what}: it has no {part}; save it again")
        try:
            with self._archive.open(self._parts[part]) as stream:
                content = stream.read(self._left + 1)
        except _BROKEN as error:
            damaged(self._name, self._what, error)
        self._left -= len(content)
        if self._left < 0:
            most = UNPACKED_MOST // 1_000_000
            raise InputError(f"{self._name}: would unpack to more than {most} MB; it is not opened")
        return content
