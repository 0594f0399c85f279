"""Hosts to listen on, networks of proxies, paths below which a server is shown."""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ServerError
from classifier.web.addresses import is_within, listening_host, networks, path_prefix
from classifier.web.server import listening
from classifier.web.settings import Settings
from tests.web.conftest import served

TOKEN = "long-enough-to-be-a-token"
needs_ipv6 = pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="needs IPv6")


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        (" 0.0.0.0 ", "0.0.0.0"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("[::]", "::"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("[fe80::1%25eth0]", "fe80::1%eth0"),
        ("Labels.Intranet", "labels.intranet"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_to_listen_on(written: str, host: str) -> None:
    assert listening_host(written) == host
    assert listening_host(host) == host


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "[::1", "::1]", "[127.0.0.1]", "[localhost]", "127.0.0.1:8000", "[::1]:8000", "http://127.0.0.1", "a b",
        "127.0.0.1/8", "256.1.1.1", "1.2.3", ":::1", "-a", "a..b", "主机", "a" * 64,
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(ServerError, match="not an address or name to listen on, such as"):
        Settings(labels=Path("labels"), host=written, token=TOKEN)


@given(st.ip_addresses())
def test_every_address_is_a_host(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    found = listening_host(str(address))
    assert listening_host(found) == found
    assert ipaddress.ip_address(found) in {address, getattr(address, "ipv4_mapped", None)}


@needs_ipv6
@pytest.mark.parametrize(
    ("host", "reached", "not_reached"),
    [
        ("127.0.0.1", ["127.0.0.1"], ["::1"]),
        ("0.0.0.0", ["127.0.0.1"], ["::1"]),
        ("::1", ["::1"], ["127.0.0.1"]),
        ("::", ["::1", "127.0.0.1"], []),
        ("localhost", ["127.0.0.1"], []),
    ],
)
def test_it_is_listened_as_is_said(host: str, reached: list[str], not_reached: list[str]) -> None:
    with listening(listening_host(host), 0) as (found, address):
        port = found.getsockname()[1]
        for one in reached:
            socket.create_connection((one, port), timeout=5).close()
        for one in not_reached:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((one, port), timeout=5).close()
        shown = urlsplit(address)
        socket.create_connection((str(shown.hostname), int(shown.port or 0)), timeout=5).close()


@pytest.mark.parametrize("host", ["192.0.2.7", "no-such-host.invalid", "fe80::1%nowhere"])
def test_where_nobody_can_listen_that_is_said(host: str) -> None:
    with pytest.raises(ServerError, match=f"^cannot listen on {host} port 0: "), listening(host, 0):
        pass


def test_a_port_that_is_taken_is_said() -> None:
    with listening("127.0.0.1", 0) as (taken, _):
        port = taken.getsockname()[1]
        said = f"^cannot listen on 127.0.0.1 port {port}: Address already in use; another program listens there"
        with pytest.raises(ServerError, match=said), listening("127.0.0.1", port):
            pass


@needs_ipv6
def test_the_address_that_is_printed_works(workspace: Path) -> None:
    with served(workspace, "--host", "[::1]", "--root-path", "classify/") as address:
        assert urlsplit(address).path == "/classify/"
        assert urlsplit(address).netloc.startswith("[::1]:")
        with urlopen(address, timeout=30) as answer:
            assert b'href="/classify/static/' in answer.read()


def test_networks_of_proxies() -> None:
    known = networks(["127.0.0.1", "10.1.0.0/16", "[fd00::1]"])
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "fd00::1", "::ffff:10.1.2.3"):
        assert is_within(address, known), address
    for address in ("127.0.0.2", "10.2.0.1", "::1", "fd00::2", "", "unix:", "proxy"):
        assert not is_within(address, known), address
    assert is_within("::1", networks(["localhost"]))
    for written in ("*", "proxy.intranet", "10.1.2.3/16", ""):
        with pytest.raises(ServerError, match=r"--trusted-proxy .*not an address or network"):
            networks([written])


@pytest.mark.parametrize(
    ("written", "prefix"),
    [
        ("", ""), ("/", ""), ("classify", "/classify"), ("/a/b/", "/a/b"), ("/a_b-1.2~", "/a_b-1.2~"),
        ("/a//b", None), ("//evil.example", "/evil.example"), ("/..", None), ("/a/./b", None), ("/a?b", None), ("/a;b", None),
        ("/文", None), ("/a b", None), ("/a\\b", None),
    ],
)  # fmt: skip
def test_a_path_below_which_a_server_is_shown(written: str, prefix: str | None) -> None:
    assert path_prefix(written) == prefix


def test_a_proxy_without_a_token_is_refused_and_so_is_a_path_of_the_servers_own(workspace: Path) -> None:
    with pytest.raises(ServerError, match="--trusted-proxy lets other machines in: give a --token"):
        Settings(labels=workspace / "labels", proxies=("127.0.0.1",))
    with pytest.raises(ServerError, match="--root-path '/a b': not a path"):
        Settings(labels=workspace / "labels", root_path="/a b")
