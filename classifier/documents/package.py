"""A document that is a zip of parts: opened and unpacked within bounds, whatever its directory says."""

from classifier.documents.extras import damaged
from classifier.errors import InputError
from classifier.unzip import BROKEN, BoundedZip, TooLargeError, too_large


class Package:
    """The parts of a document by name. `what`: the kind of document, for messages."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self._name, self._what = name, what
        try:
            self._archive = BoundedZip(data)
        except BROKEN as error:
            damaged(name, what, error)
        self._parts = {member.filename.replace("\\", "/").lstrip("/"): member for member in self._archive.members}

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._parts

    def read(self, part: str) -> bytes:
        """Return a part. Raises InputError where it is missing or damaged, or all read so far is too much."""
        if part not in self._parts:
            raise InputError(f"{self._name}: cannot be read as a {self._what}: it has no {part}; save it again")
        try:
            return self._archive.read(self._parts[part])
        except TooLargeError as error:
            raise InputError(too_large(self._name)) from error
        except BROKEN as error:
            damaged(self._name, self._what, error)
