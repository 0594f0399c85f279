"""A labels folder that is read again and again: only what was added since is read anew."""

import hashlib
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from classifier.labelling.corpus import (
    Corpus,
    LabelledParagraph,
    Parts,
    label_files,
    paragraph_of,
    read_file,
    read_parts,
    what_counts,
)
from classifier.labelling.folder.journal import JOURNAL
from classifier.labelling.label_file import LabelFile, Row, understood
from classifier.labelling.taxonomy import Taxonomy, read_terms
from classifier.text.tokens import Tokeniser

_SETTLED = 2_000_000_000  # ns: a file written to so lately may change again without its time and length showing it

Look = tuple[int, int, int]  # what can be seen of a file without reading it: which one it is, its time, its length


@dataclass
class _Remembered:
    """A file as it was read. `settled`: whether the same look means that it is the same."""

    look: Look
    settled: bool
    digest: bytes
    content: LabelFile
    rows: dict[tuple[str, bytes], LabelledParagraph] = field(default_factory=dict)


class RememberedFolder:
    """What a labels folder says, as of now; other programs may write into it at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._files: dict[Path, _Remembered] = {}
        self._looks: dict[Path, Look] = {}
        self._settled = False
        self._parts: Parts | None = None
        self._corpus: Corpus | None = None
        self._by_key: dict[str, LabelledParagraph] = {}
        self._last = 0
        self._only: Path | None = None  # the file that alone may have changed
        self._tokeniser = Tokeniser(())

    @property
    def there(self) -> bool:
        """Whether the folder has been begun."""
        return (self.folder / "taxonomy.toml").is_file()

    def corpus(self) -> Corpus | None:
        """Return all decisions that count, what is set aside included; None where there is no folder yet.

        Raises LabelError where the taxonomy does not fit its format.
        """
        with self._lock:
            return self._corpus if self._read() else None

    def by_key(self) -> dict[str, LabelledParagraph]:
        """Return the paragraphs of `corpus` by their keys; empty where there is no folder. Raises as `corpus` does."""
        with self._lock:
            return self._by_key if self._read() else {}

    def every(self) -> list[LabelledParagraph]:
        """Return every decision of the batches, those that count no longer included, in the order of the batches."""
        with self._lock:
            parts = self._parts if self._read() else None
            return [one for file in parts.later for one in file.paragraphs] if parts else []

    def last(self) -> int:
        """Return the highest number that the folder gave a decision, 0 where it gave none."""
        with self._lock:
            return self._last if self._read() else 0

    def held(self, key: str, changed: Path | None = None) -> tuple[LabelledParagraph | None, int]:
        """Return what counts for a paragraph and the folder's highest number, to who holds the folder for writing.

        `changed`: the file that alone was written to since this was asked last without giving up the folder.
        """
        with self._lock:
            self._only = changed
            try:
                there = self._read()
            finally:
                self._only = None
            return (self._by_key.get(key), self._last) if there else (None, 0)

    def _read(self) -> bool:
        """Read what has changed; return False where there is no folder yet."""
        if not self.there:
            return False
        looks = self._look()
        if not self._settled or looks != self._looks:
            now = time.time_ns()
            terms = read_terms(self.folder)
            if terms != self._tokeniser.terms:
                self._tokeniser, self._parts = Tokeniser(terms), None
                self._files.clear()
            parts = read_parts(self.folder, self._tokeniser, self._file)
            if parts != self._parts:
                self._understand(parts)
            self._looks, self._settled = looks, all(looks_settled(look, now) for look in looks.values())
        return True

    def _understand(self, parts: Parts) -> None:
        corpus = what_counts(parts, self._tokeniser)
        every = (one.seq for file in parts.later for one in file.paragraphs)
        self._last = max(every, default=0)
        self._by_key = {one.key: one for one in corpus.every}
        self._parts, self._corpus = parts, corpus

    def _file(self, path: Path, torn: bool, taxonomy: Taxonomy, tokeniser: Tokeniser) -> LabelFile:
        """Read a file as `read_file` does, where that is not known already."""
        now, known = time.time_ns(), self._files.get(path)
        if known and self._only is not None and path != self._only:
            return known.content
        if self._parts is not None and taxonomy != self._parts.taxonomy:
            known = None  # a row that did not fit may fit now, or the other way round
        try:
            look = look_at(path)
            if known and known.settled and known.look == look:
                return known.content
            data = path.read_bytes()
        except OSError:
            self._files.pop(path, None)
            return read_file(path, torn, taxonomy, tokeniser)
        digest = hashlib.sha256(data).digest() + bytes([torn])
        if known is None or digest != known.digest:
            known = self._parsed(path, data, torn, taxonomy, known)
            known.digest = digest
            self._files[path] = known
        known.look, known.settled = look, looks_settled(look, now)
        return known.content

    def _parsed(
        self, path: Path, data: bytes, torn: bool, taxonomy: Taxonomy, before: _Remembered | None
    ) -> _Remembered:
        rows: dict[tuple[str, bytes], LabelledParagraph] = {}

        def understand(row: Row, where: str) -> LabelledParagraph:
            name = (where, orjson.dumps(row))
            found = before.rows.get(name) if before else None
            rows[name] = found or paragraph_of(row, where, taxonomy, self._tokeniser)
            return rows[name]

        return _Remembered((0, 0, 0), False, b"", understood(data, path, understand, torn), rows)

    def _look(self) -> dict[Path, Look]:
        """Return what changes when anything in the folder does."""
        files = [self.folder / "taxonomy.toml", self.folder / "terms.txt", self.folder / JOURNAL]
        looks = {}
        for path in [*files, *label_files(self.folder)]:
            try:
                looks[path] = look_at(path)
            except OSError:  # none yet, or just taken back
                continue
        return looks


def look_at(path: Path) -> Look:
    """Return what can be seen of a file without reading it; raises OSError where it is not there."""
    facts = path.stat()
    return facts.st_ino, facts.st_mtime_ns, facts.st_size


def looks_settled(look: Look, now: int | None = None) -> bool:
    """Tell whether a file that looks so now (ns) cannot change any more without looking otherwise."""
    return look[1] < (time.time_ns() if now is None else now) - _SETTLED
