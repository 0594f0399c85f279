"""What a paragraph's sentences say of its labels, beside what the paragraph says as a whole. Numpy only.

A label is earned by about a fifth of the characters (the codebook's rule), so the share of characters that speaks for
it matters more than how loudly it does. All is built from sums, quotients and square roots, which every processor
rounds alike: a paragraph's figures are the same to the last bit alone and in any batch.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats

EVIDENCE = ("own score", "share", "root of share", "strongest", "mean", "share over zero")
"""The last axis of `paragraph_evidence`: the paragraph's own score; the share of characters in sentences that speak for
the label, each counted by how clearly it does; that share's square root; the strongest sentence's score; the mean score
by characters; the share of characters in sentences with a score over 0."""

_CLEAR = 3.0  # how soon a sentence counts whole: the share of a score z is softsign(3 z)
_MOST = 4.0  # scores beyond ± this say no more


def neighbours(totals: Floats, offsets: NDArray[np.int64]) -> Floats:
    """Return each row and the rows before and after it in the same paragraph, added up (S × …).

    With the paragraphs' sentences abc|d the result is (a+b)(a+b+c)(b+c)|(d).
    """
    inside = np.ones(len(totals), bool)  # has a sentence before it in its paragraph
    inside[offsets[:-1]] = False
    later = inside.nonzero()[0]
    near = totals.copy()
    near[later] += totals[later - 1]
    near[later - 1] += totals[later]
    return near


def paragraph_evidence(
    paragraphs: Floats, sentences: Floats, offsets: NDArray[np.int64], characters: NDArray[np.int64]
) -> Floats:
    """Return what decides on labels (P × L × 6, in the order of `EVIDENCE`).

    `paragraphs` (P × L) and `sentences` (S × L): scores (log-odds); paragraph p has the sentences `offsets[p]` to
    `offsets[p + 1]` (P + 1), at least one; `characters` (S): their lengths.
    """
    if not len(paragraphs):
        return np.zeros((*paragraphs.shape, len(EVIDENCE)))
    first, size = offsets[:-1], paragraphs.shape[1]
    lengths = np.maximum(characters, 1).astype(float)
    part = (lengths / np.add.reduceat(lengths, first).repeat(offsets[1:] - first))[:, None]
    clear = _CLEAR * sentences
    bounded = np.minimum(np.maximum(sentences, -_MOST), _MOST)
    shares = np.concatenate([0.5 + 0.5 * clear / (1 + np.abs(clear)), bounded, sentences > 0], axis=1)
    sums = np.add.reduceat(part * shares, first, axis=0)
    found = np.empty((*paragraphs.shape, len(EVIDENCE)))
    found[:, :, 0] = paragraphs
    found[:, :, 1] = share = sums[:, :size]
    found[:, :, 2] = np.sqrt(share)
    found[:, :, 3] = np.maximum.reduceat(bounded, first, axis=0)
    found[:, :, 4] = sums[:, size : 2 * size]
    found[:, :, 5] = sums[:, 2 * size :]
    return found
