"""What a named proxy says of a request: by which host, scheme and path the browser asked, and from where."""

from typing import Any, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from classifier.web.addresses import is_within, path_prefix, plain_address
from classifier.web.settings import Settings


class ProxyMiddleware:
    """Rewrites a request to what the browser sent; from here on its path begins with `root_path`, as ASGI has it.

    A proxy may take the prefix off a path or leave it. Both are understood: `own` are the first parts of the server's
    own addresses, with which no prefix begins.
    """

    def __init__(self, app: ASGIApp, settings: Settings, own: frozenset[str]) -> None:
        self.settings, self.own = settings, own
        trusted = [str(network) for network in settings.networks]
        told = ProxyHeadersMiddleware(cast("Any", app), trusted)  # scheme, client
        self.app = cast("ASGIApp", told) if trusted else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http":
            scope = self._as_asked(scope)
        await self.app(scope, receive, send)

    def _as_asked(self, scope: Scope) -> Scope:
        headers = MutableHeaders(raw=list(scope["headers"]))
        address, port = scope.get("client") or ("", 0)
        prefix = self.settings.root_path
        if is_within(address, self.settings.networks):
            if host := _last(headers, "x-forwarded-host"):
                headers["host"] = host
            prefix = prefix or self._told(headers)
        path = scope["path"]
        inside = path.removeprefix(prefix) if path == prefix or path.startswith(f"{prefix}/") else path
        return {
            **scope,
            "headers": headers.raw,
            "client": (plain_address(address), port),
            "root_path": prefix,
            "path": prefix + (inside or "/"),
        }

    def _told(self, headers: Headers) -> str:
        """Return the prefix that a proxy tells, "" for none and for what cannot be one."""
        prefix = path_prefix(_last(headers, "x-forwarded-prefix")) or ""
        return "" if first_part(prefix) in self.own else prefix


def _last(headers: Headers, name: str) -> str:
    """Return a header's last value: what the nearest proxy itself says; those before it may be the client's."""
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def first_part(path: str) -> str:
    """Return a path's first part: labels of /labels/export."""
    return path.strip("/").partition("/")[0]


def root(scope: Scope) -> str:
    """Return what all addresses of this server begin with in the browser, "" for nothing."""
    return str(scope.get("app_root_path", scope.get("root_path", "")))  # a mounted part has a root of its own


def inner_path(scope: Scope) -> str:
    """Return a request's path as the routes know it, without the root."""
    return str(scope["path"]).removeprefix(root(scope))
