"""A model as one file, to carry to another machine; checked before it is taken in."""

import tempfile
import zipfile
from pathlib import Path

from classifier.errors import ModelError
from classifier.files import replacing
from classifier.model.store import (
    CARD,
    LABELS,
    MANIFEST,
    PIPELINE,
    SCORER,
    StoredModel,
    locked_models,
    open_model,
    versions,
)

_FILES = (MANIFEST, SCORER, PIPELINE, CARD, LABELS)
_MOST = 500_000_000  # bytes unpacked: far more than a model of ours, far less than a disk


def pack(stored: StoredModel, output: Path, with_labels: bool) -> None:
    """Write a model to one file. `with_labels`: also the word counts it was trained on, where they were kept."""
    stored.scorer()  # what is damaged here is not carried elsewhere
    names = [name for name in _FILES if (stored.folder / name).is_file() and (with_labels or name != LABELS)]
    with replacing(output) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.write(stored.folder / name, f"{stored.version}/{name}")


def unpack(path: Path, folder: Path) -> StoredModel:
    """Take a model file into a models folder; it is not in use yet.

    Raises ModelError where the file is damaged, was changed, is no model of ours or asks to run anything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked_models(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as part:
        made = _extracted(path, Path(part))
        stored = open_model(made)
        name = stored.version
        if name != Path(name).name or name.startswith("."):
            raise ModelError(f"{path}: its version {name!r} is no name for a folder")
        if name in versions(folder):
            raise ModelError(f"{folder / name}: this version is here already; remove it first to take it in again")
        stored.scorer()
        stored.pipeline()
        if LABELS in stored.manifest["files"] and (made / LABELS).is_file():
            stored.labels()
        made.rename(folder / name)
    return open_model(folder / name)


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
