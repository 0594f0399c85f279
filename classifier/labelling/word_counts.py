"""Extracted features: what may be handed on of a text that may not itself be published.

A paragraph's words with their counts, sorted, so that no order is left but that of its sentences; its labels and where
it is from.
"""

import gzip
from collections.abc import Container, Iterable
from pathlib import Path

import orjson

from classifier.files import replacing
from classifier.labelling.label_file import Row
from classifier.labelling.publishable import publishable_facts, publishable_sentence
from classifier.text.sentences import sentences
from classifier.text.tokens import Tokeniser


def extract(row: Row, tokeniser: Tokeniser, known: Container[str] | None = None) -> Row:
    """Return a labelled row with `words` (counts, sorted by word) in place of its text.

    `known`: words that may be kept, None for all; rarer ones could give away whom a text is about. Sentences that the
    row labels, else those that the text has, follow in their order, each with its words in the order of code points.
    """
    text = row["text"]
    spans = row.get("sentences") or [{"start": a, "end": b} for a, b in sentences(text)]
    parts = [
        {**publishable_sentence(span), "words": _words(text[span["start"] : span["end"]], tokeniser, known)}
        for span in spans
    ]
    return {
        **publishable_facts(row),
        "words": _words(text, tokeniser, None),
        "labels": list(row["labels"]),
        "tokeniser": tokeniser.name,
        **({"sentences": parts} if len(parts) > 1 else {}),
    }


def _words(text: str, tokeniser: Tokeniser, known: Container[str] | None) -> dict[str, int]:
    words = tokeniser.counts(text)
    return {word: words[word] for word in sorted(words) if known is None or word in known}


def write_extracted(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as gzipped JSON Lines; equal rows always give equal bytes."""
    data = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    with replacing(path) as part:
        part.write_bytes(gzip.compress(data, 9, mtime=0))
