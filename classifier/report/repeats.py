"""Documents that hold the same text count once: two copies in two folders would double a share and a trend."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from classifier.files import sha256
from classifier.labelling.paragraph_keys import folded
from classifier.report.items import Item, repeated_document


class Repeats:
    """Knows what was counted: documents by their texts, whatever the spaces, breaks and widths; tables by their bytes.

    What else a table says of its rows (`cells`) is part of the text.
    """

    def __init__(self) -> None:
        self._documents: dict[str, str] = {}
        self._tables: dict[str, str] = {}

    def of_documents(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the paragraphs of documents that follow one another; of one that repeats another, what says so."""
        for document, some in groupby(items, key=lambda one: one.document):
            together = list(some)
            read = [one.result for one in together if one.error is None]
            digest = _Digest()
            for result in read:
                digest.add(result.text, str(sorted(result.cells.items())) if result.cells else "")
            first = self._documents.setdefault(digest.value(), document) if read else document
            if first == document:
                yield from together
            else:
                yield repeated_document(document, first)

    def of_rows(self, rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
        """Return which documents of a table repeat others, with these: rows of document, text and cells, in order.

        A document whose rows do not follow one another (a table that was sorted) repeats none: it cannot be told.
        """
        digests: dict[str, str] = {}
        scattered: set[str] = set()
        for document, some in groupby(rows, key=lambda row: row[0]):
            digest = _Digest()
            for _, text, cells in some:
                digest.add(text, cells)
            if document in digests:
                scattered.add(document)
            digests[document] = digest.value()
        whole = {document: named for document, named in digests.items() if document not in scattered}
        found: dict[str, str] = {}
        fresh: dict[str, str] = {}
        for document, named in whole.items():
            before = self._documents.get(named)  # in another table, perhaps under the same name
            first = before or fresh.setdefault(named, document)
            if before or first != document:
                found[document] = first
        self._documents |= fresh
        return found

    def of_table(self, path: Path) -> str | None:
        """Return the table that was counted with the same bytes before, None where there is none."""
        first = self._tables.setdefault(sha256(path), str(path))
        return None if first == str(path) else first


class _Digest:
    """What names the text of a document."""

    def __init__(self) -> None:
        self._text, self._cells = hashlib.sha256(), hashlib.sha256()

    def add(self, text: str, cells: str) -> None:
        self._text.update(folded(text).encode("utf-8", "surrogatepass"))
        self._cells.update(cells.encode("utf-8", "surrogatepass"))

    def value(self) -> str:
        return self._text.hexdigest() + self._cells.hexdigest()
