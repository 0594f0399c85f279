"""What a server holds between requests."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from classifier.labelling.pool import Candidate
from classifier.web.annotations import Annotations
from classifier.web.desk import Desk
from classifier.web.metrics import Metrics
from classifier.web.serving import Serving
from classifier.web.settings import Settings
from classifier.web.sheets import Sheets
from classifier.web.training import Training


@dataclass(frozen=True, eq=False)
class State:
    """The parts of a running server. `pool`: paragraphs it was started with, to choose from what to label next."""

    settings: Settings
    serving: Serving
    metrics: Metrics
    desk: Desk
    sheets: Sheets
    training: Training
    annotations: Annotations
    pool: tuple[Candidate, ...] = ()


def state(request: Request) -> State:
    """Return the state of the server that a request came to."""
    return cast("State", request.app.state.here)
