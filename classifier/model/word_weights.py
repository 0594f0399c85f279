"""What each word of a paragraph adds to its scores: for explaining, one paragraph at a time."""

from collections.abc import Mapping

import numpy as np

from classifier.model.arithmetic import Floats, damp
from classifier.model.scorer import Scorer


def by_word(scorer: Scorer, counts: Mapping[str, int]) -> Floats:
    """Return what each word and the pieces inside it add to the scores, topics left out (words × labels)."""
    rows = np.array([scorer.rows.get(word, -1) for word in counts], int)
    unseen = np.flatnonzero(rows < 0)
    own, rarity = scorer.word_weights[rows], scorer.idf[rows]
    inner, lengths = scorer.inner_weights[rows], scorer.inner_length[rows]
    own[unseen], rarity[unseen] = 0, scorer.unknown_idf
    pieces = scorer.unseen_words.weights([word for word, row in zip(counts, rows.tolist(), strict=True) if row < 0])
    inner[unseen], lengths[unseen] = pieces[:, :-1], np.sqrt(pieces[:, -1])
    tf = damp(np.fromiter(counts.values(), float, len(counts)))
    parts = (own, rarity), (inner, lengths)
    return np.asarray(sum(part * (tf / (np.linalg.norm(tf * each) or 1))[:, None] for part, each in parts))
