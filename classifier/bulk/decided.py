"""What people decided in place of a model's answers, in the results of a chunk."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from classifier.api import Model
from classifier.bulk.row_results import ChunkResults, RowResults, SentencePlaces
from classifier.bulk.scoring_model import DIGITS, Marks
from classifier.decisions import Decisions, with_decisions
from classifier.result import Result, SentenceResult
from classifier.text.joined_texts import Ints


def decided_results(
    results: ChunkResults, values: Sequence[Any], unlabelled: Marks | None, model: Model, decisions: Decisions
) -> ChunkResults:
    """Return results in which a person's labels stand where a person decided, as `with_decisions` says.

    `values`, `unlabelled`: as `ScoringModel.results` was given them.
    """
    texts = results.texts
    known = [row for row, value in enumerate(values) if texts.errors[row] is None and decisions.find(value) is not None]
    before = _answers(
        [values[row] for row in known], [unlabelled is not None and unlabelled[row] for row in known], model
    )
    after = dict(zip(known, with_decisions(before, decisions), strict=True))
    characters = texts.characters.copy()
    for old, new in zip(before, after.values(), strict=True):
        characters += _characters(new, model.ids) - _characters(old, model.ids)
    found = replace(_texts(texts, after), characters=characters)
    if results.sentences is None:
        return ChunkResults(found)
    return ChunkResults(found, replace(_sentences(results.sentences, after), characters=characters))


def _answers(texts: Sequence[str], bare: Sequence[bool], model: Model) -> list[Result]:
    """Return what the model says; none of those that are `bare` (boilerplate) carries a label."""
    if not texts:
        return []
    found = model.label_paragraphs(texts, sentences=True)
    return [_without_labels(one) if no_label else one for one, no_label in zip(found, bare, strict=True)]


def _without_labels(result: Result) -> Result:
    parts = tuple(replace(part, labels=(), uncertain=False) for part in result.sentences or ())
    return replace(result, labels=(), uncertain=False, sentences=parts)


def _characters(result: Result, ids: Sequence[str]) -> Ints:
    """Return how many characters stand in sentences with each label, and in those with none (labels + 1)."""
    counts = np.zeros(len(ids) + 1, np.int64)
    for sentence in result.sentences or ():
        for place in [ids.index(label) for label in sentence.labels] or [len(ids)]:
            counts[place] += sentence.end - sentence.start
    return counts


def _texts(scored: RowResults, after: Mapping[int, Result]) -> RowResults:
    decided = [after[row].decided if row in after else None for row in range(len(scored.errors))]
    if not after:
        return replace(scored, decided=decided)
    labels = np.split(scored.labels, scored.offsets[1:-1])
    uncertain = scored.uncertain.copy()
    for row, one in after.items():
        labels[row], uncertain[row] = _places_of(one, scored.ids), one.uncertain
    return replace(
        scored, labels=np.concatenate(labels), offsets=_offsets(labels), uncertain=uncertain, decided=decided
    )


def _sentences(scored: RowResults, after: Mapping[int, Result]) -> RowResults:
    """Return the sentences' results with those of decided paragraphs in the place of the model's."""
    places = scored.places
    if places is None:
        raise AssertionError("results of sentences have places")
    rows = places.rows.tolist()
    labels = np.split(scored.labels, scored.offsets[1:-1])
    kept = [number for number, row in enumerate(rows) if row not in after]
    new = [(row, part) for row, one in after.items() for part in one.sentences or ()]
    order = np.argsort([*(rows[number] for number in kept), *(row for row, _ in new)], kind="stable")

    def joined(old: Any, fresh: list[Any]) -> Any:
        return np.concatenate([old[kept], np.array(fresh, old.dtype).reshape(-1, *old.shape[1:])])[order]

    every = [labels[number] for number in kept] + [_places_of(part, scored.ids) for _, part in new]
    chosen = [every[number] for number in order.tolist()]
    who = [None] * len(kept) + [part.decided for _, part in new]
    errors = [scored.errors[number] for number in kept] + [None] * len(new)
    probabilities = [[round(part.probabilities[label], DIGITS) for label in scored.ids] for _, part in new]
    return replace(
        scored,
        labels=np.concatenate(chosen) if chosen else scored.labels,
        offsets=_offsets(chosen),
        uncertain=joined(scored.uncertain, [part.uncertain for _, part in new]),
        probabilities=joined(scored.probabilities, probabilities),
        errors=[errors[number] for number in order.tolist()],
        places=SentencePlaces(
            joined(places.rows, [row for row, _ in new]),
            joined(places.starts, [part.start for _, part in new]),
            joined(places.ends, [part.end for _, part in new]),
        ),
        decided=[who[number] for number in order.tolist()],
    )


def _places_of(result: Result | SentenceResult, ids: Sequence[str]) -> Ints:
    return np.array([ids.index(label) for label in result.labels], np.int64)


def _offsets(labels: Sequence[Ints]) -> Ints:
    return np.concatenate([[0], np.cumsum([len(label) for label in labels], dtype=np.int64)])
