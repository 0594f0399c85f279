"""Models on disk: whole, checked before they are opened, refused with their own message."""

import gc
import pickle
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import orjson
import pytest

import classifier
from classifier.errors import ModelError
from classifier.files import sha256
from classifier.model import store, trusted
from classifier.model.scorer_arrays import STORED_AS
from classifier.model.store import StoredModel, find_model, make_current, open_model, versions


@pytest.fixture
def folder(small_model: StoredModel, tmp_path: Path) -> Path:
    """A copy of a trained model to damage."""
    return Path(shutil.copytree(small_model.folder, tmp_path / "copy"))


def reseal(folder: Path, name: str) -> None:
    """Give a changed file the manifest's blessing, as an attacker or a careless tool would."""
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    path = folder / name
    manifest["files"][name] = {"bytes": path.stat().st_size, "sha256": sha256(path)}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))


def change_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))


def change_arrays(folder: Path, **arrays: Any) -> None:
    with np.load(folder / "scorer.npz") as stored:
        np.savez_compressed(folder / "scorer.npz", **{**stored, **arrays})
    reseal(folder, "scorer.npz")


def test_a_stored_model_is_whole(small_model: StoredModel) -> None:
    names = {path.name for path in small_model.folder.iterdir()}
    assert names == {"pipeline.joblib", "scorer.npz", "manifest.json", "CARD.md"}
    assert small_model.manifest["format"] == store.FORMAT
    assert small_model.manifest["training"]["paragraphs"] == 45
    assert (small_model.folder.parent / "CURRENT").read_text() == small_model.version + "\n"
    assert not list(small_model.folder.parent.glob(".new-*"))


def test_wrong_hash(folder: Path) -> None:
    data = bytearray((folder / "scorer.npz").read_bytes())
    data[100] ^= 1
    (folder / "scorer.npz").write_bytes(data)
    with pytest.raises(ModelError, match=r"scorer\.npz: was changed after training"):
        open_model(folder).scorer()


