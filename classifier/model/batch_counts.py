"""Word counts of many paragraphs as arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from classifier.model.segment_sums import firsts
from classifier.text.joined_texts import Ints, at, steps
from classifier.text.words import Words

_PIECE = 256  # keys sorted in one go, about: numpy sorts up to some 512 by networks, ten times as fast as more


@dataclass(frozen=True, eq=False)
class Known:
    """The words of some texts in their order, those inside a vocabulary apart from those outside it (`unseen`).

    `rows`: each word's row in the vocabulary, `texts`: whose it is, rising. `unseen` has each word outside it once,
    `unseen_rows` says which of these it is at each mention, `unseen_texts` whose.
    """

    rows: Ints
    texts: Ints
    unseen: Sequence[str]
    unseen_rows: Ints
    unseen_texts: Ints

    @classmethod
    def of(cls, words: Words, rows: Ints) -> Self:
        """Sort words by their rows, which are -1 outside the vocabulary."""
        other = (rows < 0).nonzero()[0]
        if not other.size:
            return cls(rows, words.texts, (), other, other)
        known = (rows >= 0).nonzero()[0]
        numbers: dict[str, int] = {}
        found = [numbers.setdefault(word, len(numbers)) for word in words.chosen(other)]
        return cls(at(rows, known), at(words.texts, known), tuple(numbers), np.array(found), at(words.texts, other))

    def by(self, owner: Ints) -> "Known":
        """Return the same words, those of text t being `owner[t]`'s; owners rise."""
        texts, unseen_texts = at(owner, self.texts), at(owner, self.unseen_texts)
        return Known(self.rows, texts, self.unseen, self.unseen_rows, unseen_texts)


@dataclass(frozen=True, eq=False)
class BatchCounts:
    """How often words stand in each of `size` paragraphs: word `rows[i]` `counts[i]` times in `paragraphs[i]`.

    Paragraphs rise; within a paragraph the vocabulary's rows rise, and the words outside it (`unseen_rows`, places in
    `unseen`) are in the order in which they first came. So a paragraph's words are in the same order alone and in any
    batch.
    """

    size: int
    paragraphs: Ints
    rows: Ints
    counts: Ints
    unseen: Sequence[str]
    unseen_paragraphs: Ints
    unseen_rows: Ints
    unseen_counts: Ints


def count_words(words: Known, size: int) -> BatchCounts:
    """Count the words of each of `size` texts."""
    bits = int(words.rows.max(initial=0)).bit_length()
    keys = words.texts << bits | words.rows
    keys = keys.astype(np.int32) if size << bits < 1 << 31 else keys  # sorted twice as fast
    for start, end in pairwise(_pieces(words.texts)):
        keys[start:end].sort()
    first = firsts(keys)
    counts = steps(first, len(keys))
    keys = at(keys, first).astype(np.int64)
    known = keys >> bits, keys & (1 << bits) - 1, counts
    if not words.unseen:
        return BatchCounts(size, *known, (), words.unseen_texts, words.unseen_rows, words.unseen_rows)
    mentions = words.unseen_texts << 32 | words.unseen_rows
    order = mentions.argsort(kind="stable")
    begins = firsts(mentions[order])
    place, times = order[begins], steps(begins, len(order))
    order = place.argsort()
    place = place[order]
    return BatchCounts(
        size, *known, words.unseen, words.unseen_texts[place], words.unseen_rows[place], times[order],
    )  # fmt: skip


def _pieces(texts: Ints) -> list[int]:
    """Return where words may be cut into pieces that are sorted one by one, each with whole texts; the end included."""
    if len(texts) <= _PIECE:
        return [0, len(texts)]
    begins = firsts(texts)
    return [*at(begins, firsts(begins // _PIECE)).tolist(), len(texts)]


def count_mappings(paragraphs: Iterable[Mapping[str, int]], rows: Mapping[str, int]) -> BatchCounts:
    """Return paragraphs that were counted before."""
    size, known = 0, dict[int, int]()
    numbers: dict[str, int] = {}
    unseen: list[tuple[int, int, int]] = []
    for counts in paragraphs:
        for word, count in counts.items():
            if (row := rows.get(word)) is None:
                unseen.append((size, numbers.setdefault(word, len(numbers)), count))
            else:
                known[size << 32 | row] = count
        size += 1
    keys = sorted(known)
    found = np.array(keys, np.int64)
    return BatchCounts(
        size, found >> 32, found & (1 << 32) - 1, np.array([known[key] for key in keys], np.int64),
        tuple(numbers), *np.array(unseen, np.int64).reshape(-1, 3).T,
    )  # fmt: skip
