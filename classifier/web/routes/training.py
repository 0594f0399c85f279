"""Begin a training, look on while it runs, stop it."""

from collections.abc import AsyncIterator

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from classifier.web.problem_details import Problem, documented
from classifier.web.state import app_state

router = APIRouter(prefix="/api/training", tags=["training"])
_DATA = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}}
_EVENT = {"type": "object", "required": ["data"], "properties": {"data": _DATA, "event": {"type": "string"}}}
_STREAM: dict[str, object] = {"text/event-stream": {"itemSchema": _EVENT}}


class Running(BaseModel):
    """Whether a training runs."""

    running: bool


@router.post("", status_code=202, response_model=Running, responses=documented(409))
async def start(request: Request) -> Running:
    """Train a model from the labels folder in a process of its own; it is not in use before it is promoted."""
    if not await app_state(request).training.start():
        raise Problem(409, "a training runs already; wait for it or stop it")
    return Running(running=True)


@router.post("/cancel", response_model=Running, responses=documented(409))
async def cancel(request: Request) -> Running:
    """Stop the training that runs; what is in use stays in use."""
    if not await app_state(request).training.cancel():
        raise Problem(409, "no training runs")
    return Running(running=False)


@router.get("", responses=documented())
async def events_so_far(request: Request) -> dict[str, object]:
    """Return whether a training runs and all that it (or the last one) told."""
    training = app_state(request).training
    return {"running": training.running, "events": training.events}


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses=documented() | {200: {"description": "Server-Sent Events", "content": _STREAM}},
)
async def events(request: Request) -> StreamingResponse:
    """Follow the training (or the last one) from its first step, as Server-Sent Events; ends with it."""
    training = app_state(request).training

    async def stream() -> AsyncIterator[bytes]:
        async for event in training.follow():
            yield b": \n\n" if event is None else b"data: " + orjson.dumps(event) + b"\n\n"
        yield b"event: end\ndata: {}\n\n"

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
