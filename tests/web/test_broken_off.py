"""Clients that leave in the middle: nothing half is kept, and the server's output has no traceback."""

import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.web.conftest import served

LINES = b'{"text": "\xe7\xb2\xae\xe9\xa3\x9f"}\n' * 20_000
FORM = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + "粮食。\n".encode() * 200_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the server puts temporary files."""
    found = tmp_path / "temporary"
    found.mkdir()
    monkeypatch.setenv("TMPDIR", str(found))
    return found


@pytest.fixture
def address(workspace: Path, folder: Path) -> Iterator[str]:
    """`classify serve`, whose output is looked at when it ends."""
    with served(workspace) as found:
        yield found


def send(address: str, path: str, kind: str, body: bytes, length: int, leave: str) -> bytes:
    """Send a request, all of a body or its beginning, and leave; return what was answered till then."""
    place = urlsplit(address)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nX-Client: window-of-a-test\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    )
    with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=30) as link:
        link.sendall(head.encode())
        for start in range(0, len(body), 50_000):
            link.sendall(body[start : start + 50_000])
        if leave == "reset":
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif leave == "half":
            link.shutdown(socket.SHUT_WR)
            return link.recv(1000)
        elif leave == "answering":
            return link.recv(100)
        else:
            time.sleep(0.2)
    return b""


def settled(address: str, folder: Path) -> bool:
    """Wait until a server has noticed that its clients are gone; tell whether it keeps nothing of them."""
    end = time.monotonic() + 30
    while not (found := no_trace(address, folder)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def no_trace(address: str, folder: Path) -> bool:
    """Tell whether the server answers, holds no document and keeps no temporary file."""
    with urlopen(f"{address}", timeout=30) as answer:
        page = answer.read()
    return b"data-close" not in page and not list(folder.iterdir())


BODIES = [
    ("/api/score", "application/x-ndjson", LINES),
    ("/api/sheets", "multipart/form-data; boundary=b", FORM),
    ("/api/label", "multipart/form-data; boundary=b", FORM),
    ("/api/labels/import", "multipart/form-data; boundary=b", FORM),
    ("/api/label", "application/json", b'{"text": "' + b"x" * 200_000),
    ("/api/labels/decisions", "application/json", b'{"key": "'),
    ("/login", "application/x-www-form-urlencoded", b"token=" + b"x" * 100),
    ("/webhook", "application/json", b"{"),
]


def test_a_body_that_breaks_off_leaves_nothing(address: str, folder: Path) -> None:
    """Said to be longer than what comes, and much longer; one server for all, which is dear to start."""
    for path, kind, body in BODIES:
        for leave in ("quiet", "reset", "half"):
            for more in (1, 1_000_000):
                send(address, path, kind, body, len(body) + more, leave)
    assert settled(address, folder)


def test_more_than_was_said_is_cut_and_no_second_request(address: str, folder: Path) -> None:
    for path, kind, body in (("/api/score", "application/x-ndjson", LINES), ("/api/label", "application/json", b"{}")):
        send(address, path, kind, body, len(body) // 2, "quiet")
    assert settled(address, folder)


def test_who_leaves_while_rows_are_answered_is_not_answered_on(address: str, folder: Path) -> None:
    lines = LINES * 5
    begun = send(address, "/api/score", "application/x-ndjson", lines, len(lines), "answering")
    assert begun.startswith(b"HTTP/1.1 200")
    assert settled(address, folder)
