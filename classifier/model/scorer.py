"""What runs: a trained pipeline boiled down to two weights a word and label. Needs numpy only.

All features are linear in word counts, so with tf = 1 + ln(count)
score = intercept + Σ tf(word) · (evidence(word) / word length + inner evidence(word) / piece length),
the lengths being those of the words and pieces as vectors. A word that training never saw
has no evidence of its own, but that of the pieces inside it. Paragraphs and sentences have the same weights; a
sentence is read with its neighbours: its score is the mean of its own and, at `neighbour_weight`, that of the words of
it and the sentences beside it. What a paragraph's score and its sentences' say together is in `sentence_evidence`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats, sigmoid
from classifier.model.batch_counts import Counted, Known, counted, counted_mappings
from classifier.model.oov import UnseenWords
from classifier.model.segment_sums import damped, grouped, sums
from classifier.model.sentence_evidence import EVIDENCE, evidence, neighbours
from classifier.model.vocabulary import Vocabulary
from classifier.text.joined_texts import Ints
from classifier.text.units import Units

# Kept in single precision on disk; `compile_scorer` rounds to it, so that storing changes nothing.
SINGLE = frozenset({"idf", "evidence", "inner_evidence", "inner_length", "piece_weight", "piece_evidence"})


@dataclass(frozen=True, eq=False)
class Judged:
    """What a scorer says of P paragraphs and their S sentences: probabilities of L labels.

    `evidence` (P × L × 6): what the paragraphs' were worked out from (`sentence_evidence.EVIDENCE`). `topics` (P × K):
    the paragraphs' places in the topic model; None unless asked for.
    """

    paragraphs: Floats
    sentences: Floats
    evidence: Floats
    topics: Floats | None = None


@dataclass(frozen=True, eq=False)
class Scorer:
    """Arrays of a compiled model. V words, P pieces, T topic words, K topics, L labels.

    `evidence` (V × L): what a word says by itself; `inner_evidence` (V × L): what the pieces inside it say,
    `inner_length` (V): their Euclidean length. `piece_evidence` (P × L) and `piece_weight` (P): the same by
    piece, for words outside the vocabulary. What topics say is in `loadings` (T × K, in the order of
    `topic_words`, rows of `words`) and `topic_evidence` (K × L). `weights` (L × 6) and `offset`: how a paragraph's
    evidence becomes log-odds; `sentence_slope` and `sentence_offset`: how a sentence's score does.
    `threshold`, `low`, `high` (L): from where a label is given, and where decisions are in doubt.
    """

    words: tuple[str, ...]
    idf: Floats
    unknown_idf: float
    evidence: Floats
    inner_evidence: Floats
    inner_length: Floats
    pieces: tuple[str, ...]
    piece_weight: Floats
    piece_evidence: Floats
    piece_length: int
    topic_words: NDArray[np.int64]
    loadings: NDArray[np.float16]
    topic_evidence: Floats
    intercept: Floats
    weights: Floats
    offset: Floats
    threshold: Floats
    low: Floats
    high: Floats
    neighbour_weight: float
    sentence_slope: Floats
    sentence_offset: Floats
    sentence_threshold: Floats
    sentence_low: Floats
    sentence_high: Floats

    @cached_property
    def rows(self) -> dict[str, int]:
        """Each known word's row."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def topic_loadings(self) -> Floats:
        """What each topic word says for each topic, rarity included (T × K)."""
        weighted: Floats = self.loadings.astype(float) * self.idf[self.topic_words, None]
        return weighted

    @cached_property
    def with_topics(self) -> Floats:
        """Evidence of words and of topics together (V × L)."""
        total = self.evidence.copy()
        total[self.topic_words] += self.topic_loadings @ self.topic_evidence
        return total

    def probabilities(self, paragraphs: Sequence[Mapping[str, int]]) -> Floats:
        """Return the calibrated probabilities (paragraphs × labels) of paragraphs given as word counts.

        Their sentences are not known apart, so each is taken for one sentence.
        """
        totals = self._totals(counted_mappings(paragraphs, self.rows))
        size = len(paragraphs)
        return self._judged(totals, totals, np.arange(size + 1), np.ones(size, np.int64)).paragraphs

    def judge(self, units: Units, *, topics: bool = False) -> Judged:
        """Return what there is to say of paragraphs and sentences that were cut into words.

        A paragraph's figures are the same, to the last bit, alone and in any batch.
        """
        words = Known.of(units.words, self._vocabulary.rows(units.words))
        sentences = counted(words, units.words.count)
        paragraphs = counted(words.by(units.owner), len(units.offsets) - 1)
        totals = self._totals(paragraphs)
        judged = self._judged(totals, self._totals(sentences), units.offsets, units.characters)
        return replace(judged, topics=self._topics(paragraphs, totals)) if topics else judged

    def score(self, counts: Mapping[str, int]) -> Floats:
        """Return a paragraph's uncalibrated scores (log-odds), one a label."""
        return np.asarray(self._from_totals(self._totals(counted_mappings([counts], self.rows)))[0])

    def _judged(self, totals: Floats, sentences: Floats, offsets: Ints, characters: Ints) -> Judged:
        weight = self.neighbour_weight
        near = self._from_totals(neighbours(sentences, offsets))
        scores = (self._from_totals(sentences) + weight * near) / (1 + weight)
        found = evidence(self._from_totals(totals), scores, offsets, characters)
        log_odds = self.offset + sum(found[:, :, k] * self.weights[:, k] for k in range(len(EVIDENCE)))
        return Judged(sigmoid(log_odds), sigmoid(scores * self.sentence_slope + self.sentence_offset), found)

    def _totals(self, counts: Counted) -> Floats:
        """Return each text's sums over its words of what `_by_row` holds."""
        known = sums(counts.size, counts.paragraphs, counts.counts, self._by_row.take(counts.rows, axis=0))
        if not counts.unseen:
            return known
        rows = self._by_unseen(counts.unseen).take(counts.unseen_rows, axis=0)
        unseen = sums(counts.size, counts.unseen_paragraphs, counts.unseen_counts, rows)
        return known + unseen

    def _from_totals(self, totals: Floats) -> Floats:
        lengths = _lengths(totals)
        own, inner = totals[:, : self.size], totals[:, self.size : -2]
        return np.asarray(self.intercept + own / lengths[:, :1] + inner / lengths[:, 1:])

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self.words, self.idf)

    @cached_property
    def _by_row(self) -> Floats:
        """What `sums` adds up: evidence with topics, inner evidence, both squared lengths (V × (2 L + 2))."""
        squares = np.square(np.column_stack([self.idf, self.inner_length]))
        return np.hstack([self.with_topics, self.inner_evidence, squares])

    def _by_unseen(self, words: Sequence[str]) -> Floats:
        """Return the same for words outside the vocabulary."""
        evidence = self.unseen_words.evidence(words)
        squares = np.column_stack([np.full(len(words), self.unknown_idf**2), evidence[:, -1]])
        return np.hstack([np.zeros((len(words), self.size)), evidence[:, :-1], squares])

    @cached_property
    def unseen_words(self) -> UnseenWords:
        """What words outside the vocabulary say."""
        return UnseenWords(self.pieces, self.piece_weight, self.piece_evidence, self.piece_length)

    def by_topic(self, counts: Mapping[str, int]) -> Floats:
        """Return what each topic adds to the scores (topics × labels)."""
        return np.asarray(self.topics([counts])[0][:, None] * self.topic_evidence)

    def topics(self, paragraphs: Sequence[Mapping[str, int]]) -> Floats:
        """Return paragraphs' places in the topic model (paragraphs × K), in units of the spread, 0 = no sign of it."""
        counts = counted_mappings(paragraphs, self.rows)
        return self._topics(counts, self._totals(counts))

    def _topics(self, counts: Counted, totals: Floats) -> Floats:
        places: NDArray[np.int64] = self._topic_places[counts.rows]
        found = np.flatnonzero(places >= 0)
        rows = self.topic_loadings.take(places[found], axis=0) * damped(counts.counts[found])[:, None]
        return np.asarray(grouped(counts.size, counts.paragraphs[found], rows) / _lengths(totals)[:, :1])

    @cached_property
    def _topic_places(self) -> NDArray[np.int64]:
        """Each word's place among the topic words (V), -1 for the others."""
        places: NDArray[np.int64] = np.full(len(self.words), -1)
        places[self.topic_words] = np.arange(len(self.topic_words))
        return places

    @property
    def size(self) -> int:
        """The number of labels."""
        return len(self.intercept)

    def arrays(self) -> dict[str, Any]:
        """Return the fields as arrays that `numpy.savez` stores without pickle."""
        return {one.name: _packed(one.name, getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Rebuild a scorer from what `arrays` gave, now or before sentences were known (format 1)."""
        if "weights" not in arrays:
            arrays = _without_sentences(arrays)
        return cls(**{one.name: _unpacked(one.name, arrays[one.name]) for one in fields(cls)})


def _lengths(totals: Floats) -> Floats:
    """Return the Euclidean lengths of each paragraph's words and pieces (paragraphs × 2); 1 where there are none."""
    lengths = np.sqrt(totals[:, -2:])
    lengths[lengths == 0] = 1
    return np.asarray(lengths)


def _without_sentences(arrays: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """Return a model of format 1 as one of today: the paragraph's own score alone counts, and answers for sentences."""
    slope = arrays["slope"]
    weights = np.zeros((len(slope), len(EVIDENCE)))
    weights[:, 0] = slope
    same = {f"sentence_{name}": arrays[name] for name in ("slope", "offset", "threshold", "low", "high")}
    return {**arrays, "weights": weights, "neighbour_weight": np.array(0.0), **same}


def _packed(name: str, value: Any) -> NDArray[Any]:
    if isinstance(value, tuple):
        return np.frombuffer("\n".join(value).encode(), np.uint8)
    return np.asarray(value, np.float32) if name in SINGLE else np.asarray(value)


def _unpacked(name: str, array: NDArray[Any]) -> Any:
    if name in {"words", "pieces"}:
        return tuple(array.tobytes().decode().split("\n")) if array.size else ()
    if name in SINGLE:
        return array.astype(float)
    return array.item() if array.ndim == 0 else array
