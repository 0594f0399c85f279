"""What a server holds between requests."""

from dataclasses import dataclass, field
from typing import cast

from anyio import CapacityLimiter
from fastapi import Request

from classifier.labelling.candidates import Candidate
from classifier.web.decision_store import DecisionStore
from classifier.web.jobs.training_job import TrainingJob
from classifier.web.labelstudio.webhook import AnnotationWebhook
from classifier.web.live_model import LiveModel
from classifier.web.middleware.metrics import Metrics
from classifier.web.open_documents import OpenDocuments
from classifier.web.settings import Settings
from classifier.web.similar_store import SimilarStore

_SCORERS = 20


@dataclass(frozen=True, eq=False)
class AppState:
    """The parts of a running server. `pool`: paragraphs it was started with, to choose from what to label next.

    `scorers`: tables that are scored at once, in threads of their own: who reads slowly keeps no other request waiting.
    """

    settings: Settings
    live_model: LiveModel
    metrics: Metrics
    decision_store: DecisionStore
    open_documents: OpenDocuments
    training: TrainingJob
    annotations: AnnotationWebhook
    similar_store: SimilarStore
    pool: tuple[Candidate, ...] = ()
    scorers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_SCORERS))


def app_state(request: Request) -> AppState:
    """Return the state of the server that a request came to."""
    return cast("AppState", request.app.state.here)
