"""Documents that hold the same text are known as copies of one: two of them would double a share and a trend."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from classifier.files import sha256
from classifier.labelling.paragraph_keys import folded
from classifier.report.items import Item
from classifier.result import Result


class Repeats:
    """Knows what was counted: documents by their texts, whatever the spaces, breaks and widths; tables by their bytes.

    What else a table says of its rows (`cells`) is part of the text.
    """

    def __init__(self) -> None:
        self._documents: dict[str, str] = {}
        self._tables: dict[str, str] = {}

    def of_documents(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the paragraphs of documents; those of one that repeats another last of all, as such (`Item.same_as`).

        A document whose paragraphs do not follow one another (a table that was sorted) repeats none: that cannot be
        told. So what looks like a repetition waits until all is known.
        """
        seen: set[str] = set()
        scattered: set[str] = set()
        fresh: dict[str, str] = {}
        waiting: list[tuple[str, str, list[Item]]] = []
        for document, some in groupby(items, key=lambda one: one.document):
            together = list(some)
            if document in seen:
                scattered.add(document)
            seen.add(document)
            read = [one.result for one in together if one.error is None]
            digest = _digest(read)
            first = self._documents.get(digest) or fresh.get(digest)
            if first is None or not read or document in scattered:
                fresh.setdefault(digest, document)
                yield from together
            else:
                waiting.append((document, first, together))
        for document, first, together in waiting:
            if document in scattered or first in scattered:
                yield from together
            else:
                yield from (replace(one, same_as=first) for one in together if one.error is None)
        self._documents |= {digest: document for digest, document in fresh.items() if document not in scattered}

    def of_table(self, path: Path) -> str | None:
        """Return the table that was counted with the same bytes before, None where there is none."""
        first = self._tables.setdefault(sha256(path), str(path))
        return None if first == str(path) else first


def _digest(results: Iterable[Result]) -> str:
    """Return what names the text of a document and what else a table says of its rows."""
    text, cells = hashlib.sha256(), hashlib.sha256()
    for result in results:
        text.update(folded(result.text).encode("utf-8", "surrogatepass"))
        if result.cells:
            cells.update(str(sorted(result.cells.items())).encode("utf-8", "surrogatepass"))
    return text.hexdigest() + cells.hexdigest()
