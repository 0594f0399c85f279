"""Plain text and Markdown."""

from classifier.documents.decode import decode
from classifier.documents.document import Reading


def read_text(data: bytes, name: str) -> Reading:
    """Return a text file's text and its encoding. Raises InputError where it is no text."""
    text, encoding = decode(data, name)
    return Reading(text=text, encoding=encoding)
