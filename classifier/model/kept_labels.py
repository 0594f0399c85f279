"""What a model was trained on, packed beside it without text: word counts, labels, documents."""

import gzip
import io
import math
import zlib
from collections.abc import Collection, Sequence

import orjson

from classifier.errors import ModelError
from classifier.files import UNPACKED_MOST
from classifier.json_types import JsonDict
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_labels import as_rows
from classifier.platforms import shown_place


def pack(paragraphs: Sequence[LabelledParagraph]) -> bytes:
    """Return paragraphs as gzipped JSON Lines: words in the order of their code points, labels, document, no text."""
    rows = b"".join(orjson.dumps(_row(paragraph)) + b"\n" for paragraph in paragraphs)
    return gzip.compress(rows, 6, mtime=0)


def _row(paragraph: LabelledParagraph) -> JsonDict:
    words = {word: paragraph.words[word] for word in sorted(paragraph.words)}
    labels = list(paragraph.labels) if paragraph.judged else None
    row: JsonDict = {
        "name": paragraph.key,
        "doc": paragraph.doc,
        "labels": labels,
        "where": shown_place(paragraph.where),
    }
    row |= {"words": words, "origin": paragraph.origin, "weight": paragraph.weight, "shipped": paragraph.shipped}
    known = len(paragraph.sentences) > 1 or paragraph.labelled_sentences
    return {**row, "sentences": as_rows(paragraph.sentences)} if known else row


def unpack(data: bytes, where: str, labels: Collection[str] | None = None) -> tuple[LabelledParagraph, ...]:
    """Return the paragraphs that `pack` wrote, without text; raise ModelError naming the line that cannot be read.

    `labels`: ids that there are; None takes any.
    """
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            plain = stream.read(UNPACKED_MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ModelError(f"{where}: the labels it was trained on cannot be read: {error}") from error
    if len(plain) > UNPACKED_MOST:
        raise ModelError(f"{where}: would unpack to more than {UNPACKED_MOST // 1_000_000} MB; no labels of ours do")
    found = []
    for number, line in enumerate(plain.splitlines(), start=1):
        try:
            found.append(_paragraph(orjson.loads(line), labels))
        except (TypeError, ValueError) as error:
            raise ModelError(f"{where}: the labels it was trained on cannot be read: line {number}: {error}") from error
    return tuple(found)


def _paragraph(row: object, labels: Collection[str] | None) -> LabelledParagraph:
    """Return a row's paragraph; raise TypeError or ValueError saying what is wrong with it."""
    if not isinstance(row, dict):
        raise TypeError("is no object")
    texts = [row.get(key, "") for key in ("name", "doc", "where", "origin")]
    weight, shipped = row.get("weight", 1.0), row.get("shipped", False)
    if not all(isinstance(text, str) for text in texts) or not texts[1]:
        raise ValueError("name, doc, where and origin must be text, and doc not empty")
    if type(weight) not in {int, float} or not 0 < weight < math.inf or type(shipped) is not bool:
        raise ValueError("weight must be a number above 0, shipped true or false")
    name, doc, where, origin = texts
    sentences = row.get("sentences", [])
    if not isinstance(sentences, list):
        raise TypeError("sentences must be a list")
    judged = row.get("labels") is not None
    return LabelledParagraph(
        _words(row.get("words")), _labels(row["labels"], labels) if judged else (), doc, where, None, origin,
        name=name, weight=weight, shipped=shipped, judged=judged,
        sentences=tuple(_sentence(sentence, labels) for sentence in sentences),
    )  # fmt: skip


def _sentence(row: object, labels: Collection[str] | None) -> LabelledSentence:
    if not isinstance(row, dict) or not all(type(row.get(key)) is int for key in ("start", "end")):
        raise ValueError("a sentence must be an object with start and end")
    said = _labels(row["labels"], labels) if "labels" in row else None
    return LabelledSentence(row["start"], row["end"], said, _words(row.get("words")))


def _words(words: object) -> dict[str, int]:
    if not isinstance(words, dict) or not all(type(count) is int and count > 0 for count in words.values()):
        raise ValueError("words must be an object of words and how often each stands in the paragraph")
    return words


def _labels(names: object, known: Collection[str] | None) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(label, str) for label in names):
        raise ValueError("labels must be a list of label ids")
    unknown = [label for label in names if known is not None and label not in known]
    if unknown:
        raise ValueError(f"label {unknown[0]!r} is none of the model's")
    return tuple(names)
