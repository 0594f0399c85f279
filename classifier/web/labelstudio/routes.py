"""A machine-learning backend for Label Studio: predictions out, annotations in."""

import errno
from collections.abc import Iterator
from typing import Annotated

import anyio.to_thread
import numpy as np
from fastapi import APIRouter, Query, Request
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from classifier.api import Model, Result
from classifier.errors import LabelError
from classifier.labelling.exporting import certainty
from classifier.web.labelstudio.config import Config, read_config
from classifier.web.labelstudio.config import Field as Shown
from classifier.web.labelstudio.event import TRAINING, read_event
from classifier.web.labelstudio.webhook import Outcome
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state

router = APIRouter(tags=["Label Studio"])
Instance = Annotated[
    str,
    Query(
        max_length=100, pattern=r"^[\w.-]*$", description="which Label Studio reports, where one is a copy of another"
    ),
]
Asked = tuple[list[tuple[Shown, str]], list[str]]  # the fields of a task with their texts; why others have none
_FULL = {errno.ENOSPC, errno.EDQUOT}
_REPORT: dict[str, object] = {
    "type": "object",
    "required": ["action"],
    "properties": {"action": {"type": "string", "examples": ["ANNOTATION_CREATED", TRAINING]}},
}
_BODY: dict[str, object] = {"requestBody": {"required": True, "content": {"application/json": {"schema": _REPORT}}}}


class Setup(BaseModel):
    """What Label Studio says of a project when it connects."""

    model_config = ConfigDict(extra="allow")
    project: str | int | None = None


class Version(BaseModel):
    """The version that predictions come from; Label Studio asks again when it changes."""

    model_version: str
    notes: list[str] = Field(
        default=[], description="choices of the project that are no labels here, and labels that cannot be chosen"
    )


class Prediction(BaseModel):
    """Tasks to predict."""

    model_config = ConfigDict(extra="allow")
    tasks: list[dict[str, object]] = []
    project: str | int | None = None
    label_config: str | None = None
    params: dict[str, object] | None = None


class Answer(BaseModel):
    """A prediction for one task; `result` is empty where no choice of the project says what the model says."""

    model_version: str
    score: float
    result: list[dict[str, object]]
    note: str = Field(default="", description="why there is no result, where the task's text cannot be read")


class Answers(BaseModel):
    """One prediction a task, in the same order."""

    results: list[Answer]


class Accepted(BaseModel):
    """What was done with a report."""

    accepted: str
    detail: str = Field(default="", description="why it was kept; the page of the labels shows it with what to do")


@router.post("/setup", response_model=Version, responses=documented(409))
def setup(request: Request, setup: Setup) -> Version:
    """Tell the version; a labelling configuration that nothing can be learnt from is refused, before anybody labels."""
    state = app_state(request)
    model = state.live_model.model
    config = (setup.model_extra or {}).get("schema")
    if not isinstance(config, str) or not config.strip():
        return Version(model_version=model.version)
    try:
        found = state.annotations.check(str(setup.project or ""), config)
    except LabelError as error:
        raise Problem(422, str(error), ("body.schema",)) from error
    return Version(model_version=model.version, notes=found.notes)


@router.get("/versions", responses=documented())
def versions(request: Request) -> dict[str, list[str]]:
    """Return the version in use."""
    return {"versions": [app_state(request).live_model.model.version]}


@router.post("/predict", response_model=Answers, responses=documented(409))
async def predict(request: Request, wanted: Prediction) -> Answers:
    """Predict choices for tasks."""
    state = app_state(request)
    return await anyio.to_thread.run_sync(_predicted, state, state.live_model.model, wanted)


@router.post("/webhook", status_code=202, response_model=Accepted, responses=documented(503, 507), openapi_extra=_BODY)
async def webhook(request: Request, instance: Instance = "") -> Accepted:
    """Take in annotations, or train: what is answered is on disk, and a training knows all that came before it.

    A report that cannot be made use of is kept, and shown on the page of the labels. Answers 507 or 503 where neither
    could be done; then nothing has changed, and the report is to be sent again.
    """
    state, body = app_state(request), await request.body()
    async with state.annotations.in_turn():
        if _asks_for_training(body):
            began = await state.training.start(promote=True)
            return Accepted(accepted="training" if began else "a training runs already")
        outcome = await anyio.to_thread.run_sync(_taken, state, body, instance)
    return Accepted(accepted=outcome.done, detail=outcome.why)


@router.post("/api/reports/{name}/again", response_model=Accepted, responses=documented(409))
async def again(request: Request, name: str) -> Accepted:
    """Try a kept report of Label Studio once more; 409 says why it still cannot be made use of."""
    state = app_state(request)
    async with state.annotations.in_turn():
        outcome = await anyio.to_thread.run_sync(state.annotations.again, name)
    return Accepted(accepted=outcome.done, detail=outcome.why)


@router.post("/api/reports/{name}/aside", response_model=Accepted, responses=documented(409))
def aside(request: Request, name: str) -> Accepted:
    """Take a kept report off the list; its file goes to undone/."""
    app_state(request).annotations.kept.set_aside(name)
    return Accepted(accepted="set aside")


def _asks_for_training(body: bytes) -> bool:
    try:
        return read_event(body).action == TRAINING
    except LabelError:
        return False


def _taken(state: AppState, body: bytes, instance: str) -> Outcome:
    try:
        return state.annotations.take(body, instance)
    except OSError as error:
        why = f"the report is neither stored nor kept; send it again: {error.strerror or error}"
        raise Problem(507 if error.errno in _FULL else 503, why) from error
    except LabelError as error:
        raise Problem(507, str(error)) from error


def _predicted(state: AppState, model: Model, wanted: Prediction) -> Answers:
    given = (wanted.label_config or "").strip()
    try:
        config = read_config(given, state.decision_store.names) if given else None
    except LabelError as error:
        raise Problem(422, str(error), ("body.label_config",)) from error
    asked = [_texts(task, config) for task in wanted.tasks]
    texts = [text for one in asked for _, text in one[0]]
    # a project's tasks come in one request, which Label Studio gives up after a while: all at once is far quicker
    judged = zip(model.label_paragraphs(texts), model.table(texts).probabilities, strict=True)
    answers = [_answer(model, asked_of, judged) for asked_of in asked]
    state.metrics.paragraphs.inc(len(answers))
    return Answers(results=answers)


def _texts(task: dict[str, object], config: Config | None) -> Asked:
    """Return the texts of a task that can be labelled, each with its choices, and why others cannot be read."""
    data = task.get("data")
    found: list[tuple[Shown, str]] = []
    notes: list[str] = []
    if config is None or not isinstance(data, dict):
        return found, notes
    for field in config.of(data):
        try:
            found.append((field, field.text.of(data)))
        except LabelError as error:
            notes.append(str(error))
    return found, notes


def _answer(model: Model, asked: Asked, judged: Iterator[tuple[Result, NDArray[np.float64]]]) -> Answer:
    regions: list[dict[str, object]] = []
    scores = []
    for (field, _), (result, row) in zip(asked[0], judged, strict=False):
        choices = [list(one) if isinstance(one, tuple) else one for one in field.best.chosen(result.labels)]
        scores.append(certainty(row, model.scorer.threshold, model.taxonomy)[1])
        if choices:
            name = {"from_name": field.best.name, "to_name": field.text.name, "type": "choices"}
            regions.append({**name, "value": {"choices": choices}})
    score = round(min(scores, default=0.0), 4)
    return Answer(model_version=model.version, score=score, result=regions, note="; ".join(asked[1]))
