"""Many paragraphs cut into sentences, and these into words: what a model reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classifier.text.lines import Span
from classifier.text.sentences import sentences
from classifier.text.tokens import Tokeniser
from classifier.text.words import Ints, Words


@dataclass(frozen=True, eq=False)
class Units:
    """P paragraphs and their S sentences.

    `words`: the sentences' words, `words.texts` being a sentence's number. Paragraph p has the sentences `offsets[p]`
    to `offsets[p + 1]` (P + 1), at least one. `spans` (S): a sentence's (start, end) in its paragraph's text.
    """

    words: Words
    offsets: Ints
    spans: Sequence[Span]

    @cached_property
    def owner(self) -> Ints:
        """Each sentence's paragraph (S)."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    @cached_property
    def characters(self) -> Ints:
        """Each sentence's length (S)."""
        return np.array([end - start for start, end in self.spans], np.int64)

    def worded(self) -> Ints:
        """Return the numbers of the paragraphs that hold any words; one may stand there several times."""
        return self.owner.take(self.words.texts)


def units(texts: Sequence[str], tokeniser: Tokeniser) -> Units:
    """Cut paragraphs into sentences and words. The words of a paragraph are the same as without its sentences."""
    parts = [sentences(text) or [(0, 0)] for text in texts]
    strings = [text[start:end] for text, spans in zip(texts, parts, strict=True) for start, end in spans]
    offsets = np.concatenate([[0], np.cumsum([len(spans) for spans in parts], dtype=np.int64)])
    return Units(tokeniser.words(strings), offsets, [span for spans in parts for span in spans])
