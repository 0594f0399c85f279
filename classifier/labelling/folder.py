"""A labels folder that grows: batches of decisions, a journal of them, and the way back.

A batch is a file of its own. The journal names it first, then the file appears whole: killed in between, a name
without a file means nothing. Taking a batch back moves its file to undone/. Nothing that was there is ever rewritten.
Of several decisions on one paragraph the newest batch's counts (corpus.py reads it so).
"""

import gzip
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
from classifier.labelling.journal import JOURNAL, Batch, append, journalled, repair


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
        """Return the batches that are there (not taken back), oldest first."""
        return [one for one in journalled(self.folder) if (self.folder / one.file).is_file()]

    def state(self) -> list[tuple[str, int]]:
        """Return what changes whenever somebody writes here: the batches and their sizes in bytes."""
        return [(one.name, (self.folder / one.file).stat().st_size) for one in self.batches()]

    def add(self, decisions: Sequence[Decision], facts: Mapping[str, Any]) -> Batch:
        """Store decisions as one batch; the lock must be held. `facts`: kind, origin, by and whatever describes it.

        Word counts go to extracted/, as they do for found paragraphs; a batch with any text to paragraphs/.
        """
        counts_only = all(one.text is None for one in decisions)
        batch = self._name(facts, "extracted/{}.jsonl.gz" if counts_only else "paragraphs/{}.jsonl", len(decisions))
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
            (self.folder / last.file).replace(self.folder / "undone" / Path(last.file).name)
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
            return Session(self, self._name(facts, "paragraphs/{}.jsonl", None))

    def _name(self, facts: Mapping[str, Any], pattern: str, rows: int | None) -> Batch:
        """Enter a new batch into the journal, before its file is there."""
        at = now()
        number = len(journalled(self.folder)) + 1
        name = f"{at[:19].replace('-', '').replace(':', '')}-{number:04d}-{facts.get('kind', 'import')}"
        path = self.folder / pattern.format(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        entry = {"batch": name, "file": str(path.relative_to(self.folder).as_posix()), "at": at, **facts}
        append(self.folder / JOURNAL, entry | ({} if rows is None else {"rows": rows}))
        return Batch(name, entry["file"], at, entry)


class Session:
    """Decisions one by one. Each is on disk when `confirm` returns: whoever is killed after that loses nothing."""

    def __init__(self, labels: LabelFolder, batch: Batch) -> None:
        self.labels = labels
        self.batch = batch
        self.path = labels.folder / batch.file
        self.ends: list[int] = []  # length of the file before each decision of this session

    def confirm(self, decision: Decision) -> None:
        """Store one decision."""
        with self.labels.locked():
            self.ends.append(self.path.stat().st_size if self.path.is_file() else 0)
            with self.path.open("ab") as stream:
                stream.write(orjson.dumps(stamped(decision)) + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            sync(self.path.parent)

    def take_back(self) -> None:
        """Forget this session's last decision; raise LabelError where there is none."""
        if not self.ends:
            raise LabelError("nothing was confirmed yet that could be taken back")
        with self.labels.locked():
            kept = self.path.read_bytes()[: self.ends.pop()]
            with replacing(self.path) as part:
                part.write_bytes(kept)


def stamped(decision: Decision) -> dict[str, Any]:
    """Return a decision's row with the time it was stored, by which the newest counts."""
    at = now()
    return replace(decision, date=decision.date or at).as_row() | {"at": at}
