"""What stands before every request: by which name it came, from which page, with which token, how large it is."""

from urllib.parse import urlsplit

from fastapi import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.web import problem_details as problems
from classifier.web.middleware.proxy import inner_path
from classifier.web.middleware.sign_in import ask_for_token, follow_link, knows_token
from classifier.web.settings import Settings

_READING = {"GET", "HEAD", "OPTIONS"}
_OPEN = {"/health", "/login", "/language"}  # and what is below /static/
_UNLIMITED = "/api/score"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityMiddleware:
    """Lets through what is in order and puts the headers of safety on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        path = inner_path(scope)

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not path.startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if answer := self._refusal(scope, path, headers) or self._signing_in(scope, path, headers):
            await answer(scope, receive, safely)
            return
        limited = receive if path == _UNLIMITED else _counted(receive, self.settings.body_limit)
        await self.app(scope, limited, safely)

    def _refusal(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self.settings.knows(_name(host)):
            return problems.response(
                421,
                f"this server is not called {_name(host) or 'nothing'!r}; start it with --allow-host to change that",
            )
        if scope["method"] not in _READING and not _same_origin(headers, host):
            return problems.response(403, "the request comes from another web page", ("header.origin",))
        length = headers.get("content-length", "0")
        if path != _UNLIMITED and length.isdecimal() and int(length) > self.settings.body_limit:
            return _too_large(self.settings.body_limit)
        return None

    def _signing_in(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        if link := follow_link(scope, self.settings):
            return link
        if not self.settings.token or path in _OPEN or path.startswith("/static/"):
            return None
        return None if knows_token(scope, headers, self.settings) else ask_for_token(scope, headers)


def _name(host: str) -> str:
    """Return a Host header's name without its port; IPv6 addresses stand in brackets there."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Tell whether a request comes from one of this server's own pages, or from a program that is no browser.

    What the browser itself says of that (on https and this machine) holds whatever host a proxy puts in the place of
    the one asked; older browsers send the origin alone, programs neither.
    """
    if (site := headers.get("sec-fetch-site")) is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or _without_port(origin) == _without_port(f"{origin.partition(':')[0]}://{host}")


def _without_port(origin: str) -> str:
    """Return an origin without the port that goes without saying."""
    scheme, _, place = origin.lower().partition("://")
    return f"{scheme}://{place.removesuffix({'http': ':80', 'https': ':443'}.get(scheme, ''))}"


def _too_large(limit: int) -> Response:
    return problems.response(413, f"more than {limit:,} bytes; send less at once", ("body",))


def _counted(receive: Receive, limit: int) -> Receive:
    """Count what comes, for a client that does not say (or lies about) how much it sends."""
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise problems.Problem(413, f"more than {limit:,} bytes; send less at once", ("body",))
        return message

    return receive_some
