"""Plain text."""

from classifier.documents.decode import decode_damaged
from classifier.documents.document import Reading


def read_text(data: bytes, name: str) -> Reading:
    """Return a text file's text, its encoding and what in it was damaged. Raises InputError where it is no text."""
    decoded = decode_damaged(data, name)
    return Reading(text=decoded.text, encoding=decoded.encoding, notes=decoded.notes)
