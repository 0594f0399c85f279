"""A machine-learning backend for Label Studio: predictions out, annotations in."""

from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from classifier.api import Model
from classifier.labelling.exporting import certainty
from classifier.web.labelstudio.config import Config, read_config
from classifier.web.labelstudio.webhook import CREATED, DELETED
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state

router = APIRouter(tags=["Label Studio"])


class Setup(BaseModel):
    """What Label Studio says of a project when it connects."""

    model_config = ConfigDict(extra="allow")
    project: str | int | None = None


class Version(BaseModel):
    """The version that predictions come from; Label Studio asks again when it changes."""

    model_version: str


class Prediction(BaseModel):
    """Tasks to predict."""

    model_config = ConfigDict(extra="allow")
    tasks: list[dict[str, Any]] = []
    project: str | int | None = None
    label_config: str | None = None
    params: dict[str, Any] | None = None


class Answer(BaseModel):
    """A prediction for one task; `result` is empty where no choice of the project says what the model says."""

    model_version: str
    score: float
    result: list[dict[str, Any]]


class Answers(BaseModel):
    """One prediction a task, in the same order."""

    results: list[Answer]


class Report(BaseModel):
    """Something that happened in Label Studio."""

    model_config = ConfigDict(extra="allow")
    action: str


class Accepted(BaseModel):
    """What will be done."""

    accepted: str


@router.post("/setup", response_model=Version, responses=documented(409))
def setup(request: Request, setup: Setup) -> Version:
    """Tell the version; a labelling configuration that cannot be read is refused here, before anybody labels."""
    model = app_state(request).live_model.model
    config = (setup.model_extra or {}).get("schema")
    if isinstance(config, str) and config.strip() and read_config(config, model.taxonomy) is None:
        raise Problem(422, "the labelling configuration has no <Choices> on a <Text>", ("body.schema",))
    return Version(model_version=model.version)


@router.get("/versions", responses=documented())
def versions(request: Request) -> dict[str, list[str]]:
    """Return the version in use."""
    return {"versions": [app_state(request).live_model.model.version]}


@router.post("/predict", response_model=Answers, responses=documented(409))
async def predict(request: Request, wanted: Prediction) -> Answers:
    """Predict choices for tasks."""
    here = app_state(request)
    return await anyio.to_thread.run_sync(_predicted, here, here.live_model.model, wanted)


@router.post("/webhook", status_code=202, response_model=Accepted, responses=documented())
async def webhook(request: Request, report: Report) -> Accepted:
    """Take in annotations, or train: the answer comes at once, the work is done elsewhere."""
    here = app_state(request)
    if report.action == "START_TRAINING":
        began = await here.training.start(promote=True)
        return Accepted(accepted="training" if began else "a training runs already")
    if report.action in {*CREATED, DELETED}:
        here.annotations.report({"action": report.action, **(report.model_extra or {})})
        return Accepted(accepted="annotations")
    return Accepted(accepted="nothing: no action of ours")


def _predicted(here: AppState, model: Model, wanted: Prediction) -> Answers:
    given = (wanted.label_config or "").strip()
    config = read_config(given, model.taxonomy) if given else None
    answers = [_answer(model, task, config) for task in wanted.tasks]
    here.metrics.paragraphs.inc(len(answers))
    return Answers(results=answers)


def _answer(model: Model, task: dict[str, Any], config: Config | None) -> Answer:
    data = task.get("data")
    text = data.get(config.key) if config and isinstance(data, dict) else None
    if config is None or not isinstance(text, str) or not text.strip():
        return Answer(model_version=model.version, score=0.0, result=[])
    result = model.label_paragraph(text)
    choices = config.chosen(result.labels)
    row = model.table([text]).probabilities[0]
    score = certainty(row, model.scorer.threshold, model.taxonomy)[1]
    region = {"from_name": config.name, "to_name": config.object, "type": "choices", "value": {"choices": choices}}
    return Answer(model_version=model.version, score=round(score, 4), result=[region] if choices else [])
