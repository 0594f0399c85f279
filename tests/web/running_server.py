"""A server in this process, answering browsers: the settings of the real one, a new application a test."""

import asyncio
import os
import random
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

import pytest
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.web import server as running
from classifier.web.app import create_app
from classifier.web.settings import Settings

T = TypeVar("T")
JITTER = int(os.environ.get("BROWSER_TESTS_JITTER", "0"))
"""Milliseconds that a request and its answer are late at most, at random: what is asked first may be answered last."""


def run_apart(scenario: Coroutine[None, None, T], seconds: float = 60) -> T:
    """Run it in a thread of its own: in this one, a browser's loop may be at work."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(scenario, seconds)).result()


def lasting_port() -> int:
    """Return a free port to which a server can come back: below those that systems give to whoever asks for any."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


class Jittering:
    """Lets requests and answers overtake each other, as on a network."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await _a_while()
            await send(message)

        if scope["type"] == "http":
            await _a_while()
        await self.app(scope, receive, send_late)


async def _a_while() -> None:
    await asyncio.sleep(random.uniform(0, JITTER / 2000))


@contextmanager
def answering(settings: Settings, port: int = 0) -> Iterator[str]:
    """Yield the address of a server on a free port, or on `port`.

    `classify serve` in a process of its own takes seconds to import what this process has imported; tests/web/
    test_browser.py has that, too.
    """
    made: list[uvicorn.Server] = []

    class Stoppable(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            made.append(self)

    with pytest.MonkeyPatch.context() as patch, running.listening("127.0.0.1", port) as (listener, address):
        patch.setattr(uvicorn, "Server", Stoppable)
        app = create_app(settings)
        if JITTER:
            app.add_middleware(Jittering)
        thread = threading.Thread(target=running.run, args=(app, listener), name="server")
        thread.start()
        while not made and thread.is_alive():  # a second server is patched in only when this one is made
            time.sleep(0.01)
        try:
            yield address
        finally:
            made[0].should_exit = True
            thread.join(120)
            assert not thread.is_alive()
