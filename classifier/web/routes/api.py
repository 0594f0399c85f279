"""The API for other programs beside `labelling`: score many paragraphs, ask which models there are and how it does."""

from dataclasses import asdict
from typing import Annotated, Literal

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field

from classifier import places
from classifier.model.registry import listed
from classifier.web.problem_details import Problem, documented
from classifier.web.scoring import ENDINGS, PACKABLE, ScoringResponse, Wanted
from classifier.web.state import app_state

router = APIRouter(tags=["service"])


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


_LINES = {"application/x-ndjson": {"schema": {"type": "string", "description": "one JSON object a line"}}}
_TABLES = {kind: {"schema": {"type": "string", "description": f"as in a file {ENDINGS[kind]}"}} for kind in ENDINGS}


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
