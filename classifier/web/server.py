"""Listen and answer until stopped."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from classifier.platforms import port_in_use
from classifier.web.settings import ServerError

_AT_ONCE = 500  # connections
_GRACE = 5  # seconds that open requests get to end


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Yield a socket that listens and the address for a browser. Raises ServerError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        found = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        hint = "; another program listens there: choose another --port (0: any free one)" if port_in_use(error) else ""
        raise ServerError(f"cannot listen on {host} port {port}: {error.strerror or error}{hint}") from error
    with found:
        # A connection takes this on. asyncio would see to it, but not for sockets of `create_server`, and an answer's
        # second part would wait 40 ms for the first one's receipt (Nagle's algorithm against delayed ones).
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - not bound, shown
        yield found, f"http://{shown}:{found.getsockname()[1]}/"


def run(app: FastAPI, listener: socket.socket) -> None:
    """Answer until the program is told to stop."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_GRACE, timeout_keep_alive=15, proxy_headers=False, ws="none", http="httptools",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])
