"""A name for exactly these labels."""

import hashlib
from collections.abc import Sequence

import orjson

from classifier.labelling.corpus import LabelledParagraph


def fingerprint(paragraphs: Sequence[LabelledParagraph]) -> str:
    """Return a name for exactly these labelled paragraphs, whatever files they lie in."""
    rows = sorted(_row(one) for one in paragraphs)
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def _row(one: LabelledParagraph) -> bytes:
    weight = [] if one.weight == 1 else [one.weight]
    sentences = [[part.start, part.end, part.labels] for part in one.sentences if part.labels is not None]
    labels = one.labels if one.judged else None
    return orjson.dumps([sorted(one.words.items()), labels, one.doc, *weight, *([sentences] if sentences else [])])
