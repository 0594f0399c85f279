"""Versions: which there are, which is in use, going back, carrying one elsewhere as one file."""

import shutil
import zipfile
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from classifier.errors import ModelError
from classifier.files import locked
from classifier.model.registry import history, listed, promote, remove, rollback, use
from classifier.model.store import StoredModel, find_model, locked_models, open_model, versions
from classifier.training.portable import portable, unpack
from classifier.training.pseudonyms import Pseudonyms
from tests.labelling.folder.faulty_disk import FaultyDisk


def pack(stored: StoredModel, output: Path, *, with_labels: bool) -> None:
    portable(stored, Pseudonyms(b"key", ()), with_labels=with_labels).write(output)


def copy(model: StoredModel, folder: Path, version: str) -> StoredModel:
    target = Path(shutil.copytree(model.folder, folder / version))
    manifest = orjson.loads((target / "manifest.json").read_bytes())
    (target / "manifest.json").write_bytes(orjson.dumps(manifest | {"version": version}))
    return open_model(target)


@pytest.fixture
def folders(small_model: StoredModel, tmp_path: Path) -> list[Path]:
    """Own models a, b, c (none in use) before those of a package, where p is."""
    own, package = tmp_path / "own", tmp_path / "package"
    for version in "abc":
        copy(small_model, own, version)
    copy(small_model, package, "p")
    use(package, "p")
    return [own, package]


def in_use(folders: list[Path]) -> str:
    return find_model(None, folders).version


def test_back_and_forth(folders: list[Path]) -> None:
    for version in "abca":
        promote(version, folders)
    steps = [rollback(folders[0], folders).version for _ in range(4)]
    assert steps == ["c", "b", "a", "p"]
    with pytest.raises(ModelError, match="none to go back to"):
        rollback(folders[0], folders)
    assert in_use(folders) == "p"


def test_the_package_s_version_can_be_used_again_and_left_again(folders: list[Path]) -> None:
    promote("a", folders)
    promote("p", folders)
    assert in_use(folders) == "p"
    assert rollback(folders[0], folders).version == "a"


def test_versions_that_were_removed_are_passed_over(folders: list[Path]) -> None:
    for version in "abc":
        promote(version, folders)
    remove("b", folders)
    assert rollback(folders[0], folders).version == "a"
    assert versions(folders[0]) == ["a", "c"]
    with pytest.raises(ModelError, match="a is in use"):
        remove("a", folders)


def test_the_first_version_of_all_cannot_be_left(folders: list[Path]) -> None:
    promote("a", folders)
    with pytest.raises(ModelError, match="none to go back to"):
        rollback(folders[0], folders[:1])
    assert in_use(folders) == "a"


def test_a_damaged_version_is_listed_with_its_problem(folders: list[Path]) -> None:
    promote("c", folders)
    (folders[0] / "a" / "manifest.json").write_text("{")
    found = {one.version: (one.in_use, one.problem) for one in listed(folders)}
    assert found["c"] == (True, "")
    assert found["p"] == (False, "")
    assert "not valid JSON" in found["a"][1]


def test_a_model_is_carried_as_one_file(small_model: StoredModel, folders: list[Path], tmp_path: Path) -> None:
    pack(find_model("b", folders), tmp_path / "b.zip", with_labels=True)
    other = tmp_path / "other"
    taken = unpack(tmp_path / "b.zip", other)
    counts = [{"粮食": 1}, {"游客": 2, "门票": 1}]
    assert (taken.scorer().probabilities(counts) == small_model.scorer().probabilities(counts)).all()
    assert versions(other) == ["b"]
    with pytest.raises(ModelError, match="is here already"):
        unpack(tmp_path / "b.zip", other)
    assert not list(other.glob(".new-*"))


def damaged(path: Path, change: str) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist()}
    if change == "changed":
        data = files["b/scorer.npz"]
        files["b/scorer.npz"] = data[:200] + bytes([data[200] ^ 1]) + data[201:]
    elif change == "outside":
        files["../../evil.py"] = b"print()"
    elif change == "pickle":
        files["b/pipeline.joblib"] = b"cos\nsystem\n(S'true'\ntR."
    elif change == "named":
        manifest = orjson.loads(files["b/manifest.json"])
        files["b/manifest.json"] = orjson.dumps(manifest | {"version": "../x"})
    elif change == "missing":
        del files["b/scorer.npz"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("changed", "was changed after training"),
        ("outside", "no part of a model"),
        ("pickle", "truncated"),
        ("named", "no name for a folder"),
        ("missing", "is missing"),
    ],
)
def test_a_file_that_was_tampered_with_is_not_taken_in(
    change: str, message: str, folders: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    pack(find_model("b", folders), path, with_labels=True)
    damaged(path, change)
    with pytest.raises(ModelError, match=message):
        unpack(path, tmp_path / "other")
    assert [one.name for one in (tmp_path / "other").iterdir()] == [".lock"]
    assert not (tmp_path / "evil.py").exists()


def test_a_file_cut_off_is_not_taken_in(folders: list[Path], tmp_path: Path) -> None:
    pack(find_model("b", folders), tmp_path / "b.zip", with_labels=True)
    data = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match="no whole model file"):
        unpack(tmp_path / "b.zip", tmp_path / "other")


def test_what_a_killed_training_left_is_cleared_away(folders: list[Path]) -> None:
    promote("a", folders)
    (folders[0] / ".new-half").mkdir()
    (folders[0] / ".new-half" / "scorer.npz").write_bytes(b"half")
    assert in_use(folders) == "a"
    with locked_models(folders[0]):
        assert not (folders[0] / ".new-half").exists()


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.files._PATIENCE", 0.05)
    with (
        locked(tmp_path, ModelError),
        pytest.raises(ModelError, match="another program is writing here"),
        locked(tmp_path, ModelError),
    ):
        pass


@pytest.mark.parametrize("left", range(7))
def test_going_back_on_a_failing_disk_and_once_more_goes_back_one(left: int, folders: list[Path]) -> None:
    for version in "abc":
        promote(version, folders)
    with FaultyDisk(left).mounted(), suppress(OSError):
        rollback(folders[0], folders)
    if in_use(folders) == "c":
        rollback(folders[0], folders)
    assert (in_use(folders), history(folders[0])) == ("b", ["-", "a", "b"])


@pytest.mark.parametrize("left", range(7))
def test_a_version_whose_promotion_failed_is_not_gone_back_to(left: int, folders: list[Path]) -> None:
    for version in "ab":
        promote(version, folders)
    with FaultyDisk(left).mounted(), suppress(OSError):
        promote("c", folders)
    before = "b" if in_use(folders) == "c" else "a"
    assert rollback(folders[0], folders).version == before
