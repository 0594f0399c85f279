"""Bring labels into a labels folder: duplicates merge, conflicts are decided, all of it is one batch or nothing is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.corpus import LabelledParagraph, read_decisions
from classifier.labelling.decision import ASIDE, Decision, moment
from classifier.labelling.exchange.recognise import Incoming
from classifier.labelling.folder import LabelFolder
from classifier.labelling.journal import Batch
from classifier.labelling.taxonomy import NONE, Taxonomy

STORED = "stored"
_SHOWN = 20  # bad rows and conflicts that a message lists


@dataclass(frozen=True)
class Conflict:
    """A paragraph with different answers. `options`: the answers, each by the newest decision that gave it.

    `answers`: the same in words.
    """

    text: str
    options: tuple[Decision, ...]
    answers: tuple[str, ...]

    def newest(self) -> int:
        """Return the place of the newest answer; what has no date of its own is as new as this import."""
        dated = [(not one.date, moment(one.date), place) for place, one in enumerate(self.options)]
        return max(dated)[2]

    def __str__(self) -> str:
        """Return the paragraph's opening and its answers in one line."""
        answers = "; ".join(f"{said} ({origin(one)})" for said, one in zip(self.answers, self.options, strict=True))
        return f"“{self.text[:40]}{'…' if len(self.text) > 40 else ''}”: {answers}"


Resolve = Callable[[Sequence[Conflict]], Sequence[int]]  # which of each conflict's options counts


@dataclass(frozen=True)
class Outcome:
    """What an import did. `batch` is None where there was nothing new to store."""

    batch: Batch | None
    stored: int
    already: int
    merged: int
    unlabelled: int
    aside: int
    conflicts: tuple[tuple[Conflict, int], ...]


def import_labels(
    folder: LabelFolder, files: Sequence[Incoming], resolve: Resolve, confirmed: bool, facts: Mapping[str, Any]
) -> Outcome:
    """Store the decisions of some files as one batch.

    `confirmed`: take what nobody confirmed (empty lists, a model's answers) for decisions. `facts` describe the batch.
    Raises whatever `resolve` raises; then nothing has changed.
    """
    decisions = [replace(one, confirmed=True) if confirmed else one for file in files for one in file.decisions]
    groups = _by_paragraph([one for one in decisions if one.confirmed])
    while True:
        state = folder.state()
        new, conflicts = _plan(folder, groups, resolve)  # may ask somebody: the folder is not held meanwhile
        with folder.locked():
            if folder.state() == state:
                batch = folder.add(new, facts) if new else None
                break
    decided = sum(map(len, groups.values()))
    return Outcome(
        batch=batch,
        stored=len(new),
        already=len(groups) - len(new),
        merged=decided - len(groups),
        unlabelled=len(decisions) - decided,
        aside=sum(bool(one.aside) for one in new),
        conflicts=conflicts,
    )


def _plan(
    folder: LabelFolder, groups: Mapping[str, Sequence[Decision]], resolve: Resolve
) -> tuple[list[Decision], tuple[tuple[Conflict, int], ...]]:
    """Return what is to be stored, and the conflicts with the option that counts."""
    corpus = read_decisions(folder.folder)
    there = {one.key: _as_decision(one) for one in corpus.paragraphs}
    options = {key: _answers([*([there[key]] if key in there else []), *group]) for key, group in groups.items()}
    disputed = {
        key: Conflict(_shown(groups[key][0]), some, tuple(_said(one, corpus.taxonomy) for one in some))
        for key, some in options.items()
        if len(some) > 1
    }
    places = dict(zip(disputed, resolve(list(disputed.values())), strict=True))
    counting = {key: some[places.get(key, 0)] for key, some in options.items()}
    new = [_with_passes(one, groups[key]) for key, one in counting.items() if one.where != STORED]
    return new, tuple((conflict, places[key]) for key, conflict in disputed.items())


def newest(conflicts: Sequence[Conflict]) -> list[int]:
    """Let the newest answer count."""
    return [one.newest() for one in conflicts]


def refuse(conflicts: Sequence[Conflict]) -> list[int]:
    """Raise LabelError with the conflicts, where there are any."""
    if conflicts:
        raise LabelError(
            f"nothing was imported, for {len(conflicts):,} paragraphs have different labels "
            f"(--on-conflict newest or ask decides):\n{_listed([str(one) for one in conflicts])}"
        )
    return []


def check(files: Iterable[Incoming], skip_bad: bool) -> list[str]:
    """Return the bad rows; raise LabelError with the first of them unless the good rows are to be kept."""
    problems = [problem for file in files for problem in file.problems]
    if problems and not skip_bad:
        raise LabelError(
            f"nothing was imported, for {len(problems):,} rows or files are bad (--skip-bad keeps the others):\n"
            f"{_listed(problems)}"
        )
    return problems


def _by_paragraph(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    groups: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        groups[one.key].append(one)
    return groups


def _answers(group: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return one decision an answer: the one stored already, else the newest. The first is the oldest known answer."""
    answers: dict[Any, Decision] = {}
    for one in group:
        known = answers.get(one.answer)
        if known is None or (known.where != STORED and moment(one.date) >= moment(known.date)):
            answers[one.answer] = one
    return tuple(answers.values())


def _with_passes(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Keep what each of several people said beside what counts."""
    passes = {one.by: list(one.labels) for one in group if one.by and not one.aside}
    return replace(chosen, facts={**chosen.facts, "annotations": passes}) if len(passes) > 1 else chosen


def _as_decision(one: LabelledParagraph) -> Decision:
    words = None if one.text is not None else one.words
    by, date = str(one.facts.get("by") or ""), str(one.facts.get("date") or one.at)
    return Decision(one.labels, one.text, words, one.doc, by, date, one.aside, where=STORED)


def _listed(lines: Sequence[str]) -> str:
    more = [f"… and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return "\n".join([*lines[:_SHOWN], *more])


def _shown(one: Decision) -> str:
    return one.text or f"({len(one.words or {})} words without text)"


def _said(one: Decision, taxonomy: Taxonomy) -> str:
    """Return a decision's answer in words."""
    if one.aside:
        return f"{ASIDE[one.aside]} {one.aside}"
    return ", ".join(taxonomy.find(label).name for label in one.labels) or NONE


def origin(one: Decision) -> str:
    """Return where a decision is from: stored already, or its file and line; by whom and when where known."""
    parts = [one.where, f"by {one.by}" if one.by else "", one.date[:10]]
    return ", ".join(part for part in parts if part)
