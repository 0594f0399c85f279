"""The words of many texts as arrays: where each begins, how long it is, whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.text.runs import END, HAN_RUN

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Words:
    """Words in the order of their texts: `string[starts[i] : starts[i] + lengths[i]]` is a word of text `texts[i]`.

    `string` holds no character beyond 16 bits. `count`: how many texts; some may have no words.
    """

    string: str
    starts: Ints
    lengths: Ints
    texts: Ints
    count: int

    @classmethod
    def of(cls, string: str, cut: NDArray[np.int32], count: int) -> "Words":
        """Find the words in a string that has END behind each of the texts and was cut into these lengths."""
        lengths = cut.astype(np.int64)
        starts = lengths.cumsum() - lengths
        units = np.frombuffer(string.encode("utf-16-le"), "<u2")
        opening = units[starts]
        word = opening >= ord(HAN_RUN.pattern[1])
        texts = np.cumsum(opening == ord(END))
        return cls(string, starts[word], lengths[word], texts[word], count)

    def __iter__(self) -> Iterator[str]:
        """Yield the words."""
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            yield self.string[start : start + length]

    def chosen(self, which: NDArray[np.bool_]) -> "Words":
        """Return some of the words."""
        return Words(self.string, self.starts[which], self.lengths[which], self.texts[which], self.count)
