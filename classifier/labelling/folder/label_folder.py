"""A labels folder that grows: batches of decisions, a journal of them, and the way back.

A batch is a file of its own. The journal names it first, then the file appears whole, or grows line by line: killed in
between, a name without a file means nothing. Taking a batch back moves its file to undone/. Nothing that was there is
ever rewritten. Every decision gets the next number of its folder, while the folder is held: of several on one paragraph
the last to arrive counts, whatever the clocks say.
"""

import gzip
import itertools
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import orjson

from classifier import files
from classifier.errors import LabelError
from classifier.files import replacing, sync
from classifier.json_types import JsonDict, JsonObject
from classifier.labelling.corpus import label_files
from classifier.labelling.decision import Decision, now
from classifier.labelling.folder import appending
from classifier.labelling.folder.appending import size
from classifier.labelling.folder.cache import RememberedFolder
from classifier.labelling.folder.journal import JOURNAL, Batch, append, journalled, read_journal
from classifier.labelling.folder.session import Session, stamped

_LINE = 1000  # bytes in which the number of a file's last decision stands, at the end of its line
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelFolder:
    """A labels folder to write into. Two writers, in one program or in two, lose nothing: each waits for the other."""

    folder: Path
    _waiting: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @cached_property
    def remembered(self) -> RememberedFolder:
        """What the folder says."""
        return RememberedFolder(self.folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for writing; raise LabelError where somebody else holds it for a minute."""
        with (
            self._waiting,
            files.locked(self.folder, LabelError),
        ):  # threads of one program wait without asking the disk
            appending.set_aside_torn_end(self.folder / JOURNAL)
            yield

    def batches(self) -> list[Batch]:
        """Return the batches that are there (not taken back, not empty), oldest first, those without a line too.

        These are known by their files' names, which begin with the time.
        """
        journal = read_journal(self.folder)
        lost = journal.lost(label_files(self.folder))
        every = sorted((*journal.batches, *lost), key=lambda one: one.name) if lost else journal.batches
        return [one for one in every if size(self.folder / one.file)]

    def state(self) -> list[tuple[str, bytes]]:
        """Return what changes whenever somebody writes here: the batches and how each ends."""
        return [(batch.name, _end(self.folder / batch.file)) for batch in self.batches()]

    def add(self, decisions: Sequence[Decision], facts: JsonObject) -> Batch:
        """Store decisions as one batch; the lock must be held. `facts`: kind, origin, by and whatever describes it.

        Word counts go to extracted/, as they do for found paragraphs; a batch with any text to paragraphs/.
        """
        counts_only = all(decision.text is None for decision in decisions)
        seq = self.remembered.last() + 1
        batch = self.named(facts, "extracted/{}.jsonl.gz" if counts_only else "paragraphs/{}.jsonl", len(decisions))
        data = b"".join(stamped(decision, seq) for decision in decisions)
        with replacing(self.folder / batch.file) as part:
            part.write_bytes(gzip.compress(data, 9, mtime=0) if counts_only else data)
        return batch

    def decisions_in(self, batch: Batch) -> int:
        """Count a batch's decisions, as it is now: a review grows, and single ones may have been taken out of any."""
        path, entered = self.folder / batch.file, batch.facts.get("rows")
        if path.suffix == ".jsonl":
            return path.read_bytes().count(b"\n")
        return entered if isinstance(entered, int) else 0

    def undo(self, expected: str = "", decisions: int | None = None) -> Batch:
        """Take the last batch back; raise LabelError where there is none. Its file is kept in undone/.

        `expected`: the name of the batch that is meant; LabelError where another is the last. `decisions`: how many it
        had when that was said, None for who was not shown; LabelError where it has more or fewer now.
        """
        with self.locked():
            batches = self.batches()
            if not batches:
                raise LabelError(f"{self.folder}: no import or review to take back")
            last = batches[-1]
            if expected and last.name != expected:
                raise LabelError(f"{last.name} came meanwhile; load the page again to see what would be taken back")
            if decisions is not None and decisions != self.decisions_in(last):
                raise LabelError(
                    f"{last.name} has changed meanwhile; load the page again to see what would be taken back"
                )
            (self.folder / "undone").mkdir(exist_ok=True)
            (self.folder / last.file).replace(_free(self.folder / "undone" / Path(last.file).name))
            self._note(last)
        return last

    def _note(self, undone: Batch) -> None:
        """Enter into the journal that a batch was taken back. It is, even where that fails: no second try is needed."""
        try:
            sync(self.folder / "undone")
            append(self.folder / JOURNAL, {"undone": undone.name, "at": now()})
        except OSError as error:
            _log.warning("%s was taken back, but the journal could not be told: %s", undone.name, error)

    def forget(self, gone: Callable[[JsonObject], bool]) -> int:
        """Take single decisions of batches with text back, wherever they stand; return how many.

        Their rows are kept in undone/, as those of whole batches are.
        """
        with self.locked():
            return sum(self._forgotten(path, gone) for path in self._with_text())

    def _with_text(self) -> list[Path]:
        """Return the files of batches with text, whether or not the journal (still) names them."""
        batches = read_journal(self.folder).of_batches(label_files(self.folder))
        return [path for path in batches if path.suffix == ".jsonl" and path.is_file()]

    def _forgotten(self, path: Path, gone: Callable[[JsonObject], bool]) -> int:
        lines = path.read_bytes().splitlines(keepends=True)
        taken = [line for line in lines if line.endswith(b"\n") and _says(line, gone)]
        if taken:
            (self.folder / "undone").mkdir(exist_ok=True)
            appending.append(self.folder / "undone" / path.name, b"".join(taken))
            with replacing(path) as part:
                part.write_bytes(b"".join(line for line in lines if line not in taken))
        return len(taken)

    def session(self, facts: JsonObject) -> Session:
        """Begin a batch that grows by single decisions, as a person makes them."""
        with self.locked():
            for path in self._with_text():
                appending.set_aside_torn_end(path)
        return Session(self, facts)

    def named(self, facts: JsonObject, pattern: str, rows: int | None) -> Batch:
        """Enter a new batch into the journal, before its file is there; the lock must be held.

        `pattern`: where its file will be, {} for its name. `rows`: how many it has, None where that grows.
        """
        at = now()
        number = len(journalled(self.folder)) + 1
        name = f"{at[:19].replace('-', '').replace(':', '')}-{number:04d}-{facts.get('kind', 'import')}"
        path = _free(self.folder / pattern.format(name))
        name = path.name.partition(".")[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.relative_to(self.folder).as_posix()
        entry: JsonDict = {"batch": name, "file": file, "at": at, **facts}
        append(self.folder / JOURNAL, entry | ({} if rows is None else {"rows": rows}))
        return Batch(name, file, at, entry)


def _says(line: bytes, what: Callable[[JsonObject], bool]) -> bool:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:  # a damaged line stays where it is
        return False
    return isinstance(row, dict) and what(row)


def _end(path: Path) -> bytes:
    """Return the last bytes of a file, which tell what was written last, with its length."""
    with path.open("rb") as stream:
        length = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, length - _LINE))
        return b"%d %s" % (length, stream.read())


def _free(path: Path) -> Path:
    """Return a name beside `path` that no file has: its own, else name-2, name-3 …"""
    name, _, ending = path.name.partition(".")
    names = (path.with_name(f"{name}-{number}.{ending}") for number in itertools.count(2))
    return path if not path.exists() else next(one for one in names if not one.exists())
