"""A model that leaves the office names nothing of the machine that trained it, and is compared as before."""

import gzip
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

import joblib
import numpy as np
import orjson
import pytest
from numpy.lib import format as npy

from classifier.errors import ModelError
from classifier.labelling.corpus import Corpus, read_corpus
from classifier.model.settings import Settings
from classifier.model.store import LABELS, StoredModel
from classifier.places import user_folder
from classifier.training.comparison import compare, side
from classifier.training.folds import grouped_folds
from classifier.training.portable import portable, unpack
from classifier.training.pseudonyms import Pseudonyms, own_pseudonyms
from classifier.training.train import fit, store
from classifier.training.training_set import training_set
from tests.conftest import write_labels

PLANTED = ("保密柜二号", "霜降前夜手记", "zhangsan", "hongyan")
"""In the names of folders, documents, label files and origins; in no text."""


def quiet(step: str) -> None:
    """Say nothing."""


def planted(folder: Path) -> Corpus:
    """A labels folder in a folder, with a file, documents, people and an origin that must not be named outside."""
    labels = write_labels(folder / "保密柜二号" / "zhangsan")
    (labels / "paragraphs" / "small.jsonl").rename(labels / "paragraphs" / "霜降前夜手记.jsonl")
    path = labels / "paragraphs" / "霜降前夜手记.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    shapes: tuple[Callable[[str], str], ...] = (
        lambda doc: f"材料/保密柜二号/霜降前夜手记-{doc}.txt",
        lambda doc: str(PureWindowsPath(rf"C:\Users\zhangsan\保密柜二号\{doc}.docx")),
        lambda doc: f"霜降前夜手记 {doc}",
    )
    for number, row in enumerate(rows):
        doc = str(row["doc"])
        row |= {"doc": shapes[int(doc.split("-")[1]) % 3](doc), "by": "hongyan", "genre": "保密柜二号"}
        row["origin"] = (r"D:\霜降前夜手记\名单.xlsx", "written by hongyan", "")[number % 3]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return read_corpus(labels)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return planted(tmp_path_factory.mktemp("private"))


@pytest.fixture(scope="module")
def stored(corpus: Corpus, small_model: StoredModel, tmp_path_factory: pytest.TempPathFactory) -> StoredModel:
    background = small_model.pipeline()["features"].background
    trained = fit(corpus, background, Settings(topics=4), quiet)
    return store(trained, tmp_path_factory.mktemp("models"), keep_labels=True, progress=quiet)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pseudonyms:
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path / "home"))
    return own_pseudonyms()


