"""A reason as a sum in words: where it starts, what spoke for and against, what it comes to, what a label needs."""

import math
from typing import Literal

from classifier.model.decide import percent
from classifier.model.explain import Reason

_SMALL = 0.005  # of a sum that is shown to two places
_WORDS = {
    "en": {
        "start": "starts at {}", "for": "for {}", "against": "against {}", "sentences": "sentences {}",
        "rest": "all else {}", "sum": "comes to {}, that is {}", "given": "given from {} on", "between": "; ",
    },
    "zh": {
        "start": "起始值 {}", "for": "支持 {}", "against": "反对 {}", "sentences": "句子占比 {}",
        "rest": "其余 {}", "sum": "合计 {}，即 {}", "given": "{} 起给出", "between": "；",
    },
}  # fmt: skip


def sum_in_words(reason: Reason, probability: float, threshold: float, language: Literal["en", "zh"]) -> str:
    """Return how a label's probability (0 to 1) comes about, in log-odds to two places.

    `threshold`: from where the label is given. What is not listed in the reason is there as all else: together they
    are the whole sum.
    """
    words = _WORDS[language]
    inside = min(max(probability, 1e-12), 1 - 1e-12)
    total = math.log(inside / (1 - inside))
    parts = {
        "start": reason.start,
        "for": sum(word.weight for word in reason.words_for) + sum(topic.weight for topic in reason.topics_for),
        "against": sum(word.weight for word in reason.words_against)
        + sum(topic.weight for topic in reason.topics_against),
        "sentences": reason.sentences,
    }
    parts["rest"] = total - sum(parts.values())
    said = [words[name].format(_signed(value)) for name, value in parts.items() if name == "start" or _counts(value)]
    said += [words["sum"].format(_signed(total), percent(probability)), words["given"].format(percent(threshold))]
    return words["between"].join(said)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _counts(value: float) -> bool:
    return abs(value) >= _SMALL
