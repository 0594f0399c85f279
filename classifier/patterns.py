"""Names as people type them → files: quoted patterns are filled in, folders are opened."""

import os
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from classifier.errors import InputError
from classifier.name_order import by_name

STDIN = "-"
_CLOSED = "passed over, being a folder that cannot be opened"
_LOCK = "~$"  # begins the names of files in which Word notes who has a document open


def fitting(name: str) -> list[str]:
    """Return what fits a pattern (材料/*.docx, **/*.txt), in order: not every shell fills them in.

    What is no pattern, or is there itself (报告[1].txt), comes back as it is. Hidden files and Word's locks fit none.
    Raises InputError where nothing fits.
    """
    if name == STDIN or not has_magic(name) or os.path.lexists(name):
        return [name]
    found = sorted(glob(name, recursive=True), key=by_name)  # noqa: PTH207 - pathlib globs below a folder, not anywhere
    found = [one for one in found if not Path(one).name.startswith(_LOCK)]
    if "**" in name:  # it names the folders as well as all that is in them
        found = [one for one in found if not Path(one).is_dir()]
    if not found:
        raise InputError(f"{name}: no file fits this pattern")
    return found


def files_of(names: Iterable[str]) -> Iterator[Path]:
    """Yield the files that names stand for: those that fit patterns, and all that lie in folders.

    Standard input and what is not there are left out. Raises InputError where nothing fits a pattern.
    """
    for name in names:
        for path in map(Path, fitting(name) if name != STDIN else ()):
            if path.is_dir():
                yield from files_below(path)
            elif path.exists():
                yield path


def files_below(folder: Path) -> list[Path]:
    """Return all files of a folder and its sub-folders, in order; hidden ones and Word's locks are left out."""
    inside = sorted((path for path in folder.rglob("*") if path.is_file()), key=by_name)
    return [path for path in inside if not _is_left_out(path.relative_to(folder))]


def unopened_below(folder: Path) -> list[Path]:
    """Return what else lies in a folder and its sub-folders and is not read, in order; `why_unopened` says why.

    Links to folders are not followed: they may lead in a circle, or to the same files again.
    """
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: found.append(Path(error.filename)))
    for above, folders, files in walk:
        found += [path for name in (*folders, *files) if why_unopened(path := Path(above, name))]
    return sorted({path for path in found if not _is_left_out(path.relative_to(folder))}, key=by_name)


def why_unopened(path: Path) -> str:
    """Return why what lies in a folder is not read, "" for files and for folders that are opened."""
    if path.is_symlink() and not path.exists():
        return "passed over, being a link to nothing"
    if path.is_dir():
        return "passed over, being a link to a folder" if path.is_symlink() else "" if _opens(path) else _CLOSED
    return "" if path.is_file() else "passed over, being neither a file nor a folder"


def _opens(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _is_left_out(path: Path) -> bool:
    return path.name.startswith(_LOCK) or any(part.startswith(".") for part in path.parts)
