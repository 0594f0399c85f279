"""Models on disk: a folder a version, with a manifest that is checked before anything is opened."""

import importlib.metadata
import platform
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson

from classifier.errors import ModelError
from classifier.files import locked, sha256, sync, write_text
from classifier.labelling.taxonomy import Taxonomy, taxonomy_from
from classifier.model.manifest import Manifest, TopicFacts
from classifier.model.plain_data import differs
from classifier.model.scorer import Scorer
from classifier.model.scorer_arrays import check_shapes
from classifier.platforms import rename
from classifier.text.tokens import Tokeniser

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

FORMAT = 2
"""The format of a model folder. Raise it when an older program would misread a newer folder, keep reading
the older ones, and add a folder of the old format to the tests. 1: paragraphs only. 2: sentences as well."""

PIPELINE, SCORER, MANIFEST, CARD, CURRENT = "pipeline.joblib", "scorer.npz", "manifest.json", "CARD.md", "CURRENT"
LABELS = "labels.jsonl.gz"  # word counts and labels it was trained on: what comparing needs; a model may lack it
_NEEDED = (
    "version",
    "taxonomy",
    "terms",
    "topics",
    "files",
)  # by who only labels, and so checked whenever it is opened
_NEW = ".new-"  # begins the name of a folder that is being written
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "jieba", "rjieba", "opencc")


@dataclass(frozen=True)
class StoredModel:
    """A model folder whose manifest was read and whose format is known."""

    folder: Path
    manifest: Manifest

    @property
    def version(self) -> str:
        """The model's name in results."""
        return str(self.manifest["version"])

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The labels it knows."""
        return taxonomy_from(self.manifest["taxonomy"], str(self.folder / MANIFEST))

    @cached_property
    def tokeniser(self) -> Tokeniser:
        """The tokeniser it was trained with."""
        return Tokeniser(tuple(self.manifest["terms"]))

    @property
    def topics(self) -> list[TopicFacts]:
        """Its topics: id and leading words."""
        return list(self.manifest["topics"])

    def scorer(self) -> Scorer:
        """Return the compiled scorer; raise ModelError where the file is not what was stored."""
        path = self.checked(SCORER)
        try:
            # opened here, for numpy leaves the file open where it is no archive
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                scorer = Scorer.from_arrays(dict(arrays))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, UnicodeDecodeError) as error:
            raise ModelError(f"{path}: cannot be opened: {error}; train the model again or fetch it anew") from error
        check_shapes(scorer, len(self.taxonomy.labels), len(self.topics), path)
        return scorer

    @property
    def keeps_labels(self) -> bool:
        """Whether what it was trained on lies beside it: who hands it on may leave it out."""
        return LABELS in self.manifest["files"] and (self.folder / LABELS).is_file()

    def labels(self) -> bytes | None:
        """Return what it was trained on, packed as model/kept_labels.py has it; None where it was not kept."""
        return self.checked(LABELS).read_bytes() if self.keeps_labels else None

    def pipeline(self) -> "Pipeline":
        """Return the trained scikit-learn pipeline, opened through a list of allowed classes."""
        from classifier.model.trusted import load_trusted  # noqa: PLC0415 - joblib and scikit-learn

        return load_trusted(self.checked(PIPELINE))

    def checked(self, name: str) -> Path:
        """Return the path of one of its files; raise ModelError where that is not what was stored."""
        path = self.folder / name
        facts = self.manifest["files"].get(name)
        if facts is None or not path.is_file():
            raise ModelError(f"{path}: is missing; the model folder is not whole")
        size = path.stat().st_size
        if size != facts["bytes"]:
            how = "truncated" if size < facts["bytes"] else "longer than it was"
            raise ModelError(f"{path}: is {how}: {size:,} of {facts['bytes']:,} bytes; fetch or train the model again")
        if sha256(path) != facts["sha256"]:
            raise ModelError(
                f"{path}: was changed after training (its SHA-256 is not the manifest's); it is not opened"
            )
        return path


def open_model(folder: Path) -> StoredModel:
    """Read a model folder's manifest; raise ModelError where there is none or its format is not known."""
    path = folder / MANIFEST
    try:
        manifest = orjson.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{folder}: is not a model folder (no readable {MANIFEST})") from error
    except orjson.JSONDecodeError as error:
        raise ModelError(f"{path}: is not valid JSON: {error}") from error
    made = manifest.get("format") if isinstance(manifest, dict) else None
    if not isinstance(made, int):
        raise ModelError(f"{path}: has no format number; it is not a model's manifest")
    if made > FORMAT:
        raise ModelError(f"{path}: has format {made}, this program reads up to {FORMAT}; install a newer version of it")
    missing = [key for key in _NEEDED if key not in manifest]
    if missing:
        raise ModelError(f"{path}: lacks {', '.join(missing)}; the manifest is not whole")
    check_manifest(manifest, path, _NEEDED)
    return StoredModel(folder, manifest)


