"""The journal of a labels folder: a line a batch, in the order in which they came."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError

JOURNAL = "journal.jsonl"


@dataclass(frozen=True)
class Batch:
    """Decisions that came together. `file`: where they are, from the labels folder. `facts`: origin, by, format …"""

    name: str
    file: str
    at: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def journalled(folder: Path) -> list[Batch]:
    """Return all batches ever begun, oldest first, whether or not their files are (still) there."""
    path = folder / JOURNAL
    if not path.is_file():
        return []
    batches = []
    for number, line in enumerate(_whole_lines(path.read_bytes()), start=1):
        try:
            entry = orjson.loads(line)
            if "batch" in entry:
                batches.append(Batch(str(entry["batch"]), str(entry["file"]), str(entry["at"]), entry))
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise LabelError(f"{path}:{number}: not a journal's line: {error}; restore the file from a copy") from error
    return batches


def append(path: Path, entry: Mapping[str, Any]) -> None:
    """Add a line; it is on disk when this returns."""
    with path.open("ab") as stream:
        stream.write(orjson.dumps(entry) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def repair(path: Path) -> None:
    """Cut off a last line without its end: a writer was killed in it, so nobody was told that it is stored."""
    if not path.is_file():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        os.truncate(path, whole)


def _whole_lines(data: bytes) -> list[bytes]:
    return [line for line in data[: data.rfind(b"\n") + 1].split(b"\n") if line.strip()]
