"""Decisions of a labels folder found by text, without reading the folder: which line a key stands on is kept on disk.

A folder of ten thousand paragraphs takes seconds to read, for their words are counted. Here only keys are known (in the
cache folder, a file a labels folder; no text is kept there), and the lines of those asked for are read.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from classifier import places
from classifier.errors import LabelError
from classifier.files import replacing
from classifier.labelling.corpus import Count, Parts, label_files, paragraph_of, what_counts
from classifier.labelling.decided import of_a_person
from classifier.labelling.folder.journal import JOURNAL, Journal, read_journal
from classifier.labelling.folder.looked_at import Look, has_settled
from classifier.labelling.folder.looks import TAXONOMY, Looks, are_labels, look_at
from classifier.labelling.label_file import LabelFile, rows_of, understood
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

_FORMAT = 1  # of the cache; another one is made anew
Lines = dict[str, list[int]]  # key → lines, from 1


@dataclass(frozen=True)
class KeptFile:
    """Keys of a file of labels. `counted`: keys that are of word counts. `damaged`: lines that hold no paragraph."""

    look: Look
    settled: bool
    texts: Lines
    counted: Lines
    damaged: int = 0


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
        before = self._files if self._files is not None else _read(self.folder)
        journal = read_journal(self.folder)
        batches = set(journal.of_batches(found := label_files(self.folder)))
        files = dict(_kept(self.folder, found, before, batches))
        changed = [path for path, one in files.items() if one is not before.get(path)]
        taxonomy = read_taxonomy(self.folder)
        if any(files[path].settled for path in changed) or before.keys() - files.keys():
            _write(self.folder, files)
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
    kept = dict(_kept(folder, files, {}, set(journal.of_batches(files))))
    return FolderDecisions(folder, read_taxonomy(folder), journal, kept)


def decision_files(folder: Path) -> list[Path]:
    """Return the files of a labels folder that say what people decided."""
    about = [folder / name for name in ("taxonomy.toml", "terms.txt", JOURNAL)]
    return [path for path in about if path.is_file()] + label_files(folder)


def _kept(
    folder: Path, paths: Sequence[Path], before: Mapping[Path, KeptFile], batches: set[Path]
) -> Iterator[tuple[Path, KeptFile]]:
    now, looks = time.time_ns(), look_at(folder)
    for path in paths:
        look, known = looks.get(f"{path.parent.name}/{path.name}"), before.get(path)
        if look is None:  # taken back meanwhile
            continue
        if known is None or not known.settled or known.look != look:
            try:
                known = _keys(path.read_bytes(), path, look, has_settled(look, now), torn=path in batches)
            except OSError:  # as above; or not ours to read, which whoever reads the folder is told
                continue
        yield path, known


def _keys(data: bytes, path: Path, look: Look, settled: bool, *, torn: bool) -> KeptFile:
    damage: list[LabelError] = []
    texts: Lines = {}
    counted: Lines = {}
    nothing = 0
    for where, row in rows_of(data, path, damage.append, torn):
        line = int(where.rpartition(":")[2])
        text, words = row.get("text"), row.get("words")
        if isinstance(text, str) and text.strip():
            texts.setdefault(text_key(text), []).append(line)
        elif isinstance(words, dict) and "text" not in row:
            counted.setdefault(words_key(words), []).append(line)
        else:
            nothing += 1
    return KeptFile(look, settled, texts, counted, len(damage) + nothing)


def _place(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return places.cache_folder() / "decisions" / f"{name}.json"


def _read(folder: Path) -> dict[Path, KeptFile]:
    """Return what is kept on disk, nothing where that is missing, damaged or of another format."""
    try:
        kept: Any = orjson.loads(_place(folder).read_bytes())
        if kept["format"] != _FORMAT:
            return {}
        return {
            folder / name: KeptFile(tuple(one["look"]), True, one["texts"], one["counted"], one["damaged"])
            for name, one in kept["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(folder: Path, files: Mapping[Path, KeptFile]) -> None:
    kept = {
        path.relative_to(folder).as_posix(): {
            "look": one.look, "texts": one.texts, "counted": one.counted, "damaged": one.damaged
        }
        for path, one in files.items()
        if one.settled
    }  # fmt: skip
    place = _place(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as part:
            part.write_bytes(orjson.dumps({"format": _FORMAT, "files": kept}))
    except OSError:  # it is made anew each time, then
        pass