def layers(data: bytes) -> Iterator[bytes]:
    """Yield bytes and all that is packed in them: archives with what tells of their members, gzip, zlib, arrays."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for one in archive.infolist():
                yield one.filename.encode() + one.comment + one.extra
                yield from layers(archive.read(one))
    elif data[:2] == b"\x1f\x8b":
        yield from layers(gzip.decompress(data))
    elif data[:1] == b"\x78":
        yield from layers(zlib.decompress(data))
    elif data[:6] == b"\x93NUMPY":
        array = npy.read_array(io.BytesIO(data), allow_pickle=False)
        yield "\n".join(map(str, array.ravel().tolist())).encode("utf-8", "surrogatepass")


def told(data: bytes) -> set[str]:
    """Return which planted names stand anywhere in a file, in whichever way text is written in it."""
    encodings = ("utf-8", "utf-16-le", "utf-32-le", "gbk", "unicode_escape")
    return {name for part in layers(data) for name in PLANTED for how in encodings if name.encode(how) in part}


def test_the_search_finds_what_is_planted(stored: StoredModel, tmp_path: Path) -> None:
    """Before the export the names are there: packed, in the pages, within arrays and pickles."""
    found = {path.name: told(path.read_bytes()) for path in stored.folder.iterdir()}
    assert found[LABELS] == {"保密柜二号", "霜降前夜手记", "zhangsan", "hongyan"}
    assert "霜降前夜手记" in found["CARD.md"]
    assert "霜降前夜手记" in found["manifest.json"]
    joblib.dump({"x": [PLANTED[0]]}, tmp_path / "x.joblib", compress=("zlib", 6))
    np.savez_compressed(tmp_path / "x.npz", x=np.array([PLANTED[1]]))
    assert told((tmp_path / "x.joblib").read_bytes()) == {PLANTED[0]}
    assert told((tmp_path / "x.npz").read_bytes()) == {PLANTED[1]}


@pytest.mark.parametrize("with_labels", [True, False])
def test_no_file_of_an_exported_model_names_anything_of_this_machine(
    stored: StoredModel, names: Pseudonyms, tmp_path: Path, with_labels: bool
) -> None:
    leaving = portable(stored, names, with_labels=with_labels)
    leaving.write(tmp_path / "model.zip")
    data = (tmp_path / "model.zip").read_bytes()
    assert len(list(layers(data))) > 20
    assert told(data) == set()
    assert (LABELS in leaving.files) is with_labels
    assert len(leaving.paragraphs) == (45 if with_labels else 0)


def test_documents_stay_together_and_a_comparison_says_the_same(
    stored: StoredModel, corpus: Corpus, names: Pseudonyms, tmp_path: Path
) -> None:
    portable(stored, names, with_labels=True).write(tmp_path / "model.zip")
    taken = unpack(tmp_path / "model.zip", tmp_path / "models")
    before, after = training_set(stored).paragraphs, training_set(taken).paragraphs
    assert [one.words for one in after] == [one.words for one in before]
    assert [one.key for one in after] == [one.key for one in before]
    pairs = {(one.doc, other.doc) for one, other in zip(before, after, strict=True)}
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs}) == 15
    assert [one.written for one in after] == [one.written for one in before]
    assert (grouped_folds(after, 5, 0) == grouped_folds(before, 5, 0)).all()
    wrong = replace(side(stored), version="wrong", paragraphs=tuple(
        replace(one, labels=("tourism",)) if number % 4 == 0 else one for number, one in enumerate(side(stored).paragraphs)
    ))  # fmt: skip
    ours, theirs = compare(wrong, side(stored), quiet), compare(wrong, side(taken), quiet)
    assert (ours.paragraphs, ours.documents) == (45, 15)
    assert ours.macro.second == pytest.approx(theirs.macro.second)


def test_versions_of_one_office_share_their_pseudonyms_and_others_cannot_guess_them(
    stored: StoredModel, names: Pseudonyms
) -> None:
    name = "材料/会议新闻.txt"
    assert own_pseudonyms().document(name) == names.document(name)
    assert Pseudonyms(b"another", ()).document(name) != names.document(name)
    assert names.document(names.document(name)) == names.document(name)  # carried on by who got it
    assert ((user_folder() / "export.key").stat().st_mode & 0o077) == 0


def test_what_everybody_has_keeps_its_name(names: Pseudonyms, small_corpus: Corpus) -> None:
    one = replace(small_corpus.paragraphs[0], shipped=True)
    assert names.paragraphs([one])[0].doc == one.doc
    own = replace(small_corpus.paragraphs[0], doc=small_corpus.paragraphs[0].key)
    assert names.paragraphs([own])[0].has_own_doc


def with_labels_of(path: Path, data: bytes, learnt: int | None = None) -> Path:
    """Change the labels in a model file, and what its manifest says of them; `learnt`: how many it says there were."""
    with zipfile.ZipFile(path) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist()}
    name = next(one for one in files if one.endswith(LABELS))
    about = next(one for one in files if one.endswith("manifest.json"))
    files[name] = data
    manifest: dict[str, Any] = orjson.loads(files[about])
    manifest["files"][LABELS] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest["training"]["paragraphs"] = learnt or manifest["training"]["paragraphs"]
    files[about] = orjson.dumps(manifest)
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in files.items():
            archive.writestr(one, content)
    return path


ROW: dict[str, Any] = {"doc": "d", "words": {"粮食": 1}, "labels": ["farming"], "where": "x"}


JUNK = [
    [1], "x", {}, ROW | {"words": ["粮食"]}, ROW | {"words": {"粮食": "1"}}, ROW | {"words": {"粮食": -1}},
    ROW | {"labels": "farming"}, ROW | {"labels": ["no such"]}, ROW | {"labels": [1]}, ROW | {"doc": 7},
    ROW | {"doc": ""}, ROW | {"weight": "2"}, ROW | {"weight": 0}, ROW | {"shipped": 1},
    ROW | {"sentences": {}}, ROW | {"sentences": [1]}, ROW | {"sentences": [{"start": 0, "end": 1}]},
    ROW | {"sentences": [{"start": "0", "end": 1, "words": {}}]},
]  # fmt: skip
BROKEN = [b"junk", gzip.compress(b"junk", mtime=0), gzip.compress(b'{"doc": "d"}\n', mtime=0)[:-9]]
BROKEN += [gzip.compress(orjson.dumps(row), mtime=0) for row in JUNK]


@pytest.mark.parametrize("data", BROKEN, ids=map(str, range(len(BROKEN))))
def test_a_model_whose_labels_cannot_be_read_is_not_taken_in(stored: StoredModel, tmp_path: Path, data: bytes) -> None:
    portable(stored, Pseudonyms(b"key", ()), with_labels=True).write(tmp_path / "model.zip")
    with pytest.raises(ModelError, match=r"labels\.jsonl\.gz.*cannot be read"):
        unpack(with_labels_of(tmp_path / "model.zip", data), tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir() if path.name != ".lock"] == []


def test_labels_that_would_fill_the_memory_are_not_taken_in(
    stored: StoredModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.model.kept_labels.UNPACKED_MOST", 1000)
    portable(stored, Pseudonyms(b"key", ()), with_labels=False)
    with pytest.raises(ModelError, match="would unpack to more than"):
        portable(stored, Pseudonyms(b"key", ()), with_labels=True)


def test_the_file_that_was_given_is_named(stored: StoredModel, tmp_path: Path) -> None:
    """Not the folder that it was unpacked into, which is gone again."""
    whole, broken = tmp_path / "model.zip", tmp_path / "broken.zip"
    portable(stored, Pseudonyms(b"key", ()), with_labels=False).write(whole)
    for left_out in ("manifest.json", "scorer.npz", "pipeline.joblib"):
        with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(broken, "w") as other:
            for one in archive.namelist():
                if not one.endswith(left_out):
                    other.writestr(one, archive.read(one))
        with pytest.raises(ModelError, match=rf"^{re.escape(str(broken))}.*{left_out}") as raised:
            unpack(broken, tmp_path / "models")
        assert ".new-" not in str(raised.value)


def test_a_whole_one_is_taken_in(stored: StoredModel, tmp_path: Path) -> None:
    portable(stored, Pseudonyms(b"key", ()), with_labels=True).write(tmp_path / "model.zip")
    row = gzip.compress(orjson.dumps(ROW))
    taken = unpack(with_labels_of(tmp_path / "model.zip", row, learnt=1), tmp_path / "m")
    assert len(training_set(taken).paragraphs) == 1


@pytest.mark.parametrize("rows", [b"", orjson.dumps(ROW)])
def test_a_model_that_holds_fewer_labels_than_it_learnt_from_is_not_taken_in(
    stored: StoredModel, tmp_path: Path, rows: bytes
) -> None:
    portable(stored, Pseudonyms(b"key", ()), with_labels=True).write(tmp_path / "model.zip")
    with pytest.raises(ModelError, match=r"holds \d labelled paragraphs, and \d+ were learnt from"):
        unpack(with_labels_of(tmp_path / "model.zip", gzip.compress(rows)), tmp_path / "m")
