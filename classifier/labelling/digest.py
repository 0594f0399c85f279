"""A name for exactly these labels."""

import hashlib
from collections.abc import Sequence

import orjson

from classifier.labelling.corpus import LabelledParagraph


def fingerprint(paragraphs: Sequence[LabelledParagraph]) -> str:
    """Return a name for exactly these labelled paragraphs, whatever files they lie in."""
    rows = sorted(_row(paragraph) for paragraph in paragraphs)
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def _row(paragraph: LabelledParagraph) -> bytes:
    weight = [] if paragraph.weight == 1 else [paragraph.weight]
    sentences = [[part.start, part.end, part.labels] for part in paragraph.sentences if part.labels is not None]
    labels = paragraph.labels if paragraph.judged else None
    return orjson.dumps(
        [sorted(paragraph.words.items()), labels, paragraph.doc, *weight, *([sentences] if sentences else [])]
    )
