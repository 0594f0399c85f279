"""Word files (.docx, .docm, .dotx and flat XML): the extra `documents`."""

import io
from collections.abc import Iterator
from typing import Any

from classifier.documents.document import Reading
from classifier.documents.extras import damaged, missing


def read_docx(data: bytes, name: str) -> Reading:
    """Return a Word file's paragraphs and the cells of its tables in reading order, one a line."""
    try:
        import docx  # noqa: PLC0415 - optional
    except ImportError as error:
        missing(name, "Word files", error)
    try:
        document = docx.Document(io.BytesIO(data))
        return Reading(text="\n".join(_blocks(document)))
    except Exception as error:  # noqa: BLE001 - zip, XML and key errors of many kinds, all meaning the same
        damaged(name, "Word file (.docx)", error)


def _blocks(container: Any) -> Iterator[str]:
    """Yield the text of paragraphs and of tables' cells in order; merged cells once."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            seen = set()
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # noqa: SLF001 - python-docx's own way to tell merged cells
                        seen.add(cell._tc)  # noqa: SLF001
                        yield from _blocks(cell)
        else:
            yield block.text
