"""What runs: a trained pipeline boiled down to two weights a word and label. Needs numpy only.

All features are linear in word counts, so with tf = 1 + ln(count)
score = intercept + Σ tf(word) · (weight(word) / word length + inner weight(word) / piece length),
the lengths being those of the words and pieces as vectors. A word that training never saw
has no weight of its own, but that of the pieces inside it. Paragraphs and sentences have the same weights; a
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
from classifier.model.batch_counts import BatchCounts, Known, count_mappings, count_words
from classifier.model.oov import UnseenWords
from classifier.model.scorer_arrays import STORED_AS, packed, unpacked, without_sentences
from classifier.model.segment_sums import damp_counts, damped_sums, sums_by_paragraph
from classifier.model.sentence_evidence import EVIDENCE, neighbours, paragraph_evidence
from classifier.model.vocabulary import Vocabulary
from classifier.text.joined_texts import Ints, at
from classifier.text.units import Units

NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a scorer says of P paragraphs and their S sentences: probabilities of L labels.

    `evidence` (P × L × 6): what the paragraphs' were worked out from (`sentence_evidence.EVIDENCE`). `known_words` (P):
    how many different words of a paragraph are in the vocabulary, mere numbers left out. `topics` (P × K): the
    paragraphs' places in the topic model; None unless asked for.
    """

    paragraphs: Floats
    sentences: Floats
    evidence: Floats
    known_words: Ints
    topics: Floats | None = None


