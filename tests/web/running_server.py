"""A server in this process, answering browsers: the settings of the real one, a new application a test."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pytest
import uvicorn

from classifier.web import server as running
from classifier.web.app import create_app
from classifier.web.settings import Settings

T = TypeVar("T")


def run_apart(scenario: Coroutine[None, None, T], seconds: float = 60) -> T:
    """Run it in a thread of its own: in this one, a browser's loop may be at work."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(scenario, seconds)).result()


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

    with pytest.MonkeyPatch.context() as patch, running.listening("127.0.0.1", port) as (socket, address):
        patch.setattr(uvicorn, "Server", Stoppable)
        thread = threading.Thread(target=running.run, args=(create_app(settings), socket), name="server")
        thread.start()
        while not made and thread.is_alive():  # a second server is patched in only when this one is made
            time.sleep(0.01)
        try:
            yield address
        finally:
            made[0].should_exit = True
            thread.join(120)
            assert not thread.is_alive()
