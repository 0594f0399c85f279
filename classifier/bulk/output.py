"""The output while it is made: a work folder beside it, with a record of how far it has come."""

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

import orjson

from classifier.bulk.parts import BookPart, BytesPart, Finish, ParquetPart, ParquetRows, Part
from classifier.bulk.settings import Format, Settings
from classifier.errors import BulkError
from classifier.files import sync, write_text
from classifier.json_types import JsonDict
from classifier.platforms import replace

if TYPE_CHECKING:
    import pyarrow as pa

_STATE, _PARTS, LOCK = "state.json", "parts", "lock"


@dataclass
class State:
    """How far a run has come; what it says is on disk.

    `job`: what must be the same to go on. `files`: name, size and time of those that are done with; of the
    next one `chunks` chunks, whose bytes have the checksum `digest`. `part`, `bytes`, `rows`: the output's
    growing part. `first_error`: where and why the first row failed.
    """

    job: JsonDict
    files: list[Any] = field(default_factory=list)
    chunks: int = 0
    digest: int = 0
    part: int = 0
    bytes: int = 0
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    done: bool = False
    first_error: str = ""

    @property
    def nothing_scored(self) -> bool:
        """Whether there were rows, and not one of them could be scored."""
        return 0 < self.counts["rows"] == self.counts["errors"]


class Output(Protocol):
    """Where results go."""

    state: State
    resumable: bool

    def append(self, data: bytes, counts: Counter[str]) -> None:
        """Add the rows of a chunk."""

    def commit(self) -> None:
        """Make sure that what `state` says is on disk."""

    def finish(self) -> None:
        """Put the output in its place."""

    def give_up(self) -> None:
        """Close what is open; what was committed stays."""


class Stream:
    """Output on a stream, in the order of the rows. `schema`: the output's, for Parquet."""

    resumable = False

    def __init__(self, stream: IO[bytes], head: bytes, schema: "pa.Schema") -> None:
        self.state = State({})
        self._rows = ParquetRows(stream, schema) if schema is not None else None
        self._stream = stream
        stream.write(head)

    def append(self, data: bytes, counts: Counter[str]) -> None:
        """Write the rows of a chunk."""
        if self._rows is None:
            self._stream.write(data)
            self._stream.flush()
        else:
            self._rows.append(data)
        self.state.counts.update(counts)

    def commit(self) -> None:
        """Do nothing: what was written is out of reach."""

    def finish(self) -> None:
        """Write what ends the output."""
        if self._rows is not None:
            self._rows.close()
        self._stream.flush()

    def give_up(self) -> None:
        """Do nothing: the stream is not ours."""


class Files:
    """Output in a file or a folder of parts. `schema`: the output's, for Parquet; `finish`: makes a workbook.

    `notes`: what there is to say of what was written. `kept`: nothing was, and what was there before still is.
    """

    resumable = True

    def __init__(
        self, target: Path, settings: Settings, head: bytes, schema: "pa.Schema", state: State,
        finish: Finish | None = None,
    ) -> None:  # fmt: skip
        self.state, self._finish = state, finish
        self.notes: list[str] = []
        self.kept = False
        self._target, self._settings, self._head, self._schema = target, settings, head, schema
        self._folder = work_folder(target)
        self._part: Part | None = None
        if not state.done:
            (self._folder / _PARTS).mkdir(parents=True, exist_ok=True)
            self._take_back()
            self.commit()

    def append(self, data: bytes, counts: Counter[str]) -> None:
        """Add the rows of a chunk; begin a new part where this one is long enough."""
        limit = self._settings.part_rows
        if limit is not None and self.state.rows and self.state.rows + counts["rows"] > limit:
            self._close_part()
        self._open_part().append(data)
        self.state.rows += counts["rows"]
        self.state.counts.update(counts)

    def commit(self) -> None:
        """Bring the part and the state to the disk."""
        if self.state.done:
            return
        self.state.bytes = self._open_part().sync()
        self._write_state()

    def finish(self) -> None:
        """Put the output in its place and take the work folder away.

        What is there already stays where there is nothing to put in its place: `kept` is true then.
        """
        self.kept = self.state.nothing_scored and _holds_something(self._target)
        if self.kept:
            self.give_up()
            clear(self._folder)
            return
        if not self.state.done:
            self._close_part(last=True)
        made = self._folder / _PARTS
        if self._settings.part_rows is None:
            part = made / self._name(0)
            if part.exists():
                replace(part, self._target)
        elif made.exists():
            if self._target.exists():
                shutil.rmtree(self._target)
            replace(made, self._target)
        sync(self._target.parent)
        clear(self._folder)

    def give_up(self) -> None:
        """Close the part."""
        if self._part is not None:
            self._part.close(None)
            self._part = None

    def _open_part(self) -> Part:
        if self._part is None:
            size = self.state.bytes
            if self._settings.format is Format.parquet:
                self._part = ParquetPart(self._folder, size, self._schema)
            elif self._finish is not None:
                self._part = BookPart(self._folder, size, self._finish)
            else:
                self._part = BytesPart(self._folder, size, self._head)
        return self._part

    def _close_part(self, *, last: bool = False) -> None:
        self.notes += self._open_part().close(self._folder / _PARTS / self._name(self.state.part))
        self._part = None
        self.state.part += 1
        self.state.rows = self.state.bytes = 0
        self.state.done = last
        self._write_state()

    def _take_back(self) -> None:
        """Undo the end of a part, where the run was killed before it could say so."""
        closed = self._folder / _PARTS / self._name(self.state.part)
        if closed.exists():
            if self._settings.format in {Format.parquet, Format.xlsx}:
                closed.unlink()  # its rows are still there as they came
            else:
                replace(closed, self._folder / "part")

    def _name(self, number: int) -> str:
        packed = f".{self._settings.compression}" if self._settings.compression else ""
        return f"part-{number:05}.{self._settings.format}{packed}"

    def _write_state(self) -> None:
        write_text(self._folder / _STATE, orjson.dumps(self.state.__dict__).decode())


def _holds_something(target: Path) -> bool:
    return any(target.iterdir()) if target.is_dir() else target.exists()


def work_folder(target: Path) -> Path:
    """Return the folder in which an output is made, on the same disk."""
    return target.with_name(target.name + ".scoring")


def clear(folder: Path) -> None:
    """Take away all that is in a work folder but its lock, which who holds it takes away (`resume.hold`)."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def read_state(target: Path) -> State | None:
    """Return how far an unfinished run has come, None where there is none.

    Raises BulkError where what it left cannot be understood.
    """
    path = work_folder(target) / _STATE
    if not path.exists():
        return None
    try:
        kept = orjson.loads(path.read_bytes())
        return State(**kept | {"counts": Counter(kept["counts"])})
    except (orjson.JSONDecodeError, TypeError, KeyError) as error:
        raise BulkError(f"{path}: is not what an unfinished run leaves; begin anew with --overwrite") from error
