"""Why a paragraph got its probabilities: the words and topics that spoke for and against each label.

The reasons are exact: they, what is not listed, and the starting value add up to the label's log-odds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.json_types import JsonDict
from classifier.model.arithmetic import Floats
from classifier.model.manifest import TopicFacts
from classifier.model.scorer import Scorer
from classifier.model.word_weights import by_word
from classifier.text.tokens import Tokeniser
from classifier.text.units import units_of


@dataclass(frozen=True)
class Evidence:
    """A word of the paragraph and what it adds to the label's log-odds, all its mentions together.

    `places`: (start, end) of each mention, counted from the paragraph's first character.
    """

    word: str
    weight: float
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class TopicEvidence:
    """A topic of the background corpus and what it adds to the label's log-odds."""

    topic: str
    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """What spoke for and against one label; the strongest first. `start` is its log-odds before any word.

    `sentences`: what is added for how much of the paragraph speaks for the label (`sentence_evidence`).
    """

    start: float
    words_for: tuple[Evidence, ...]
    words_against: tuple[Evidence, ...]
    topics_for: tuple[TopicEvidence, ...]
    topics_against: tuple[TopicEvidence, ...]
    sentences: float = 0.0

    def as_row(self) -> JsonDict:
        """Return it as plain data, as results are written. (`asdict` would copy each of thousands of places.)"""
        return {
            name: tuple(dict(vars(one)) for one in value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
        }


def explain(
    scorer: Scorer,
    tokeniser: Tokeniser,
    text: str,
    topics: Sequence[TopicFacts],
    most: int = 6,
    evidence: Floats | None = None,
) -> list[Reason]:
    """Return a reason for each label, with at most `most` words and half as many topics a side.

    `evidence` (labels × 6): the text's row of `Predictions.evidence` where there are predictions already; None to have
    them made here.
    """
    if evidence is None:
        evidence = scorer.predict(units_of([text], tokeniser)).evidence[0]
    located, own_weight = tokeniser.located(text), scorer.evidence_weights[:, 0]
    counts = located.counts()
    start = scorer.intercept * own_weight + scorer.evidence_intercept
    sentences_say = (evidence[:, 1:] * scorer.evidence_weights[:, 1:]).sum(axis=1).tolist()
    if not counts:
        return [Reason(float(value), (), (), (), (), more) for value, more in zip(start, sentences_say, strict=True)]
    words_say = by_word(scorer, counts) * own_weight
    topics_say = scorer.by_topic(counts) * own_weight
    leading = [_leading_words(list(counts), column, most) for column in words_say.T]
    places = located.places({word for sides in leading for side in sides for word, _ in side})
    reasons = []
    for label in range(scorer.size):
        words_for, words_against = (
            tuple(Evidence(word, weight, tuple(places[word])) for word, weight in side) for side in leading[label]
        )
        topic_evidence = [_topic(topics[i], float(topics_say[i, label])) for i in range(len(topics_say))]
        reasons.append(
            Reason(
                float(start[label]), words_for, words_against,
                _leading(topic_evidence, 1, most // 2), _leading(topic_evidence, -1, most // 2), sentences_say[label],
            )
        )  # fmt: skip
    return reasons


def _topic(topic: TopicFacts, weight: float) -> TopicEvidence:
    return TopicEvidence(topic["id"], weight, tuple(topic["words"]))


def _leading_words(words: list[str], weights: Floats, most: int) -> tuple[list[tuple[str, float]], ...]:
    """Return the words that weigh most for and those that weigh most against, with their weights."""
    order = np.argsort(-np.abs(weights), kind="stable")
    sides = (order[weights[order] > 0], order[weights[order] < 0])
    return tuple([(words[place], float(weights[place])) for place in side[:most]] for side in sides)


def _leading(items: list[TopicEvidence], sign: int, most: int) -> tuple[TopicEvidence, ...]:
    chosen = [item for item in items if item.weight * sign > 0]
    return tuple(sorted(chosen, key=lambda item: -abs(item.weight))[:most])
