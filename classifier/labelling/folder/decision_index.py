"""Decisions of a labels folder found by text, without reading the folder: which line a key stands on is kept on disk.

A folder of ten thousand paragraphs takes seconds to read, for their words are counted. Here only keys are known (in the
cache folder, a file a labels folder; no text is kept there), and the lines of those asked for are read.
"""

import hashlib
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import orjson

from classifier import places
from classifier.errors import LabelError
from classifier.labelling.corpus import Count, Parts, label_files, paragraph_of, what_counts
from classifier.labelling.decided import of_a_person
from classifier.labelling.folder.journal import JOURNAL, Journal, read_journal
from classifier.labelling.folder.kept_keys import KeptFile, keys_of_files, read_kept, write_kept
from classifier.labelling.folder.looked_at import has_settled
from classifier.labelling.folder.looks import TAXONOMY, Looks, are_labels, look_at
from classifier.labelling.label_file import LabelFile, understood
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser


@dataclass(frozen=True, eq=False)
class FolderDecisions:
    """What people decided in a labels folder, as it was when this was opened (`DecisionIndex.now`).

    `damaged`: lines of its files that cannot be understood.
    """

    folder: Path
    taxonomy: Taxonomy
    journal: Journal
    _files: Mapping[Path, KeptFile]
    _found: dict[str, LabelledParagraph | None] = field(default_factory=dict)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The labels that could be chosen from."""
        return frozenset(self.taxonomy.ids)

    @property
    def damaged(self) -> int:
        """How many lines cannot be understood."""
        return sum(file.damaged for file in self._files.values())

    @property
    def empty(self) -> bool:
        """Whether there is no paragraph at all."""
        return not any(file.texts or file.counted for file in self._files.values())

    @cached_property
    def state(self) -> str:
        """A name for the folder's files as they are: decisions since give another one."""
        facts = [[path.name, *one.look[1:]] for path, one in self._files.items()]
        return hashlib.sha256(orjson.dumps(facts)).hexdigest()[:16]

    def find(self, text: str) -> LabelledParagraph | None:
        """Return what a person decided of a paragraph or of its sentences, None for nothing."""
        if self.empty:
            return None
        key = text_key(text)
        if key not in self._texts and not self._counted:
            return None
        if key not in self._found:
            self._found[key] = of_a_person(self._counts(key, text))
        return self._found[key]

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(key for file in self._files.values() for key in file.texts)

    @cached_property
    def _counted(self) -> frozenset[str]:
        return frozenset(key for file in self._files.values() for key in file.counted)

    @cached_property
    def _tokeniser(self) -> Tokeniser:
        return Tokeniser(read_terms(self.folder))

    def _counts(self, key: str, text: str) -> LabelledParagraph | None:
        """Return what counts for a text: what reading the whole folder gives (`corpus.what_counts`)."""
        words = words_key(self._tokeniser.counts(text)) if self._counted else ""
        counts = self._tokeniser.counts if words in self._counted else _uncounted
        found = what_counts(self._parts(key, words, counts), Tokeniser(())).every
        return sorted(found, key=lambda one: one.judged)[-1] if found else None

    def _parts(self, key: str, words: str, counts: Count) -> Parts:
        batches = self.journal.of_batches(self._files)
        later = set(batches)
        first = tuple(self._file(path, key, words, counts) for path in self._files if path not in later)
        return Parts(
            self.taxonomy, self.journal, "", first, tuple(self._file(path, key, words, counts) for path in batches)
        )

    def _file(self, path: Path, key: str, words: str, counts: Count) -> LabelFile:
        kept = self._files[path]
        lines = {*kept.texts.get(key, ()), *kept.counted.get(words, ())}
        if not lines:
            return LabelFile((), ())
        try:
            data = path.read_bytes()
        except OSError:  # a batch that was taken back meanwhile
            return LabelFile((), ())
        read = understood(data, path, lambda row, where: paragraph_of(row, where, self.taxonomy, counts), only=lines)
        return LabelFile(
            tuple(paragraph for paragraph in read.paragraphs if paragraph.key in {key, words}), read.damage
        )


def _uncounted(_text: str) -> dict[str, int]:
    """Count no words: where no decision is without text, nothing is told apart by them."""
    return {}


class DecisionIndex:
    """The keys of a labels folder, in memory and on disk; only files that have changed are read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taxonomy = str(folder / TAXONOMY)
        self._lock = threading.Lock()
        self._files: dict[Path, KeptFile] | None = None
        self._last: FolderDecisions | None = None
        self._settled: tuple[Looks, FolderDecisions] | None = None  # can no longer change without looking otherwise

    def now(self) -> FolderDecisions | None:
        """Return what people have decided by now; None where there is no labels folder yet.

        Nothing is read where the folder looks as it did. Raises LabelError where the taxonomy does not fit its format.
        """
        if not os.path.isfile(self._taxonomy):  # noqa: PTH113 - a server asks for every paragraph that it labels
            return None
        now, looks, known = time.time_ns(), look_at(self.folder), self._settled
        if known is not None and known[0] == looks:
            return known[1]
        with self._lock:
            found = self._looked_through()
            whole = len(self._files or ()) == sum(map(are_labels, looks))  # else one could not be read: tried again
            if whole and all(has_settled(look, now) for look in looks.values()):
                self._settled = looks, found
            return found

    def _looked_through(self) -> FolderDecisions:
        """Return what people have decided by now, reading what has changed; the lock must be held."""
        before = self._files if self._files is not None else read_kept(self.folder)
        journal = read_journal(self.folder)
        batches = set(journal.of_batches(found := label_files(self.folder)))
        files = dict(keys_of_files(self.folder, found, before, batches))
        changed = [path for path, one in files.items() if one is not before.get(path)]
        taxonomy = read_taxonomy(self.folder)
        if any(files[path].settled for path in changed) or before.keys() - files.keys():
            write_kept(self.folder, files)
        same = not changed and self._files is not None and files.keys() == before.keys()
        self._files = files
        if not (same and self._last and (taxonomy, journal) == (self._last.taxonomy, self._last.journal)):
            self._last = FolderDecisions(self.folder, taxonomy, journal, files)
        return self._last


def open_decisions(folder: Path | None = None) -> FolderDecisions | None:
    """Return what people decided in a labels folder; None where it has not been begun.

    `folder` None: this user's own, as the commands find it: ./labels, else the one in the user's own folder. Raises
    LabelError where a folder that was named is no labels folder, or where its taxonomy does not fit its format.
    """
    found = DecisionIndex(folder or places.own_labels()).now()
    if found is None and folder is not None:
        raise LabelError(f"{folder}: is no labels folder (it has no taxonomy.toml)")
    return found


def decisions_as_they_are(folder: Path) -> FolderDecisions:
    """Return what people decided in a labels folder that nobody adds to; nothing is kept on disk of it."""
    journal, files = read_journal(folder), label_files(folder)
    kept = dict(keys_of_files(folder, files, {}, set(journal.of_batches(files))))
    return FolderDecisions(folder, read_taxonomy(folder), journal, kept)


def decision_files(folder: Path) -> list[Path]:
    """Return the files of a labels folder that say what people decided."""
    about = [folder / name for name in ("taxonomy.toml", "terms.txt", JOURNAL)]
    return [path for path in about if path.is_file()] + label_files(folder)
