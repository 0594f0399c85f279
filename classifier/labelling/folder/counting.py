"""What counts of each paragraph of a labels folder, kept up as decisions come and go.

The same as `what_counts` says of all decisions together, but for a decision no more is done than for its own paragraph.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.what_counts import all_together, documents_of, in_its_document, joined, newest

Decisions = Sequence[LabelledParagraph]


@dataclass(frozen=True)
class Tally:
    """How many decisions count, on paragraphs and sentences, how many were made beside a suggestion, and agree.

    What was set aside is no answer to a suggestion: a model cannot say so.
    """

    decisions: int = 0
    told: int = 0
    agreed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.decisions + other.decisions, self.told + other.told, self.agreed + other.agreed)

    def __sub__(self, other: "Tally") -> "Tally":
        """Return it without another."""
        return Tally(self.decisions - other.decisions, self.told - other.told, self.agreed - other.agreed)

    @classmethod
    def of(cls, paragraph: LabelledParagraph) -> "Tally":
        """Count a paragraph; what is no decision of a batch counts nothing."""
        own = paragraph.judged and bool(paragraph.at)
        sentences = sum(bool(part.at) for part in paragraph.labelled_sentences)
        suggested = paragraph.facts.get("suggested") if own and not paragraph.aside else None
        told = isinstance(suggested, list)
        agreed = isinstance(suggested, list) and set(suggested) == set(paragraph.labels)
        return cls(own + sentences, int(told), int(agreed))


@dataclass(slots=True)
class _Paragraph:
    """Decisions of batches on a paragraph, the last to arrive last. `newest`: what counts of them; `counts`: in all."""

    decisions: list[LabelledParagraph]
    newest: LabelledParagraph
    counts: LabelledParagraph


class Counting:
    """What counts. `first`: decisions of files that are no batch, the oldest; `later`: those of the batches.

    `by_key`: what counts, by the paragraphs' keys. `tally`: see `Tally`. `last`: the highest number of a decision.
    """

    def __init__(self, first: Iterable[LabelledParagraph], later: Iterable[LabelledParagraph]) -> None:
        first, later = list(first), list(later)
        self.last = max((paragraph.seq for paragraph in later), default=0)
        self._older = [paragraph for paragraph in first if paragraph.judged]
        self._by_texts = all(one.text is not None for some in (first, later) for one in some)
        self._paragraphs: dict[str, _Paragraph] = {}
        self._latest, self._in_order = (0, ""), True
        self._every: list[LabelledParagraph] | None = None
        if self._by_texts:
            self._older_by_key: dict[str, list[LabelledParagraph]] = {}
            for one in self._older:
                self._older_by_key.setdefault(one.key, []).append(one)
            self._docs = documents_of(self._older)
            for one in sorted([*(paragraph for paragraph in first if not paragraph.judged), *later], key=_arrival):
                self._add(one)
        else:
            self._every = all_together(first, later)
        every = self.every()
        self.by_key = {one.key: one for one in sorted(every, key=lambda one: one.judged)}
        self.tally = sum(map(Tally.of, every), Tally())

    def every(self) -> list[LabelledParagraph]:
        """Return what counts of all paragraphs, the oldest first."""
        if self._every is None:
            if not self._in_order:
                order = sorted(self._paragraphs.items(), key=lambda pair: _arrival(pair[1].decisions[-1]))
                self._paragraphs, self._in_order = dict(order), True
            older = (one for one in self._older if one.key not in self._paragraphs)
            self._every = [*older, *(paragraph.counts for paragraph in self._paragraphs.values())]
        return self._every

    def change(self, gone: Decisions, new: Decisions) -> bool:
        """Take away and add decisions of batches; return False where that cannot be done paragraph by paragraph.

        Then all has to be counted anew: where word counts stand for texts, or an older program gave no numbers.
        """
        if not self._by_texts or not all(one.text is not None and one.seq for one in (*gone, *new)):
            return False
        self._every = None
        for one in gone:
            self._follow(one, self._remove)
        for one in new:
            self._follow(one, self._add)
        self.last = max([self.last, *(one.seq for one in new)])
        return True

    def _follow(self, paragraph: LabelledParagraph, step: Callable[[LabelledParagraph], None]) -> None:
        before = self._counting(paragraph.key)
        step(paragraph)
        after = self._counting(paragraph.key)
        self.tally = sum(map(Tally.of, after), self.tally) - sum(map(Tally.of, before), Tally())
        if after:
            self.by_key[paragraph.key] = after[-1]
        else:
            del self.by_key[paragraph.key]

    def _counting(self, key: str) -> Decisions:
        there = self._paragraphs.get(key)
        return self._older_by_key.get(key, ()) if there is None else (there.counts,)

    def _add(self, paragraph: LabelledParagraph) -> None:
        there = self._paragraphs.pop(paragraph.key, None)
        if there is None:
            self._put([paragraph], paragraph)
        elif _arrival(paragraph) >= _arrival(there.decisions[-1]):
            there.decisions.append(paragraph)
            self._put(there.decisions, joined(there.newest, paragraph))
        else:
            insort(there.decisions, paragraph, key=_arrival)
            self._put(there.decisions, newest(there.decisions)[0])

    def _remove(self, paragraph: LabelledParagraph) -> None:
        decisions = self._paragraphs.pop(paragraph.key).decisions
        place = next(place for place in reversed(range(len(decisions))) if decisions[place] is paragraph)
        del decisions[place]
        if decisions:
            self._put(decisions, newest(decisions)[0])

    def _put(self, decisions: list[LabelledParagraph], last: LabelledParagraph) -> None:
        """Enter a paragraph behind all others, where it mostly belongs."""
        arrival = _arrival(decisions[-1])
        self._in_order = self._in_order and arrival >= self._latest
        self._latest = max(self._latest, arrival)
        counts = in_its_document(last, self._docs) if self._docs and last.has_own_doc else last
        for older in self._older_by_key.get(last.key, ())[-1:]:
            counts = joined(older, counts)
        self._paragraphs[last.key] = _Paragraph(decisions, last, counts)


def _arrival(paragraph: LabelledParagraph) -> tuple[int, str]:
    return paragraph.seq, paragraph.at