def check_manifest(manifest: object, path: Path, keys: Iterable[str] | None = None) -> None:
    """Raise ModelError where what a manifest says under some keys (None: all) is not of the kind that belongs there."""
    if difference := differs(manifest, Manifest, keys=keys):
        raise ModelError(f"{path}: {difference}; it is not a manifest of this program, or was changed")


def find_model(name: str | None, folders: list[Path]) -> StoredModel:
    """Return the model called `name` (a version or a path), or the current one of the first folder that has one.

    None for the current one. Raises ModelError where there is none, or where it cannot be read.
    """
    if name is not None:
        for folder in [Path(name), *(folder / name for folder in folders)]:
            if (folder / MANIFEST).is_file():
                return open_model(folder)
            if (folder / CURRENT).is_file():
                return open_model(folder / current(folder))
        known = sorted({version for folder in folders for version in versions(folder)})
        raise ModelError(f"no model {name!r}; give a model folder or one of: {', '.join(known) or '(none stored)'}")
    for folder in folders:
        if (folder / CURRENT).is_file():
            return open_model(folder / current(folder))
    raise ModelError("no model is installed; train one with: classify train")


def current(folder: Path) -> str:
    """Return the version that `CURRENT` in a models folder names."""
    return (folder / CURRENT).read_text(encoding="utf-8").strip()


def versions(folder: Path) -> list[str]:
    """Return the versions stored in a models folder, in the order of their names; half written ones are none."""
    names = (path.parent.name for path in folder.glob(f"*/{MANIFEST}"))
    return sorted(name for name in names if not name.startswith(_NEW))


def save_model(
    folder: Path, pipeline: "Pipeline", scorer: Scorer, manifest: Manifest, card: str, labels: bytes | None = None
) -> StoredModel:
    """Store a model as `folder`/<version>: all of it or nothing. An existing version of that name is replaced.

    Who may not be alone holds `locked_models` around choosing the version and storing it.
    """
    import joblib  # noqa: PLC0415 - 0.1 s; who only labels need not spend it

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / str(manifest["version"])
    part = Path(tempfile.mkdtemp(dir=folder, prefix=_NEW))
    try:
        joblib.dump(pipeline, part / PIPELINE, compress=("zlib", 6))
        np.savez_compressed(part / SCORER, **scorer.arrays())
        if labels is not None:
            (part / LABELS).write_bytes(labels)
        files = {path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in sorted(part.iterdir())}
        whole = {"format": FORMAT, **manifest, "libraries": _libraries(), "files": files}
        (part / MANIFEST).write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        (part / CARD).write_text(card, encoding="utf-8")
        for path in part.iterdir():
            sync(path)
        part.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        rename(part, target)
        sync(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return open_model(target)


@contextmanager
def locked_models(folder: Path) -> Iterator[None]:
    """Hold a models folder for writing; what a killed training left half written is removed first."""
    with locked(folder, ModelError):
        for left in folder.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def make_current(folder: Path, version: str) -> None:
    """Let `version` be the model that is used."""
    write_text(folder / CURRENT, version + "\n")


def _libraries() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # rjieba has no build for some machines
            continue
    return found
