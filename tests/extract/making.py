"""Labelled documents and extracts written by hand."""

import io
from collections.abc import Sequence

from classifier.api import Result, SentenceResult
from classifier.extract.formats import WRITERS
from classifier.extract.gathering import Gatherer, from_results
from classifier.extract.passage import Extract, Unit
from classifier.extract.taking import Wanted
from classifier.extract.words import Words
from classifier.labelling.taxonomy import Label
from classifier.text.paragraph import Kind
from classifier.text.sentences import sentences
from classifier.text.split import kind_of

FARMING, TOURISM = Label("farming", "农业", "farming"), Label("tourism", "文旅", "tourism")
MARKS = {"粮": "farming", "游": "tourism"}  # a text is about what its characters say
DOUBT = "？"  # what stands in an uncertain one


def labels_of(text: str) -> tuple[str, ...]:
    return tuple(label for mark, label in MARKS.items() if mark in text)


def odds(text: str) -> dict[str, float]:
    return {
        label: 0.55 if label in labels_of(text) and DOUBT in text else 0.9 if label in labels_of(text) else 0.1
        for label in MARKS.values()
    }


def result(index: int, text: str, *, kind: Kind | None = None, page: int | None = None) -> Result:
    found: Kind = kind or kind_of(text)
    parts = tuple(
        SentenceResult(start, end, labels_of(text[start:end]), DOUBT in text[start:end], odds(text[start:end]))
        for start, end in sentences(text)
    )
    labels = () if found == "boilerplate" else labels_of(text)
    return Result(
        "甲.txt", index, 0, len(text), found, text, labels, DOUBT in text, odds(text), "m1", page=page, sentences=parts
    )


def results(*texts: str) -> list[Result]:
    return [result(index, text) for index, text in enumerate(texts)]


def wanted(*labels: str, unit: Unit = "paragraph", context: bool = False, none: bool = False) -> Wanted:
    doubt = lambda label, probability: 0.4 <= probability <= 0.6  # noqa: E731
    return Wanted(labels or tuple(MARKS.values()), none, unit, context, doubt, doubt)


def extract_of(documents: dict[str, Sequence[Result]], asked: Wanted | None = None) -> Extract:
    asked = asked or wanted()
    topics = tuple(one for one in (FARMING, TOURISM) if one.id in asked.labels)
    gatherer = Gatherer(Extract(topics, asked.unit, "m1", none=asked.none))
    for path, some in documents.items():
        gatherer.add(from_results(path, some, asked))
    return gatherer.finished()


def written(extract: Extract, format_: str, language: str = "zh") -> bytes:
    stream = io.BytesIO()
    WRITERS[format_](extract, Words("zh" if language == "zh" else "en"), stream)
    return stream.getvalue()
