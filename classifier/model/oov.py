"""What words outside the vocabulary say: only what the pieces inside them do."""

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from classifier.model.arithmetic import Floats
from classifier.model.segment_sums import firsts
from classifier.model.vocabulary import PACKED, Vocabulary, join_words
from classifier.text.joined_texts import Ints, at, steps

_KEPT = 50_000  # words whose weights are kept: some 10 MB


class UnseenWords:
    """Weights of words by their pieces, worked out once a word and kept within bounds.

    `idf` (P): how rare each piece is; `weights` (P × L): what it says; `longest`: characters of the longest piece.
    """

    def __init__(self, names: Sequence[str], idf: Floats, weights: Floats, longest: int) -> None:
        self._names = names
        self._idf, self._weights, self._longest = idf, weights, longest
        self._kept: dict[str, bytes] = {}

    def weights(self, words: Sequence[str]) -> Floats:
        """Return the words' weights (words × L + 1): one a label, in the last the squared length of their pieces."""
        kept = self._kept  # another thread may put a fresh one in its place
        missing = list(dict.fromkeys(word for word in words if word not in kept))
        rows = self._worked_out(missing) if missing else ()
        new = {word: row.tobytes() for word, row in zip(missing, rows, strict=True)}
        row_bytes = b"".join([new.get(word) or kept[word] for word in words])
        if len(kept) + len(new) > _KEPT:
            self._kept = kept = {}
        kept.update(new)
        return np.frombuffer(row_bytes).reshape(len(words), self._weights.shape[1] + 1)

    def _worked_out(self, words: Sequence[str]) -> Floats:
        owners, rows = self.inside(words)
        result = np.zeros((len(words), self._weights.shape[1] + 1))
        for label in range(self._weights.shape[1]):
            result[:, label] = np.bincount(owners, self._weights[rows, label], len(words))
        # A piece that stands twice in a word counts twice, so word and piece are counted as one number: the word's in
        # the upper 32 bits, the piece's in the lower. Word 0 with pieces 7, 7, 9 and word 1 with piece 7:
        #     owners << 32 | rows   0:7 0:7 0:9 1:7   →   keys 0:7 0:9 1:7, times 2 1 1
        #     keys >> 32            0   0   1         (the words), keys & 0xFFFFFFFF 7 9 7 (their pieces)
        keys = np.sort(owners << 32 | rows)
        begins = firsts(keys)
        keys, times = keys[begins], steps(begins, len(keys))
        squares = np.square(self._idf[keys & 0xFFFFFFFF] * times)
        result[:, -1] = np.bincount(keys >> 32, squares, len(words))
        return result

    def inside(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the pieces inside words: whose each is, and its row. Of one word the shorter ones come first."""
        code_units, starts, lengths = join_words(words)
        if self._longest > PACKED or len(code_units) != sum(map(len, words)) or not code_units.all():
            return self._inside_one_by_one(words)
        owners, places, sizes = [], [], []
        for size in range(1, self._longest + 1):
            times = np.maximum(lengths - size + 1, 0)
            owner = np.repeat(np.arange(len(words)), times)
            owners.append(owner)
            places.append(at(starts, owner) + np.arange(len(owner)) - at(times.cumsum() - times, owner))
            sizes.append(np.full(len(owner), size))
        rows = self._vocabulary.short_rows(code_units, np.concatenate(places), np.concatenate(sizes))
        found = np.flatnonzero(rows >= 0)
        return np.concatenate(owners)[found], rows[found]

    def _inside_one_by_one(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the same for words and pieces that may not be one number."""
        find, longest = self._rows.get, self._longest
        inside = [
            [row for part in _parts(len(word), longest) if (row := find(word[part])) is not None] for word in words
        ]
        sizes = np.fromiter(map(len, inside), np.int64, len(inside))
        return np.repeat(np.arange(len(words)), sizes), np.array([row for found in inside for row in found], np.int64)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._names, self._idf)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {piece: row for row, piece in enumerate(self._names)}


@cache
def _parts(size: int, longest: int) -> tuple[slice, ...]:
    """Return where the pieces of a word of `size` characters stand, in the order of `pieces`."""
    lengths = range(1, min(longest, size) + 1)
    return tuple(slice(start, start + n) for n in lengths for start in range(size - n + 1))
