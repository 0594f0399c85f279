"""One training at a time, in a process of its own; what it tells is kept for every browser that asks."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import orjson

from classifier import places
from classifier.platforms import end_with_children
from classifier.web.jobs.events import Event
from classifier.web.live_model import LiveModel

_LINE = 16_000_000  # bytes of one event: a comparison with its paragraphs


class Training:
    """The training that runs, or the last one. `events`: all that it told."""

    def __init__(self, labels: Path, live_model: LiveModel) -> None:
        self.labels = labels
        self.events: list[Event] = []
        self._live_model = live_model
        self._process: asyncio.subprocess.Process | None = None
        self._begun = asyncio.Event()
        self._since = 0.0
        self._cancelled = False
        self._watch: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._run = 0

    @property
    def running(self) -> bool:
        """Whether a training runs now."""
        return self._watch is not None and not self._watch.done()

    async def start(self, promote: bool = False) -> bool:
        """Begin a training; return False where one runs already."""
        if self.running:
            return False
        self._run += 1
        self.events = []
        self._process, self._since, self._cancelled = None, time.monotonic(), False
        self._begun.clear()
        self._watch = asyncio.create_task(self._follow(["--promote"] if promote else []))
        await self._tell({"event": "started", "run": self._run})
        return True

    async def cancel(self) -> bool:
        """Stop the training that runs; what is in use stays as it is. Return False where none runs."""
        if not self.running:
            return False
        await self._begun.wait()
        if self._process is None or self._process.returncode is not None:
            return False
        self._cancelled = True
        end_with_children(self._process.pid, "SIGTERM")
        return True

    async def close(self) -> None:
        """Stop whatever runs: the server ends."""
        if self._watch is None:
            return
        await self.cancel()
        with contextlib.suppress(asyncio.TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(self._watch, 10)

    async def follow(self) -> AsyncIterator[Event | None]:
        """Yield all events from the beginning as they come, until the training ends; None every few seconds between.

        While it runs, how long it has run comes first: what was told before says nothing of now.
        """
        run, told = self._run, 0
        if self.running:
            yield {"event": "clock", "seconds": self._seconds()}
        while True:
            async with self._changed:
                if run != self._run:  # another training has begun
                    run, told = self._run, 0
                if told >= len(self.events) and self.running:
                    with contextlib.suppress(asyncio.TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 5)
                new = self.events[told:]
            for event in new:
                yield event
            told += len(new)
            if not new:
                if not self.running:
                    return
                yield None

    def command(self) -> list[str]:
        """Return what trains."""
        return [sys.executable, "-m", "classifier.web.jobs.train_worker", str(self.labels), str(places.models_folder())]

    async def _follow(self, options: list[str]) -> None:
        try:
            await self._work([*self.command(), *options])
        finally:
            self._begun.set()
            await self._tell({"event": "ended"})

    async def _work(self, command: list[str]) -> None:
        low = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the server goes on answering beside it
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *command, stdout=pipe, stderr=pipe, limit=_LINE, env={**os.environ, **low}, start_new_session=True
        )
        self._begun.set()
        errors = asyncio.create_task(_all(self._process.stderr))
        failed = False
        async for line in _lines(self._process.stdout):
            event: Event = orjson.loads(line)
            failed = failed or event["event"] == "failed"
            if event.get("promoted"):
                await asyncio.to_thread(self._live_model.refresh)
            await self._tell(event)
        code = await _ended(self._process)
        if code and not failed:
            stopped = self._cancelled or code < 0  # Windows knows no signals, and ends with an ordinary code
            message = "stopped" if stopped else (await errors).decode(errors="replace")[-2000:]
            await self._tell({"event": "cancelled" if stopped else "failed", "message": message})
        await errors

    def _seconds(self) -> float:
        return round(time.monotonic() - self._since, 1)

    async def _tell(self, event: Event) -> None:
        async with self._changed:
            self.events.append({**event, "seconds": self._seconds()})
            self._changed.notify_all()


async def _lines(stream: asyncio.StreamReader | None) -> AsyncIterator[bytes]:
    while stream is not None and (line := await stream.readline()):
        yield line


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream is not None else b""


async def _ended(process: asyncio.subprocess.Process) -> int:
    """Wait until a training has ended, then end what it began: that may live on and keep the pipe of errors open."""
    while process.returncode is None:  # wait() waits for the pipes, too
        await asyncio.sleep(0.05)
    end_with_children(process.pid, "SIGKILL")
    return process.returncode
