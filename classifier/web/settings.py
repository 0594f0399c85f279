"""What a server is started with, and what it refuses to start with."""

import ipaddress
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from classifier.errors import ServerError
from classifier.web.addresses import Network, is_address, listening_host, networks, path_prefix

SHORTEST_TOKEN = 16  # characters
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """Choices of a server.

    `labels`: the folder that decisions go to. `host`: an address or a name, IPv6 with or without brackets.
    `names`: further host names it may be called by. `by`: who decides where the browser does not say.
    `pool`: documents to choose from what to label next. `body_limit`: bytes of a request, but for /api/score
    (`score_limit`). `root_path`: below which a proxy shows the server, "" for none. `proxies`: addresses and networks
    of proxies that are believed what they say of a request. `kept`: the folder in which open documents outlive the
    server, None where they live in memory only. `session`: what the browser keeps in place of the token.
    """

    labels: Path
    host: str = "127.0.0.1"
    token: str = ""
    names: tuple[str, ...] = ()
    by: str = ""
    pool: tuple[str, ...] = ()
    body_limit: int = 20 * MEGABYTE
    score_limit: int = 2_000 * MEGABYTE
    root_path: str = ""
    proxies: tuple[str, ...] = ()
    kept: Path | None = None
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def __post_init__(self) -> None:
        """Refuse what would let strangers in, and put hosts and paths into one form."""
        object.__setattr__(self, "host", listening_host(self.host))
        prefix = path_prefix(self.root_path)
        if prefix is None:
            raise ServerError(f"--root-path {self.root_path!r}: not a path, such as /classify")
        object.__setattr__(self, "root_path", prefix)
        if self.token and len(self.token) < SHORTEST_TOKEN:
            raise ServerError(f"the token is too short: at least {SHORTEST_TOKEN} characters are needed")
        if not self.token and not self.loopback:
            raise ServerError(
                f"{self.host} can be reached from other machines: give a --token of at least {SHORTEST_TOKEN} "
                f"characters, such as {secrets.token_urlsafe(24)}, which everybody who may use the server is told"
            )
        if self.networks and not self.token:
            raise ServerError(
                f"a --trusted-proxy lets other machines in: give a --token of at least {SHORTEST_TOKEN} characters"
            )

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The networks of `proxies`; raises ServerError for what is none."""
        return networks(self.proxies)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host == "localhost" or (is_address(self.host) and ipaddress.ip_address(self.host).is_loopback)

    def knows(self, name: str) -> bool:
        """Tell whether the server may be called by a host name (without port, lower case).

        A stranger's page can make its own name point here (DNS rebinding), but not an address.
        """
        if name in {"localhost", self.host, *self.names}:
            return True
        if not is_address(name):
            return False
        return not self.loopback or bool(self.networks) or ipaddress.ip_address(name).is_loopback
