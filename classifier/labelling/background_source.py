"""Read unlabelled text for the background: a table of paragraphs or a folder of documents."""

from collections.abc import Iterator
from pathlib import Path

from classifier.documents.archive import Unread
from classifier.documents.read import read_all
from classifier.errors import LabelError
from classifier.labelling.label_file import read_rows
from classifier.text.split import split


def background_texts(path: Path) -> Iterator[str]:
    """Yield the paragraphs of JSON Lines with a `text` (gzip too), or of a folder of documents.

    Raises LabelError naming file and line where a row has no text, InputError where a document cannot be read.
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        for document in (one for file in files for one in read_all(str(file))):
            if isinstance(document, Unread):
                raise document.error
            yield from (paragraph.text for paragraph in split(document))
        return
    for where, row in read_rows(path):
        if not isinstance(row.get("text"), str):
            raise LabelError(f"{where}: a paragraph of the background needs a text")
        yield row["text"]
