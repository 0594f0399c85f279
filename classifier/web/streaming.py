"""JSON Lines in, JSON Lines out, however many: lines are answered while later ones still arrive."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator

import anyio.to_thread
import orjson
from fastapi import Response
from starlette.types import Message, Receive, Scope, Send

from classifier.api import Model
from classifier.json_types import JsonDict
from classifier.web.problem_details import details

_BATCH = 256  # lines scored at once
_IN_MEMORY = 8_000_000  # bytes that wait for their turn before they wait on disk
_READ = 1_000_000


class RequestSpool:
    """A request's body, taken in as fast as it comes and kept (on disk, where it is much) until it is read.

    A client that sends everything before it reads any answer would otherwise wait for a server that waits for it.
    """

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed in take_in's caller
        self._written = self._read = 0
        self._done = False
        self._more = asyncio.Event()
        self.problem = ""

    async def take_in(self) -> None:
        """Take in the body to its end."""
        while not self._done:
            message: Message = await self._receive()
            body = message.get("body", b"")
            self._file.seek(self._written)
            self._file.write(body)
            self._written += len(body)
            if message["type"] == "http.disconnect":
                self.problem = "the connection was closed before the end"
            elif self._written > self._limit:
                self.problem = f"more than {self._limit:,} bytes; send the rest in another request"
            self._done = bool(self.problem) or not message.get("more_body", False)
            self._more.set()

    async def blocks(self) -> AsyncIterator[bytes]:
        """Yield the body in order."""
        while True:
            if self._read == self._written:
                if self._done:
                    return
                self._more.clear()
                await self._more.wait()
                continue
            self._file.seek(self._read)
            block = self._file.read(min(_READ, self._written - self._read))
            self._read += len(block)
            yield block

    def close(self) -> None:
        """Forget what was taken in."""
        self._file.close()


class Scored(Response):
    """Answers each line of a request's body, in order."""

    media_type = "application/x-ndjson"

    def __init__(self, model: Callable[[], Model], line_limit: int, limit: int, counted: Callable[[int], None]) -> None:
        super().__init__()
        self.model, self.line_limit, self.limit, self.counted = model, line_limit, limit, counted

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answers. The length is not known beforehand, and a bad line is an answer of its own."""
        headers = [(b"content-type", b"application/x-ndjson"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        arriving = RequestSpool(receive, self.limit)
        taking = asyncio.create_task(arriving.take_in())
        try:
            first = 1
            async for lines in batches(arriving.blocks(), self.line_limit):
                answers = await anyio.to_thread.run_sync(score, self.model(), lines, first, self.line_limit)
                self.counted(len(lines))
                first += len(lines)
                await send({"type": "http.response.body", "body": answers, "more_body": True})
            last = _problem(first, arriving.problem) if arriving.problem else b""
            await send({"type": "http.response.body", "body": last, "more_body": False})
        finally:
            taking.cancel()
            arriving.close()


async def batches(blocks: AsyncIterator[bytes], line_limit: int) -> AsyncIterator[list[bytes]]:
    """Yield the lines of a body in batches; of a line that is too long, its beginning only."""
    rest = b""
    dropping = False
    async for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        if dropping and lines:  # the end of a line whose beginning was answered
            del lines[0]
            dropping = False
        if dropping:
            rest = b""
        elif len(rest) > line_limit:
            lines.append(rest[: line_limit + 1])
            rest, dropping = b"", True
        for start in range(0, len(lines), _BATCH):
            yield lines[start : start + _BATCH]
    if rest:
        yield [rest]


def score(model: Model, lines: list[bytes], first: int, line_limit: int) -> bytes:
    """Return the answers to some lines, one each; blank lines have none. `first`: the number of the first line."""
    rows = [_row(line, line_limit) for line in lines]
    texts = [str(row["text"]) for row in rows if isinstance(row, dict)]
    answers = iter(_answers(model, texts))
    found = []
    for number, row in enumerate(rows, start=first):
        if isinstance(row, dict):
            found.append(orjson.dumps({**row, **next(answers)}) + b"\n")
        elif row:
            found.append(_problem(number, row))
    return b"".join(found)


def _answers(model: Model, texts: list[str]) -> Iterator[JsonDict]:
    for one in model.label_paragraphs(texts):
        yield {
            "labels": one.labels,
            "primary": one.primary,
            "uncertain": one.uncertain,
            "probabilities": {label: round(value, 6) for label, value in one.probabilities.items()},
            "model": one.model,
        }


def _row(line: bytes, limit: int) -> JsonDict | str:
    """Return a line's object, or what is wrong with it ("" for a blank line)."""
    if not line.strip():
        return ""
    if len(line) > limit:
        return f"longer than {limit:,} bytes"
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"not valid JSON: {error}"
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return 'must be an object with a text: {"text": "…"}'
    return row


def _problem(number: int, detail: str) -> bytes:
    return orjson.dumps({"problem": details(422, detail, (f"line {number}",))}) + b"\n"
