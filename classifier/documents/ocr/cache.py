"""Recognised pages kept in the user's cache folder, so that a second run is quick."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import orjson

from classifier.documents.ocr.engine import Picture, identity
from classifier.documents.ocr.lines import RecognisedLine, RecognisedPage
from classifier.files import replacing
from classifier.places import cache_folder

OFF = "CLASSIFIER_NO_CACHE"
"""An environment variable: where it is set, nothing is kept and nothing kept is used."""

_MOST = 4_000  # pages kept, about 10 KB each
_PRUNED_TO = 3_000


def kept(picture: Picture, recognise: Callable[[Picture], RecognisedPage]) -> RecognisedPage:
    """Return what `recognise` makes of a picture, from the cache where an equal picture came before."""
    if os.environ.get(OFF):
        return recognise(picture)
    path = _path(picture)
    if (page := _load(path)) is not None:
        return page
    page = recognise(picture)
    with suppress(OSError):  # a full or locked disk is no reason to fail
        _store(path, page)
    return page


def _path(picture: Picture) -> Path:
    digest = hashlib.sha256(f"{identity()} {picture.shape}".encode())
    digest.update(picture.tobytes())
    return cache_folder() / "ocr" / f"{digest.hexdigest()}.json"


def _load(path: Path) -> RecognisedPage | None:
    try:
        row = orjson.loads(path.read_bytes())
        lines = tuple(RecognisedLine(**one) for one in row.pop("lines"))
        page = RecognisedPage(lines=lines, **row)
        path.touch()  # the oldest unused ones go first
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return page


def _store(path: Path, page: RecognisedPage) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_bytes(orjson.dumps(asdict(page)))
    pages = sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
    if len(pages) > _MOST:
        for one in pages[: len(pages) - _PRUNED_TO]:
            one.unlink(missing_ok=True)
