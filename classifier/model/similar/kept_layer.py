"""A layer on disk, without texts, in the cache folder: to put together that of the package's labels takes seconds."""

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from classifier import places
from classifier.files import replacing
from classifier.json_types import JsonValue
from classifier.model.similar.index import Index
from classifier.model.similar.layer import Layer
from classifier.model.similar.word_features import WordFeatures

_FORMAT = 1  # of the cache; another one is made anew
_KEPT = 8  # layers; those that were not used for longest go first
_INTS = {"owners": np.int32, "counts": np.int32, "begins": np.int64}
_FLOATS = ("word_lengths", "piece_lengths")
_LISTS = ("extra", "keys", "words_keys")


def kept_layer(
    name: str, state: JsonValue, features: WordFeatures, make: Callable[[], tuple[Layer, str]], *, settled: bool = True
) -> tuple[Layer, str]:
    """Return a layer and what is said beside it, from disk where it was made of the same `state`, else made anew.

    `name`: what it is a layer of; one of another state takes its place. `settled`: whether the state is sure to change
    with what it stands for; else nothing is kept.
    """
    path = places.cache_folder() / "similar" / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.npz"
    signature = hashlib.sha256(orjson.dumps([_FORMAT, state])).hexdigest()
    found = _read(path, signature, features)
    if found is None:
        found = make()
        if settled:
            _write(path, signature, *found)
    return found


def _read(path: Path, signature: str, features: WordFeatures) -> tuple[Layer, str] | None:
    """Return what is kept, None where that is missing, damaged or of another state."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            if _text(arrays["signature"]) != signature:
                return None
            found = _layer(arrays, features), _text(arrays["beside"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    with suppress(OSError):
        path.touch()
    return found


def _layer(arrays: Mapping[str, NDArray[Any]], features: WordFeatures) -> Layer:
    extra, keys, words_keys = (orjson.loads(arrays[name].tobytes()) for name in _LISTS)
    owners, counts, begins = (arrays[name].astype(np.int64) for name in _INTS)
    index = Index(features, tuple(extra), owners, counts, begins, *(arrays[name] for name in _FLOATS))
    return Layer(index, keys, words_keys, arrays["lines"].tobytes().splitlines())


def _write(path: Path, signature: str, layer: Layer, beside: str) -> None:
    index = layer.index
    lists = {"extra": index.extra, "keys": layer.keys, "words_keys": layer.words_keys}
    stored = {name: orjson.dumps(one) for name, one in lists.items()} | {"lines": b"\n".join(layer.lines)}
    stored |= {"signature": signature.encode(), "beside": beside.encode()}
    arrays: dict[str, NDArray[Any]] = {name: np.frombuffer(one, np.uint8) for name, one in stored.items()}
    arrays |= {name: getattr(index, name).astype(kind) for name, kind in _INTS.items()}
    arrays |= {name: getattr(index, name) for name in _FLOATS}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # words of one's own paragraphs are among them
        with replacing(path) as part, part.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        for old in sorted(path.parent.glob("*.npz"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:  # it is made anew each time, then
        pass


def _text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode()
