"""Errors as problem+json (RFC 9457): what is wrong and where."""

import errno
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect

from classifier.errors import ClassifierError, LabelError, MissingExtraError, ModelError
from classifier.i18n.sentences import HTTP, translated
from classifier.json_types import JsonDict, JsonObject

_FULL = {errno.ENOSPC, errno.EDQUOT}
_SHUT = {errno.EACCES, errno.EPERM, errno.EROFS}
MEDIA_TYPE = "application/problem+json"
Headers = Mapping[str, str] | None
Counts = JsonObject | None  # what counts now, where a request came too late
Page = Callable[[Request, int, str], Response]  # shows a problem, of this status and detail, to a person


class ProblemDetails(BaseModel):
    """What a client gets in place of a result."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: list[str] = Field(default=[], description="the parts of the request that are wrong")
    counts: dict[str, object] | None = Field(default=None, description="what counts now, where a request came too late")


class Problem(HTTPException):
    """Raise it to answer with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        where: tuple[str, ...] = (),
        headers: dict[str, str] | None = None,
        counts: JsonDict | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.where = where
        self.counts = counts


def response(
    status: int,
    detail: str,
    where: tuple[str, ...] = (),
    headers: Headers = None,
    counts: Counts = None,
) -> Response:
    """Return a problem as a response."""
    return Response(orjson.dumps(details(status, detail, where, counts)), status, headers, MEDIA_TYPE)


def details(status: int, detail: str, where: tuple[str, ...] = (), counts: Counts = None) -> JsonDict:
    """Return a problem as plain data; `counts`: what counts now, None where that is not the matter."""
    title, told = HTTPStatus(status).phrase, translated(detail, HTTP)
    said: JsonDict = {"type": "about:blank", "title": title, "status": status, "detail": told, "where": where}
    return said if counts is None else said | {"counts": counts}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of a route's problems; those that every route has are always among them."""
    schema = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: schema}}
        for status in sorted({*statuses, 400, 401, 403, 413, 421, 422, 500})
    }


def install(app: FastAPI, page: Page) -> None:
    """Let an app answer every error with a problem; a browser that opens an address gets it as a page."""

    def answer(
        request: Request,
        status: int,
        detail: str,
        where: tuple[str, ...] = (),
        headers: Headers = None,
        counts: Counts = None,
    ) -> Response:
        return page(request, status, detail) if _opened(request) else response(status, detail, where, headers, counts)

    @app.exception_handler(ClassifierError)
    async def ours(request: Request, error: ClassifierError) -> Response:
        if isinstance(error, MissingExtraError):
            return answer(request, 501, str(error))
        return answer(request, 409 if isinstance(error, ModelError | LabelError) else 422, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        where = tuple(".".join(map(str, one["loc"])) for one in error.errors())
        detail = "; ".join(f"{place}: {one['msg']}" for place, one in zip(where, error.errors(), strict=True))
        return answer(request, 422, detail, where)

    @app.exception_handler(StarletteHTTPException)
    async def refused(request: Request, error: StarletteHTTPException) -> Response:
        where, counts = getattr(error, "where", ()), getattr(error, "counts", None)
        return answer(request, error.status_code, str(error.detail), where, error.headers, counts)

    @app.exception_handler(OSError)
    async def disk(request: Request, error: OSError) -> Response:
        return answer(request, *of_the_disk(error))

    @app.exception_handler(ClientDisconnect)
    async def left(_request: Request, _error: ClientDisconnect) -> Response:
        return response(400, "the connection was closed before the request was whole", ("body",))  # nobody reads it

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, _error: Exception) -> Response:
        return answer(request, 500, "the server failed; its own output says where")


def of_the_disk(error: OSError) -> tuple[int, str]:
    """Return the status and the detail of what the disk refused: what a person can do about it is said."""
    place = str(error.filename or "the disk")
    if error.errno in _FULL:
        return 507, f"{place}: the server has no room left on its disk: make room there, then try again"
    if error.errno in _SHUT:
        return 507, (
            f"{place}: the server may not write (or read) there: give the account that runs it the right to, "
            "or start it with another folder"
        )
    return 500, f"{place}: {error.strerror or error}"


def _opened(request: Request) -> bool:
    """Tell whether somebody opened an address in a browser, rather than a program or a script asking."""
    wanted = "text/html" in request.headers.get("accept", "")
    return wanted and request.method == "GET" and not request.url.path.startswith("/api/")
