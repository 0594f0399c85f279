"""The model that answers: the one in use, and the next one as soon as it is whole in memory."""

import threading
import time
from pathlib import Path

from classifier import long_lived, places
from classifier.api import Model, load
from classifier.errors import ClassifierError
from classifier.model.store import CURRENT, MANIFEST

_EVERY = 0.5  # seconds between two looks at the disk


class LiveModel:
    """Hands out a model without waiting for the disk. Another program may promote one at any time.

    `problem`: why a newer version is not in use though it should be, "" where all is well.
    """

    def __init__(self) -> None:
        self._seen = _signature()
        self._model = _ready()
        self._looked = time.monotonic()
        self._lock = threading.Lock()
        self.problem = ""

    @property
    def model(self) -> Model:
        """The model in use; a newer one is fetched beside the requests that still get the old one."""
        if time.monotonic() - self._looked > _EVERY and self._lock.acquire(blocking=False):
            self._looked = time.monotonic()
            try:
                changed = _signature() != self._seen
            finally:
                self._lock.release()
            if changed:
                threading.Thread(target=self.refresh, name="model", daemon=True).start()
        return self._model

    def refresh(self) -> Model:
        """Take up the version that is in use now; a broken one leaves the old one answering."""
        with self._lock:
            signature = _signature()
            if signature != self._seen:
                try:
                    self._model = _ready()
                    self.problem = ""
                except (ClassifierError, OSError) as error:
                    self.problem = str(error)
                self._seen = signature
            return self._model


def _ready() -> Model:
    """Load the model in use so that no request has to wait for what is done once."""
    model = load()
    model.label("营商环境")  # builds the tables that answers are looked up in
    long_lived.spare()
    return model


def _signature() -> tuple[Path, str, int] | None:
    """Return what tells one version in use from another: cheap enough to look at twice a second."""
    for folder in places.model_folders():
        try:
            version = (folder / CURRENT).read_text(encoding="utf-8").strip()
        except OSError:
            continue
        try:
            return folder, version, (folder / version / MANIFEST).stat().st_mtime_ns
        except OSError:
            return folder, version, 0
    return None
