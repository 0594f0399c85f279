"""The added columns as lists, the same for every format."""

from collections.abc import Sequence
from typing import Any

from classifier.bulk.scored import Places, Scored
from classifier.labelling.decided import Decided


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
    who = [] if scored.decided is None else [decided_cells(scored.decided)]
    return [*before, labels, scored.primary(), scored.uncertain.tolist(), *table, scored.errors, models, *who]


def decided_cells(decided: Sequence[Decided | None]) -> list[str | None]:
    """Return who decided, as one text each; None where the model's answer stands."""
    return [None if one is None else str(one) for one in decided]


def place_columns(values: Sequence[Any], places: Places) -> list[list[Any]]:
    """Return where sentences start and end and what they are; None for what is no sentence."""
    starts, ends, texts = places.starts.tolist(), places.ends.tolist(), []
    for place, (row, start, end) in enumerate(zip(places.rows.tolist(), starts, ends, strict=True)):
        if start < 0:
            starts[place] = ends[place] = None
        texts.append(None if start < 0 else values[row][start:end])
    return [starts, ends, texts]
