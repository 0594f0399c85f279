"""A table in the body of a request, scored on the same road as `classify score` scores a file: JSON Lines out."""

import asyncio
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import Any, cast

import anyio.from_thread
import anyio.to_thread
import orjson
from anyio import CapacityLimiter
from fastapi import Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from classifier.api import Model
from classifier.bulk.added import ClashError
from classifier.bulk.find_source import find_source
from classifier.bulk.local import Run, score_to_stream
from classifier.bulk.settings import Format, Settings
from classifier.errors import ClassifierError, MissingExtraError
from classifier.i18n.sentences import HTTP, translated
from classifier.web.problem_details import Problem, details

_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {
    "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "application/json-lines": ".jsonl",
    "text/csv": ".csv", "text/tab-separated-values": ".tsv", "application/json": ".json", _OFFICE: ".xlsx",
    "application/vnd.ms-excel": ".xls", "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.apache.parquet": ".parquet",
}  # fmt: skip
PACKABLE = {".jsonl", ".csv", ".tsv"}  # may come packed with gzip


@dataclass(frozen=True)
class Wanted:
    """What is asked. `ending`: of a file of the body's kind, .csv.gz; `text`: its column of texts, None for the only
    one that may be it; `prefix`: of the added columns' names; `limit`: bytes of a body. `decisions`: the labels folder
    whose decisions stand in place of the model's answers, "" for the model alone.
    """

    ending: str
    text: str | None
    prefix: str
    limit: int
    decisions: str = ""


class ScoringResponse(Response):
    """Takes the body in, whole, and answers it row by row. `counted`: told how many rows were scored."""

    def __init__(self, wanted: Wanted, model: Model, counted: Callable[[int], None], threads: CapacityLimiter) -> None:
        super().__init__()
        self.wanted, self.model, self.counted, self.threads = wanted, model, counted, threads

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Score and send. What is wrong with the table as a whole is raised as a Problem before anything is sent."""
        with tempfile.TemporaryDirectory(prefix="classify-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"body{self.wanted.ending}"
            await _spool_body(receive, path, self.wanted.limit)
            answer = _Answer(send)
            leaving = asyncio.create_task(answer.watch(receive))
            try:
                await anyio.to_thread.run_sync(self._score, str(path), answer, limiter=self.threads)
                await answer.end()
            except ClientDisconnect:
                if not answer.begun:  # else nobody is there to be answered
                    raise
            finally:
                leaving.cancel()

    def _score(self, path: str, answer: "_Answer") -> None:
        try:
            source = find_source(path).with_text(self.wanted.text)
            settings = Settings(
                source.text or "text", Format.jsonl, self.wanted.prefix, decisions=self.wanted.decisions
            )
            counts = score_to_stream(source, cast("Any", answer), self.model, settings, Run())
        except ClassifierError as error:
            problem = _problem(error, path)
            if not answer.begun:
                raise problem from error
            answer.write(_line({"problem": details(problem.status_code, problem.detail, problem.where)}))
            return
        self.counted(counts["rows"])
        if notes := [note for found in source.notes.values() for note in found]:
            answer.write(_line({"notes": [translated(note, HTTP) for note in notes]}))


class _Answer(RawIOBase):
    """A stream whose bytes go to the client, as fast as it takes them; written to from a thread."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False
        self._client_left = threading.Event()

    def write(self, data: Any) -> int:
        if self._client_left.is_set():
            raise ClientDisconnect
        if data:
            anyio.from_thread.run(self._send_body, data)
        return len(data)

    async def watch(self, receive: Receive) -> None:
        """Notice that the client is gone: nobody waits for the rest."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._client_left.set()

    async def end(self) -> None:
        """Say that this was all."""
        await self._begin()
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_body(self, data: bytes) -> None:
        await self._begin()
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            headers = [(b"content-type", b"application/x-ndjson"), (b"x-accel-buffering", b"no")]
            await self._send({"type": "http.response.start", "status": 200, "headers": headers})


async def _spool_body(receive: Receive, path: Path, limit: int) -> None:
    """Put a body down. Raises ClientDisconnect where it breaks off, Problem where it is too large."""
    size, more = 0, True
    with path.open("wb") as file:
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body = message.get("body", b"")
            size += len(body)
            if size > limit:
                raise Problem(413, f"more than {limit:,} bytes; send the rest in another request", ("body",))
            file.write(body)
            more = message.get("more_body", False)


def _problem(error: ClassifierError, path: str) -> Problem:
    message = str(error).replace(path, "body")
    if isinstance(error, MissingExtraError):
        return Problem(501, message)
    return Problem(422, message, ("query.prefix",) if isinstance(error, ClashError) else ("body",))


def _line(content: dict[str, Any]) -> bytes:
    return orjson.dumps(content) + b"\n"
