"""From probabilities to labels: which are given, in what order, and which decisions are in doubt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.model.scorer import NUMERALS, Scorer
from classifier.text.joined_texts import Ints

_SURE = 0.995
_FEWEST_WORDS = 2  # that the model knows: a label given for fewer is uncertain


def percent(share: float) -> str:
    """Return a probability for people; no model of some thousand paragraphs knows a thing for certain."""
    if share > _SURE:
        return ">99%"
    return "<1%" if 0 < share < 1 - _SURE else f"{share:.0%}"


@dataclass(frozen=True, eq=False)
class Decisions:
    """`order` (paragraphs × labels): each paragraph's labels, the most probable first; `given` says in the same
    places which it gets. `uncertain`: some label's probability lies where decisions are too often wrong, or the labels
    rest on a single word.
    """

    order: NDArray[np.int64]
    given: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]


def decide(scorer: Scorer, table: Floats, labelled: NDArray[np.bool_], known_words: Ints) -> Decisions:
    """Decide on paragraphs by their probabilities (paragraphs × labels); none is given where not `labelled`.

    `known_words` (paragraphs): how many different words of each the model knows. Where a label is given for one word
    alone (保障 as a heading), that is uncertain, however probable: what stands around the word is not there to agree.
    """
    return _decided(table, labelled, known_words, scorer.threshold, scorer.low, scorer.high)


def decide_sentences(scorer: Scorer, table: Floats, labelled: NDArray[np.bool_], known_words: Ints) -> Decisions:
    """Decide on sentences by their probabilities (sentences × labels); none is given where not `labelled`.

    `known_words` (sentences): how many different words of each one's paragraph the model knows, as in `decide`.
    """
    thresholds = scorer.sentence_threshold, scorer.sentence_low, scorer.sentence_high
    return _decided(table, labelled, known_words, *thresholds)


def rests_on_one_word(scorer: Scorer, words: Iterable[str]) -> bool:
    """Tell whether a text with these words is too little to be sure of a label, as `decide` has it."""
    return sum(word in scorer.rows and not NUMERALS.issuperset(word) for word in set(words)) < _FEWEST_WORDS


def doubted(
    labels: Sequence[str], probabilities: Mapping[str, float], uncertain: bool, in_doubt: Callable[[str, float], bool]
) -> list[str]:
    """Return which labels make a decision uncertain, the most probable first; none where it is not.

    `labels`: those that were given; `in_doubt`: tells whether a label's probability lies where decisions are too often
    wrong. Where none does, the given ones rest on a single word.
    """
    if not uncertain:
        return []
    found = [label for label, probability in probabilities.items() if in_doubt(label, probability)]
    return sorted(found or labels, key=lambda label: -probabilities[label])


def _decided(
    table: Floats, labelled: NDArray[np.bool_], known_words: Ints, threshold: Floats, low: Floats, high: Floats
) -> Decisions:
    order = (-table).argsort(axis=1, kind="stable")
    given = (table >= threshold)[np.arange(len(table))[:, None], order] & labelled[:, None]
    doubt = ((low <= table) & (table < high)).any(axis=1)
    thin = (known_words < _FEWEST_WORDS) & given.any(axis=1)
    return Decisions(order, given, (doubt & labelled) | thin)
