"""What runs: a trained pipeline boiled down to one weight a word and label. Needs numpy only.

Because all features are linear in a paragraph's word counts, score = intercept + Σ tf(word) · evidence(word) / length,
with tf = 1 + ln(count) and length the paragraph's TF-IDF length. A word that training never saw gets
the evidence of the pieces inside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats, damp, pieces, sigmoid


@dataclass(frozen=True, eq=False)
class Scorer:
    """Arrays of a compiled model. V words, P pieces, T topic words, K topics, L labels.

    `evidence` (V × L) is what words and their pieces say; what topics say is in `loadings` (T × K, in
    the order of `topic_words`, rows of `words`) and `topic_evidence` (K × L), kept apart so that
    reasons can name topics.
    """

    words: tuple[str, ...]
    idf: Floats
    unknown_idf: float
    evidence: Floats
    pieces: tuple[str, ...]
    piece_evidence: Floats
    piece_length: int
    topic_words: NDArray[np.int64]
    loadings: NDArray[np.float32]
    topic_evidence: Floats
    intercept: Floats
    slope: Floats
    offset: Floats
    threshold: Floats
    low: Floats
    high: Floats

    @cached_property
    def rows(self) -> dict[str, int]:
        """Each known word's row."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def piece_rows(self) -> dict[str, int]:
        """Each known piece's row."""
        return {piece: row for row, piece in enumerate(self.pieces)}

    @cached_property
    def topic_loadings(self) -> Floats:
        """What each topic word says for each topic, rarity included (T × K)."""
        weighted: Floats = self.loadings.astype(float) * self.idf[self.topic_words, None]
        return weighted

    @cached_property
    def total(self) -> Floats:
        """Evidence of words, pieces and topics together (V × L)."""
        total = self.evidence.copy()
        total[self.topic_words] += self.topic_loadings @ self.topic_evidence
        return total

    def probabilities(self, paragraphs: Sequence[Mapping[str, int]]) -> Floats:
        """Return the calibrated probabilities, paragraphs × labels, of paragraphs given as word counts."""
        raw = np.vstack([self.score(counts) for counts in paragraphs]) if paragraphs else np.zeros((0, self.size))
        return sigmoid(raw * self.slope + self.offset)

    def score(self, counts: Mapping[str, int]) -> Floats:
        """Return a paragraph's uncalibrated scores (log-odds), one a label."""
        if not counts:
            return self.intercept
        evidence, weights = self.word_evidence(counts, self.total)
        return self.intercept + weights @ evidence

    def word_evidence(self, counts: Mapping[str, int], table: Floats) -> tuple[Floats, Floats]:
        """Return the words' evidence (words × labels) from `table`, and tf / length, the weight of each."""
        rows = [self.rows.get(word, -1) for word in counts]
        rarity = np.append(self.idf, self.unknown_idf)[rows] if -1 in rows else self.idf[rows]
        evidence = table[rows]
        for place, (row, word) in enumerate(zip(rows, counts, strict=True)):
            if row < 0:
                evidence[place] = self.unseen(word)
        tf = damp(np.fromiter(counts.values(), float, len(counts)))
        return evidence, tf / np.sqrt(np.sum(np.square(tf * rarity)))

    def unseen(self, word: str) -> Floats:
        """Return the evidence of a word that training did not see: that of its pieces."""
        found = [self.piece_rows[piece] for piece in pieces(word, self.piece_length) if piece in self.piece_rows]
        return np.asarray(self.piece_evidence[found].sum(axis=0))

    def topics(self, counts: Mapping[str, int]) -> Floats:
        """Return a paragraph's place in the topic model (K values, 0 = as far from it as the average)."""
        places = self._topic_places
        found = [(places[word], count) for word, count in counts.items() if word in places]
        if not found:
            return np.zeros(self.loadings.shape[1])
        _, weights = self.word_evidence(counts, self.total)
        by_word = dict(zip(counts, weights, strict=True))
        chosen = [by_word[word] for word in counts if word in places]
        return np.asarray(chosen @ self.topic_loadings[[place for place, _ in found]])

    @cached_property
    def _topic_places(self) -> dict[str, int]:
        return {self.words[row]: place for place, row in enumerate(self.topic_words)}

    @property
    def size(self) -> int:
        """The number of labels."""
        return len(self.intercept)

    def arrays(self) -> dict[str, Any]:
        """Return the fields as arrays that `numpy.savez` stores without pickle."""
        return {one.name: _packed(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Rebuild a scorer from what `arrays` gave."""
        return cls(**{one.name: _unpacked(one.name, arrays[one.name]) for one in fields(cls)})


def _packed(value: Any) -> NDArray[Any]:
    if isinstance(value, tuple):
        return np.frombuffer("\n".join(value).encode(), np.uint8)
    return np.asarray(value)


def _unpacked(name: str, array: NDArray[Any]) -> Any:
    if name in {"words", "pieces"}:
        return tuple(array.tobytes().decode().split("\n")) if array.size else ()
    return array.item() if array.ndim == 0 else array