@dataclass(frozen=True, eq=False)
class Scorer:
    """Arrays of a compiled model. V words, P pieces, T topic words, K topics, L labels.

    `word_weights` (V × L): what a word says by itself; `inner_weights` (V × L): what the pieces inside it say,
    `inner_length` (V): their Euclidean length. `piece_weights` (P × L) and `piece_idf` (P): what a piece says and how
    rare it is, for words outside the vocabulary. What topics say is in `loadings` (T × K, in the order of
    `topic_words`, rows of `words`) and `topic_weights` (K × L). `evidence_weights` (L × 6) and `evidence_intercept`
    (L): how a paragraph's evidence becomes log-odds; `sentence_slope` and `sentence_intercept` (L): how a sentence's
    score does.
    `threshold`, `low`, `high` (L): from where a label is given, and where decisions are in doubt.
    """

    words: tuple[str, ...]
    idf: Floats
    unknown_idf: float
    word_weights: Floats
    inner_weights: Floats
    inner_length: Floats
    pieces: tuple[str, ...]
    piece_idf: Floats
    piece_weights: Floats
    piece_length: int
    topic_words: NDArray[np.int64]
    loadings: NDArray[np.float16]
    topic_weights: Floats
    intercept: Floats
    evidence_weights: Floats
    evidence_intercept: Floats
    threshold: Floats
    low: Floats
    high: Floats
    neighbour_weight: float
    sentence_slope: Floats
    sentence_intercept: Floats
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
    def weights_with_topics(self) -> Floats:
        """What words and their topics say together (V × L)."""
        total = self.word_weights.copy()
        total[self.topic_words] += self.topic_loadings @ self.topic_weights
        return total

    def probabilities(self, paragraphs: Sequence[Mapping[str, int]]) -> Floats:
        """Return the calibrated probabilities (paragraphs × labels) of paragraphs given as word counts.

        Their sentences are not known apart, so each is taken for one sentence.
        """
        totals = self._totals(count_mappings(paragraphs, self.rows))
        size = len(paragraphs)
        nothing = np.zeros(size, np.int64)  # is asked of what they know
        return self._predict(totals, totals, np.arange(size + 1), np.ones(size, np.int64), nothing).paragraphs

    def predict(self, units: Units, *, topics: bool = False) -> Predictions:
        """Return what there is to say of paragraphs and sentences that were cut into words.

        A paragraph's figures are the same, to the last bit, alone and in any batch.
        """
        words = Known.of(units.words, self._vocabulary.rows(units.words))
        paragraphs = sentences = count_words(words, units.words.count)
        totals = sentence_totals = self._totals(sentences)
        if len(units.offsets) - 1 < sentences.size:  # else each paragraph is its only sentence
            paragraphs = count_words(words.by(units.owner), len(units.offsets) - 1)
            totals = self._totals(paragraphs)
        telling = paragraphs.paragraphs[at(self._telling, paragraphs.rows)]
        known = np.bincount(telling, minlength=paragraphs.size)
        predictions = self._predict(totals, sentence_totals, units.offsets, units.characters, known)
        return replace(predictions, topics=self._topics(paragraphs, totals)) if topics else predictions

    def score(self, counts: Mapping[str, int]) -> Floats:
        """Return a paragraph's uncalibrated scores (log-odds), one a label."""
        return np.asarray(self._from_totals(self._totals(count_mappings([counts], self.rows)))[0])

    def _predict(
        self, paragraph_totals: Floats, sentence_totals: Floats, offsets: Ints, characters: Ints, known: Ints
    ) -> Predictions:
        weight = self.neighbour_weight
        own = with_neighbours = of_paragraphs = self._from_totals(sentence_totals)
        if paragraph_totals is not sentence_totals:  # else each paragraph is its only sentence
            with_neighbours = self._from_totals(neighbours(sentence_totals, offsets))
            of_paragraphs = self._from_totals(paragraph_totals)
        scores = (own + weight * with_neighbours) / (1 + weight)
        evidence = paragraph_evidence(of_paragraphs, scores, offsets, characters)
        log_odds = self.evidence_intercept + sum(
            evidence[:, :, k] * self.evidence_weights[:, k] for k in range(len(EVIDENCE))
        )
        of_sentences = sigmoid(scores * self.sentence_slope + self.sentence_intercept)
        return Predictions(sigmoid(log_odds), of_sentences, evidence, known)

    def _totals(self, counts: BatchCounts) -> Floats:
        """Return each text's sums over its words of what `_by_row` holds."""
        known = damped_sums(counts.size, counts.paragraphs, counts.counts, counts.rows, self._by_row)
        if not counts.unseen:
            return known
        weights = self._by_unseen(counts.unseen)
        return known + damped_sums(
            counts.size, counts.unseen_paragraphs, counts.unseen_counts, counts.unseen_rows, weights
        )

    def _from_totals(self, totals: Floats) -> Floats:
        lengths = _lengths(totals)
        own, inner = totals[:, : self.size], totals[:, self.size : -2]
        return np.asarray(self.intercept + own / lengths[:, :1] + inner / lengths[:, 1:])

    @cached_property
    def _telling(self) -> NDArray[np.bool_]:
        """Which words say something (V): not a mere number, such as stands before a heading."""
        telling = np.ones(len(self.words), bool)
        numbers = [row for row, word in enumerate(self.words) if word[:1] in NUMERALS and NUMERALS.issuperset(word)]
        telling[numbers] = False
        return telling

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self.words, self.idf)

    @cached_property
    def _by_row(self) -> Floats:
        """What `damped_sums` adds up: weights with topics, inner weights, both squared lengths (V × (2 L + 2))."""
        squares = np.square(np.column_stack([self.idf, self.inner_length]))
        return np.hstack([self.weights_with_topics, self.inner_weights, squares])

    def _by_unseen(self, words: Sequence[str]) -> Floats:
        """Return for words outside the vocabulary (W) what `_by_row` holds for those inside it (W × (2 L + 2))."""
        weights = self.unseen_words.weights(words)
        squares = np.column_stack([np.full(len(words), self.unknown_idf**2), weights[:, -1]])
        return np.hstack([np.zeros((len(words), self.size)), weights[:, :-1], squares])

    @cached_property
    def unseen_words(self) -> UnseenWords:
        """What words outside the vocabulary say."""
        return UnseenWords(self.pieces, self.piece_idf, self.piece_weights, self.piece_length)

    def by_topic(self, counts: Mapping[str, int]) -> Floats:
        """Return what each topic adds to the scores (topics × labels)."""
        return np.asarray(self.topics([counts])[0][:, None] * self.topic_weights)

    def topics(self, paragraphs: Sequence[Mapping[str, int]]) -> Floats:
        """Return paragraphs' places in the topic model (paragraphs × K), in units of the spread, 0 = no sign of it."""
        counts = count_mappings(paragraphs, self.rows)
        return self._topics(counts, self._totals(counts))

    def _topics(self, counts: BatchCounts, totals: Floats) -> Floats:
        places: NDArray[np.int64] = self._topic_places[counts.rows]
        known = (places >= 0).nonzero()[0]
        rows = self.topic_loadings.take(places[known], axis=0) * damp_counts(counts.counts[known])[:, None]
        return np.asarray(sums_by_paragraph(counts.size, counts.paragraphs[known], rows) / _lengths(totals)[:, :1])

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
        """Return the fields by their names in a model's file, as arrays that `numpy.savez` stores without pickle."""
        return {
            STORED_AS.get(field.name, field.name): packed(field.name, getattr(self, field.name))
            for field in fields(self)
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Rebuild a scorer from what `arrays` gave, now or before sentences were known (format 1)."""
        if "weights" not in arrays:
            arrays = without_sentences(arrays)
        return cls(
            **{field.name: unpacked(field.name, arrays[STORED_AS.get(field.name, field.name)]) for field in fields(cls)}
        )


def _lengths(totals: Floats) -> Floats:
    """Return the Euclidean lengths of each paragraph's words and pieces (paragraphs × 2); 1 where there are none."""
    lengths = np.sqrt(totals[:, -2:])
    lengths[lengths == 0] = 1
    return np.asarray(lengths)
