"""The added columns as lists, the same for every format."""

from collections.abc import Sequence
from typing import Any

from classifier.bulk.scored import Places, Scored


def result_columns(values: Sequence[Any], scored: Scored, labels: list[Any]) -> list[list[Any]]:
    """Return the added columns in the order of `added_names`, without those of `--sentences`; None for no value.

    `values`: what stands in the text column; `labels`: the labels in the form that they are to have.
    """
    before = [] if scored.places is None else place_columns(values, scored.places)
    table = scored.probabilities.T.tolist()
    for row, error in enumerate(scored.errors):
        if error is not None:
            for column in table:
                column[row] = None
    models = [scored.model] * len(scored.errors)
    return [*before, labels, scored.primary(), scored.uncertain.tolist(), *table, scored.errors, models]


def place_columns(values: Sequence[Any], places: Places) -> list[list[Any]]:
    """Return where sentences start and end and what they are; None for what is no sentence."""
    starts, ends, texts = places.starts.tolist(), places.ends.tolist(), []
    for place, (row, start, end) in enumerate(zip(places.rows.tolist(), starts, ends, strict=True)):
        if start < 0:
            starts[place] = ends[place] = None
        texts.append(None if start < 0 else values[row][start:end])
    return [starts, ends, texts]
