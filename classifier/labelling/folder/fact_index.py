"""Decisions of a labels folder by something said beside their labels, such as the annotation that they come from."""

from collections.abc import Iterable, Mapping, Sequence

from classifier.labelling.labelled_paragraph import LabelledParagraph


class FactIndex:
    """Decisions by what they say under one name (`fact`), in the order in which they came."""

    def __init__(self, fact: str, decisions: Iterable[LabelledParagraph]) -> None:
        self._fact = fact
        self._found: dict[str, list[LabelledParagraph]] = {}
        self.add(decisions)

    @property
    def found(self) -> Mapping[str, Sequence[LabelledParagraph]]:
        """What is said → the decisions that say it."""
        return self._found

    def add(self, decisions: Iterable[LabelledParagraph]) -> None:
        """Enter decisions; those that do not say it are passed over."""
        for decision in decisions:
            if said := self._said(decision):
                self._found.setdefault(said, []).append(decision)

    def remove(self, decisions: Iterable[LabelledParagraph]) -> None:
        """Take decisions out again."""
        for decision in decisions:
            if said := self._said(decision):
                self._found[said] = [other for other in self._found[said] if other is not decision]
                if not self._found[said]:
                    del self._found[said]

    def _said(self, paragraph: LabelledParagraph) -> str:
        return str(paragraph.facts.get(self._fact) or "")
