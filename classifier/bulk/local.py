"""Score a table on this machine: in order, in bounded memory, and so that a killed run can be gone on with."""

import time
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from classifier.api import Model, load
from classifier.bulk.added import ClashError, check_free
from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import compress, require_pyarrow
from classifier.bulk.encode import header
from classifier.bulk.output import Files, Output, State, Stream, work_folder
from classifier.bulk.parts import Finish
from classifier.bulk.pool import run_here, run_in_processes
from classifier.bulk.resume import begin_run, hold, job_of
from classifier.bulk.settings import Format, Settings
from classifier.bulk.source import Source
from classifier.bulk.table_file import Columns, naming_file
from classifier.bulk.work import ScoredChunk, Worker
from classifier.errors import BulkError, ClassifierError, InputError

_COMMIT = 1.0  # seconds between two records of how far the run has come


class NothingScoredError(BulkError):
    """No row could be scored, and the target holds something already."""


@dataclass(frozen=True)
class Progress:
    """How far a run has come. `share`: of the input's size; `counts`: of all rows so far, see RowResults.counts."""

    share: float
    counts: Counter[str]


Report = Callable[[Progress], None]


@dataclass(frozen=True)
class Run:
    """How a run goes about it; none of this changes a byte of its output."""

    workers: int = 1
    resume: bool = False
    overwrite: bool = False
    report: Report | None = None


def score(source: Source, target: Path, model: Model, settings: Settings, run: Run) -> Counter[str]:
    """Score a source into a file or a folder of parts; return how many rows of each sort there were.

    The result is empty where `run.resume` finds the output whole. Raises InputError where the input is not what it
    must be, BulkError where the run had to stop; what was scored by then is kept for a run with `resume`. Raises
    NothingScoredError where no row could be scored and the target holds something already, which stays.
    """
    source, settings = _fit_together(source, settings)
    columns = _columns(source, model, settings)
    state = begin_run(target, job_of(source, model, settings), resume=run.resume, overwrite=run.overwrite)
    if state is None:
        return Counter()
    with hold(work_folder(target)):
        try:
            head, schema = _head(settings, columns, model), _schema(settings, columns, model)
            output = Files(target, settings, head, schema, state, _finish(source, settings, columns, model))
            counts = _score_rest(source, output, model, settings, columns, run)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BulkError(f"{error.filename or target}: cannot be written: {reason}{_GO_ON}") from error
    if output.kept:
        raise NothingScoredError(
            f"{source.name}: nothing could be scored; {target} stays as it was: {output.state.first_error}"
        )
    if output.notes:
        source.notes[str(target)] = output.notes
    return counts


def _finish(source: Source, settings: Settings, columns: Columns, model: Model) -> Finish | None:
    """Return what makes a workbook of the lines that were written, None where the output is none."""
    if settings.format is not Format.xlsx:
        return None
    from classifier.bulk.books import finisher  # noqa: PLC0415 - a workbook's libraries, which each worker would load

    return finisher(source, settings, columns.names, model.taxonomy)


def _fit_together(source: Source, settings: Settings) -> tuple[Source, Settings]:
    """Return both as they go together: documents have a start and an end already, those of the paragraph."""
    if source.format is None:
        settings = replace(settings, places=("sentence_start", "sentence_end", "sentence"))
    return replace(source, text=settings.text), settings


def _columns(source: Source, model: Model, settings: Settings) -> Columns:
    """Return the source's columns; raise ClashError before anything is begun where one would be there twice."""
    columns = source.columns(settings.text, settings.format)
    names = dict.fromkeys([*settings.added(model.ids), *settings.shown(model.ids)])
    check_free([*names], source.first_names(columns), source.name, begun=False)
    return columns


def score_to_stream(source: Source, stream: IO[bytes], model: Model, settings: Settings, run: Run) -> Counter[str]:
    """Score a source onto a stream, as the rows come. Raises InputError for a workbook, which a stream cannot be."""
    if settings.format is Format.xlsx:
        raise InputError("a workbook cannot be written onto a stream; name a file that ends in .xlsx")
    source, settings = _fit_together(source, settings)
    columns = _columns(source, model, settings)
    schema = _schema(settings, columns, model)
    output = Stream(stream, _head(settings, columns, model), schema)
    return _score_rest(source, output, model, settings, columns, run)


_GO_ON = "; what was scored is kept: mend it and go on with --resume"


