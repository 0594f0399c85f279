"""Documents: each is read, split and scored paragraph by paragraph, as `classify FILE` does."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from classifier.bulk.chunk import Chunk, Fault
from classifier.bulk.lines import Lines
from classifier.bulk.settings import Format
from classifier.documents.archive import Unread
from classifier.documents.document import Document
from classifier.documents.read import SUFFIXES, read_each
from classifier.json_types import JsonDict
from classifier.text.split import split

__all__ = ["COLUMNS", "SUFFIXES", "Documents", "read_documents"]
COLUMNS = {
    "file": "string", "index": "int64", "start": "int64", "end": "int64", "kind": "string", "page": "int64",
    "recognised": "bool", "text": "string", "notes": "string", "cells": "string",
}  # fmt: skip
UNREAD = "the document cannot be read: "
"""Begins the error of a row that stands for a document that could not be read."""
_AT_ONCE = 16  # documents


def read_documents(paths: Sequence[Path]) -> Iterator[Chunk]:
    """Yield paths in chunks; a document is opened where it is scored. Size and time make a changed one known.

    An archive is one path, however many documents it holds.
    """
    for start in range(0, len(paths), _AT_ONCE):
        chosen = paths[start : start + _AT_ONCE]
        facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in chosen]
        yield Chunk(None, _packed(facts), str(chosen[0].parent), start + 1, (start + len(chosen)) / len(paths))


def _packed(facts: Sequence[tuple[str, int, int]]) -> bytes:
    try:
        return orjson.dumps(facts)
    except TypeError:  # names in other bytes than UTF-8, which only json takes
        return json.dumps(facts).encode()


class Documents(Lines):
    """The paragraphs of some documents. One that cannot be read is a row with the reason.

    `noted`: documents of which something was left out, or read with doubt; their first paragraph says what.
    """

    def __init__(self, chunk: Chunk, names: Sequence[str]) -> None:
        rows: list[JsonDict] = []
        faults: dict[int, Fault] = {}
        for document in read_each(path for path, *_ in json.loads(chunk.payload)):
            if isinstance(document, Unread):
                faults[len(rows)] = Fault(f"{UNREAD}{document.error}")
                rows.append(dict.fromkeys(COLUMNS) | {"file": document.name})
            else:
                rows += _paragraphs(document)
        lines = b"\n".join(orjson.dumps(row) for row in rows)
        super().__init__(Chunk(Format.jsonl, lines, chunk.file, 1), "text", names)
        self._places = [
            "" if place in faults else f"{row['file']}, paragraph {row['index']}" for place, row in enumerate(rows)
        ]
        self.noted = sum(bool(row["notes"]) for row in rows)
        self.unlabelled: NDArray[np.bool_] = np.array([row["kind"] == "boilerplate" for row in rows], bool)
        for place, fault in faults.items():
            self.values[place] = fault

    def where(self, row: int) -> str:
        """Return the document and the paragraph; "" of a document that cannot be read, whose error names it."""
        return self._places[row]


def _paragraphs(document: Document) -> list[JsonDict]:
    rows: list[JsonDict] = [
        {
            "file": document.name, "index": paragraph.index, "start": paragraph.start, "end": paragraph.end,
            "kind": paragraph.kind,
            "page": paragraph.page, "recognised": paragraph.recognised, "text": paragraph.text, "notes": None,
            "cells": orjson.dumps(dict(paragraph.cells)).decode() if paragraph.cells else None,
        }
        for paragraph in split(document)
    ]  # fmt: skip
    if rows and document.notes:
        rows[0]["notes"] = "; ".join(note.in_both() for note in document.notes)
    return rows
