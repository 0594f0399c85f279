"""The words of many texts as arrays: where each begins, how long it is, whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from classifier.text.joined_texts import END, HAN_RUN, CodeUnits, Ints, as_code_units, at


@dataclass(frozen=True, eq=False)
class Words:
    """Words in the order of their texts: `string[starts[i] : starts[i] + lengths[i]]` is a word of text `texts[i]`.

    `string` holds no character beyond 16 bits; `code_units`: its UTF-16 code units. `count`: how many texts; some may
    have no words.
    """

    string: str
    code_units: CodeUnits
    starts: Ints
    lengths: Ints
    texts: Ints
    count: int

    @classmethod
    def of(cls, string: str, lengths: Ints, count: int) -> "Words":
        """Find the words in a string that has END behind each of the texts and was cut into these lengths."""
        code_units = as_code_units(string)
        starts = lengths.cumsum() - lengths
        opening = at(code_units, starts)
        texts = np.cumsum(opening == ord(END))
        which = np.flatnonzero(opening >= ord(HAN_RUN.pattern[1]))
        return cls(string, code_units, at(starts, which), at(lengths, which), at(texts, which), count)

    def __iter__(self) -> Iterator[str]:
        """Yield the words."""
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            yield self.string[start : start + length]

    def chosen(self, which: Ints) -> "Words":
        """Return the words of these numbers."""
        starts, lengths, texts = (at(array, which) for array in (self.starts, self.lengths, self.texts))
        return replace(self, starts=starts, lengths=lengths, texts=texts)
