"""Word counts of many paragraphs as arrays."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.model.segment_sums import firsts
from classifier.text.joined_texts import Ints
from classifier.text.words import Words


@dataclass(frozen=True, eq=False)
class BatchCounts:
    """How often words stand in each of `size` paragraphs: word `rows[i]` `counts[i]` times in `paragraphs[i]`.

    Paragraphs rise; within a paragraph the vocabulary's rows rise, and the words outside it (`unseen`) are in the
    order in which they first came. So a paragraph's words are in the same order alone and in any batch.
    """

    size: int
    paragraphs: Ints
    rows: Ints
    counts: Ints
    unseen: Sequence[str]
    unseen_paragraphs: Ints
    unseen_counts: Ints


def count_words(words: Words, rows: Ints, texts: Ints, size: int) -> BatchCounts:
    """Count the words of each of `size` texts.

    `rows`: each word's row in a vocabulary, -1 outside it; `texts`: whose each word is, rising.
    """
    other = np.flatnonzero(rows < 0)
    bits = int(rows.max(initial=0)).bit_length()
    keys = texts << bits | rows  # of words outside the vocabulary they are below 0: -1 has all bits set
    keys = keys.astype(np.int32) if size << bits < 1 << 31 else keys  # sorted twice as fast
    keys.sort()
    keys = keys[len(other) :]
    first = firsts(keys)
    unseen = Counter(zip(texts.take(other).tolist(), words.chosen(other), strict=True))
    return _batch_counts(size, keys.take(first).astype(np.int64), bits, np.diff(first, append=len(keys)), unseen)


def count_mappings(paragraphs: Iterable[Mapping[str, int]], rows: Mapping[str, int]) -> BatchCounts:
    """Return paragraphs that were counted before."""
    size, known, unseen = 0, {}, {}
    for counts in paragraphs:
        for word, count in counts.items():
            if (row := rows.get(word)) is None:
                unseen[size, word] = count
            else:
                known[size << 32 | row] = count
        size += 1
    keys = sorted(known)
    return _batch_counts(size, np.array(keys, np.int64), 32, np.array([known[key] for key in keys], np.int64), unseen)


def _batch_counts(size: int, keys: Ints, bits: int, counts: Ints, unseen: Mapping[tuple[int, str], int]) -> BatchCounts:
    return BatchCounts(
        size, keys >> bits, keys & (1 << bits) - 1, counts, [word for _, word in unseen],
        np.array([paragraph for paragraph, _ in unseen], np.int64), np.array(list(unseen.values()), np.int64),
    )  # fmt: skip
