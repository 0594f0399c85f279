"""Many paragraphs cut into sentences, and these into words: what a model reads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from classifier.text.joined_texts import Ints, JoinedTexts, at, owners
from classifier.text.lines import Span
from classifier.text.sentence_arrays import sentences_of
from classifier.text.tokens import Tokeniser
from classifier.text.words import Words


@dataclass(frozen=True, eq=False)
class Units:
    """P paragraphs and their S sentences.

    `words`: the sentences' words, `words.texts` being a sentence's number. Paragraph p has the sentences `offsets[p]`
    to `offsets[p + 1]` (P + 1), at least one. `starts`, `ends` (S): a sentence's place in its paragraph's text, in
    characters.
    """

    words: Words
    offsets: Ints
    starts: Ints
    ends: Ints

    @cached_property
    def owner(self) -> Ints:
        """Each sentence's paragraph (S)."""
        return owners(self.offsets)

    @property
    def characters(self) -> Ints:
        """Each sentence's length (S)."""
        return self.ends - self.starts

    @property
    def spans(self) -> list[Span]:
        """Each sentence's (start, end) (S)."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def worded(self) -> Ints:
        """Return the numbers of the paragraphs that hold any words; one may stand there several times."""
        return at(self.owner, self.words.texts)

    def counts(self) -> list[dict[str, int]]:
        """Return how often each word stands in each paragraph, in order of first appearance (P)."""
        found: list[dict[str, int]] = [Counter() for _ in range(len(self.offsets) - 1)]
        for word, paragraph in zip(self.words, self.worded().tolist(), strict=True):
            found[paragraph][word] += 1
        return found


def units_of(texts: Sequence[str], tokeniser: Tokeniser) -> Units:
    """Cut P paragraphs, given as their texts, into sentences and words.

    The words of a paragraph are the same as without its sentences. An empty text is one sentence without words.
    """
    sentences = sentences_of(JoinedTexts.of(texts))
    return Units(tokeniser.words_by_sentence(sentences), *sentences.in_characters())
