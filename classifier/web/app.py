"""The server's parts put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from classifier import __version__
from classifier.errors import ServerError
from classifier.labelling.candidates import read_pool
from classifier.web import problem_details as problems
from classifier.web.decision_store import DecisionStore
from classifier.web.jobs.training_job import TrainingJob
from classifier.web.kept_documents import KeptDocuments
from classifier.web.labelstudio import routes as labelstudio
from classifier.web.labelstudio.webhook import AnnotationWebhook
from classifier.web.live_model import LiveModel
from classifier.web.middleware.metrics import Metrics, MetricsMiddleware
from classifier.web.middleware.proxy import ProxyMiddleware, first_part
from classifier.web.middleware.security import SecurityMiddleware
from classifier.web.open_documents import OpenDocuments
from classifier.web.routes import (
    api,
    decisions,
    documents,
    extracts,
    html,
    labelling,
    labels,
    models,
    reasons,
    training,
)
from classifier.web.settings import Settings
from classifier.web.similar_store import SimilarStore
from classifier.web.state import AppState

_HERE = Path(__file__).parent
_ROUTERS = [
    part.router
    for part in (labelling, api, documents, extracts, decisions, reasons, training, models, labels, labelstudio, html)
]


def create_app(settings: Settings) -> FastAPI:
    """Return the application.

    Raises ModelError without a model, InputError or LabelError for a bad pool, ServerError for a root path that is
    one of the server's own addresses.
    """
    live_model = LiveModel()
    decision_store = DecisionStore(settings.labels, live_model)
    here = AppState(
        settings=settings,
        live_model=live_model,
        metrics=Metrics(),
        decision_store=decision_store,
        open_documents=OpenDocuments(None if settings.kept is None else KeptDocuments(settings.kept)),
        training=TrainingJob(settings.labels, live_model),
        annotations=AnnotationWebhook(decision_store),
        similar_store=SimilarStore(decision_store),
        pool=tuple(read_pool(settings.pool)) if settings.pool else (),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await here.training.close()

    app = FastAPI(
        title="local-government-classifier",
        version=__version__,
        description="Labels every paragraph of Chinese local-government documents.",
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,  # its pages come from elsewhere; /api is our own
        redoc_url=None,
        responses=problems.documented(),
    )
    app.state.here = here
    problems.install(app, html.problem)
    for router in _ROUTERS:
        app.include_router(router)
    app.mount(
        "/static", StaticFiles(directory=_HERE / "static", packages=[("classifier.report", "static")]), name="static"
    )
    app.add_middleware(MetricsMiddleware, metrics=here.metrics)
    app.add_middleware(SecurityMiddleware, settings=settings)
    app.add_middleware(ProxyMiddleware, settings=settings, own=_own_addresses(app, settings))
    _describe_problems(app)
    return app


def _own_addresses(app: FastAPI, settings: Settings) -> frozenset[str]:
    """Return the first parts of the server's own addresses, which a proxy's prefix must not look like."""
    routes = [*app.routes, *(route for router in _ROUTERS for route in router.routes)]
    own = frozenset(first_part(getattr(route, "path", "")) for route in routes) - {""}
    if (first := first_part(settings.root_path)) in own:
        raise ServerError(f"--root-path {settings.root_path}: the server has addresses of its own below /{first}")
    return own


def _describe_problems(app: FastAPI) -> None:
    """Put the schema of problems into the description; routes refer to it."""
    described = app.openapi()
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemDetails"] = problems.ProblemDetails.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{}, {"token": []}]
