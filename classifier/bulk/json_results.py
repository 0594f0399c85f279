"""Results as JSON, a whole chunk at a time: each column in one go, then all columns between each other."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import orjson

from classifier.bulk.added import DECIDED
from classifier.bulk.result_columns import place_columns
from classifier.bulk.row_results import ChunkResults, RowResults
from classifier.bulk.settings import Settings
from classifier.labelling.decided import Decided

_NONE = b"null"
_SHARE_DIGITS = 4  # as `classify FILE --sentences` writes them


def json_lines(objects: Iterable[bytes], values: Sequence[Any], results: ChunkResults, settings: Settings) -> bytes:
    """Return JSON objects with their results behind their last value, a line each: {…,"labels":["work_style"],…}

    `objects`: the input's rows, each as often as there are results of it; `values`: what stands in the text column.
    """
    row_results = results.of(settings.unit)
    before = [row[:-1].rstrip() for row in objects]
    decided = settings.prefix + DECIDED  # there only where a person decided
    names = [b"," + orjson.dumps(name) + b":" for name in settings.added(row_results.ids) if name != decided]
    step = 2 * len(names)  # a row's pieces: what it was, each name with its value, the last name with the end
    pieces = [b""] * (step * len(before))
    pieces[::step] = before
    for place, column in enumerate(_every_column(values, results, settings)):
        pieces[2 * place + 1 :: step] = [names[place]] * len(before)
        pieces[2 * place + 2 :: step] = column
    ends = [names[-1] + orjson.dumps(row_results.model) + b"}\n"] * len(before)
    pieces[step - 1 :: step] = (
        ends if row_results.decided is None else map(_with_who, ends, row_results.decided, repeat(decided))
    )
    for row in [row for row, start in enumerate(before) if start == b"{"]:
        pieces[step * row + 1] = names[0][1:]
    return b"".join(pieces)


def _every_column(values: Sequence[Any], results: ChunkResults, settings: Settings) -> list[Iterable[bytes]]:
    """Return the values of the added columns but the model and who decided."""
    row_results = results.of(settings.unit)
    columns: list[Iterable[bytes]] = []
    if row_results.places is not None:
        starts, ends, texts = place_columns(values, row_results.places)
        columns = [_tokens(starts), _tokens(ends), map(orjson.dumps, texts)]
    columns += _columns(row_results)
    if settings.sentences and results.sentences is not None:
        columns += _sentence_columns(results.sentences)
    return [*columns, _dump_each(row_results.errors)]


def _with_who(row: bytes, decided: Decided | None, name: str) -> bytes:
    """Return an object or its end, with or without the line's, that says who decided where a person did."""
    if decided is None:
        return row
    return b"%b,%b:%b}%b" % (
        row.rstrip()[:-1], orjson.dumps(name), orjson.dumps(decided.as_row()), row[len(row.rstrip()) :]
    )  # fmt: skip


def _columns(row_results: RowResults) -> list[Iterable[bytes]]:
    """Return labels, primary, uncertain and the probabilities."""
    labels = (_dump(tuple(names)) for names in row_results.every_label())
    return [
        labels,
        _dump_each(row_results.primary()),
        _tokens(row_results.uncertain.tolist()),
        *_probabilities(row_results),
    ]


def _probabilities(row_results: RowResults) -> list[Iterable[bytes]]:
    return [_tokens(column) for column in row_results.probabilities.T.tolist()]


def _sentence_columns(sentences: RowResults) -> list[Iterable[bytes]]:
    """Return a column of each text's sentences and one of its labels' shares; null where there is an error."""
    places = sentences.places
    assert places is not None  # noqa: S101 - they are sentences
    template = (
        b"{" + _template(["start", "end", "labels", "uncertain"]) + b',"probabilities":{'
        + _template(sentences.ids) + b"}}"
    )  # fmt: skip
    labels, _, uncertain, *probabilities = _columns(sentences)
    places_of = _tokens(places.starts.tolist()), _tokens(places.ends.tolist())
    objects = list(map(template.__mod__, zip(*places_of, labels, uncertain, *probabilities, strict=True)))
    if sentences.decided is not None:
        objects = list(map(_with_who, objects, sentences.decided, repeat(DECIDED)))
    first = np.flatnonzero(np.diff(places.rows, prepend=-1)).tolist()
    missing = places.missing.tolist()
    lists = (
        _NONE if missing[start] else b"[" + b",".join(objects[start:end]) + b"]"
        for start, end in pairwise([*first, len(objects)])
    )
    return [lists, _shares(sentences, first)]


def _shares(sentences: RowResults, first: list[int]) -> Iterator[bytes]:
    """Yield each text's labels and the shares of its characters in sentences that carry them."""
    places, template = sentences.places, b"{" + _template(sentences.ids) + b"}"
    assert places is not None  # noqa: S101 - they are sentences
    if not first:
        return
    lengths = places.ends - places.starts
    given = np.zeros((len(lengths), len(sentences.ids)), np.int64)
    given[np.repeat(np.arange(len(lengths)), np.diff(sentences.offsets)), sentences.labels] = 1
    sizes = np.add.reduceat(lengths, first)
    shares = np.add.reduceat(given * lengths[:, None], first, axis=0) / np.maximum(1, sizes)[:, None]
    rounded = [_tokens([round(share, _SHARE_DIGITS) for share in column]) for column in shares.T.tolist()]
    for row, missing in zip(zip(*rounded, strict=True), places.missing[first].tolist(), strict=True):
        yield _NONE if missing else template % row


def _template(names: Sequence[str]) -> bytes:
    return b",".join(orjson.dumps(name).replace(b"%", b"%%") + b":%b" for name in names)


def _tokens(column: list[Any]) -> list[bytes]:
    """Return numbers, true, false and None as JSON; what is no number as null."""
    return orjson.dumps(column)[1:-1].split(b",") if column else []


def _dump_each(column: list[Any]) -> Iterator[bytes]:
    return map(_dump, column)


@cache
def _dump(value: Any) -> bytes:
    return orjson.dumps(value)
