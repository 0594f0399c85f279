"""What paragraphs sum up to: how many, how long, how much of their text carries each label."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from classifier.api import Result
from classifier.labelling.taxonomy import NONE


@dataclass
class Tally:
    """A sum over paragraphs. `by_label`: characters of the sentences with each label, "none" among them.

    Where sentences are not known apart the whole paragraph counts for its labels. Shares overlap where a sentence has
    several labels, so they may add up to more than one.
    """

    paragraphs: int = 0
    characters: int = 0
    uncertain: int = 0
    by_label: dict[str, int] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one paragraph."""
        length = len(result.text)
        self.paragraphs += 1
        self.characters += length
        self.uncertain += result.uncertain
        for labels, size in _parts(result):
            for label in labels or (NONE,):
                self.by_label[label] = self.by_label.get(label, 0) + size

    @classmethod
    def of(cls, others: Iterable["Tally"]) -> "Tally":
        """Return what others sum up to."""
        found = cls()
        for tally in others:
            found.join(tally)
        return found

    def join(self, other: "Tally") -> None:
        """Add what another one counted."""
        self.paragraphs += other.paragraphs
        self.characters += other.characters
        self.uncertain += other.uncertain
        for label, length in other.by_label.items():
            self.by_label[label] = self.by_label.get(label, 0) + length

    def share(self, label: str) -> float:
        """Return a label's share of the characters, 0 to 1."""
        return self.by_label.get(label, 0) / max(1, self.characters)


def _parts(result: Result) -> list[tuple[tuple[str, ...], int]]:
    """Return each sentence's labels and characters; those of the paragraph where its sentences are not known."""
    if not result.sentences:
        return [(result.labels, len(result.text))]
    return [(sentence.labels, sentence.end - sentence.start) for sentence in result.sentences]
