"""Paragraphs with different answers, and which of them counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from classifier.errors import LabelError
from classifier.i18n.language import language, spoken
from classifier.labelling.decision import ASIDE, Decision, moment
from classifier.labelling.taxonomy import NONE, NONE_ZH, Taxonomy

_SHOWN = 20  # bad rows and conflicts that a message lists


@dataclass(frozen=True)
class Conflict:
    """A paragraph with different answers. `options`: the answers, each by the newest decision that gave it.

    `answers`: the same in words, in the language that is spoken.
    """

    text: str
    options: tuple[Decision, ...]
    answers: tuple[str, ...]

    def newest(self) -> int:
        """Return the place of the newest answer; what has no date of its own is as new as this import."""
        dated = [(not option.date, moment(option.date), place) for place, option in enumerate(self.options)]
        return max(dated)[2]

    def __str__(self) -> str:
        """Return the paragraph's opening and its answers in one line."""
        answers = "; ".join(
            f"{said} ({origin(option)})" for said, option in zip(self.answers, self.options, strict=True)
        )
        return f"“{self.text[:40]}{'…' if len(self.text) > 40 else ''}”: {answers}"


Resolve = Callable[[Sequence[Conflict]], Sequence[int]]  # which of each conflict's options counts


def newest(conflicts: Sequence[Conflict]) -> list[int]:
    """Let the newest answer count."""
    return [conflict.newest() for conflict in conflicts]


def refuse(conflicts: Sequence[Conflict]) -> list[int]:
    """Raise LabelError with the conflicts, where there are any."""
    if conflicts:
        raise LabelError(
            f"nothing was imported, for {len(conflicts):,} paragraphs have different labels "
            f"(--on-conflict newest or ask decides):\n{listed([str(one) for one in conflicts])}"
        )
    return []


def said(decision: Decision, taxonomy: Taxonomy) -> str:
    """Return a decision's answer in words, in the language that is spoken."""
    if decision.aside:
        return spoken(decision.aside, ASIDE[decision.aside])
    names = [taxonomy.find(label).named(language()) for label in decision.labels]
    return spoken(", ", "、").join(names) or spoken(NONE, NONE_ZH)


def origin(decision: Decision) -> str:
    """Return where a decision is from: stored already, or its file and line; by whom and when where known."""
    parts = [decision.where, f"by {decision.by}" if decision.by else "", decision.date[:10]]
    return ", ".join(part for part in parts if part)


def listed(lines: Sequence[str]) -> str:
    """Return the first of some lines, and how many more there are."""
    more = [f"… and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return "\n".join([*lines[:_SHOWN], *more])
