"""What the templates of a model's topics are given, as plain data, and what differs from an older model's."""

from typing import TypedDict

from classifier.report.view_types import LabelView


class SizedWord(TypedDict):
    """A word and its weight against the heaviest beside it, 0 to 1."""

    word: str
    size: float


class TopicView(TypedDict):
    """A topic; `share`, `coherence` None where its model does not say, and their texts are empty then."""

    id: str
    words: list[SizedWord]
    share: float | None
    share_text: str
    coherence: float | None
    coherence_text: str
    by_label: dict[str, float]


class LabelWords(LabelView):
    """The words that raise and those that lower a label most."""

    definition: str
    definition_zh: str
    raises: list[SizedWord]
    lowers: list[SizedWord]


class TopicChange(TypedDict):
    """How a topic differs between two models; `kind`: changed, new, gone or same."""

    id: str
    kind: str
    words: list[str]
    came: list[str]
    went: list[str]
    old_share: str
    new_share: str


class LabelChange(LabelView):
    """Words that came among those that raise a label, and words that went."""

    came: list[str]
    went: list[str]


class TopicChanges(TypedDict):
    """What differs from an older model."""

    old: str
    rows: list[TopicChange]
    same: int
    labels: list[LabelChange]


class TopicsView(TypedDict):
    """A model's topics, the largest first, and its labels' words; `changes` None where no older model is asked for."""

    model: str
    shares: bool
    supports: bool
    topics: list[TopicView]
    labels: list[LabelWords]
    changes: TopicChanges | None
