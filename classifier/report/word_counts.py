"""How often each word stands in the text of each group, counted in little memory while paragraphs go by."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from classifier.report.telling_words import Group, Ints

K = TypeVar("K", bound=Hashable)
_AT_ONCE = 200  # paragraphs of a document whose words are cut in one go
_OPEN_MOST = 300_000  # words that are counted in dictionaries, before they are packed into arrays


@dataclass(frozen=True, eq=False)
class GroupWords:
    """The vocabulary (V words) and what each group uses of it."""

    words: list[str]
    groups: dict[str, Group]


class WordCounts(Generic[K]):
    """Counts words by keys. Documents count once a word as long as their paragraphs follow one another."""

    def __init__(self, cut: Callable[[str], Sequence[str]]) -> None:
        self._cut = cut
        self._ids: dict[str, int] = {}
        self._open: dict[K, tuple[Counter[int], Counter[int]]] = {}
        self._packed: dict[K, list[tuple[Ints, Ints, Ints]]] = {}  # words, times, documents
        self._size = 0
        self._document: tuple[K, str] | None = None
        self._seen: set[int] = set()
        self._waiting: list[str] = []

    def add(self, key: K, document: str, text: str) -> None:
        """Count the words of one paragraph; they are cut together with those of its neighbours, which is quicker."""
        if self._document != (key, document):
            self._cut_waiting()
            self._document, self._seen = (key, document), set()
        self._waiting.append(text)
        if len(self._waiting) == _AT_ONCE:
            self._cut_waiting()

    def _cut_waiting(self) -> None:
        if self._document is None or not self._waiting:
            return
        if self._size > _OPEN_MOST:
            self._pack()
        times, documents = self._open.setdefault(self._document[0], (Counter(), Counter()))
        words = self._cut("。".join(self._waiting))  # no word runs on from one paragraph into the next
        self._waiting.clear()
        ids = [self._ids.setdefault(word, len(self._ids)) for word in words]
        before = len(times)
        times.update(ids)
        self._size += len(times) - before
        fresh = set(ids) - self._seen
        documents.update(fresh)
        self._seen |= fresh

    def _pack(self) -> None:
        for key, (times, documents) in self._open.items():
            words = np.fromiter(times, np.int64, len(times))
            counts = np.fromiter(times.values(), np.int64, len(times))
            inside = np.fromiter((documents[word] for word in times), np.int64, len(times))
            self._packed.setdefault(key, []).append((words, counts, inside))
        self._open.clear()
        self._size = 0

    def groups(self, value: Callable[[K], str | None]) -> GroupWords:
        """Return the words of each group; `value` names the group of a key, None for none."""
        self._cut_waiting()
        self._pack()
        size = len(self._ids)
        found: dict[str, Group] = {}
        for key, parts in self._packed.items():
            if (name := value(key)) is None:
                continue
            group = found.setdefault(name, Group(np.zeros(size, np.int64), np.zeros(size, np.int64)))
            for words, times, documents in parts:  # a part has each word once
                group.times[words] += times
                group.documents[words] += documents
        return GroupWords(list(self._ids), found)
