"""A labels folder that is read again and again: only what was added since is read anew."""

import threading
from pathlib import Path
from typing import Any

import orjson

from classifier.labelling.corpus import Corpus, LabelledParagraph, paragraph_of, read_decisions
from classifier.labelling.folder.journal import JOURNAL
from classifier.labelling.taxonomy import Taxonomy, read_terms
from classifier.text.tokens import Tokeniser

Signature = tuple[tuple[str, int, int], ...]


class RememberedFolder:
    """What a labels folder says, as of now; other programs may write into it at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._signature: Signature | None = None
        self._corpus: Corpus | None = None
        self._by_key: dict[str, LabelledParagraph] = {}
        self._rows: dict[tuple[str, bytes], LabelledParagraph] = {}
        self._tokeniser = Tokeniser(())

    @property
    def there(self) -> bool:
        """Whether the folder has been begun."""
        return (self.folder / "taxonomy.toml").is_file()

    def corpus(self) -> Corpus | None:
        """Return all decisions that count, what is set aside included; None where there is no folder yet.

        Raises LabelError where a file does not fit its format.
        """
        return self._read()[0]

    def by_key(self) -> dict[str, LabelledParagraph]:
        """Return the same by the paragraphs' keys."""
        return self._read()[1]

    def _read(self) -> tuple[Corpus | None, dict[str, LabelledParagraph]]:
        with self._lock:
            if not self.there:
                return None, {}
            signature = _signature(self.folder)
            if signature != self._signature:
                terms = read_terms(self.folder)
                if terms != self._tokeniser.terms:
                    self._tokeniser = Tokeniser(terms)
                    self._rows.clear()
                self._corpus = read_decisions(self.folder, self._tokeniser, understand=self._understand)
                self._by_key = {one.key: one for one in self._corpus.paragraphs}
                self._signature = signature
            return self._corpus, self._by_key

    def _understand(
        self, row: dict[str, Any], where: str, taxonomy: Taxonomy, tokeniser: Tokeniser
    ) -> LabelledParagraph:
        name = (where, orjson.dumps(row))
        known = self._rows.get(name)
        if known is None or not set(known.labels) <= set(taxonomy.ids):
            known = self._rows[name] = paragraph_of(row, where, taxonomy, tokeniser)
        return known


def _signature(folder: Path) -> Signature:
    """Return what changes when anything in the folder does."""
    files = [folder / "taxonomy.toml", folder / "terms.txt", folder / JOURNAL]
    files += sorted([*(folder / "paragraphs").glob("*.jsonl"), *(folder / "extracted").glob("*.jsonl*")])
    found = []
    for file in files:
        try:
            facts = file.stat()
        except FileNotFoundError:  # none yet, or just taken back
            continue
        found.append((file.name, facts.st_mtime_ns, facts.st_size))
    return tuple(found)
