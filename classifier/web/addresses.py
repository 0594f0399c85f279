"""Hosts, networks and paths as people write them in options, checked and in one form."""

import ipaddress
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from classifier.errors import ServerError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")
_LOCALHOST = ("127.0.0.0/8", "::1/128")


def is_address(name: str) -> bool:
    """Tell whether a host is written as an address rather than a name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def plain_address(name: str) -> str:
    """Return an address in its shortest form, an IPv4 one without its IPv6 clothes; what is none as it is."""
    if not is_address(name):
        return name
    found = ipaddress.ip_address(name)
    return str(getattr(found, "ipv4_mapped", None) or found)


def listening_host(asked: str) -> str:
    """Return what to listen on: an address (IPv6 without its brackets, with its zone) or a name.

    Raises ServerError for all else: a port or a scheme has no place here.
    """
    host = asked.strip()
    bracketed = host.startswith("[") and host.endswith("]")
    bare = host[1:-1].replace("%25", "%") if bracketed else host  # %25: a zone as addresses in a browser write it
    if is_address(bare) and (":" in bare or not bracketed):
        return plain_address(bare)
    if bracketed or not _NAME.fullmatch(bare) or bare.replace(".", "").isdigit():
        raise ServerError(
            f"--host {asked!r}: not an address or name to listen on, such as 127.0.0.1, ::1 or labels.intranet; "
            "a port is given with --port"
        )
    return bare.lower()


def in_url(host: str) -> str:
    """Return a host as it stands in a URL: an IPv6 address in brackets, the % of its zone escaped (RFC 6874)."""
    return f"[{host.replace('%', '%25')}]" if ":" in host else host


def networks(addresses: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that proxies are named by: an address, a network (10.0.0.0/8) or localhost.

    Raises ServerError for what is none of these.
    """
    found: list[Network] = []
    for address in addresses:
        name = address.strip().removeprefix("[").removesuffix("]")
        for written in _LOCALHOST if name.lower() == "localhost" else [plain_address(name)]:
            try:
                found.append(ipaddress.ip_network(written))
            except ValueError as error:
                raise ServerError(
                    f"--trusted-proxy {address!r}: not an address or network, such as 127.0.0.1 or 10.1.0.0/16: {error}"
                ) from error
    return tuple(found)


def is_within(address: str, known: Collection[Network]) -> bool:
    """Tell whether an address is one of some networks'."""
    if not known or not is_address(address):
        return False
    found = ipaddress.ip_address(plain_address(address))
    return any(found in network for network in known)


def path_prefix(prefix: str) -> str | None:
    """Return a path below which a server is shown as /a/b, "" for none; None where it is no such path."""
    segments = prefix.strip().strip("/").split("/")
    if segments == [""]:
        return ""
    if all(_SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments):
        return "/" + "/".join(segments)
    return None
