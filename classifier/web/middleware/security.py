"""What stands before every request: by which name it came, from which page, with which token, how large it is."""

import hmac
from base64 import b64decode
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from fastapi import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.web import problem_details as problems
from classifier.web.settings import Settings

COOKIE = "classify_session"
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

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if refusal := self._refusal(scope, headers):
            await refusal(scope, receive, safely)
            return
        limited = receive if scope["path"] == _UNLIMITED else _counted(receive, self.settings.body_limit)
        await self.app(scope, limited, safely)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self.settings.knows(_name(host)):
            return problems.response(
                421,
                f"this server is not called {_name(host) or 'nothing'!r}; start it with --allow-host to change that",
            )
        if scope["method"] not in _READING and not _same_origin(headers, host):
            return problems.response(403, "the request comes from another web page", ("header.origin",))
        length = headers.get("content-length", "0")
        if scope["path"] != _UNLIMITED and length.isdecimal() and int(length) > self.settings.body_limit:
            return _too_large(self.settings.body_limit)
        if self.settings.token and not self._known(scope["path"], headers):
            return _sign_in(scope, headers)
        return None

    def _known(self, path: str, headers: Headers) -> bool:
        if path in _OPEN or path.startswith("/static/"):
            return True
        given = _given_token(headers.get("authorization", ""))
        return same(given, self.settings.token) or same(_cookie(headers), self.settings.session)


def same(given: str, expected: str) -> bool:
    """Compare secrets without telling by the time it takes how much of them is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def _name(host: str) -> str:
    """Return a Host header's name without its port; IPv6 addresses stand in brackets there."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Programs that are no browsers send neither header."""
    if (origin := headers.get("origin")) is not None:
        return urlsplit(origin).netloc.lower() == host.lower() if origin != "null" else False
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def _given_token(authorization: str) -> str:
    """Return the token of `Bearer TOKEN`, or the password of Basic, which Label Studio sends."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _sign_in(scope: Scope, headers: Headers) -> Response:
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(scope["path"]) + (f"?{query}" if query else "")
        return Response(status_code=303, headers={"Location": f"/login?to={quote(wanted)}"})
    return problems.response(
        401, "a token is needed: Authorization: Bearer TOKEN", ("header.authorization",), {"WWW-Authenticate": "Bearer"}
    )


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
