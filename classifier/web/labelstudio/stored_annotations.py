"""Annotations of Label Studio in the labels folder: what is known of each, stored, and taken back."""

from collections.abc import Collection, Mapping, Sequence

from classifier.errors import LabelError
from classifier.labelling.decision import Decision, moment
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.web.decision_store import DecisionStore
from classifier.web.labelstudio.annotations import ANNOTATION, GOLD, TASK
from classifier.web.labelstudio.event import Object

_HAND = "label studio"  # no browser can be called so
_ORIGIN = "Label Studio"
Rows = Mapping[str, Sequence[LabelledParagraph]]  # an annotation's name → all that is stored of it


class StoredAnnotations:
    """The annotations in a labels folder."""

    def __init__(self, decision_store: DecisionStore) -> None:
        self._decision_store = decision_store

    def rows(self) -> Rows:
        """Return all that is stored of each annotation; it goes on changing."""
        return self._decision_store.remembered.by_fact(ANNOTATION)

    def named(self, key: str, gone: Collection[str]) -> set[str]:
        """Return the names of the stored annotations that are among some, or of some tasks (`key` as in `forget`)."""
        known = self._decision_store.remembered.by_fact(key)
        rows = (one for name in gone for one in known.get(name, ()))
        return {fact(row, ANNOTATION) for row in rows} - {""}

    def forget(self, key: str, gone: Collection[str]) -> int:
        """Take back the rows that came from some annotations or tasks (`key`: the fact that names them)."""
        return self._decision_store.labels.forget(lambda row: row.get(key) in gone)

    def refuse_overtaken(self, decisions: Sequence[Decision], since: str) -> None:
        """Raise LabelError where something else was decided on a paragraph after a time."""
        for decision in decisions:
            counts = self._decision_store.decided(decision.key)
            if counts and counts.at > since and (counts.labels, counts.aside) != (decision.labels, decision.aside):
                raise LabelError("somebody has decided on this paragraph since the report came; it is not overwritten")

    def write(self, decisions: Sequence[Decision]) -> None:
        """Store decisions; ground truth goes on to count."""
        every = [*decisions, *self._gold_again(decisions)]
        if len(every) == 1:
            self._decision_store.decide(_HAND, every[0], _ORIGIN)
        elif every:
            self._decision_store.decide_all(every, _ORIGIN)

    def _gold_again(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Return the ground truth on paragraphs on which another annotator of the same task decides now: it stays."""
        again = []
        for decision in decisions:
            counts = None if decision.facts.get(GOLD) else self._decision_store.decided(decision.key)
            same = counts is not None and counts.facts.get(GOLD) and fact(counts, TASK) == decision.facts[TASK]
            if counts and same and fact(counts, ANNOTATION) != decision.facts[ANNOTATION]:
                by, date = (str(counts.facts.get(key) or "") for key in ("by", "date"))
                facts = {key: value for key, value in counts.facts.items() if key not in {"by", "date"}}
                doc = "" if counts.has_own_doc else counts.doc
                again.append(Decision(counts.labels, counts.text, None, doc, by, date, counts.aside, facts=facts))
        return again


def fact(paragraph: LabelledParagraph, key: str) -> str:
    """Return what a row says beside its labels, "" where it does not."""
    return str(paragraph.facts.get(key) or "")


def is_older(annotation: Object, rows: Sequence[LabelledParagraph]) -> bool:
    """Tell whether a newer state of an annotation is stored than the one that a report tells."""
    date = moment(str(annotation.get("updated_at") or annotation.get("created_at") or ""))
    return any(moment(fact(row, "date")) > date for row in rows)


def is_known(decision: Decision, rows: Sequence[LabelledParagraph]) -> bool:
    """Tell whether a decision is stored already, or a newer one of its annotation: reports come twice and late."""
    date = moment(decision.date)
    same = [row for row in rows if row.key == decision.key]
    last = same[-1] if same else None
    repeated = last is not None and (last.labels, last.aside) == (decision.labels, decision.aside)
    gold = last is not None and bool(last.facts.get(GOLD)) == bool(decision.facts.get(GOLD))
    return any(moment(fact(row, "date")) > date for row in rows) or (
        repeated and gold and last is not None and moment(fact(last, "date")) == date
    )
