"""A scorer's fields as the arrays of a model's file: names there, precision, shapes, files of format 1."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.model.sentence_evidence import EVIDENCE

if TYPE_CHECKING:
    from classifier.model.scorer import Scorer

# Kept in single precision on disk; `compile_scorer` rounds to it, so that storing changes nothing.
SINGLE = frozenset({"idf", "word_weights", "inner_weights", "inner_length", "piece_idf", "piece_weights"})
STRINGS = frozenset({"words", "pieces"})  # as UTF-8, one a line
WHOLE = frozenset({"piece_length", "topic_words"})
SINGLE_NUMBERS = frozenset({"unknown_idf", "piece_length", "neighbour_weight"})
STORED_AS = {  # fields that have older names in a model's file
    "word_weights": "evidence", "inner_weights": "inner_evidence", "piece_idf": "piece_weight",
    "piece_weights": "piece_evidence", "topic_weights": "topic_evidence", "evidence_weights": "weights",
    "evidence_intercept": "offset", "sentence_intercept": "sentence_offset",
}  # fmt: skip


def without_sentences(arrays: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """Return a model of format 1 as one of today: the paragraph's own score alone counts, and answers for sentences."""
    slope = arrays["slope"]
    weights = np.zeros((len(slope), len(EVIDENCE)))
    weights[:, 0] = slope
    same = {f"sentence_{name}": arrays[name] for name in ("slope", "offset", "threshold", "low", "high")}
    return {**arrays, "weights": weights, "neighbour_weight": np.array(0.0), **same}


def packed(name: str, value: Any) -> NDArray[Any]:
    """Return the value of a field as an array that `numpy.savez` stores without pickle; strings as one, a line each."""
    if isinstance(value, tuple):
        return np.frombuffer("\n".join(value).encode(), np.uint8)
    return np.asarray(value, np.float32) if name in SINGLE else np.asarray(value)


def check_kind(name: str, stored_as: str, array: NDArray[Any]) -> None:
    """Raise ValueError where an array of a model's file is not of the kind that belongs there."""
    kinds, what = "iuf", "numbers"
    if name in STRINGS:
        kinds, what = "u", "bytes"
    elif name in WHOLE:
        kinds, what = "iu", "whole numbers"
    if array.dtype.kind not in kinds or (name in STRINGS and array.itemsize > 1):
        raise ValueError(f"{stored_as} holds no {what}")
    if name in SINGLE_NUMBERS and (array.ndim or not np.isfinite(array)):
        raise ValueError(f"{stored_as} is no single number")
    if name == "piece_length" and array < 1:
        raise ValueError(f"{stored_as} is {array}")


def unpacked(name: str, array: NDArray[Any]) -> Any:
    """Return the value of a field from its array in a model's file: a tuple of strings, a number or an array."""
    check_kind(name, STORED_AS.get(name, name), array)
    if name in STRINGS:
        return tuple(array.tobytes().decode().split("\n")) if array.size else ()
    if name in SINGLE:
        return array.astype(float)
    return array.item() if array.ndim == 0 else array


def check_shapes(scorer: "Scorer", labels: int, topics: int, path: Path) -> None:
    """Raise ModelError where the arrays of a model's file do not fit each other, its labels and its topics."""
    words, pieces = len(scorer.words), len(scorer.pieces)
    expected = {
        "idf": (words,),
        "word_weights": (words, labels),
        "inner_weights": (words, labels),
        "inner_length": (words,),
        "piece_idf": (pieces,),
        "piece_weights": (pieces, labels),
        "topic_words": (scorer.topic_words.size,),
        "loadings": (len(scorer.topic_words), topics),
        "topic_weights": (topics, labels),
        "evidence_weights": (labels, len(EVIDENCE)),
        **dict.fromkeys(("intercept", "evidence_intercept", "threshold", "low", "high"), (labels,)),
        **{f"sentence_{name}": (labels,) for name in ("slope", "intercept", "threshold", "low", "high")},
    }
    for name, shape in expected.items():
        array, stored_as = getattr(scorer, name), STORED_AS.get(name, name)
        if array.shape != shape:
            raise ModelError(
                f"{path}: {stored_as} is {array.shape}, but {words:,} words, {pieces:,} pieces "
                f"and {labels} labels need {shape}"
            )
        if not np.isfinite(array).all():
            raise ModelError(
                f"{path}: {stored_as} holds values that are no numbers (NaN or infinite); train the model again"
            )
    if scorer.topic_words.size and not 0 <= scorer.topic_words.min() <= scorer.topic_words.max() < words:
        raise ModelError(f"{path}: topic_words points outside the vocabulary of {words:,} words")
