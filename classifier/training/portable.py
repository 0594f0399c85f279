"""A model as one file, to carry to another machine: names nothing of this one; checked where it is taken in."""

import hashlib
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from classifier.errors import ClassifierError, ModelError
from classifier.files import replacing
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.model.kept_labels import pack as packed_labels
from classifier.model.kept_labels import unpack as unpacked_labels
from classifier.model.manifest import Manifest
from classifier.model.store import (
    CARD,
    LABELS,
    MANIFEST,
    PIPELINE,
    SCORER,
    StoredModel,
    check_manifest,
    locked_models,
    open_model,
    versions,
)
from classifier.platforms import is_plain_name, rename
from classifier.training.model_card import card
from classifier.training.pseudonyms import Pseudonyms

_FILES = (MANIFEST, SCORER, PIPELINE, CARD, LABELS)
_MOST = 500_000_000  # bytes unpacked: far more than a model of ours, far less than a disk
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive knows: when a file was written says nothing


@dataclass(frozen=True, eq=False)
class Portable:
    """A model as it leaves: its files by name, and what they say, to be shown before they are written.

    `words`: different words, of the background corpus, too. `terms`: the taxonomy's own. `paragraphs`: those handed on
    as word counts, with the names that they have in the file; () where none are.
    """

    version: str
    files: Mapping[str, bytes]
    words: int
    terms: int
    paragraphs: Sequence[LabelledParagraph]

    def write(self, output: Path) -> None:
        """Write the file: all of it or nothing."""
        with replacing(output) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(f"{self.version}/{name}", _EPOCH), data)


def portable(stored: StoredModel, names: Pseudonyms, *, with_labels: bool) -> Portable:
    """Return a model as it leaves. `with_labels`: also the word counts it was trained on, where they were kept.

    Raises ModelError where it is damaged: that is not carried elsewhere.
    """
    scorer = stored.scorer()
    data = stored.labels() if with_labels else None
    before = unpacked_labels(data, str(stored.folder / LABELS)) if data is not None else ()
    after = names.paragraphs(before)
    files = {name: stored.checked(name).read_bytes() for name in (SCORER, PIPELINE)}
    if data is not None:
        files[LABELS] = packed_labels(after)
    manifest = names.manifest(stored.manifest, before)
    manifest["files"] = {name: _facts(one) for name, one in files.items()}
    pages = {MANIFEST: orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)}
    pages[CARD] = _card(manifest).encode()
    return Portable(stored.version, {**pages, **files}, len(scorer.words), len(manifest["terms"]), tuple(after))


def _facts(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _card(manifest: Mapping[str, Any]) -> str:
    try:
        return card(cast(Manifest, manifest))
    except (KeyError, TypeError, ValueError, StopIteration):  # an older program's, which may lack figures
        version = manifest["version"]
        return f"# Model {version}\n\nAn older program wrote its card, which may name files and is left out here.\n"


def unpack(path: Path, folder: Path) -> StoredModel:
    """Take a model file into a models folder; it is not in use yet.

    Raises ModelError where the file is damaged, was changed, is no model of ours or asks to run anything, and where the
    labels in it cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked_models(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as part:
        made = _extracted(path, Path(part))
        try:
            name = _understood(made, path)
        except ClassifierError as error:  # the folder is gone by then: what was given is named
            raise ModelError(str(error).replace(str(made), str(path))) from error
        if name in versions(folder):
            raise ModelError(f"{folder / name}: this version is here already; remove it first to take it in again")
        rename(made, folder / name)
    return open_model(folder / name)


def _understood(made: Path, path: Path) -> str:
    """Open all that a folder made of a model file holds; return the version. Raises ModelError as `unpack` does."""
    stored = open_model(made)
    check_manifest(stored.manifest, made / MANIFEST)
    name = stored.version
    if not is_plain_name(name):
        raise ModelError(f"{path}: its version {name!r} is no name for a folder")
    stored.scorer()
    stored.pipeline()
    if (data := stored.labels()) is not None:
        kept = sum(one.judged for one in unpacked_labels(data, f"{path}, {LABELS}", stored.taxonomy.ids))
        learnt = stored.manifest.get("training", {}).get("paragraphs", kept)
        if kept != learnt:
            raise ModelError(f"{path}, {LABELS}: holds {kept:,} labelled paragraphs, and {learnt:,} were learnt from")
    return name


def _extracted(path: Path, part: Path) -> Path:
    made = part / "model"
    made.mkdir()
    made.chmod(0o755)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST:
                raise ModelError(f"{path}: would unpack to more than {_MOST // 1_000_000} MB; it is no model of ours")
            for one in archive.infolist():
                name = Path(one.filename).name
                if name not in _FILES or one.is_dir():
                    raise ModelError(
                        f"{path}: holds {one.filename!r}, which is no part of a model; nothing is taken in"
                    )
                (made / name).write_bytes(archive.read(one))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ModelError(f"{path}: is no whole model file: {error}; export it again") from error
    return made
