"""Label a document over HTTP: a text or a file in, its paragraphs with what is said of them out."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

import anyio.to_thread
import orjson
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from classifier.api import Model
from classifier.decisions import with_decisions
from classifier.documents.document import Document
from classifier.errors import InputError
from classifier.similar import with_similar
from classifier.text.paragraph import Kind
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state
from classifier.web.uploads import open_bytes


class _PlainRoute(APIRoute):
    """A route whose function takes the request and returns the response: no parameters to look for in what comes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


router = APIRouter(tags=["service"], route_class=_PlainRoute)


class LabelRequest(BaseModel):
    """A text to label."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str, Field(min_length=1, description="paragraphs are told apart by their line breaks")]
    name: Annotated[str, Field(max_length=300)] = "<text>"
    explain: bool = False
    model_only: Annotated[bool, Field(description="what the model says, whatever people decided")] = False


class WhoDecided(BaseModel):
    """Who decided on a paragraph, "" where that was not said, and when (ISO 8601)."""

    by: str
    date: str


class Labelled(BaseModel):
    """A paragraph and what is said of it; the same keys as on the command line. `decided` stands only where a person
    gave the labels: then these count in place of the model's.
    """

    model_config = ConfigDict(extra="allow")
    file: str
    index: int
    start: int
    end: int
    kind: Kind
    text: str
    labels: list[str]
    primary: str
    uncertain: bool
    probabilities: dict[str, float]
    model: str
    decided: WhoDecided | None = None


class LabelResponse(BaseModel):
    """A labelled document."""

    name: str
    format: str
    model: str
    labels: dict[str, dict[str, str]] = Field(description="label id → its names")
    notes: list[dict[str, object]] = Field(
        description="what was left out of the document, or read with doubt; en and zh"
    )
    paragraphs: list[Labelled]


_LABEL_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": LabelRequest.model_json_schema()},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary", "description": ".txt .md .docx .pdf .html"},
                    "explain": {"type": "string", "enum": ["true", "false"]},
                    "model_only": {"type": "string", "enum": ["true", "false"]},
                },
            }
        },
    },
}


@router.post(
    "/api/label",
    response_model=LabelResponse,
    responses=documented(415, 501),
    openapi_extra={"requestBody": _LABEL_BODY},
)
async def label(request: Request) -> Response:
    """Label each paragraph of a text or a file.

    `explain` adds the words and topics for and against each label, and the labelled paragraphs most like it.

    What people decided in the server's labels folder stands in place of the model's answers, unless `model_only`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        wanted = _wanted(await request.body())
        document, how = Document(wanted.name, wanted.text), _How(wanted.explain, wanted.model_only)
        if not wanted.text.strip().strip("\ufeff"):
            raise Problem(422, "text holds nothing but white space", ("body.text",))
    elif kind == "multipart/form-data":
        document, how = await _from_form(request)
    else:
        raise Problem(
            415, "send application/json with a text, or multipart/form-data with a file", ("header.content-type",)
        )
    state = app_state(request)
    model = state.live_model.model
    body = await anyio.to_thread.run_sync(_labelled, model, document, how, state)
    return Response(body, media_type="application/json")


def _wanted(body: bytes) -> LabelRequest:
    try:
        return LabelRequest.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"not valid JSON: {error}", ("body",)) from error
    except ValidationError as error:
        where = tuple(".".join(["body", *map(str, one["loc"])]) for one in error.errors())
        detail = "; ".join(f"{place}: {one['msg']}" for place, one in zip(where, error.errors(), strict=True))
        raise Problem(422, detail, where) from error


@dataclass(frozen=True)
class _How:
    """How a document is to be labelled."""

    explain: bool = False
    model_only: bool = False


async def _from_form(request: Request) -> tuple[Document, _How]:
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Problem(422, "the form has no file", ("body.file",))
        explain, model_only = (_yes(form.get(name, "false"), name) for name in ("explain", "model_only"))
        data, name = await file.read(), file.filename or "file"
    try:
        return await anyio.to_thread.run_sync(open_bytes, data, name), _How(explain, model_only)
    except InputError as error:
        if type(error) is not InputError:
            raise
        raise Problem(422, str(error), ("body.file",)) from error


def _yes(value: object, name: str) -> bool:
    if value not in {"true", "false"}:
        raise Problem(422, f"{name} must be true or false", (f"body.{name}",))
    return value == "true"


def _labelled(model: Model, document: Document, how: _How, state: AppState) -> bytes:
    results = model.label_document(document, explain=how.explain)
    if not how.model_only:
        results = with_decisions(results, state.decision_store.decisions(model))
    if how.explain:
        results = with_similar(results, state.similar_store.of(model))
    state.metrics.paragraphs.inc(len(results))
    names = {label.id: {"zh": label.zh, "en": label.en} for label in model.taxonomy.labels}
    rows = [result.as_row() for result in results]
    body = {
        "name": document.name,
        "format": document.format,
        "model": model.version,
        "labels": names,
        "notes": [note.as_row() for note in document.notes],
        "paragraphs": rows,
    }
    return orjson.dumps(body)
