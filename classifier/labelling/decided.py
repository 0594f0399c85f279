"""What a person decided of a paragraph: what may stand in place of a model's answer.

A labels folder holds more than decisions: texts written for training, found paragraphs that were handed on. A person
decided where the row came through a review, a page or an import (its batch stamped it with the time), or where it says
by whom (`by`). So what is packed with this program is nobody's decision, and neither is a copy of it.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from classifier.json_types import JsonDict, JsonValue
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence

_DAY = 10  # characters of a date in ISO 8601
_UNNAMED = "?"  # where neither who nor when is known; with a date, in tables of earlier versions


@dataclass(frozen=True)
class Decided:
    """Who decided and when: `by` is "" where that was not said, `date` ISO 8601, "" where it is not known."""

    by: str = ""
    date: str = ""

    def as_row(self) -> JsonDict:
        """Return it as plain data, as results are written."""
        return {"by": self.by, "date": self.date}

    def __str__(self) -> str:
        """Return it for people, and for cells of a table: 小王 2026-11-29; the day alone where nobody is named."""
        return f"{self.by} {self.date[:_DAY]}".strip() or _UNNAMED

    @classmethod
    def read(cls, value: JsonValue) -> Self | None:
        """Return what `as_row` or a cell holds, None for nothing."""
        if isinstance(value, dict):
            return cls(str(value.get("by") or ""), str(value.get("date") or ""))
        if not isinstance(value, str) or not value.strip():
            return None
        by, _, day = value.strip().rpartition(" ")
        by, day = (by, day) if _is_day(day) else (value.strip(), "")
        return cls("" if by == _UNNAMED else by, day)


class Decisions(Protocol):
    """What people decided, to be asked for by text."""

    @property
    def ids(self) -> frozenset[str]:
        """The labels that they could choose from."""
        ...

    def find(self, text: str) -> LabelledParagraph | None:
        """Return what a person decided of a paragraph or of its sentences (`of_a_person`), None for nothing."""
        ...


def of_a_person(paragraph: LabelledParagraph | None) -> LabelledParagraph | None:
    """Return what counts for a paragraph without what no person decided; None where nothing is left.

    `judged` says whether a person decided on the paragraph as a whole; `sentences` are those that a person labelled.
    """
    if paragraph is None:
        return None
    whole = paragraph.judged and bool(paragraph.at or paragraph.facts.get("by"))
    sentences = tuple(part for part in paragraph.labelled_sentences if part.at or part.by)
    if not whole and not sentences:
        return None
    if whole:
        return replace(paragraph, sentences=sentences)
    return replace(paragraph, judged=False, labels=(), aside="", sentences=sentences)


def replaces(paragraph: LabelledParagraph) -> bool:
    """Tell whether a decision takes the place of a model's answer: not where the paragraph is set aside."""
    return paragraph.judged and not paragraph.aside


def by_whom(paragraph: LabelledParagraph | LabelledSentence) -> Decided:
    """Return who decided on a paragraph, or on a sentence, and when."""
    if isinstance(paragraph, LabelledSentence):
        return Decided(paragraph.by, paragraph.date or paragraph.at)
    return Decided(str(paragraph.facts.get("by") or ""), str(paragraph.facts.get("date") or "") or paragraph.at)


def carried(
    of_paragraph: Collection[str] | None, sentences: Sequence[tuple[Sequence[str], bool]]
) -> list[tuple[str, ...]]:
    """Return the labels of each sentence of a paragraph to which a person gave the labels `given`, None for nobody.

    `sentences`: each one's labels, and whether a person gave these. What else the model finds in a sentence does not
    count then, and a label that no sentence carries counts for all of those that nobody labelled.
    """
    if of_paragraph is None:
        return [tuple(labels) for labels, _ in sentences]
    found = [
        tuple(labels) if own else tuple(label for label in labels if label in of_paragraph) for labels, own in sentences
    ]
    somewhere = {label for labels in found for label in labels}
    missing = tuple(label for label in of_paragraph if label not in somewhere)
    every = all(own for _, own in sentences)
    return [labels + missing if every or not own else labels for labels, (_, own) in zip(found, sentences, strict=True)]


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == _DAY
