"""The API for other programs: label a document, score many paragraphs, ask which models there are."""

from dataclasses import asdict, dataclass
from typing import Annotated, Literal

import anyio.to_thread
import orjson
from fastapi import APIRouter, Query, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from classifier import places
from classifier.api import Model
from classifier.decisions import with_decisions
from classifier.documents.document import Document
from classifier.errors import InputError
from classifier.model.registry import listed
from classifier.similar import with_similar
from classifier.text.paragraph import Kind
from classifier.web.problem_details import Problem, documented
from classifier.web.scoring import ENDINGS, PACKABLE, ScoringResponse, Wanted
from classifier.web.state import AppState, app_state
from classifier.web.uploads import open_bytes

router = APIRouter(tags=["service"])


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
                    "model_only": {"type": "string", "enum": ["true", "false"]},
                },
            }
        },
    },
}
_LINES = {"application/x-ndjson": {"schema": {"type": "string", "description": "one JSON object a line"}}}
_TABLES = {kind: {"schema": {"type": "string", "description": f"as in a file {ENDINGS[kind]}"}} for kind in ENDINGS}


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


@router.post(
    "/api/score",
    responses=documented(415, 501) | {200: {"description": "a line for each row, in order", "content": _LINES}},
    openapi_extra={"requestBody": {"required": True, "content": _TABLES}},
    response_class=Response,
)
async def score(
    request: Request,
    text_column: Annotated[
        str, Query(max_length=500, description="column of the paragraphs; by default the only one that may be it")
    ] = "",
    prefix: Annotated[str, Query(max_length=100, description="put in front of the added columns' names")] = "",
    model_only: Annotated[bool, Query(description="what the model says, whatever people decided")] = False,
) -> Response:
    """Score a table of paragraphs as `classify score` does: the same rows with labels, as JSON Lines.

    JSON Lines, JSON, CSV, a workbook or Parquet in (text formats also with Content-Encoding: gzip). All columns stay;
    one that would be added and is there already is refused. A row that cannot be scored says why under `error`. What
    people decided in the server's labels folder stands in place of the model's answers and says who and when under
    `decided`, unless `model_only`. The answer begins when the body is whole. Where the table turns out to be wrong
    later, or something was passed over, a last line says so: an object with `problem`, or with `notes`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    ending, packing = ENDINGS.get(kind), request.headers.get("content-encoding", "").strip().lower()
    if ending is None:
        raise Problem(415, f"send a table as {', '.join(ENDINGS)}", ("header.content-type",))
    if packing not in {"", "identity"} and (packing != "gzip" or ending not in PACKABLE):
        raise Problem(415, "only text is taken packed, with gzip", ("header.content-encoding",))
    state = app_state(request)
    model = state.live_model.model
    decisions = None if model_only else await anyio.to_thread.run_sync(state.decision_store.decisions, model)
    wanted = Wanted(
        ending + (".gz" if packing == "gzip" else ""), text_column or None, prefix, state.settings.score_limit,
        "" if decisions is None or decisions.empty else str(decisions.folder),
    )  # fmt: skip
    return ScoringResponse(wanted, model, state.metrics.paragraphs.inc, state.scorers)


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
    state = app_state(request)
    state.metrics.model.clear()
    state.metrics.model.labels(state.live_model.model.version).set(1)
    return Response(generate_latest(state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


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
