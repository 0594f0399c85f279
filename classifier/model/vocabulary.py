"""Rows of words by arithmetic: a hash table in two arrays, asked for many words in one go.

A dictionary of strings costs more than cutting the text: each word is a new string to hash and to compare.
Nearly all words have at most four characters, which are one 64-bit number as they stand in the text.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.text.joined_texts import CodeUnits, Ints, as_code_units, at
from classifier.text.words import Words

PACKED = 4  # UTF-16 units in a 64-bit key
_MASKS = np.array([(1 << 16 * length) - 1 for length in range(PACKED + 1)], np.uint64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: multiplicative hashing (Knuth, TAOCP 6.4)
_EMPTY = np.uint64(0)

Keys = NDArray[np.uint64]


class Vocabulary:
    """Words and their rows: 0, 1, 2 … in the order given.

    Open addressing with linear probing (Knuth, TAOCP 6.4): a key lies in the slot that its hash names, or in the first
    free one behind it. With eight slots and the words 招商 (hash 3), 项目 (hash 3) and 民生 (hash 4):

        slot    0   1   2   3    4    5    6   7
        key                 招商 民生 项目             项目 found 3 and 4 taken
        row    -1  -1  -1   0    2    1   -1  -1

    项目 is looked for at 3 and 4 (other keys: go on), then at 5 (found: row 1). 教育, of hash 4, would be looked for at
    4, 5 and 6, which is empty: it is no word of ours. Most slots stay empty, so most words are found at once; the more
    so as common words, those of little `rarity`, are put in first.
    """

    def __init__(self, words: Sequence[str], rarity: Floats) -> None:
        code_units, starts, lengths = join_words(words)
        self._long = {words[row]: row for row in np.flatnonzero(lengths > PACKED).tolist()}
        short = np.flatnonzero(lengths <= PACKED)
        short = at(short, rarity[short].argsort(kind="stable"))
        bits = max(4, (3 * len(short)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros(1 << bits, np.uint64)
        self._rows = np.full(1 << bits, -1, np.int64)
        self._fill(_keys(code_units, at(starts, short), at(lengths, short)), short)

    def rows(self, words: Words) -> Ints:
        """Return each word's row, -1 for words that are not in the vocabulary."""
        rows = self.short_rows(words.code_units, words.starts, words.lengths)
        long = (words.lengths > PACKED).nonzero()[0]
        if long.size:
            rows[long] = [self._long.get(word, -1) for word in words.chosen(long)]
        return rows

    def short_rows(self, code_units: CodeUnits, starts: Ints, lengths: Ints) -> Ints:
        """Return the rows of words of at most four characters that stand at some places of joined texts, else -1.

        Of a longer one the row is that of its beginning.
        """
        keys = _keys(code_units, starts, lengths)
        slots = self._first(keys)
        held = at(self._keys, slots)
        rows = at(self._rows, slots)
        other = (held != keys).nonzero()[0]
        rows[other] = -1
        left = other[at(held, other) != _EMPTY]
        self._look_on(rows, keys, left, slots[left])
        return rows

    def _look_on(self, rows: Ints, keys: Keys, left: Ints, slots: Ints) -> None:
        """Look for the keys at `left` behind their `slots`, all of them a slot at a time, and fill in their rows."""
        while left.size:
            slots = self._next(slots)
            held = self._keys[slots]
            found = held == keys[left]
            rows[left[found]] = self._rows[slots[found]]
            going = ~found & (held != _EMPTY)
            left, slots = left[going], slots[going]

    def _first(self, keys: Keys) -> Ints:
        return (keys * _SPREAD >> self._shift).view(np.int64)

    def _next(self, slots: Ints) -> Ints:
        return (slots + 1) & (len(self._keys) - 1)

    def _fill(self, keys: Keys, rows: Ints) -> None:
        """Put each key into the first free slot from its own on, all of them a step at a time."""
        slots, first = self._first(keys), np.zeros(len(self._keys), np.int64)
        while keys.size:
            free = np.flatnonzero(self._keys[slots] == _EMPTY)
            first[slots[free[::-1]]] = free[::-1]  # of several keys for a slot the first is written last
            placed = free[first[slots[free]] == free]
            self._keys[slots[placed]], self._rows[slots[placed]] = keys[placed], rows[placed]
            left = np.ones(len(keys), bool)
            left[placed] = False
            keys, rows, slots = keys[left], rows[left], self._next(slots[left])


def _keys(code_units: CodeUnits, starts: Ints, lengths: Ints) -> Keys:
    """Return the words as numbers: exact for up to four characters, else only their beginning.

    A window of four characters begins at every character of the text; the windows overlap, and the mask of a word's
    length takes away what follows the word. Of 招商引资工作, the words 招商 and 工作:

        windows          招商引资 商引资工 引资工作 资工作. 工作.. 作...      a step of two bytes, eight bytes wide
        starts           0 and 4                                   windows 招商引资 and 工作..
        masks of 2       0x00000000FFFFFFFF                        keys 招商.. and 工作..
    """
    data = code_units.tobytes() + bytes(2 * PACKED)
    windows: Keys = np.ndarray(len(code_units) + 1, "<u8", data, strides=(2,))
    whole = windows.astype(np.uint64)  # a copy: to look up in what overlaps takes longer
    return at(whole, starts) & at(_MASKS, lengths)


def join_words(words: Sequence[str]) -> tuple[CodeUnits, Ints, Ints]:
    """Return the code units of words one behind the other, where each begins, and its length in them."""
    code_units = as_code_units("".join(words))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    if lengths.sum() != len(code_units):  # some hold characters beyond 16 bits
        lengths = np.array([len(as_code_units(word)) for word in words], np.int64)
    return code_units, lengths.cumsum() - lengths, lengths
