"""What a server is started with, and what it refuses to start with."""

import ipaddress
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from classifier.errors import ClassifierError

SHORTEST_TOKEN = 16  # characters
MEGABYTE = 1_000_000


class ServerError(ClassifierError):
    """A server that would not be safe, or cannot be started."""


@dataclass(frozen=True)
class Settings:
    """Choices of a server.

    `labels`: the folder that decisions go to. `names`: further host names it may be called by. `by`: who decides where
    the browser does not say. `pool`: documents to choose from what to label next. `body_limit`: bytes of a request, but
    for /api/score, whose lines come and go one by one and are limited one by one (`line_limit`).
    `session`: what the browser keeps in place of the token.
    """

    labels: Path
    host: str = "127.0.0.1"
    token: str = ""
    names: tuple[str, ...] = ()
    by: str = ""
    pool: tuple[str, ...] = ()
    body_limit: int = 20 * MEGABYTE
    line_limit: int = MEGABYTE
    score_limit: int = 2_000 * MEGABYTE
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def __post_init__(self) -> None:
        """Refuse what would let strangers in."""
        if self.token and len(self.token) < SHORTEST_TOKEN:
            raise ServerError(f"the token is too short: at least {SHORTEST_TOKEN} characters are needed")
        if not self.token and not self.loopback:
            raise ServerError(
                f"{self.host} can be reached from other machines: give a --token of at least {SHORTEST_TOKEN} "
                f"characters, such as {secrets.token_urlsafe(24)}, which everybody who may use the server is told"
            )

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
        return not self.loopback or ipaddress.ip_address(name).is_loopback


def is_address(name: str) -> bool:
    """Tell whether a host is written as an address rather than a name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
