"""Who knows the token: programs send it with each request, browsers keep a session in its place."""

import hmac
from base64 import b64decode
from urllib.parse import quote, unquote_plus, urlsplit

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import Scope

from classifier.web import problem_details as problems
from classifier.web.middleware.proxy import inner_path, root
from classifier.web.settings import Settings

_IN_LINK = "token"


def knows_token(scope: Scope, headers: Headers, settings: Settings) -> bool:
    """Tell whether a request carries the token or a session; all do where there is no token."""
    if not settings.token or same(_given_token(headers.get("authorization", "")), settings.token):
        return True
    return any(same(cooky, settings.session) for cooky in _cookies(headers, cookie_name(scope)))


def same(token: str, expected: str) -> bool:
    """Compare secrets without telling by the time it takes how much of them is right."""
    return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), expected.encode())


def cookie_name(scope: Scope) -> str:
    """Return the name of the session's cookie, which no other server of the same host has.

    Browsers keep cookies by host, whatever the port: the name holds the port listened on, the port that the browser
    asked (behind a proxy or in a container another) and the path below which the server is shown.
    """
    asked = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    _, listened = scope.get("server") or ("", None)
    ports = dict.fromkeys(str(one) for one in (listened, _port(asked)) if one)
    return "_".join(["classify_session", *ports]) + root(scope).replace("/", "_")


def let_in(answer: Response, scope: Scope, settings: Settings) -> Response:
    """Give a browser a session. A link from another page (mail in a browser, a chat) leads in with it: hence "lax"."""
    name, path, secure = cookie_name(scope), root(scope) or "/", scope.get("scheme") == "https"
    answer.set_cookie(name, settings.session, path=path, secure=secure, httponly=True, samesite="lax")
    return answer


def follow_link(scope: Scope, settings: Settings) -> Response | None:
    """Answer a link that carries the token: sign in and lead to the same address without it. None for other requests.

    So the token stays in no history and no list of addresses, and goes to no other page.
    """
    query = scope["query_string"].decode("latin-1")
    if scope["method"] not in {"GET", "HEAD"} or (kept := without_token(query)) == query:
        return None
    path = "/" + quote(inner_path(scope)).lstrip("/")  # two slashes would lead to another host
    to = root(scope) + path + (f"?{kept}" if kept else "")
    answer = Response(status_code=303, headers={"Location": to, "Referrer-Policy": "no-referrer"})
    given = [unquote_plus(part.partition("=")[2]).strip() for part in query.split("&") if _is_token(part)]
    known = bool(settings.token) and same(given[0], settings.token)
    return let_in(answer, scope, settings) if known else answer


def without_token(query: str) -> str:
    """Return a query without the token; all else stays as it is written."""
    return "&".join(part for part in query.split("&") if not _is_token(part))


def _is_token(part: str) -> bool:
    return unquote_plus(part.partition("=")[0]) == _IN_LINK


def ask_for_token(scope: Scope, headers: Headers) -> Response:
    """Lead a browser to where it can sign in; tell a program what is missing."""
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(inner_path(scope)) + (f"?{query}" if query else "")
        return Response(status_code=303, headers={"Location": f"{root(scope)}/login?to={quote(wanted)}"})
    return problems.response(
        401, "a token is needed: Authorization: Bearer TOKEN", ("header.authorization",), {"WWW-Authenticate": "Bearer"}
    )


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


def _cookies(headers: Headers, name: str) -> list[str]:
    """Return all cookies of a name; others' on the same host may be written in any way, and stop nobody."""
    parts = (part.partition("=") for header in headers.getlist("cookie") for part in header.split(";"))
    return [value.strip() for key, _, value in parts if key.strip() == name]


def _port(host: str) -> int | None:
    try:
        return urlsplit(f"//{host}").port
    except ValueError:
        return None
