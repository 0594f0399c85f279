"""The server's parts put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from classifier import __version__
from classifier.labelling.pool import read_pool
from classifier.web import labelstudio, library, opened, pages, problems, review, service, trainings
from classifier.web.annotations import Annotations
from classifier.web.desk import Desk
from classifier.web.guard import Guard
from classifier.web.metrics import Measured, Metrics
from classifier.web.serving import Serving
from classifier.web.settings import Settings
from classifier.web.sheets import Sheets
from classifier.web.state import State
from classifier.web.training import Training

_HERE = Path(__file__).parent


def create_app(settings: Settings) -> FastAPI:
    """Return the application. Raises ModelError without a model, InputError or LabelError for a bad pool."""
    serving = Serving()
    desk = Desk(settings.labels, serving)
    here = State(
        settings=settings,
        serving=serving,
        metrics=Metrics(),
        desk=desk,
        sheets=Sheets(),
        training=Training(settings.labels, serving),
        annotations=Annotations(desk),
        pool=tuple(read_pool(settings.pool)) if settings.pool else (),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await here.training.close()
        here.annotations.close()

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
    problems.install(app, pages.problem)
    for part in (service, opened, review, trainings, library, labelstudio, pages):
        app.include_router(part.router)
    app.mount(
        "/static", StaticFiles(directory=_HERE / "static", packages=[("classifier.report", "static")]), name="static"
    )
    app.add_middleware(Measured, metrics=here.metrics)
    app.add_middleware(Guard, settings=settings)
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Put the schema of problems into the description; routes refer to it."""
    described = app.openapi()
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemDetails"] = problems.ProblemDetails.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{}, {"token": []}]
