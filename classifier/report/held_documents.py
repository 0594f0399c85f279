"""Documents whose paragraphs a table holds are not read again, be it from their files or from another table."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from classifier.report.held_texts import HeldTexts
from classifier.report.items import Item


class HeldDocuments:
    """Knows what tables held of documents. `texts`: tells which files these are."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str], Path] = {}
        self.texts = HeldTexts()

    def fresh(self, path: Path, items: Iterable[Item], again: set[str]) -> Iterator[Item]:
        """Yield what a table holds of documents that no table before held the same; the others' names join `again`."""
        here: dict[tuple[str, str], Path] = {}
        for document, some in groupby(items, key=lambda one: one.document):
            together = list(some)
            key = document, _digest(together)
            if key in self._tables:
                again.add(document)
                continue
            here[key] = path
            for item in together:
                self.texts.add(document, item)
            yield from together
        self._tables = here | self._tables


def _digest(items: Iterable[Item]) -> str:
    """Return what names the paragraphs of a document, whatever is said of them."""
    told = hashlib.sha256()
    for item in items:
        told.update(f"{item.result.index}\0{item.result.text}\0".encode("utf-8", "surrogatepass"))
    return told.hexdigest()
