"""A small reverse proxy for the tests: TLS, a path prefix, a Host of its own, as nginx and the like are set up."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_HOPS = {"connection", "keep-alive", "transfer-encoding", "host"}


@dataclass
class Proxy:
    """What a proxy does. `prefix`: shown below it, which it takes off where `strips`; `tells`: sends X-Forwarded-…

    `own_host`: puts the server's host in the place of the one that was asked. `outside`: what was asked above the prefix.
    """

    server: str
    prefix: str = ""
    strips: bool = False
    own_host: bool = True
    tells: bool = True
    cert: Path | None = None
    outside: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def scheme(self) -> str:
        return "https" if self.cert else "http"

    def headers(self, given: dict[str, str], client: str) -> dict[str, str]:
        asked = given.pop("Host", "")
        sent = {name: value for name, value in given.items() if name.lower() not in _HOPS}
        sent["Host"] = urlsplit(self.server).netloc if self.own_host else asked
        if self.tells:
            sent |= {"X-Forwarded-Proto": self.scheme, "X-Forwarded-Host": asked, "X-Forwarded-For": client}
            if self.strips and self.prefix:
                sent["X-Forwarded-Prefix"] = self.prefix
        return sent


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # a connection a request; answers end with it, streams as well

        def forward(self) -> None:
            proxy.asked.append(self.path)
            if proxy.prefix and not (self.path + "/").startswith(f"{proxy.prefix}/"):
                proxy.outside.append(self.path)
                self.send_error(404)
                return
            path = self.path.removeprefix(proxy.prefix) if proxy.strips else self.path
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            link = HTTPConnection(urlsplit(proxy.server).netloc, timeout=60)
            try:
                link.request(self.command, path or "/", body, proxy.headers(dict(self.headers), self.client_address[0]))
                self.answer(link)
            except (ConnectionError, ssl.SSLError):
                pass  # the browser has left
            finally:
                link.close()

        def answer(self, link: HTTPConnection) -> None:
            found = link.getresponse()
            self.send_response(found.status)
            for name, value in found.getheaders():
                if name.lower() not in _HOPS:
                    self.send_header(name, value)
            self.end_headers()
            while data := found.read1(65536):
                self.wfile.write(data)

        do_GET = do_POST = do_DELETE = do_HEAD = forward  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a browser that does not like the certificate closes the connection before it asks


@contextmanager
def proxied(proxy: Proxy) -> Iterator[Proxy]:
    """Run a proxy on a free port; `url` is the server's address by it."""
    server = _Server(("127.0.0.1", 0), _handler(proxy))
    if proxy.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(proxy.cert, proxy.cert.with_suffix(".key"))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    proxy.url = f"{proxy.scheme}://127.0.0.1:{server.server_port}{proxy.prefix}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="proxy")
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join(120)


def certificate(folder: Path) -> Path:
    """Make a certificate that nobody trusts; its key lies beside it. Skips where there is no openssl."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl for a certificate")
    cert = folder / "proxy.crt"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", str(cert.with_suffix(".key")), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert
