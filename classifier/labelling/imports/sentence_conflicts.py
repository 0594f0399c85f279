"""What several files, and the folder, say of a paragraph's sentences: the same, something new, or contradictions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from classifier.i18n.language import spoken
from classifier.labelling.decision import Decision
from classifier.labelling.imports.conflicts import Conflict, said
from classifier.labelling.imports.dedupe import STORED
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.sentence_places import moved
from classifier.labelling.taxonomy import Taxonomy

_SHOWN = 12  # characters of a sentence in a conflict's answers
Content = frozenset[tuple[int, int, frozenset[str]]]


@dataclass
class Version:
    """What one source says of a stretch of text. `where`: STORED, or file and line of the first of its sentences."""

    where: str
    sentences: list[LabelledSentence] = field(default_factory=list)

    @property
    def content(self) -> Content:
        """What is compared; the order of labels is no disagreement."""
        return frozenset(
            (sentence.start, sentence.end, frozenset(sentence.labels or ())) for sentence in self.sentences
        )

    def takes(self, sentence: LabelledSentence, where: str) -> bool:
        """Add a sentence of the same source, unless this version says something else of its place."""
        if _source(self.where) != _source(where):
            return False
        met = [other for other in self.sentences if other.meets(sentence.start, sentence.end)]
        if met and any((other.start, other.end, set(other.labels or ())) != _said(sentence) for other in met):
            return False
        if not met:
            self.sentences.append(sentence)
        return True


@dataclass(frozen=True)
class Stretch:
    """A stretch of a paragraph's text and the different versions of what its sentences say, the stored one first."""

    text: str
    versions: tuple[Version, ...]

    def conflict(self, taxonomy: Taxonomy) -> Conflict:
        """Return it for whoever decides which version counts."""
        options = tuple(_as_decision(version, self.text) for version in self.versions)
        return Conflict(self.text, options, tuple(self._answer(version, taxonomy) for version in self.versions))

    def _answer(self, version: Version, taxonomy: Taxonomy) -> str:
        first = min(sentence.start for some in self.versions for sentence in some.sentences)
        parts = sorted(version.sentences, key=lambda one: one.start)
        if len(parts) == 1 and len(self.text) == parts[0].end - parts[0].start:
            return said(Decision(parts[0].labels or ()), taxonomy)
        return spoken(", ", "，").join(
            f"“{self.text[part.start - first : part.end - first][:_SHOWN]}” "
            f"{said(Decision(part.labels or ()), taxonomy)}"
            for part in parts
        )


def stretches(group: Sequence[Decision], text: str | None) -> list[Stretch]:
    """Return what decisions on one paragraph say of its sentences, stretch by stretch, in order.

    `group`: what is stored comes first. `text`: the form of the paragraph that counts, None for word counts.
    """
    readings = sorted(_without_seen(list(_readings(group, text)), group, text), key=lambda one: one[0].start)
    found: list[Stretch] = []
    end = 0
    together: list[tuple[LabelledSentence, str]] = []
    for one, where in readings:
        if together and one.start >= end:
            found.append(_stretch(together, text))
            together = []
        end = max(end, one.end) if together else one.end
        together.append((one, where))
    return found + ([_stretch(together, text)] if together else [])


def _readings(group: Sequence[Decision], text: str | None) -> Iterator[tuple[LabelledSentence, str]]:
    for decision in group:
        own = [part for part in decision.sentences if part.labels is not None]
        for part in moved(own, decision.text, text):
            yield replace(part, by=part.by or decision.by, date=part.date or decision.date), decision.where


def _without_seen(
    readings: Sequence[tuple[LabelledSentence, str]], group: Sequence[Decision], text: str | None
) -> list[tuple[LabelledSentence, str]]:
    """Leave out what is stored of a sentence where whoever decided otherwise was shown it: that is no conflict."""
    anew = {
        (one.start, one.end, frozenset(decision.seen))
        for decision in group
        if decision.where != STORED and decision.seen is not None
        for one in moved(decision.sentences, decision.text, text)
        if set(one.labels or ()) != set(decision.seen)
    }
    return [
        (one, where)
        for one, where in readings
        if where != STORED or (one.start, one.end, frozenset(one.labels or ())) not in anew
    ]


def _stretch(readings: Sequence[tuple[LabelledSentence, str]], text: str | None) -> Stretch:
    start, end = readings[0][0].start, max(one.end for one, _ in readings)
    versions: list[Version] = []
    for one, where in sorted(readings, key=lambda reading: reading[1] != STORED):
        if not any(version.takes(one, where) for version in versions):
            versions.append(Version(where, [one]))
    distinct: dict[Content, Version] = {}
    for version in versions:
        distinct.setdefault(version.content, version)
    return Stretch(text[start:end] if text else f"(characters {start} to {end})", tuple(distinct.values()))


def _as_decision(version: Version, text: str) -> Decision:
    first = version.sentences[0]
    date = max(sentence.date for sentence in version.sentences)
    return Decision(first.labels or (), text, by=first.by, date=date, where=version.where)


def _said(sentence: LabelledSentence) -> tuple[int, int, set[str]]:
    return sentence.start, sentence.end, set(sentence.labels or ())


def _source(where: str) -> str:
    """Return the file in which a decision stands: its rows speak together."""
    return where.rpartition(": ")[0] or where
