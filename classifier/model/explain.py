"""Why a paragraph got its probabilities: the words and topics that spoke for and against each label.

The reasons are exact: they, what is not listed, and the starting value add up to the label's log-odds.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from classifier.model.scorer import Scorer
from classifier.model.word_weights import by_word
from classifier.text.tokens import Tokeniser


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
    """What spoke for and against one label; the strongest first. `start` is its log-odds before any word."""

    start: float
    words_for: tuple[Evidence, ...]
    words_against: tuple[Evidence, ...]
    topics_for: tuple[TopicEvidence, ...]
    topics_against: tuple[TopicEvidence, ...]


_Part = TypeVar("_Part", Evidence, TopicEvidence)


def explain(
    scorer: Scorer, tokeniser: Tokeniser, text: str, topics: list[dict[str, Any]], most: int = 6
) -> list[Reason]:
    """Return a reason for each label, with at most `most` words and half as many topics a side."""
    places: dict[str, list[tuple[int, int]]] = {}
    for token in tokeniser.locate(text):
        places.setdefault(token.word, []).append((token.start, token.end))
    counts = {word: len(found) for word, found in places.items()}
    start = scorer.intercept * scorer.slope + scorer.offset
    if not counts:
        return [Reason(float(value), (), (), (), ()) for value in start]
    words_say = by_word(scorer, counts) * scorer.slope
    topics_say = scorer.by_topic(counts) * scorer.slope
    reasons = []
    for label in range(scorer.size):
        words = [Evidence(w, float(v), tuple(places[w])) for w, v in zip(counts, words_say[:, label], strict=True)]
        named = [_topic(topics[i], float(topics_say[i, label])) for i in range(len(topics_say))]
        reasons.append(
            Reason(
                float(start[label]), _leading(words, 1, most), _leading(words, -1, most),
                _leading(named, 1, most // 2), _leading(named, -1, most // 2),
            )
        )  # fmt: skip
    return reasons


def _topic(topic: dict[str, Any], weight: float) -> TopicEvidence:
    return TopicEvidence(topic["id"], weight, tuple(topic["words"]))


def _leading(items: list[_Part], sign: int, most: int) -> tuple[_Part, ...]:
    chosen = [item for item in items if item.weight * sign > 0]
    return tuple(sorted(chosen, key=lambda item: -abs(item.weight))[:most])
