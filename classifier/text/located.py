"""A text's words with their places: counted all, placed where that is asked for."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from classifier.text.joined_texts import GAP


@dataclass(frozen=True, eq=False)
class Located:
    """Words in order, a GAP between those that do not touch.

    `characters`: each character's place in the text, of all words one after the other; -1 for that of a GAP.
    """

    words: list[str]
    characters: list[int]

    def counts(self) -> dict[str, int]:
        """Return how often each word stands in the text, in order of first appearance."""
        found = Counter(self.words)
        del found[GAP]
        return found

    def places(self, wanted: Collection[str]) -> dict[str, list[tuple[int, int]]]:
        """Return where each of some words stands in the text as given: (start, end) of each mention."""
        found: dict[str, list[tuple[int, int]]] = {word: [] for word in wanted}
        for word, start, end in self._all():
            if word in found:
                found[word].append((self.characters[start], self.characters[end - 1] + 1))
        return found

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        """Yield each word with its place in the text as given: (word, start, end)."""
        for word, start, end in self._all():
            if word != GAP:
                yield word, self.characters[start], self.characters[end - 1] + 1

    def _all(self) -> Iterator[tuple[str, int, int]]:
        start = 0
        for word in self.words:
            end = start + len(word)
            yield word, start, end
            start = end
