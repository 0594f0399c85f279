"""What a model was trained on, kept beside it without text, so that any two models can be compared later."""

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import orjson

from classifier.errors import ModelError
from classifier.labelling.corpus import Corpus, LabelledParagraph, read_corpus
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.sentence_labels import as_rows
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.places import packaged
from classifier.training.digest import fingerprint


def pack(paragraphs: Sequence[LabelledParagraph]) -> bytes:
    """Return paragraphs as gzipped JSON Lines: words in the order of their code points, labels, document, no text."""
    rows = b"".join(orjson.dumps(_row(one)) + b"\n" for one in paragraphs)
    return gzip.compress(rows, 6, mtime=0)


def _row(one: LabelledParagraph) -> dict[str, Any]:
    words = {word: one.words[word] for word in sorted(one.words)}
    labels = one.labels if one.judged else None
    row: dict[str, Any] = {"name": one.key, "doc": one.doc, "labels": labels, "where": _where(one.where)}
    row |= {"words": words, "origin": one.origin, "weight": one.weight, "shipped": one.shipped}
    known = len(one.sentences) > 1 or one.labelled_sentences
    return {**row, "sentences": as_rows(one.sentences)} if known else row


def _where(where: str) -> str:
    return "/".join(where.split("/")[-2:])


def unpack(data: bytes, where: str) -> tuple[LabelledParagraph, ...]:
    """Return what `pack` was given, without text; raise ModelError where that cannot be read."""
    try:
        rows = [orjson.loads(line) for line in gzip.decompress(data).splitlines()]
        return tuple(_paragraph(row) for row in rows)
    except (OSError, EOFError, zlib.error, orjson.JSONDecodeError, TypeError, KeyError) as error:
        raise ModelError(f"{where}: the labels it was trained on cannot be read: {error}") from error


def _paragraph(row: dict[str, Any]) -> LabelledParagraph:
    sentences = tuple(
        LabelledSentence(one["start"], one["end"], tuple(one["labels"]) if "labels" in one else None, one["words"])
        for one in row.pop("sentences", ())
    )
    labels = row["labels"]
    return LabelledParagraph(**{**row, "labels": tuple(labels or ())}, sentences=sentences, judged=labels is not None)


def training_set(stored: StoredModel) -> Corpus:
    """Return what a model was trained on: kept in its folder, or the labels of this package where it is made of them.

    Raises ModelError where it was not kept.
    """
    if (data := stored.labels()) is not None:
        every = unpack(data, str(stored.folder))
        beside = tuple(one for one in every if not one.judged)
        judged = tuple(one for one in every if one.judged)
        return Corpus(stored.taxonomy, stored.tokeniser, judged, sentences_only=beside)
    corpus = read_corpus(packaged("labels"))
    if fingerprint(corpus.every) == stored.manifest.get("training", {}).get("fingerprint"):
        return corpus
    raise ModelError(
        f"{stored.version}: the labels it was trained on were not kept, so it cannot be trained on parts of them"
    )


def settings_of(stored: StoredModel) -> Settings:
    """Return the settings a model was trained with; what this program does not know is passed over."""
    known = {one.name for one in fields(Settings)}
    return Settings(**{key: value for key, value in stored.manifest.get("settings", {}).items() if key in known})
