"""What stands in a model's manifest and arrays is of the kind that belongs there, or the model is refused with its place."""

import pickle
import re
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from classifier.errors import ModelError
from classifier.model.plain_data import differs
from classifier.model.store import open_model
from tests.model.test_store import change_arrays, change_manifest, folder, reseal

__all__ = ["folder"]


def changed(manifest: dict[str, Any], path: str, value: object) -> None:
    *ways, last = path.split(".")
    for way in ways:
        manifest = manifest[way]
    manifest[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("version", 7, "version is not text"),
        ("taxonomy", [], "taxonomy is not a table"),
        ("taxonomy.label", [1], "taxonomy.label.1 is not a table"),
        ("terms", None, "terms is not a list"),
        ("terms", [1], "terms.1 is not text"),
        ("topics", "x", "topics is not a list"),
        ("topics", [{"id": "t0"}], "topics.1.words is missing"),
        ("files", None, "files is not a table"),
        ("files", {"scorer.npz": {"bytes": True, "sha256": ""}}, "files.scorer.npz.bytes is not a whole number"),
    ],
)
def test_what_labelling_needs_of_a_manifest_is_looked_at(folder: Path, path: str, value: object, message: str) -> None:
    change_manifest(folder, lambda manifest: changed(manifest, path, value))
    with pytest.raises(
        ModelError, match=rf"manifest\.json: {re.escape(message)}; it is not a manifest of this program"
    ):
        open_model(folder)


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("unknown_idf", np.array(np.nan), "unknown_idf is no single number"),
        ("unknown_idf", np.zeros(3), "unknown_idf is no single number"),
        ("unknown_idf", np.array("a"), "unknown_idf holds no numbers"),
        ("piece_length", np.array(0), "piece_length is 0"),
        ("piece_length", np.array(2.5), "piece_length holds no whole numbers"),
        ("topic_words", np.array(["a"]), "topic_words holds no whole numbers"),
        ("topic_words", np.array([True]), "topic_words holds no whole numbers"),
        ("intercept", np.zeros(3, complex), "intercept holds no numbers"),
        ("words", np.zeros(3), "words holds no bytes"),
        ("loadings", np.zeros((1, 1), "U1"), "loadings holds no numbers"),
    ],
)
def test_arrays_of_another_kind(folder: Path, name: str, array: Any, message: str) -> None:
    change_arrays(folder, **{name: array})
    with pytest.raises(ModelError, match=rf"scorer\.npz: cannot be opened: {re.escape(message)}"):
        open_model(folder).scorer()


def test_topics_are_as_many_as_the_manifest_names(folder: Path) -> None:
    change_manifest(folder, lambda manifest: manifest["topics"].pop())
    with pytest.raises(ModelError, match=r"loadings is .* need"):
        open_model(folder).scorer()


@pytest.mark.parametrize("data", [{"a": 1}, np.arange(3), 4, "x"])
def test_a_pipeline_of_another_kind(folder: Path, data: object) -> None:
    joblib.dump(data, folder / "pipeline.joblib")
    reseal(folder, "pipeline.joblib")
    with pytest.raises(ModelError, match=r"pipeline\.joblib: cannot be opened: is no pipeline of ours"):
        open_model(folder).pipeline()


@pytest.mark.parametrize(
    "data", [b"", b"junk", b"}s.", b"K\x01R.", b"\x80\x04}K\x01\x85b.", pickle.dumps(1)[:-1], b"(K\x01d."]
)
def test_a_pipeline_that_is_no_pickle(folder: Path, data: bytes) -> None:
    """Of which pickle says KeyError or TypeError, too."""
    (folder / "pipeline.joblib").write_bytes(data)
    reseal(folder, "pipeline.joblib")
    with pytest.raises(ModelError, match=r"pipeline\.joblib: cannot be opened"):
        open_model(folder).pipeline()


@pytest.mark.parametrize(
    ("data", "declared", "said"),
    [
        (1, float, ""),
        (True, float, "it is not a number"),
        (True, int, "it is not a whole number"),
        (1.0, int, "it is not a whole number"),
        (None, float | None, ""),
        ("x", float | None, "it is not a number"),
        ({"a": [1, "x"]}, dict[str, list[int]], "a.2 is not a whole number"),
        ({"a": 1}, dict[str, Any], ""),
        (None, None | dict[str, int], ""),
    ],
)
def test_plain_data_of_a_declared_type(data: object, declared: Any, said: str) -> None:
    assert differs(data, declared) == said
