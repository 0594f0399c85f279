"""Every choice of a training run in one object; it is stored in the model's manifest."""

from dataclasses import dataclass
from typing import Literal

TopicModel = Literal["nmf", "lda"]


@dataclass(frozen=True)
class Settings:
    """Choices of a training run.

    `word_min_documents`: training paragraphs that a word must stand in to have a weight of its own.
    `piece_length`: characters of the longest piece taken out of a word. `topic_weight`: how much topics, whose
    columns have unit variance, count beside words and pieces, which have a length of 1 each.
    `neighbour_weight`: how much the sentences beside a sentence count beside it; `sentence_weight`: how much a labelled
    sentence counts in training beside its paragraph; `written_weight`: how much a paragraph that was written for
    training counts beside a found one.
    `ratio_power`: how much a word's log-count ratio frees its weight from regularisation (`count_ratios`; 0: not).
    `regularisation`: scikit-learn's C of the logistic regressions (greater: fits the labels closer).
    `uncertain`: chance of error over which a label's decision is called uncertain.
    """

    seed: int = 0
    folds: int = 5
    word_min_documents: int = 2
    background_min_documents: int = 3
    piece_length: int = 3
    topic_model: TopicModel = "nmf"
    topics: int = 60
    topic_weight: float = 0.02
    neighbour_weight: float = 0.5
    sentence_weight: float = 1 / 3
    written_weight: float = 1 / 3
    ratio_power: float = 0.25
    regularisation: float = 6.0
    uncertain: float = 0.3
