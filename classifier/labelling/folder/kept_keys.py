"""Which keys stand on which lines of a labels folder's files, kept on disk: no text is, for a key is a hash."""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from classifier import places
from classifier.errors import LabelError
from classifier.files import replacing
from classifier.labelling.folder.looked_at import Look, has_settled
from classifier.labelling.folder.looks import look_at
from classifier.labelling.label_file import rows_of
from classifier.labelling.paragraph_keys import text_key, words_key

_FORMAT = 1  # of the cache; another one is made anew
Lines = dict[str, list[int]]  # key → lines, from 1


@dataclass(frozen=True)
class KeptFile:
    """Keys of a file of labels. `counted`: keys that are of word counts. `damaged`: lines that hold no paragraph."""

    look: Look
    settled: bool
    texts: Lines
    counted: Lines
    damaged: int = 0


def keys_of_files(
    folder: Path, paths: Sequence[Path], before: Mapping[Path, KeptFile], batches: set[Path]
) -> Iterator[tuple[Path, KeptFile]]:
    """Yield the files of a labels folder with their keys; those that look as `before` are not read again.

    `batches`: those among them that are batches, whose last line may be torn. What is gone or not ours to read is left
    out.
    """
    now, looks = time.time_ns(), look_at(folder)
    for path in paths:
        look, known = looks.get(f"{path.parent.name}/{path.name}"), before.get(path)
        if look is None:  # taken back meanwhile
            continue
        if known is None or not known.settled or known.look != look:
            try:
                known = _keys(path.read_bytes(), path, look, has_settled(look, now), torn=path in batches)
            except OSError:  # as above; or not ours to read, which whoever reads the folder is told
                continue
        yield path, known


def _keys(data: bytes, path: Path, look: Look, settled: bool, *, torn: bool) -> KeptFile:
    damage: list[LabelError] = []
    texts: Lines = {}
    counted: Lines = {}
    nothing = 0
    for where, row in rows_of(data, path, damage.append, torn):
        line = int(where.rpartition(":")[2])
        text, words = row.get("text"), row.get("words")
        if isinstance(text, str) and text.strip():
            texts.setdefault(text_key(text), []).append(line)
        elif isinstance(words, dict) and "text" not in row:
            counted.setdefault(words_key(words), []).append(line)
        else:
            nothing += 1
    return KeptFile(look, settled, texts, counted, len(damage) + nothing)


def _place(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return places.cache_folder() / "decisions" / f"{name}.json"


def read_kept(folder: Path) -> dict[Path, KeptFile]:
    """Return what is kept on disk, nothing where that is missing, damaged or of another format."""
    try:
        kept: Any = orjson.loads(_place(folder).read_bytes())
        if kept["format"] != _FORMAT:
            return {}
        return {
            folder / name: KeptFile(tuple(one["look"]), True, one["texts"], one["counted"], one["damaged"])
            for name, one in kept["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_kept(folder: Path, files: Mapping[Path, KeptFile]) -> None:
    """Keep on disk what is known of a folder's files that have settled; nothing where it cannot be written."""
    kept = {
        path.relative_to(folder).as_posix(): {
            "look": one.look, "texts": one.texts, "counted": one.counted, "damaged": one.damaged
        }
        for path, one in files.items()
        if one.settled
    }  # fmt: skip
    place = _place(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as part:
            part.write_bytes(orjson.dumps({"format": _FORMAT, "files": kept}))
    except OSError:  # it is made anew each time, then
        pass
