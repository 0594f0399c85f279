"""Score one chunk: what a worker process does, and what a single process does by itself."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.api import Model
from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import compress
from classifier.bulk.decided import decided_results
from classifier.bulk.documents import Documents
from classifier.bulk.encode import encode
from classifier.bulk.lines import Lines
from classifier.bulk.records import Records
from classifier.bulk.scoring_model import ScoringModel
from classifier.bulk.settings import Format, Settings
from classifier.decisions import open_decisions


@dataclass(frozen=True)
class ScoredChunk:
    """A scored chunk: bytes of the output, how many rows of each sort, where and why the first row failed."""

    data: bytes
    counts: Counter[str]
    first_error: str | None


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector still: a chunk's many lists hold no cycles, and going through them takes its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Worker:
    """Scores chunks.

    `columns`: the names of the input's columns, empty where each row has its own; `schema`: a pyarrow.Schema where the
    output is Parquet or the input has one, else None.
    """

    def __init__(self, model: Model, settings: Settings, columns: Sequence[str], schema: Any) -> None:
        self._scoring = ScoringModel(model)
        self._settings, self._columns, self._schema = settings, columns, schema
        self._decisions = open_decisions(Path(settings.decisions)) if settings.decisions else None

    def __call__(self, chunk: Chunk) -> ScoredChunk:
        """Return a chunk's rows with their results."""
        with without_collector():
            return self._score(chunk)

    def _score(self, chunk: Chunk) -> ScoredChunk:
        settings = self._settings
        rows = self._rows(chunk)
        unlabelled = rows.unlabelled if isinstance(rows, Documents) else None
        results = self._scoring.results(rows.values, unlabelled, settings)
        if self._decisions is not None:
            results = decided_results(results, rows.values, unlabelled, self._scoring.model, self._decisions)
        errors = results.texts.errors
        failed = next((row for row, error in enumerate(errors) if error is not None), None)
        counts = results.of(settings.unit).counts()
        counts["texts"] = len(rows.values)
        counts["characters"] = sum([len(value) for value in rows.values if isinstance(value, str)])
        counts["scored characters"] = counts["characters"] - sum(
            len(value)
            for value, error in zip(rows.values, errors, strict=True)
            if error is not None and isinstance(value, str)
        )
        if isinstance(rows, Documents):
            counts["noted"] = rows.noted
        return ScoredChunk(
            compress(encode(rows, results, settings, self._columns, self._schema), settings.compression),
            counts,
            None if failed is None else _said(rows, chunk.file, failed, errors[failed] or ""),
        )

    def _rows(self, chunk: Chunk) -> Any:
        names = self._settings.added(self._scoring.model.ids)
        if chunk.format is None:
            return Documents(chunk, names)
        if chunk.format is Format.jsonl:
            return Lines(chunk, self._settings.text, names)
        if chunk.format is Format.csv:
            return Records(chunk, self._settings.text, names)
        from classifier.bulk.batches import Batch  # noqa: PLC0415 - pyarrow, an extra

        return Batch.of(chunk, self._settings.text, names)


def _said(rows: Any, file: str, row: int, error: str) -> str:
    """Return where and why a row failed."""
    where = rows.where(row) if isinstance(rows, Documents) else f"{file}, {rows.where(row)}"
    return f"{where}: {error}" if where else error
