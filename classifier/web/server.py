"""Listen and answer until stopped."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from classifier.errors import ServerError
from classifier.platforms import port_in_use
from classifier.web.addresses import in_url, is_address

_AT_ONCE = 500  # connections
_GRACE = 5  # seconds that open requests get to end


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Yield a socket that listens and the address for a browser. Raises ServerError where that cannot be.

    `host`: an address or a name, see `addresses.listening_host`. :: takes IPv4 in, too, where the system can.
    """
    try:
        found = _listener(host, port)
    except OSError as error:
        hint = "; another program listens there: choose another --port (0: any free one)" if port_in_use(error) else ""
        why = (error.strerror or str(error)).partition(" (while attempting")[0]
        raise ServerError(f"cannot listen on {host} port {port}: {why}{hint}") from error
    with found:
        # A connection takes this on. asyncio would see to it, but not for sockets of `create_server`, and an answer's
        # second part would wait 40 ms for the first one's receipt (Nagle's algorithm against delayed ones).
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield found, f"http://{in_url(_opened_by(host, found))}:{found.getsockname()[1]}/"


def _listener(host: str, port: int) -> socket.socket:
    """Listen; on the IPv4 address of a name that has both, since a browser that is told the name tries both."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
    everywhere = family == socket.AF_INET6 and _is_unspecified(str(address[0]))
    both = everywhere and socket.has_dualstack_ipv6()
    return socket.create_server(address, family=family, backlog=1024, dualstack_ipv6=both)


def _opened_by(host: str, listener: socket.socket) -> str:
    """Return the host by which a browser on this machine reaches a socket."""
    if _is_unspecified(str(listener.getsockname()[0])):
        return "127.0.0.1" if listener.family == socket.AF_INET else "::1"
    return host


def _is_unspecified(address: str) -> bool:
    return is_address(address) and ipaddress.ip_address(address).is_unspecified


def run(app: FastAPI, listener: socket.socket) -> None:
    """Answer until the program is told to stop."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_GRACE, timeout_keep_alive=15, proxy_headers=False, ws="none", http="httptools",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])
