"""Rich Text Format, as Word, WPS, LibreOffice and WordPad write Chinese in it.

A reader of our own: striprtf 0.0.35, the best of those measured, gives one string in which cells, notes, headings,
deleted and hidden text are no longer told apart, and stops at some Chinese escapes. Control words are those of
Microsoft's Rich Text Format Specification 1.9.1 (2008).
"""

from classifier.documents.document import Reading
from classifier.documents.rtf.walk import Walk


def read_rtf(data: bytes, name: str) -> Reading:
    """Return an RTF file's paragraphs, rows, notes and furniture. `name` is not needed: any bytes are read somehow."""
    del name
    walk = Walk(data)
    walk.run()
    return Reading(walk.blocks(), notes=walk.notes())
