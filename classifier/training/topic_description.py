"""What a model's topics are: words, size, coherence, and which labels go with them."""

from collections.abc import Sequence

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.manifest import TopicFacts
from classifier.training.metrics import Ints


def describe_topics(background: Background, strength: Floats, truth: Ints, labels: Sequence[str]) -> list[TopicFacts]:
    """Return a model's topics as plain data for its manifest, in the order of the model's arrays.

    `strength` (paragraphs × topics) and `truth` (paragraphs × labels) are those of the labelled paragraphs.
    `labels` of a topic: Pearson's correlation of its strength with each label, -1 to 1. `share`: part of the
    background's paragraphs that it leads, and `coherence`: see `classifier.model.topics`; None where not known.
    """
    together = correlations(strength, truth)
    return [
        {
            "id": id_,
            "words": list(background.top_words[k]),
            "share": background.share[k] if background.share else None,
            "coherence": background.coherence[k] if background.coherence else None,
            "labels": dict(zip(labels, together[k].round(3).tolist(), strict=True)),
        }
        for k, id_ in enumerate(background.ids)
    ]


def correlations(strength: Floats, truth: Ints) -> Floats:
    """Return Pearson's correlation of each topic with each label (topics × labels); 0 where either never varies."""
    first, second = _standardised(strength), _standardised(truth.astype(float))
    return np.asarray(first.T @ second / len(truth))


def _standardised(values: Floats) -> Floats:
    centred = values - values.mean(axis=0)
    spread = centred.std(axis=0)
    return np.asarray(centred / np.where(spread > 0, spread, 1))
