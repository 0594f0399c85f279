"""From probabilities to labels: which are given, in what order, and which decisions are in doubt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.model.scorer import Scorer

_SURE = 0.995


def percent(share: float) -> str:
    """Return a probability for people; no model of some thousand paragraphs knows a thing for certain."""
    if share > _SURE:
        return ">99%"
    return "<1%" if 0 < share < 1 - _SURE else f"{share:.0%}"


@dataclass(frozen=True, eq=False)
class Decisions:
    """`order` (paragraphs × labels): each paragraph's labels, the most probable first; `given` says in the same
    places which it gets. `uncertain`: some label's probability lies where decisions are too often wrong.
    """

    order: NDArray[np.int64]
    given: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]


def decide(scorer: Scorer, table: Floats, labelled: NDArray[np.bool_]) -> Decisions:
    """Decide on paragraphs by their probabilities (paragraphs × labels); none is given where not `labelled`."""
    return _decided(table, labelled, scorer.threshold, scorer.low, scorer.high)


def decide_sentences(scorer: Scorer, table: Floats, labelled: NDArray[np.bool_]) -> Decisions:
    """Decide on sentences by their probabilities (sentences × labels); none is given where not `labelled`."""
    return _decided(table, labelled, scorer.sentence_threshold, scorer.sentence_low, scorer.sentence_high)


def _decided(table: Floats, labelled: NDArray[np.bool_], threshold: Floats, low: Floats, high: Floats) -> Decisions:
    order = np.argsort(-table, axis=1, kind="stable")
    given = np.take_along_axis(table >= threshold, order, axis=1) & labelled[:, None]
    doubt = ((low <= table) & (table < high)).any(axis=1)
    return Decisions(order, given, doubt & labelled)
