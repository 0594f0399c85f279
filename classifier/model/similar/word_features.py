"""A text's words and the pieces inside them, weighted as a scorer weighs them: what likeness goes by.

Each text is two vectors, one of words and one of pieces, both of damped counts times rarity and brought to length 1.
The cosine of two texts is that of the vectors joined (`model/features.py` joins them in the same way; topics are left
out, for they say what a text is about in general, and a reader wants the one that says the same).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classifier.model.arithmetic import Floats, damp
from classifier.model.scorer import Scorer
from classifier.model.segment_sums import firsts
from classifier.text.joined_texts import Ints

_AT_ONCE = 2000  # texts whose pieces are counted in one go


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces inside W words: `rows` of the scorer's pieces, those of word w from `starts[w]` to `starts[w + 1]`.

    One that stands twice in a word is there twice.
    """

    starts: Ints
    rows: Ints

    def sums(self, weights: Floats) -> Floats:
        """Return for each word the sum of its pieces' weights (W); `weights`: by piece."""
        found = np.zeros(len(self.starts) - 1)
        if len(self.rows):
            found[self._with_any] = np.add.reduceat(weights.take(self.rows), self.starts[self._with_any])
        return found

    @cached_property
    def _with_any(self) -> Ints:
        return np.flatnonzero(np.diff(self.starts))

    def of(self, words: Ints) -> tuple[Ints, Ints]:
        """Return the pieces of some words: whose each is (a place in `words`), and its row."""
        sizes = self.starts[words + 1] - self.starts[words]
        owners = np.repeat(np.arange(len(words)), sizes)
        first = np.repeat(self.starts[words] - (sizes.cumsum() - sizes), sizes)
        return owners, self.rows[first + np.arange(len(owners))]


@dataclass(frozen=True, eq=False)
class TextFeatures:
    """What a text is compared by. `words`: how much a mention of each of its words adds to the product of word vectors.

    `of_known` (V): what the pieces inside each word of the vocabulary add to the product of the vectors of pieces,
    `by_piece` (P) what each piece does. `blocks`: how many of the two vectors are not 0.
    """

    words: Mapping[str, float]
    of_known: Floats
    by_piece: Floats
    blocks: int


class WordFeatures:
    """The words and pieces of a scorer."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer

    @property
    def size(self) -> int:
        """How many words the scorer knows (V)."""
        return len(self.scorer.words)

    @cached_property
    def known(self) -> Pieces:
        """The pieces inside each known word."""
        return self.pieces_inside(self.scorer.words)

    def pieces_inside(self, words: Sequence[str]) -> Pieces:
        """Return the pieces inside words, those that the scorer has."""
        owners, rows = self.scorer.unseen_words.inside(words)
        order = owners.argsort(kind="stable")
        starts = np.concatenate([[0], np.bincount(owners, minlength=len(words)).cumsum()])
        return Pieces(starts, rows[order])

    def rarity(self, words: Sequence[str]) -> Floats:
        """Return how rare words are; one that the scorer does not know has the highest."""
        rows, idf = self.scorer.rows, self.scorer.idf
        unknown = self.scorer.unknown_idf
        return np.array([unknown if (row := rows.get(word)) is None else idf[row] for word in words], float)

    def of(self, counts: Mapping[str, int]) -> TextFeatures | None:
        """Return what a text with these words is compared by; None for a text without words."""
        if not counts:
            return None
        words = list(counts)
        tf = damp(np.fromiter(counts.values(), float, len(words)))
        rarity = self.rarity(words)
        length = float(np.sqrt(np.square(tf * rarity).sum()))
        gains = dict(zip(words, (tf * rarity * rarity / length).tolist(), strict=True))
        by_piece, any_piece = self._by_piece(words, tf)
        return TextFeatures(gains, self.known.sums(by_piece), by_piece, 1 + any_piece)

    def _by_piece(self, words: Sequence[str], tf: Floats) -> tuple[Floats, bool]:
        """Return what each piece adds to a product with a text's vector of pieces (P), and whether it has any."""
        idf = self.scorer.piece_idf
        inside = self.pieces_inside(words)
        owners, rows = inside.of(np.arange(len(words)))
        vector = np.bincount(rows, tf[owners], len(idf)) * idf
        length = float(np.sqrt(np.square(vector).sum()))
        return (vector * idf / length, True) if length else (vector, False)


def piece_lengths(features: WordFeatures, extra: Pieces, words: Ints, tf: Floats, starts: Ints) -> Floats:
    """Return the length of each of N texts' vector of pieces, 0 for those without.

    `words`: the texts' words one behind the other, from V on those of `extra`; `tf`: their damped counts; `starts` (N):
    where each text begins.
    """
    idf = features.scorer.piece_idf
    joined = Pieces(
        np.concatenate([features.known.starts, features.known.starts[-1] + extra.starts[1:]]),
        np.concatenate([features.known.rows, extra.rows]),
    )
    ends = np.append(starts[1:], len(words))
    squares = np.zeros(len(starts))
    for first in range(0, len(starts), _AT_ONCE):
        last = min(first + _AT_ONCE, len(starts))
        some = slice(starts[first], ends[last - 1])
        texts = np.repeat(np.arange(first, last), (ends - starts)[first:last])
        owners, rows = joined.of(words[some])
        keys = texts[owners] * len(idf) + rows
        order = keys.argsort(kind="stable")
        begins = firsts(keys[order])
        sums = np.add.reduceat(tf[some][owners][order], begins) if len(begins) else np.zeros(0)
        found = keys[order][begins]
        squares += np.bincount(found // len(idf), np.square(sums * idf[found % len(idf)]), len(starts))
    return np.asarray(np.sqrt(squares))
