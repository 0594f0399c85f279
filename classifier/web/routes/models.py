"""Models put to use and taken back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from classifier import places
from classifier.model import registry
from classifier.web.problem_details import Problem, documented
from classifier.web.state import app_state

router = APIRouter(prefix="/api")
InUseBefore = Annotated[
    str, Query(max_length=200, description="the version taken for the one in use: 409 where another is")
]


class InUse(BaseModel):
    """The version that answers from now on."""

    version: str


@router.post("/models/rollback", tags=["models"], response_model=InUse, responses=documented(409))
def rollback(request: Request, in_use: InUseBefore = "") -> InUse:
    """Go back to the version that was in use before."""
    registry.rollback(places.models_folder(), places.model_folders(), in_use)
    return InUse(version=app_state(request).live_model.refresh().version)


@router.post("/models/{version}/promote", tags=["models"], response_model=InUse, responses=documented(404, 409))
def promote(request: Request, version: str, in_use: InUseBefore = "") -> InUse:
    """Put a version to use, whatever its comparison says."""
    folders = places.model_folders()
    if version not in {one.version for one in registry.listed(folders)}:  # a name from outside is never made a path
        raise Problem(404, f"no version is called {version!r}", ("path.version",))
    registry.promote(version, folders, in_use)
    return InUse(version=app_state(request).live_model.refresh().version)
