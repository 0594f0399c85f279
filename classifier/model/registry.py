"""The versions in the models folders: which there are, which is in use, and how that changes."""

import datetime
import itertools
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import ModelError
from classifier.files import sync, write_text
from classifier.model.store import (
    CURRENT,
    MANIFEST,
    StoredModel,
    current,
    find_model,
    locked_models,
    make_current,
    open_model,
    versions,
)
from classifier.platforms import rename

HISTORY = "HISTORY"  # versions that were put to use in a models folder, a line each, the latest last
_FURTHER = "-"  # in its place: the folders behind were looked in


@dataclass(frozen=True)
class Summary:
    """What lists show of a version, as text: its day, how many paragraphs it learnt from, its macro-F1.

    "" where its manifest does not say, or cannot be read.
    """

    created: str = ""
    paragraphs: str = ""
    macro_f1: str = ""

    @classmethod
    def of(cls, stored: StoredModel) -> "Summary":
        """Return the summary of a model that can be read."""
        created = stored.manifest.get("created", "")
        try:
            day = datetime.datetime.fromisoformat(created).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            day = created
        paragraphs = stored.manifest.get("training", {}).get("paragraphs")
        figures = stored.manifest.get("evaluation", {}).get("by_text", {}).get("all")
        macro = figures.get("macro_f1") if figures else None
        return cls(day, "" if paragraphs is None else f"{paragraphs:,}", "" if macro is None else f"{macro:.3f}")


@dataclass(frozen=True)
class Entry:
    """A version in a models folder; `problem`: why it cannot be read, "" where it can."""

    version: str
    folder: Path
    stored: StoredModel | None
    in_use: bool
    problem: str = ""

    @property
    def summary(self) -> Summary:
        """What lists show of it."""
        return Summary() if self.stored is None else Summary.of(self.stored)


def listed(folders: Sequence[Path]) -> list[Entry]:
    """Return all versions of all folders, the nearest folder first, damaged ones with their problem."""
    serving = _serving(folders)
    found = []
    for folder in folders:
        for version in versions(folder):
            path = folder / version
            try:
                stored: StoredModel | None = open_model(path)
                problem = ""
            except ModelError as error:
                stored, problem = None, str(error)
            found.append(Entry(version, path, stored, serving == path, problem))
    return found


def use(folder: Path, version: str) -> None:
    """Put a version of a folder to use and remember what was before; the lock must be held."""
    _remember(folder, version)
    make_current(folder, version)


def promote(version: str, folders: Sequence[Path], expected: str = "") -> StoredModel:
    """Put a version to use, wherever it lies: folders nearer than its own are told to look further.

    `expected`: the version that whoever wants it takes for the one in use; ModelError where another is.
    """
    stored = find_model(version, list(folders))
    home = stored.folder.parent
    nearer = itertools.takewhile(lambda one: one != home, folders)
    further = [one for one in nearer if (one / CURRENT).is_file()]
    changing = [*further, *([home] if _now(home) != stored.version else [])]
    with ExitStack() as held:
        for folder in changing:
            held.enter_context(locked_models(folder))
        if changing:
            _check_in_use(expected, folders)
        for folder in further:
            _remember(folder, _FURTHER)
            (folder / CURRENT).unlink(missing_ok=True)
        if home in changing:
            use(home, stored.version)
    return stored


def rollback(folder: Path, folders: Sequence[Path], expected: str = "") -> StoredModel:
    """Put to use what was in use before in a folder (or, before its first version, in the folders behind it).

    `expected` as in `promote`. Raises ModelError where nothing was in use before.
    """
    with locked_models(folder):
        _check_in_use(expected, folders)
        past = _before(_now(folder), history(folder))
        while past and past[-1] != _FURTHER and not (folder / past[-1] / MANIFEST).is_file():
            past.pop()  # removed since
        further = any((one / CURRENT).is_file() for one in folders if one != folder)
        if not past or (past[-1] == _FURTHER and not further):
            raise ModelError(f"{folder}: no version was in use before; there is none to go back to")
        # first: where the second step fails, whoever tries again goes back to the same version
        write_text(folder / HISTORY, "".join(f"{one}\n" for one in past))
        if past[-1] == _FURTHER:
            (folder / CURRENT).unlink(missing_ok=True)
        else:
            make_current(folder, past[-1])
    return find_model(None, list(folders))


def history(folder: Path) -> list[str]:
    """Return the versions that were put to use in a folder, the latest last; "-": none of this folder."""
    path = folder / HISTORY
    return path.read_text(encoding="utf-8").split() if path.is_file() else []


def _before(now: str, past: list[str]) -> list[str]:
    """Return what was in use before `now`. The last entries may be of versions that were remembered and never used."""
    if now not in past:
        return past
    return past[: len(past) - 1 - past[::-1].index(now)]


def _check_in_use(expected: str, folders: Sequence[Path]) -> None:
    serving = _serving(folders)
    if expected and serving is not None and serving.name != expected:
        raise ModelError(
            f"{serving.name} is in use meanwhile, no longer {expected}; nothing was changed: load the page again"
        )


def _now(folder: Path) -> str:
    return current(folder) if (folder / CURRENT).is_file() else _FURTHER


def _remember(folder: Path, version: str) -> None:
    past = history(folder)
    for one in (_now(folder), version):
        if past[-1:] != [one]:
            past.append(one)
    write_text(folder / HISTORY, "".join(f"{one}\n" for one in past))


def remove(version: str, folders: Sequence[Path]) -> Path:
    """Delete a version; raise ModelError where it is in use."""
    stored = find_model(version, list(folders))
    folder = stored.folder.parent
    with locked_models(folder):
        if (folder / CURRENT).is_file() and current(folder) == stored.version:
            raise ModelError(f"{stored.version} is in use; promote another version or roll back first")
        gone = folder / f".new-removed-{stored.version}"
        rename(stored.folder, gone)
        sync(folder)
        shutil.rmtree(gone)
    return stored.folder


def _serving(folders: Sequence[Path]) -> Path | None:
    try:
        return find_model(None, list(folders)).folder
    except ModelError:
        return None
