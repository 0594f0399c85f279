"""Documents: each is read, split and scored paragraph by paragraph, as `classify FILE` does."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from classifier.bulk.chunk import Chunk
from classifier.bulk.lines import Lines
from classifier.bulk.scored import Fault
from classifier.bulk.settings import Format
from classifier.documents.read import read
from classifier.errors import InputError
from classifier.text.split import split

COLUMNS = {"file": "string", "index": "int64", "start": "int64", "end": "int64", "kind": "string", "text": "string"}
_AT_ONCE = 16  # documents


def read_documents(paths: Sequence[Path]) -> Iterator[Chunk]:
    """Yield paths in chunks; a document is opened where it is scored. Size and time make a changed one known."""
    for start in range(0, len(paths), _AT_ONCE):
        chosen = paths[start : start + _AT_ONCE]
        facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in chosen]
        yield Chunk(None, orjson.dumps(facts), str(chosen[0].parent), start + 1, (start + len(chosen)) / len(paths))


class Documents(Lines):
    """The paragraphs of some documents. One that cannot be read is a row with the reason."""

    def __init__(self, chunk: Chunk, names: Sequence[str]) -> None:
        rows, faults = [], {}
        for path, *_ in orjson.loads(chunk.payload):
            try:
                rows += _paragraphs(path)
            except InputError as error:
                faults[len(rows)] = Fault(f"the document cannot be read: {error}")
                rows.append(dict.fromkeys(COLUMNS) | {"file": path})
        lines = b"\n".join(orjson.dumps(row) for row in rows)
        super().__init__(Chunk(Format.jsonl, lines, chunk.file, 1), "text", names)
        self._places = [f"{row['file']}, paragraph {row['index']}" for row in rows]
        self.unlabelled: NDArray[np.bool_] = np.array([row["kind"] == "boilerplate" for row in rows], bool)
        for place, fault in faults.items():
            self.values[place] = fault

    def where(self, row: int) -> str:
        """Return the document and the paragraph."""
        return self._places[row]


def _paragraphs(path: str) -> list[dict[str, Any]]:
    return [
        {"file": path, "index": one.index, "start": one.start, "end": one.end, "kind": one.kind, "text": one.text}
        for one in split(read(path))
    ]
