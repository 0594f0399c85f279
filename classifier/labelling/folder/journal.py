"""The journal of a labels folder: a line a batch, in the order in which they came."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from classifier.errors import LabelError
from classifier.json_types import JsonObject
from classifier.labelling.folder import appending
from classifier.labelling.label_file import glued, parsed

JOURNAL = "journal.jsonl"
_BATCH_FILE = re.compile(r"\d{8}T\d{6}-\d{4,}-\w+(-\d+)?\.jsonl(\.gz)?")
_ADVICE = "; restore the file from a copy"
_BEGINNINGS = (b'{"batch":', b'{"undone":')


@dataclass(frozen=True)
class Batch:
    """Decisions that came together. `file`: where they are, from the labels folder. `facts`: origin, by, format …"""

    name: str
    file: str
    at: str
    facts: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A line of a journal: the batch that it names, None for none, and what of it could not be understood."""

    batch: Batch | None = None
    damage: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journal:
    """All batches ever begun, oldest first, whether or not their files are (still) there; and its damaged lines."""

    batches: tuple[Batch, ...] = ()
    damage: tuple[str, ...] = ()

    def of_batches(self, paths: Iterable[Path]) -> list[Path]:
        """Return those of some files that are batches; where a line is lost, its batch is known by its file's name.

        Whoever has begun such a batch goes on with it: what is decided then must not count as the oldest.
        """
        there = {f"{path.parent.name}/{path.name}": path for path in paths}
        named = [there.pop(batch.file) for batch in self.batches if batch.file in there]
        return named + [one for one in there.values() if _BATCH_FILE.fullmatch(one.name)]

    def lost(self, paths: Iterable[Path]) -> list["Batch"]:
        """Return the batches among some files that no line names: what their names tell, when and of what kind."""
        named = {batch.file for batch in self.batches}
        files = {f"{path.parent.name}/{path.name}": path.name for path in paths if _BATCH_FILE.fullmatch(path.name)}
        return [_by_name(file, name.partition(".")[0]) for file, name in files.items() if file not in named]

    def unnamed(self, batches: Iterable[Path], path: Path) -> list[str]:
        """Say which batches the journal (the file `path`) does not name; nothing where its damaged lines may have."""
        if self.damage:
            return []
        named = {batch.file for batch in self.batches}
        names = (f"{one.parent.name}/{one.name}" for one in batches)
        return [
            f"{path}: does not name the batch {name}, whose decisions count all the same{_ADVICE}"
            for name in names
            if name not in named
        ]


def _by_name(file: str, name: str) -> Batch:
    """Return a batch of which only the file is known: 20261130T001328-0001-import."""
    when, _, kind = name.split("-", 2)
    day, time = (re.sub(r"(\d\d)(?=\d)", rf"\1{sign}", part) for sign, part in (("-", when[4:8]), (":", when[9:])))
    at = f"{when[:4]}-{day}T{time}+00:00"
    return Batch(name, file, at, {"batch": name, "file": file, "at": at, "kind": kind.partition("-")[0]})


def read_journal(folder: Path) -> Journal:
    """Return what the journal says; nothing where there is none."""
    path = folder / JOURNAL
    return journal_of(entry_of(line, f"{path}:{number}") for number, line in enumerate(_whole_lines(path), start=1))


def journal_of(entries: Iterable[Entry]) -> Journal:
    """Return what a journal's lines say together."""
    entries = list(entries)
    batches = tuple(entry.batch for entry in entries if entry.batch is not None)
    return Journal(batches, tuple(why for entry in entries for why in entry.damage))


def entry_of(line: bytes, where: str) -> Entry:
    """Return what a line ("file:line") says."""
    if not line.strip():
        return Entry()
    damage = []
    entry: JsonObject | None
    try:
        entry = parsed(line, where, "must be an object")
    except LabelError as error:
        damage.append(f"{where}: not a journal's line: {_reason(error)}{_ADVICE}")
        entry = glued(line, _BEGINNINGS)
    batch = None
    if entry is not None and "undone" not in entry:
        try:
            batch = Batch(str(entry["batch"]), str(entry["file"]), str(entry["at"]), entry)
        except KeyError as missing:
            damage.append(f"{where}: not a journal's line: it has no {missing}{_ADVICE}")
    return Entry(batch, tuple(damage))


def journalled(folder: Path) -> list[Batch]:
    """Return all batches ever begun, oldest first, whether or not their files are (still) there."""
    return list(read_journal(folder).batches)


def append(path: Path, entry: JsonObject) -> None:
    """Add a line; it is on disk when this returns. Raises OSError as `appending.append` does."""
    appending.append(path, orjson.dumps(entry) + b"\n")


def _whole_lines(path: Path) -> list[bytes]:
    """Return the lines that have their end: of another one, nobody was told that it is stored."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    return data[: data.rfind(b"\n") + 1].split(b"\n")[:-1]


def _reason(error: LabelError) -> str:
    return str(error).partition(": ")[2]
