"""Bring labels into a labels folder: duplicates merge, conflicts are decided, all of it is one batch or nothing is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.beginning import begin
from classifier.labelling.corpus import Corpus, LabelledParagraph, read_decisions
from classifier.labelling.decision import ASIDE, Decision, moment
from classifier.labelling.exchange.recognise import Incoming
from classifier.labelling.folder import LabelFolder
from classifier.labelling.identity import words_key
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
    """What an import did. `batch` is None where there was nothing new to store.

    `already`: paragraphs whose answer is stored and undisputed. `kept`: conflicts in which the stored answer counts.
    """

    batch: Batch | None
    stored: int
    already: int
    kept: int
    merged: int
    unlabelled: int
    aside: int
    conflicts: tuple[tuple[Conflict, int], ...]


def import_labels(
    folder: LabelFolder,
    files: Sequence[Incoming],
    resolve: Resolve,
    confirmed: bool,
    facts: Mapping[str, Any],
    unbegun: Corpus | None = None,
) -> Outcome:
    """Store the decisions of some files as one batch.

    `confirmed`: take what nobody confirmed (empty lists, a model's answers) for decisions. `facts` describe the batch.
    `unbegun`: the taxonomy and terms with which the folder is begun where it is not there and something is stored.
    Raises whatever `resolve` raises; then nothing has changed.
    """
    every = [replace(one, confirmed=True) if confirmed else one for file in files for one in file.decisions]
    decided = [one for one in every if one.confirmed]
    while True:
        state = folder.state()
        begun = unbegun is None or (folder.folder / "taxonomy.toml").is_file()
        there = read_decisions(folder.folder) if begun or unbegun is None else unbegun
        plan = _plan(there, decided, resolve)  # may ask somebody: the folder is not held meanwhile
        batch = _stored(folder, state, plan.new, facts, unbegun) if plan.new else None
        if batch is not None or not plan.new:
            break
    kept = sum(one.options[place].where == STORED for one, place in plan.conflicts)
    return Outcome(
        batch=batch,
        stored=len(plan.new),
        already=plan.paragraphs - len(plan.new) - kept,
        kept=kept,
        merged=len(decided) - plan.paragraphs,
        unlabelled=len(every) - len(decided),
        aside=sum(bool(one.aside) for one in plan.new),
        conflicts=plan.conflicts,
    )


def _stored(
    folder: LabelFolder, state: object, new: Sequence[Decision], facts: Mapping[str, Any], unbegun: Corpus | None
) -> Batch | None:
    """Store decisions as a batch; None where somebody else has written since the folder was in `state`."""
    with folder.locked():
        if folder.state() != state:
            return None
        if unbegun is not None and not (folder.folder / "taxonomy.toml").is_file():
            begin(folder.folder, unbegun.taxonomy, unbegun.tokeniser.terms)
        return folder.add(new, facts)


@dataclass(frozen=True)
class _Plan:
    """What an import would do. `paragraphs`: how many it speaks of. `conflicts`: each with the option that counts."""

    paragraphs: int
    new: tuple[Decision, ...]
    conflicts: tuple[tuple[Conflict, int], ...]


def _plan(corpus: Corpus, decisions: Sequence[Decision], resolve: Resolve) -> _Plan:
    groups = _by_paragraph(corpus, decisions)
    options = {key: _answers(group) for key, group in groups.items()}
    disputed = {
        key: Conflict(_shown(groups[key]), some, tuple(_said(one, corpus.taxonomy) for one in some))
        for key, some in options.items()
        if len(some) > 1
    }
    places = dict(zip(disputed, resolve(list(disputed.values())), strict=True))
    counting = {key: some[places.get(key, 0)] for key, some in options.items()}
    new = [_with_passes(_with_text(one, groups[key]), groups[key]) for key, one in counting.items() if _is_new(one)]
    conflicts = tuple((conflict, places[key]) for key, conflict in disputed.items())
    return _Plan(len(groups), tuple(new), conflicts)


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


def _by_paragraph(corpus: Corpus, decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """Return what is decided of each paragraph that `decisions` speak of, in their order; what is stored comes first.

    Word counts belong to the text that has them; where several texts do, to one with the same answer if there is one.
    """
    stored = sorted(
        {one.key: _as_decision(one) for one in corpus.paragraphs}.values(), key=lambda one: one.text is None
    )
    every = [*stored, *decisions]
    texts: dict[str, list[Decision]] = defaultdict(list)
    if any(one.text is None for one in every):  # else no text need be cut into words
        known = {one.key: one.words_key for one in corpus.paragraphs}
        for one in every:
            if one.text is not None:
                texts[known.get(one.key) or words_key(corpus.tokeniser.counts(one.text))].append(one)
    groups: dict[str, list[Decision]] = defaultdict(list)
    asked: dict[str, list[Decision]] = {}
    for one in every:
        same = texts.get(one.key, []) if one.text is None else []
        key = next((text.key for text in same if text.answer == one.answer), same[0].key if same else one.key)
        if _is_new(one) or not groups[key]:  # of a stored text and its stored counts the text's answer counts
            groups[key].append(one)
        if _is_new(one):
            asked[key] = groups[key]
    return asked


def _is_new(one: Decision) -> bool:
    return one.where != STORED


def _answers(group: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return one decision an answer: one with its text, the one stored already, the newest – in this order.

    The first is the oldest known answer.
    """
    answers: dict[Any, Decision] = {}
    for one in group:
        known = answers.get(one.answer)
        if known is None or _rank(one) >= _rank(known):
            answers[one.answer] = one
    return tuple(answers.values())


def _rank(one: Decision) -> tuple[bool, bool, datetime]:
    return one.text is not None, not _is_new(one), moment(one.date)


def _with_text(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Give an answer that came with word counts the text that is known: it can be read and handed on."""
    text = next((one.text for one in group if one.text is not None), None)
    if chosen.text is not None or text is None:
        return chosen
    facts = {key: value for key, value in chosen.facts.items() if key != "tokeniser"}
    return replace(chosen, text=text, words=None, facts=facts)


def _with_passes(chosen: Decision, group: Sequence[Decision]) -> Decision:
    """Keep what each of several people said beside what counts."""
    passes = {one.by: list(one.labels) for one in group if _is_new(one) and one.by and not one.aside}
    return replace(chosen, facts={**chosen.facts, "annotations": passes}) if len(passes) > 1 else chosen


def _as_decision(one: LabelledParagraph) -> Decision:
    words = None if one.text is not None else one.words
    by, date = str(one.facts.get("by") or ""), str(one.facts.get("date") or one.at)
    return Decision(one.labels, one.text, words, one.doc, by, date, one.aside, where=STORED)


def _listed(lines: Sequence[str]) -> str:
    more = [f"… and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return "\n".join([*lines[:_SHOWN], *more])


def _shown(group: Sequence[Decision]) -> str:
    text = next((one.text for one in group if one.text is not None), None)
    return text or f"({len(group[0].words or {})} words without text)"


def _said(one: Decision, taxonomy: Taxonomy) -> str:
    """Return a decision's answer in words."""
    if one.aside:
        return f"{ASIDE[one.aside]} {one.aside}"
    return ", ".join(taxonomy.find(label).name for label in one.labels) or NONE


def origin(one: Decision) -> str:
    """Return where a decision is from: stored already, or its file and line; by whom and when where known."""
    parts = [one.where, f"by {one.by}" if one.by else "", one.date[:10]]
    return ", ".join(part for part in parts if part)
