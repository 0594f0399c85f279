"""Results as JSON Lines, and as CSV that Excel opens rightly."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import orjson

from classifier.i18n.language import language as spoken_language
from classifier.i18n.language import spoken
from classifier.labelling.taxonomy import NONE, NONE_ZH
from classifier.tables.formula_guard import guarded

if TYPE_CHECKING:
    from classifier.api import Result
    from classifier.i18n.language import Language
    from classifier.model.explain import Evidence, TopicEvidence

_SMALL = 0.05  # log-odds
_OPENING = 60  # characters of a similar paragraph


def json_lines(results_by_document: Iterable[list["Result"]]) -> Iterator[bytes]:
    """Yield one JSON object a paragraph."""
    for results in results_by_document:
        for result in results:
            yield orjson.dumps(result.as_row()) + b"\n"


def csv_lines(
    results_by_document: Iterable[list["Result"]],
    labels: tuple[str, ...],
    names: Mapping[str, str] | None = None,
    *,
    by_sentence: bool = False,
    decided: bool = False,
) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark (Excel needs it), a column a label; reasons as words and weights.

    `names`: what labels are called by whoever reads the table in Chinese; None or nothing for their ids.
    `decided`: with a column that says who decided where a person did.
    A text that begins like a formula gets an apostrophe in front, so that Excel shows it and runs nothing.
    The last columns are those by which `classify labels import` tells what a person changed (`exchange/corrections`).
    `by_sentence`: results are sentences, and their paragraph stands with them, which the labels go with.
    """
    from classifier.labelling.exchange.correction_columns import (  # noqa: PLC0415 - brings exchange formats, which JSON needs not
        CHECK,
        GIVEN,
        PARAGRAPH,
        SPAN,
        check_heading,
        given_cell,
        heading,
        probability_heading,
        text_check,
    )  # fmt: skip

    names = names or {}
    shown = tuple(names.get(label, label) for label in labels)
    shares = tuple(map(probability_heading, shown)) if names else shown
    explained = False
    first = True
    added = [*((PARAGRAPH, *SPAN) if by_sentence else ()), heading("checked", "en"), GIVEN]
    added.append(check_heading(PARAGRAPH) if by_sentence else CHECK)
    for results in results_by_document:
        for result in results:
            if first:
                explained = result.reasons is not None
                yield b"\xef\xbb\xbf" + _line(header(shares, explained, decided, shown) + added)
                first = False
            paragraph, *span = result.in_paragraph
            kept = [*((paragraph, *span) if by_sentence else ()), "", given_cell(result.labels), text_check(paragraph)]
            yield _line(cells(result, labels, explained, decided, names) + kept)
    if first:
        yield b"\xef\xbb\xbf" + _line(header(shares, explained, decided, shown) + added)


def header(labels: tuple[str, ...], explained: bool, decided: bool, why: tuple[str, ...] = ()) -> list[str]:
    """Return the names of the columns of a table of results.

    `labels`: of their probabilities. `explained`: with a column of reasons for each of them (of `why`, where that is
    there) and one of similar paragraphs.
    """
    names = [
        "file",
        "index",
        "start",
        "end",
        "kind",
        "page",
        "recognised",
        "text",
        "labels",
        "primary",
        "uncertain",
        *labels,
        "topics",
        "model",
        "notes",
        "cells",
        *(["decided"] if decided else []),
    ]
    return names + ([*(f"why {label}" for label in why or labels), "similar"] if explained else [])


def cells(
    result: "Result", labels: tuple[str, ...], explained: bool, decided: bool, names: Mapping[str, str] | None = None
) -> list[object]:
    """Return a result's cells, in the order of `header`; `names`: as in `csv_lines`, Chinese ones."""
    named = {**names, NONE: NONE_ZH} if names else {}
    place = [result.file, result.index, result.start, result.end, result.kind, result.page, result.recognised]
    shares = [round(result.probabilities[label], 6) for label in labels]
    values: list[object] = [
        *place,
        result.text,
        ("、" if named else ",").join(named.get(label, label) for label in result.labels),
        named.get(result.primary, result.primary),
        result.uncertain,
        *shares,
        _topics(result),
        result.model,
    ]
    values.append("；".join(note.say("zh") for note in result.notes) if named else _in_both(result))
    values.append(orjson.dumps(dict(result.cells)).decode() if result.cells else "")
    if decided:
        values.append(str(result.decided or ""))
    if explained:
        values += [in_words(result, label) for label in labels]
        values.append(similar_in_words(result, lambda label: named.get(label, label), spoken_language()))
    return values


def _in_both(result: "Result") -> str:
    return "; ".join(note.in_both() for note in result.notes)


def _topics(result: "Result") -> str:
    return "; ".join(f"{topic.id} {'/'.join(topic.words[:3])}" for topic in result.topics)


def in_words(result: "Result", label: str) -> str:
    """Return what spoke for and against a label in one line: 招商 +1.20, 签约 +0.85; 教育 -0.31.

    A topic stands in brackets by its first words, and so do "sentences" (句子占比): how much of the paragraph's
    sentences speaks for the label. What moves the log-odds by less than 0.05 is left out.
    """
    if result.reasons is None:
        return ""
    reason = result.reasons[label]
    sides = ((reason.words_for, reason.topics_for), (reason.words_against, reason.topics_against))
    said = [_side(words, topics) for words, topics in sides]
    if abs(reason.sentences) >= _SMALL:
        said.append(f"[{spoken('sentences', '句子占比')}] {reason.sentences:+.2f}")
    return "; ".join(text for text in said if text)


def similar_in_words(result: "Result", name: Callable[[str], str] = str, language: "Language" = "en") -> str:
    """Return the labelled paragraphs most like a paragraph, one a line; "" where none is. `name`: names a label."""
    return "\n".join(one.in_words(name, language, _OPENING) for one in result.similar or ())


def _side(words: Sequence["Evidence"], topics: Sequence["TopicEvidence"]) -> str:
    named = [(evidence.word, evidence.weight) for evidence in words]
    named += [(f"[{'/'.join(evidence.words[:3])}]", evidence.weight) for evidence in topics]
    return ", ".join(f"{name} {weight:+.2f}" for name, weight in named if abs(weight) >= _SMALL)


def _line(cells: Sequence[object]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return stream.getvalue().encode()
