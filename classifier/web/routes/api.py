"""The API for other programs: label a document, score many paragraphs, ask which models there are."""

from dataclasses import asdict
from typing import Annotated, Literal

import anyio.to_thread
import orjson
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from classifier import places
from classifier.api import Model
from classifier.documents.document import Document
from classifier.errors import InputError
from classifier.model.registry import listed
from classifier.text.paragraph import Kind
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state
from classifier.web.streaming import Scored
from classifier.web.uploads import open_bytes

router = APIRouter(tags=["service"])


class LabelRequest(BaseModel):
    """A text to label."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str, Field(min_length=1, description="paragraphs are told apart by their line breaks")]
    name: Annotated[str, Field(max_length=300)] = "<text>"
    explain: bool = False


class Labelled(BaseModel):
    """A paragraph and what the model says of it; the same keys as on the command line."""

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


class ModelEntry(BaseModel):
    """A version that is stored here."""

    version: str
    in_use: bool
    created: str
    paragraphs: str
    macro_f1: str
    problem: str = Field(description="why it cannot be read; empty where it can")


class Health(BaseModel):
    """Whether the server answers, and with which model."""

    status: Literal["UP"]
    model: str
    model_class: str
    problem: str = Field(description="why a newer version is not in use though it should be; empty where all is well")


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
                },
            }
        },
    },
}
_LINES = {"application/x-ndjson": {"schema": {"type": "string", "description": "one JSON object a line"}}}


@router.post(
    "/api/label",
    response_model=LabelResponse,
    responses=documented(415, 501),
    openapi_extra={"requestBody": _LABEL_BODY},
)
async def label(request: Request) -> Response:
    """Label each paragraph of a text or a file. `explain` adds the words and topics for and against each label."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        wanted = _wanted(await request.body())
        document, explain = Document(wanted.name, wanted.text), wanted.explain
        if not wanted.text.strip().strip("\ufeff"):
            raise Problem(422, "text holds nothing but white space", ("body.text",))
    elif kind == "multipart/form-data":
        document, explain = await _from_form(request)
    else:
        raise Problem(
            415, "send application/json with a text, or multipart/form-data with a file", ("header.content-type",)
        )
    here = app_state(request)
    model = here.live_model.model
    body = await anyio.to_thread.run_sync(_labelled, model, document, explain, here)
    return Response(body, media_type="application/json")


@router.post(
    "/api/score",
    responses=documented(415) | {200: {"description": "a line for each line, in order", "content": _LINES}},
    openapi_extra={"requestBody": {"required": True, "content": _LINES}},
    response_class=Response,
)
async def score(request: Request) -> Response:
    """Score many paragraphs: JSON Lines in, each with a `text` that is one paragraph; the same lines out, with labels.

    All other keys pass through. The answer begins while lines still arrive; a bad line is answered by an object with
    `problem`, and the others are scored all the same.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-ndjson", "application/jsonl", "application/json-lines"}:
        raise Problem(415, "send JSON Lines as application/x-ndjson", ("header.content-type",))
    here = app_state(request)
    limits = here.settings
    return Scored(lambda: here.live_model.model, limits.line_limit, limits.score_limit, here.metrics.paragraphs.inc)


@router.get("/api/models", response_model=list[ModelEntry], responses=documented())
def models() -> list[dict[str, object]]:
    """Return all versions that are stored here, the nearest folder first."""
    found = []
    for one in listed(places.model_folders()):
        facts = {"version": one.version, "in_use": one.in_use, "problem": one.problem}
        found.append(facts | asdict(one.summary))
    return found


@router.get("/health", response_model=Health, responses=documented())
def health(request: Request) -> dict[str, str]:
    """Tell that the server answers. Needs no token."""
    live_model = app_state(request).live_model
    version = live_model.model.version
    return {
        "status": "UP",
        "model": version,
        "model_class": "local-government-classifier",
        "problem": live_model.problem,
    }


@router.get(
    "/metrics",
    response_class=Response,
    responses=documented()
    | {200: {"description": "Prometheus text", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Return what the server did, for Prometheus."""
    here = app_state(request)
    here.metrics.model.clear()
    here.metrics.model.labels(here.live_model.model.version).set(1)
    return Response(generate_latest(here.metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _wanted(body: bytes) -> LabelRequest:
    try:
        return LabelRequest.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"not valid JSON: {error}", ("body",)) from error
    except ValidationError as error:
        where = tuple(".".join(["body", *map(str, one["loc"])]) for one in error.errors())
        detail = "; ".join(f"{place}: {one['msg']}" for place, one in zip(where, error.errors(), strict=True))
        raise Problem(422, detail, where) from error


async def _from_form(request: Request) -> tuple[Document, bool]:
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Problem(422, "the form has no file", ("body.file",))
        explain = form.get("explain", "false")
        if explain not in {"true", "false"}:
            raise Problem(422, "explain must be true or false", ("body.explain",))
        data, name = await file.read(), file.filename or "file"
    try:
        return await anyio.to_thread.run_sync(open_bytes, data, name), explain == "true"
    except InputError as error:
        if type(error) is not InputError:
            raise
        raise Problem(422, str(error), ("body.file",)) from error


def _labelled(model: Model, document: Document, explain: bool, here: AppState) -> bytes:
    results = model.label_document(document, explain=explain)
    here.metrics.paragraphs.inc(len(results))
    names = {one.id: {"zh": one.zh, "en": one.en} for one in model.taxonomy.labels}
    rows = [one.as_row() for one in results]
    body = {
        "name": document.name,
        "format": document.format,
        "model": model.version,
        "labels": names,
        "notes": [note.as_row() for note in document.notes],
        "paragraphs": rows,
    }
    return orjson.dumps(body)
