"""Many labelled paragraphs as arrays, to find those that are most like a text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.model.segment_sums import damp_counts
from classifier.model.similar.word_features import Pieces, TextFeatures, WordFeatures, piece_lengths
from classifier.text.joined_texts import Ints

Counts = Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Index:
    """The words of N paragraphs, each of which has some, by word: where it stands and how often.

    Word w is row w of the vocabulary, from V on place w - V in `extra`. It stands in the paragraphs
    `owners[begins[w]]` to `owners[begins[w + 1] - 1]`, in each as often as `counts` says. `word_lengths`,
    `piece_lengths` (N): of a paragraph's two vectors (`word_features`), the second 0 for one without known pieces.
    """

    features: WordFeatures
    extra: tuple[str, ...]
    owners: Ints
    counts: Ints
    begins: Ints
    word_lengths: Floats
    piece_lengths: Floats

    @classmethod
    def of(cls, paragraphs: Sequence[Counts], features: WordFeatures) -> "Index":
        """Return the index of paragraphs given as word counts; raise ValueError for one without words."""
        if not all(paragraphs):
            raise ValueError("a paragraph without words is like none")
        extra: dict[str, int] = {}
        words = _numbers((word for counts in paragraphs for word in counts), features, extra)
        counts = np.fromiter((count for one in paragraphs for count in one.values()), np.int64, len(words))
        sizes = np.fromiter(map(len, paragraphs), np.int64, len(paragraphs))
        starts = sizes.cumsum() - sizes
        tf = damp_counts(counts)
        rarity = np.concatenate([features.scorer.idf, np.full(len(extra), features.scorer.unknown_idf)])
        squares = np.square(tf * rarity.take(words))
        of_words = np.sqrt(np.add.reduceat(squares, starts)) if len(starts) else np.zeros(0)
        of_pieces = piece_lengths(features, features.pieces_inside(tuple(extra)), words, tf, starts)
        order = words.argsort(kind="stable")
        owners = np.repeat(np.arange(len(paragraphs)), sizes)[order]
        begins = np.concatenate([[0], np.bincount(words, minlength=len(rarity)).cumsum()])
        return cls(features, tuple(extra), owners, counts[order], begins, of_words, of_pieces)

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return len(self.word_lengths)

    def similarities(self, text: TextFeatures) -> Floats:
        """Return how like a text each paragraph is (N): the cosine of their vectors of words and pieces."""
        of_pieces = np.concatenate([text.of_known, self._inside.sums(text.by_piece)]).repeat(self._often)
        of_pieces *= self._tf
        pieces = np.bincount(self.owners, of_pieces, len(self)) / self._divisors
        words = self._word_products(text) / self.word_lengths
        return np.asarray((words + pieces) / np.sqrt(text.blocks * self._blocks))

    def in_common(self, paragraph: int, text: TextFeatures) -> tuple[str, ...]:
        """Return the words that a paragraph and a text have in common, those that make them most alike first."""
        gains = []
        for word, gain in text.words.items():
            some = self._postings(word)
            place = some.start + int(np.searchsorted(self.owners[some], paragraph))
            if place < some.stop and self.owners[place] == paragraph:
                gains.append((-gain * float(self._tf[place]), word))
        return tuple(word for _, word in sorted(gains))

    def _word_products(self, text: TextFeatures) -> Floats:
        """Return the product of each paragraph's vector of words with the text's (N)."""
        some = [(self._postings(word), gain) for word, gain in text.words.items()]
        owners = np.concatenate([self.owners[places] for places, _ in some])
        products = np.concatenate([self._tf[places] * gain for places, gain in some])
        return np.asarray(np.bincount(owners, products, len(self)), float)

    def _postings(self, word: str) -> slice:
        number = self.features.scorer.rows.get(word, self._extra_numbers.get(word))
        return slice(0, 0) if number is None else slice(int(self.begins[number]), int(self.begins[number + 1]))

    @cached_property
    def _extra_numbers(self) -> dict[str, int]:
        return {word: self.features.size + place for place, word in enumerate(self.extra)}

    @cached_property
    def _inside(self) -> Pieces:
        return self.features.pieces_inside(self.extra)

    @cached_property
    def _often(self) -> Ints:
        """In how many paragraphs each word stands."""
        return np.diff(self.begins)

    @cached_property
    def _tf(self) -> Floats:
        return damp_counts(self.counts)

    @cached_property
    def _divisors(self) -> Floats:
        return np.where(self.piece_lengths > 0, self.piece_lengths, 1.0)

    @cached_property
    def _blocks(self) -> Ints:
        """How many of a paragraph's two vectors are not 0 (N)."""
        return 1 + (self.piece_lengths > 0).astype(np.int64)


def _numbers(words: Iterable[str], features: WordFeatures, extra: dict[str, int]) -> Ints:
    """Return the words' numbers; those that the scorer does not know are entered into `extra`."""
    known, size = features.scorer.rows, features.size
    found = [known[word] if word in known else size + extra.setdefault(word, len(extra)) for word in words]
    return np.array(found, np.int64)
