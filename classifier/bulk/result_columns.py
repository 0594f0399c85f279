"""The added columns as lists, the same for every format."""

from collections.abc import Sequence
from typing import Any

from classifier.bulk.row_results import RowResults, SentencePlaces
from classifier.labelling.decided import Decided
from classifier.labelling.exchange.correction_columns import given_cell, text_check


def result_columns(
    values: Sequence[Any], row_results: RowResults, labels: list[Any], *, correctable: bool = False
) -> list[list[Any]]:
    """Return the added columns in the order of `added_names`, without those of `--sentences`; None for no value.

    `values`: what stands in the text column; `labels`: the labels in the form that they are to have. `correctable`:
    with the columns by which it shows what a person changed.
    """
    before = [] if row_results.places is None else place_columns(values, row_results.places)
    table = row_results.probabilities.T.tolist()
    for row, error in enumerate(row_results.errors):
        if error is not None:
            for column in table:
                column[row] = None
    models = [row_results.model] * len(row_results.errors)
    who = [] if row_results.decided is None else [decided_cells(row_results.decided)]
    ticked = [[None] * len(row_results.errors)] if correctable else []
    return [
        *before,
        labels,
        *ticked,
        row_results.primary(),
        row_results.uncertain.tolist(),
        *table,
        row_results.errors,
        models,
        *who,
        *(_kept_columns(values, row_results) if correctable else ()),
    ]


def _kept_columns(values: Sequence[Any], row_results: RowResults) -> list[list[str | None]]:
    """Return the labels given and the text's checksum; a row that could not be scored has neither."""
    rows = range(len(values)) if row_results.places is None else row_results.places.rows.tolist()
    sound = [error is None for error in row_results.errors]
    checks = {row: text_check(values[row]) for row, is_sound in zip(rows, sound, strict=True) if is_sound}
    given = [
        given_cell(labels) if is_sound else None
        for labels, is_sound in zip(row_results.every_label(), sound, strict=True)
    ]
    return [given, [checks[row] if is_sound else None for row, is_sound in zip(rows, sound, strict=True)]]


def decided_cells(decided: Sequence[Decided | None]) -> list[str | None]:
    """Return who decided, as one text each; None where the model's answer stands."""
    return [None if one is None else str(one) for one in decided]


def place_columns(values: Sequence[Any], places: SentencePlaces) -> list[list[Any]]:
    """Return where sentences start and end and what they are; None for what is no sentence."""
    starts, ends, texts = places.starts.tolist(), places.ends.tolist(), []
    for place, (row, start, end) in enumerate(zip(places.rows.tolist(), starts, ends, strict=True)):
        if start < 0:
            starts[place] = ends[place] = None
        texts.append(None if start < 0 else values[row][start:end])
    return [starts, ends, texts]