@pytest.mark.parametrize("name", ["scorer.npz", "pipeline.joblib"])
def test_truncated_file(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    model = open_model(folder)
    with pytest.raises(ModelError, match=rf"{name}: is truncated: 1,000 of"):
        model.scorer() if name == "scorer.npz" else model.pipeline()


@pytest.mark.parametrize("name", ["scorer.npz", "pipeline.joblib"])
def test_truncated_file_with_a_manifest_that_agrees(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    reseal(folder, name)
    model = open_model(folder)
    with pytest.raises(ModelError, match=rf"{name}: cannot be opened"):
        model.scorer() if name == "scorer.npz" else model.pipeline()


def test_missing_file(folder: Path) -> None:
    (folder / "scorer.npz").unlink()
    with pytest.raises(ModelError, match=r"scorer\.npz: is missing"):
        open_model(folder).scorer()


class Foreign:
    """Writes a file when it is unpickled, as an attack would."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("hide", [lambda x: x, lambda x: [x], lambda x: np.array([x, 1], dtype=object)])
@pytest.mark.parametrize("compress", [0, 3])
def test_a_pickle_with_a_foreign_class_runs_nothing(
    folder: Path, tmp_path: Path, hide: Callable[[Any], Any], compress: int
) -> None:
    """Not even one hidden in an object array, which joblib reads with an unpickler of its own."""
    mark = tmp_path / "it-ran"
    joblib.dump(hide(Foreign(mark)), folder / "pipeline.joblib", compress=compress)
    reseal(folder, "pipeline.joblib")
    with pytest.raises(ModelError, match=r"asks for .*, which no model of ours holds"):
        open_model(folder).pipeline()
    assert not mark.exists()
    joblib.load(folder / "pipeline.joblib")
    assert mark.exists(), "the attack must work where nobody guards against it, else this test shows nothing"


def test_a_pickled_array_in_the_scorer_is_refused(folder: Path) -> None:
    change_arrays(folder, idf=np.array([{}], dtype=object))
    with pytest.raises(ModelError, match=r"scorer\.npz: cannot be opened: Object arrays cannot be loaded"):
        open_model(folder).scorer()


def test_a_future_format_is_refused(folder: Path) -> None:
    change_manifest(folder, lambda manifest: manifest.update(format=99))
    with pytest.raises(ModelError, match="has format 99, this program reads up to 2; install a newer version"):
        open_model(folder)


def test_a_vocabulary_that_does_not_fit_the_weights(folder: Path) -> None:
    change_arrays(folder, words=np.frombuffer("甲\n乙".encode(), np.uint8))
    with pytest.raises(ModelError, match=r"idf is .* but 2 words"):
        open_model(folder).scorer()


@pytest.mark.parametrize("name", ["word_weights", "piece_weights", "idf", "evidence_weights", "loadings"])
def test_weights_that_are_no_numbers(folder: Path, name: str) -> None:
    array = getattr(open_model(folder).scorer(), name).copy()
    array.flat[0] = np.nan
    stored_as = STORED_AS.get(name, name)
    change_arrays(folder, **{stored_as: array})
    with pytest.raises(ModelError, match=f"{stored_as} holds values that are no numbers"):
        open_model(folder).scorer()


def test_topics_that_point_outside_the_vocabulary(folder: Path) -> None:
    rows = open_model(folder).scorer().topic_words.copy()
    rows[0] = 10**6
    change_arrays(folder, topic_words=rows)
    with pytest.raises(ModelError, match="outside the vocabulary"):
        open_model(folder).scorer()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "no format number"),
        ('{"format": 1}', "lacks version, taxonomy"),
        ('{"format": "1"}', "no format"),
    ],
)
def test_a_manifest_that_does_not_fit(folder: Path, text: str, message: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match=message):
        open_model(folder)


def test_a_model_is_found_by_version_path_or_as_the_current_one(small_model: StoredModel, tmp_path: Path) -> None:
    models = small_model.folder.parent
    assert find_model(None, [tmp_path, models]).version == small_model.version
    assert find_model(small_model.version, [models]).folder == small_model.folder
    assert find_model(str(small_model.folder), []).folder == small_model.folder
    assert find_model(str(models), []).folder == small_model.folder
    with pytest.raises(ModelError, match=f"no model 'x'; give a model folder or one of: {small_model.version}"):
        find_model("x", [models])
    with pytest.raises(ModelError, match="no model is installed; train one with: classify train"):
        find_model(None, [tmp_path])


def test_a_folder_without_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not a model folder"):
        open_model(tmp_path)


def test_a_failed_save_leaves_nothing_behind(
    small_model: StoredModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space"):
        store.save_model(tmp_path, small_model.pipeline(), small_model.scorer(), small_model.manifest, "")
    assert list(tmp_path.iterdir()) == []


def test_current_is_replaced_in_one_piece(tmp_path: Path) -> None:
    make_current(tmp_path, "a")
    make_current(tmp_path, "b")
    assert store.current(tmp_path) == "b"
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    assert versions(tmp_path) == []


def test_the_list_of_allowed_classes_is_as_short_as_the_default_model_needs() -> None:
    """Whatever the default pipeline does not use is not on the list (numpy's two homes aside)."""
    asked: set[str] = set()
    find = trusted._TrustedUnpickler.find_class

    def note(self: Any, module: str, name: str) -> Any:
        asked.add(f"{trusted._MOVED.get(module, module)}.{name}")
        return find(self, module, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trusted._TrustedUnpickler, "find_class", note)
        classifier.load().stored.pipeline()
    allowed = {f"{module}.{name}" for module, names in trusted.ALLOWED.items() for name in names}
    spare = {one for one in allowed - asked if not one.startswith("numpy.")}
    assert not spare
    assert pickle.HIGHEST_PROTOCOL >= 5


def test_a_pipeline_of_another_scikit_learn_is_opened_without_a_warning(
    small_model: StoredModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its one class of scikit-learn's, Pipeline, holds its steps and no more."""
    monkeypatch.setattr("sklearn.base.__version__", "1.99.0")
    joblib.dump(small_model.pipeline(), tmp_path / "newer.joblib")
    monkeypatch.undo()
    assert list(trusted.load_trusted(tmp_path / "newer.joblib").named_steps) == ["features", "labels"]


def test_a_model_that_is_let_go_is_freed_without_the_collector(small_model: StoredModel) -> None:
    """The server has the collector pass over the model in use: the next one must find its memory free."""
    gc.disable()
    try:
        model = classifier.load(str(small_model.folder))
        model.label("古镇游客多。", explain=True, sentences=True)
        parts = [weakref.ref(one) for one in (model, model.scorer, model.tokeniser, model.stored.pipeline())]
        del model
        assert [one() for one in parts] == [None] * 4
    finally:
        gc.enable()
