"""Extracted features: what may be handed on of a text that may not itself be published.

A paragraph's words with their counts, sorted, so that no order is left; its labels and where it is from.
"""

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from classifier.files import replacing
from classifier.text.tokens import Tokeniser

_KEPT = ("id", "doc", "genre", "place", "year", "origin", "annotations", "settled")


def extract(row: Mapping[str, Any], tokeniser: Tokeniser) -> dict[str, Any]:
    """Return a labelled row with `words` (counts, sorted by word) in place of its text."""
    words = tokeniser.counts(row["text"])
    kept = {key: row[key] for key in _KEPT if row.get(key) is not None}
    return {
        **kept,
        "words": {word: words[word] for word in sorted(words)},
        "labels": list(row["labels"]),
        "tokeniser": tokeniser.name,
    }


def write_extracted(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as gzipped JSON Lines; the same rows give the same bytes."""
    data = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    with replacing(path) as part:
        part.write_bytes(gzip.compress(data, 9, mtime=0))
