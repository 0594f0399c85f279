"""What a Word file's reading left out, counted while it is read."""

from collections import Counter

from classifier.documents.notes import Note


class Tally:
    """Counts by kind of note; `what` is kept once each, in the order it came."""

    def __init__(self) -> None:
        self._amounts: Counter[str] = Counter()
        self._reasons: dict[str, dict[str, None]] = {}

    def add(self, kind: str, amount: int = 1, what: str = "") -> None:
        """Count something left out. `kind`: a key of notes.SENTENCES."""
        if amount:
            self._amounts[kind] += amount
            if what:
                self._reasons.setdefault(kind, {})[what] = None

    def notes(self) -> list[Note]:
        """Return a note a kind."""
        return [
            Note(kind, amount, what="; ".join(self._reasons.get(kind, {}))) for kind, amount in self._amounts.items()
        ]