def _score_rest(
    source: Source, output: Output, model: Model, settings: Settings, columns: Columns, run: Run
) -> Counter[str]:
    """Score all that is left of the source."""
    chunks_left = _ChunksLeft(source, output.state)
    try:
        with closing(_scored_chunks(iter(chunks_left), model, settings, columns, run.workers)) as scored_chunks:
            _write(scored_chunks, output, source, settings, run.report)
        if chunks_left.failure is not None:
            raise chunks_left.failure
        output.finish()
    except ClassifierError as error:
        output.commit()
        if output.resumable and not isinstance(error, ClashError):
            raise type(error)(f"{error}{_GO_ON}") from error
        raise
    finally:
        output.give_up()
    return output.state.counts


def _scored_chunks(
    chunks: Iterator[tuple["_ChunkEnd", Chunk]], model: Model, settings: Settings, columns: Columns, workers: int
) -> Generator[tuple["_ChunkEnd", ScoredChunk], None, None]:
    """Score chunks here or in other processes."""
    task = settings, columns.names, columns.schema
    first = list(islice(chunks, 2))
    chunks = chain(first, chunks)
    if workers == 1 or len(first) < 2:  # a process of its own takes longer to begin than a chunk to score
        return run_here(Worker(model, *task), chunks)
    return run_in_processes(partial(_worker, str(model.stored.folder), model.precision, *task), chunks, workers)


def _worker(folder: str, precision: float | None, settings: Settings, columns: Sequence[str], schema: Any) -> Worker:
    """Make a worker in a process of its own."""
    return Worker(load(folder, precision), settings, columns, schema)


def _write(
    scored_chunks: Iterator[tuple["_ChunkEnd", ScoredChunk]],
    output: Output,
    source: Source,
    settings: Settings,
    report: Report | None,
) -> None:
    last = time.monotonic()
    for chunk_end, scored in scored_chunks:
        if settings.strict and scored.first_error is not None:
            raise BulkError(f"{scored.first_error}; stopped here for --strict")
        output.state.first_error = output.state.first_error or scored.first_error or ""
        output.append(scored.data, scored.counts)
        chunk_end.note(output.state, source)
        if time.monotonic() - last >= _COMMIT:
            output.commit()
            last = time.monotonic()
        if report is not None:
            report(Progress(chunk_end.share, output.state.counts))


@dataclass(frozen=True)
class _ChunkEnd:
    """Where a chunk ends: in the file of this number, of which `chunks` chunks, with this digest, are read by then."""

    file: int
    chunks: int
    digest: int
    share: float

    def note(self, state: State, source: Source) -> None:
        """Put down that the output holds all up to here."""
        while len(state.files) < self.file:
            state.files.append(_file_facts(source.files[len(state.files)]))
        state.chunks, state.digest = self.chunks, self.digest


class _ChunksLeft:
    """The chunks that a state leaves to be scored. A file that cannot be read ends them: then `failure` says why."""

    def __init__(self, source: Source, state: State) -> None:
        self.failure: InputError | None = None
        self._source, self._state = source, state
        self._sizes = [_file_facts(path)[1] for path in source.files] if source.format else [1]

    def __iter__(self) -> Iterator[tuple[_ChunkEnd, Chunk]]:
        begun = len(self._state.files)
        now = [_file_facts(path) for path in self._source.files[:begun]]
        if now != self._state.files:
            raise _changed(self._source)
        try:
            for number in range(begun, self._source.count):
                yield from self._file(number, self._state.chunks if number == begun else 0)
        except InputError as error:
            self.failure = error

    def _file(self, number: int, skipped: int) -> Iterator[tuple[_ChunkEnd, Chunk]]:
        before, digest, known = self._state.digest, 0, 0
        for known, chunk in enumerate(self._source.chunks(number), 1):
            digest = zlib.crc32(chunk.payload, digest)
            if known == skipped and digest != before:
                raise _changed(self._source)
            if known > skipped:
                yield _ChunkEnd(number, known, digest, self._share(number, chunk.done)), chunk
        if known < skipped:
            raise _changed(self._source)

    def _share(self, number: int, done: float) -> float:
        return (sum(self._sizes[:number]) + done * self._sizes[number]) / max(1, sum(self._sizes))


def _changed(source: Source) -> BulkError:
    return BulkError(f"{source.name}: rows that were scored before have changed since; begin anew with --overwrite")


def _file_facts(path: str) -> list[Any]:
    with naming_file(path):
        facts = Path(path).stat()
    return [path, facts.st_size, facts.st_mtime_ns]


def _head(settings: Settings, columns: Columns, model: Model) -> bytes:
    first = header(settings, columns.names, model.ids)
    return compress(first, settings.compression) if first else b""


def _schema(settings: Settings, columns: Columns, model: Model) -> Any:
    if settings.format is not Format.parquet:
        return None
    pa = require_pyarrow("Parquet")
    from classifier.bulk.batches import added_fields  # noqa: PLC0415 - pyarrow, an extra

    return pa.schema([*columns.schema, *added_fields(model.ids, settings)], columns.schema.metadata)
