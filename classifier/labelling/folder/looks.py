"""What can be seen of a labels folder without reading it: which files there are, their times and their lengths."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from classifier.labelling.folder.journal import JOURNAL
from classifier.labelling.folder.looked_at import Look

TAXONOMY, TERMS = "taxonomy.toml", "terms.txt"
_FOLDERS = {"paragraphs": str.endswith, "extracted": str.__contains__}  # how a name has to do with ".jsonl"

Looks = dict[str, Look]  # a file's path below the folder, with / → what can be seen of it


def look_at(folder: Path) -> Looks:
    """Look at all files of a labels folder; what is not there is left out."""
    looks = look_again(folder, {}, (TAXONOMY, TERMS, JOURNAL))
    for name, fits in _FOLDERS.items():
        with _there(), os.scandir(folder / name) as found:
            for one in found:
                if fits(one.name, ".jsonl"):
                    with suppress(FileNotFoundError):
                        looks[f"{name}/{one.name}"] = _look(one.stat())
    return looks


def look_again(folder: Path, looks: Looks, names: Iterable[str]) -> Looks:
    """Return looks with those of some files taken anew."""
    looks = dict(looks)
    for name in names:
        looks.pop(name, None)
        with _there():
            looks[name] = _look((folder / name).stat())
    return looks


def are_labels(name: str) -> bool:
    """Tell whether a file holds labelled paragraphs."""
    return "/" in name


@contextmanager
def _there() -> Iterator[None]:
    with suppress(FileNotFoundError, NotADirectoryError):
        yield


def _look(facts: os.stat_result) -> Look:
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
