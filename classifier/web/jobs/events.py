"""What a training tells: events as JSON Lines from the process that trains, kept for every browser that asks."""

from typing import Literal, Required, TypedDict

Verdict = Literal["better", "same", "worse"]


class ChangedRow(TypedDict):
    """A paragraph that both models answer otherwise; `people`: what somebody said of it."""

    text: str
    where: str
    people: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


class ComparisonFacts(TypedDict):
    """The new model (`second`) against the one in use (`first`) on documents that neither saw."""

    first: str
    second: str
    paragraphs: int
    documents: int
    verdict: Verdict
    reason: str
    rows: list[dict[str, object]]
    changed_in_all: int
    changed: list[ChangedRow]


class CorrectionRow(TypedDict):
    """A decision that the new model answers otherwise. `percent`: of each label that only one of both gives, by id."""

    text: str
    where: str
    decided: tuple[str, ...]
    now: tuple[str, ...]
    percent: dict[str, str]


class CorrectionFacts(TypedDict):
    """Which corrections the new model follows. `before`: the version that was in use; "": all decisions are counted."""

    before: str
    in_all: int
    followed: int
    rows: list[CorrectionRow]


class Event(TypedDict, total=False):
    """An event; which other keys there are depends on `event`. `seconds`: since the training began."""

    event: Required[
        Literal["started", "clock", "step", "damaged", "stored", "compared", "failed", "cancelled", "ended"]
    ]
    seconds: float
    run: int
    step: str
    rows: tuple[str, ...]
    in_all: int
    message: str
    version: str
    paragraphs: int
    own: int
    promoted: bool
    advised: bool
    why: str
    comparison: ComparisonFacts
    corrections: CorrectionFacts
