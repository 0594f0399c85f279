"""The words of many texts as arrays: where each begins, how long it is, whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classifier.text.joined_texts import END, HAN_RUN, Ints


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
    def of(cls, string: str, lengths: Ints, count: int) -> "Words":
        """Find the words in a string that has END behind each of the texts and was cut into these lengths."""
        starts = lengths.cumsum() - lengths
        opening = np.frombuffer(string.encode("utf-16-le"), "<u2").take(starts)
        texts = np.cumsum(opening == ord(END))
        which = np.flatnonzero(opening >= ord(HAN_RUN.pattern[1]))
        return cls(string, starts.take(which), lengths.take(which), texts.take(which), count)

    def __iter__(self) -> Iterator[str]:
        """Yield the words."""
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            yield self.string[start : start + length]

    def chosen(self, which: Ints) -> "Words":
        """Return the words of these numbers."""
        return Words(self.string, self.starts.take(which), self.lengths.take(which), self.texts.take(which), self.count)
