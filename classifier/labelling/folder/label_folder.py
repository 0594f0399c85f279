"""A labels folder that grows: batches of decisions, a journal of them, and the way back.

A batch is a file of its own. The journal names it first, then the file appears whole: killed in between, a name
without a file means nothing. Taking a batch back moves its file to undone/. Nothing that was there is ever rewritten.
Of several decisions on one paragraph the newest batch's counts (corpus.py reads it so).
"""

import gzip
import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from classifier import files
from classifier.errors import LabelError
from classifier.files import replacing, sync
from classifier.labelling.decision import Decision, now
from classifier.labelling.folder.journal import JOURNAL, Batch, append, journalled, repair


@dataclass(frozen=True)
class LabelFolder:
    """A labels folder to write into. Two writers, in one program or in two, lose nothing: each waits for the other."""

    folder: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for writing; raise LabelError where somebody else holds it for a minute."""
        with files.locked(self.folder, LabelError):
            repair(self.folder / JOURNAL)
            yield

    def batches(self) -> list[Batch]:
        """Return the batches that are there (not taken back, not empty), oldest first."""
        return [one for one in journalled(self.folder) if _size(self.folder / one.file)]

    def state(self) -> list[tuple[str, int]]:
        """Return what changes whenever somebody writes here: the batches and their sizes in bytes."""
        return [(one.name, _size(self.folder / one.file)) for one in self.batches()]

    def add(self, decisions: Sequence[Decision], facts: Mapping[str, Any]) -> Batch:
        """Store decisions as one batch; the lock must be held. `facts`: kind, origin, by and whatever describes it.

        Word counts go to extracted/, as they do for found paragraphs; a batch with any text to paragraphs/.
        """
        counts_only = all(one.text is None for one in decisions)
        batch = self.named(facts, "extracted/{}.jsonl.gz" if counts_only else "paragraphs/{}.jsonl", len(decisions))
        data = b"".join(orjson.dumps(stamped(one)) + b"\n" for one in decisions)
        with replacing(self.folder / batch.file) as part:
            part.write_bytes(gzip.compress(data, 9, mtime=0) if counts_only else data)
        return batch

    def undo(self) -> Batch:
        """Take the last batch back; raise LabelError where there is none. Its file is kept in undone/."""
        with self.locked():
            batches = self.batches()
            if not batches:
                raise LabelError(f"{self.folder}: no import or review to take back")
            last = batches[-1]
            (self.folder / "undone").mkdir(exist_ok=True)
            (self.folder / last.file).replace(_free(self.folder / "undone" / Path(last.file).name))
            sync(self.folder / "undone")
            append(self.folder / JOURNAL, {"undone": last.name, "at": now()})
        return last

    def forget(self, gone: Callable[[Mapping[str, Any]], bool]) -> int:
        """Take single decisions of batches with text back, wherever they stand; return how many.

        Their rows are kept in undone/, as those of whole batches are.
        """
        found = 0
        with self.locked():
            for batch in self.batches():
                path = self.folder / batch.file
                if path.suffix != ".jsonl":
                    continue
                lines = path.read_bytes().splitlines(keepends=True)
                taken = [line for line in lines if line.endswith(b"\n") and gone(orjson.loads(line))]
                if not taken:
                    continue
                (self.folder / "undone").mkdir(exist_ok=True)
                with (self.folder / "undone" / path.name).open("ab") as stream:
                    stream.writelines(taken)
                    stream.flush()
                    os.fsync(stream.fileno())
                with replacing(path) as part:
                    part.write_bytes(b"".join(line for line in lines if line not in taken))
                found += len(taken)
        return found

    def session(self, facts: Mapping[str, Any]) -> "Session":
        """Begin a batch that grows by single decisions, as a person makes them."""
        with self.locked():
            return Session(self, facts)

    def named(self, facts: Mapping[str, Any], pattern: str, rows: int | None) -> Batch:
        """Enter a new batch into the journal, before its file is there; the lock must be held.

        `pattern`: where its file will be, {} for its name. `rows`: how many it has, None where that grows.
        """
        at = now()
        number = len(journalled(self.folder)) + 1
        name = f"{at[:19].replace('-', '').replace(':', '')}-{number:04d}-{facts.get('kind', 'import')}"
        path = self.folder / pattern.format(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        entry = {"batch": name, "file": str(path.relative_to(self.folder).as_posix()), "at": at, **facts}
        append(self.folder / JOURNAL, entry | ({} if rows is None else {"rows": rows}))
        return Batch(name, entry["file"], at, entry)


class Session:
    """Decisions one by one. Each is on disk when `confirm` returns: whoever is killed after that loses nothing.

    Where somebody takes its batch back meanwhile, what is decided from then on is a batch of its own.
    """

    def __init__(self, labels: LabelFolder, facts: Mapping[str, Any]) -> None:
        self.labels = labels
        self.facts = facts
        self._begin()

    def _begin(self) -> None:
        self.batch = self.labels.named(self.facts, "paragraphs/{}.jsonl", None)
        self.path = self.labels.folder / self.batch.file
        self.ends: list[int] = []  # length of the file before each decision that can be taken back
        self.length = 0  # of the file as this session left it

    def confirm(self, decision: Decision) -> None:
        """Store one decision."""
        with self.labels.locked():
            self._look()
            self.ends.append(_size(self.path))
            with self.path.open("ab") as stream:
                stream.write(orjson.dumps(stamped(decision)) + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            sync(self.path.parent)
            self.length = _size(self.path)

    def take_back(self) -> None:
        """Forget this session's last decision; raise LabelError where there is none."""
        with self.labels.locked():
            self._look()
            if not self.ends:
                raise LabelError("nothing was confirmed yet that could be taken back")
            kept = self.path.read_bytes()[: self.ends.pop()]
            with replacing(self.path) as part:
                part.write_bytes(kept)
            self.length = len(kept)

    def _look(self) -> None:
        """Give up what somebody else took back: the whole file, or rows of it, after which no length holds."""
        if self.length and not self.path.is_file():
            self._begin()
        elif _size(self.path) != self.length:
            self.ends.clear()


def _size(path: Path) -> int:
    """Return a file's length in bytes, 0 where there is none."""
    return path.stat().st_size if path.is_file() else 0


def _free(path: Path) -> Path:
    """Return a name beside `path` that no file has: its own, else name-2, name-3 …"""
    name, _, ending = path.name.partition(".")
    names = (path.with_name(f"{name}-{number}.{ending}") for number in itertools.count(2))
    return path if not path.exists() else next(one for one in names if not one.exists())


def stamped(decision: Decision) -> dict[str, Any]:
    """Return a decision's row with the time it was stored, by which the newest counts."""
    at = now()
    return replace(decision, date=decision.date or at).as_row() | {"at": at}
