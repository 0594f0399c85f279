"""Bring labels into a labels folder: duplicates merge, conflicts are decided, all of it is one batch or nothing is."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from classifier.errors import LabelError
from classifier.json_types import JsonObject
from classifier.labelling.corpus import Corpus, read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.recognise import Incoming
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.journal import Batch
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports.conflicts import Conflict, Resolve, listed, said
from classifier.labelling.imports.dedupe import (
    STORED,
    answers,
    by_paragraph,
    is_new,
    shown,
    text_of,
    with_passes,
    with_text,
)
from classifier.labelling.imports.old_rows import without_outdated
from classifier.labelling.imports.sentence_conflicts import Stretch, stretches
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.sentence_places import moved

_PATIENCE = 3  # times that somebody else may write meanwhile; then the folder is held


@dataclass(frozen=True)
class Outcome:
    """What an import did. `batch` is None where there was nothing new to store.

    `stored`: paragraphs whose labels were, `sentences`: sentences. `already`: paragraphs whose answer is stored and
    undisputed. `kept`: conflicts in which the stored answer counts. Not stored, for nobody decided: `unlabelled`,
    without labels, and `suggestions`, a model's own answers. `outdated`: what the folder had, and decided anew since.
    """

    batch: Batch | None
    stored: int
    already: int
    kept: int
    merged: int
    unlabelled: int
    aside: int
    conflicts: tuple[tuple[Conflict, int], ...]
    sentences: int = 0
    suggestions: int = 0
    outdated: int = 0


def import_labels(
    folder: LabelFolder,
    files: Sequence[Incoming],
    resolve: Resolve,
    confirmed: bool,
    facts: JsonObject,
    unbegun: Corpus | None = None,
) -> Outcome:
    """Store the decisions of some files as one batch.

    `confirmed`: take what nobody confirmed (empty lists, a model's answers) for decisions. `facts` describe the batch.
    `unbegun`: the taxonomy and terms with which the folder is begun where it is not there and something is stored.
    Raises whatever `resolve` raises; then nothing has changed.
    """
    every = [
        replace(decision, confirmed=True) if confirmed else decision for file in files for decision in file.decisions
    ]
    decided = [one for one in every if one.confirmed]
    suggestions = sum(one.suggestion and not one.confirmed for one in every)
    chosen = _Chosen(resolve)
    for attempt in itertools.count(1):
        state = folder.state()
        fresh = _fresh(folder, decided)
        plan = _plan(_there(folder, unbegun), fresh, chosen)  # may ask somebody: the folder is not held meanwhile
        batch = _stored(folder, state, plan.new, facts, unbegun) if plan.new else None
        if batch is None and plan.new and attempt >= _PATIENCE:
            with suppress(_ChangedError), folder.locked():
                fresh = _fresh(folder, decided)
                plan = _plan(_there(folder, unbegun), fresh, chosen.again)
                batch = _added(folder, plan.new, facts, unbegun) if plan.new else None
        if batch is not None or not plan.new:
            break
    kept = [one.options[place].where == STORED for one, place in plan.conflicts]
    stored = [one for one in plan.new if one.judged]
    return Outcome(
        batch=batch,
        stored=len(stored),
        already=plan.paragraphs - len(stored) - sum(kept[: plan.disputed]),
        kept=sum(kept),
        merged=sum(one.judged for one in fresh) - plan.paragraphs,
        unlabelled=len(every) - len(decided) - suggestions,
        aside=sum(bool(one.aside) for one in plan.new),
        conflicts=plan.conflicts,
        sentences=plan.sentences,
        suggestions=suggestions,
        outdated=len(decided) - len(fresh),
    )


def is_stored(folder: LabelFolder, decisions: Sequence[Decision]) -> bool:
    """Tell whether a folder that has been begun holds all that some decisions say, or has decided it anew since."""
    plan = _plan(_there(folder, None), _fresh(folder, decisions), lambda conflicts: [0] * len(conflicts))
    return not (plan.new or plan.conflicts)


def _fresh(folder: LabelFolder, decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that are not rows of this folder coming back after somebody decided anew."""
    return without_outdated(decisions, folder.remembered.every_decision(), folder.remembered.by_key())


def _stored(
    folder: LabelFolder, state: object, new: Sequence[Decision], facts: JsonObject, unbegun: Corpus | None
) -> Batch | None:
    """Store decisions as a batch; None where somebody else has written since the folder was in `state`."""
    with folder.locked():
        return _added(folder, new, facts, unbegun) if folder.state() == state else None


def _added(folder: LabelFolder, new: Sequence[Decision], facts: JsonObject, unbegun: Corpus | None) -> Batch:
    """Store decisions as a batch; the lock must be held."""
    if unbegun is not None and not (folder.folder / "taxonomy.toml").is_file():
        begin(folder.folder, unbegun.taxonomy, unbegun.tokeniser.terms)
    return folder.add(new, facts)


def _there(folder: LabelFolder, unbegun: Corpus | None) -> Corpus:
    begun = unbegun is None or (folder.folder / "taxonomy.toml").is_file()
    return (folder.remembered.corpus() if begun else None) or unbegun or read_decisions(folder.folder)


class _ChangedError(Exception):
    """There are other conflicts than those that were decided."""


class _Chosen:
    """What was chosen of some conflicts: to be chosen again, without asking anybody, while they are the same."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._conflicts: list[Conflict] = []
        self._places: list[int] = []

    def __call__(self, conflicts: Sequence[Conflict]) -> list[int]:
        """Decide conflicts; may ask somebody."""
        self._conflicts, self._places = list(conflicts), list(self._resolve(conflicts))
        return self._places

    def again(self, conflicts: Sequence[Conflict]) -> list[int]:
        """Decide the same conflicts as before; raise _ChangedError where they are others."""
        if list(conflicts) != self._conflicts:
            raise _ChangedError
        return self._places


@dataclass(frozen=True)
class _Plan:
    """What an import would do. `paragraphs`: of how many it says what they are about; `sentences`: how many are new.

    `conflicts`: each with the option that counts; the first `disputed` are about paragraphs, the others about
    sentences.
    """

    paragraphs: int
    new: tuple[Decision, ...]
    conflicts: tuple[tuple[Conflict, int], ...]
    disputed: int
    sentences: int


def _plan(corpus: Corpus, decisions: Sequence[Decision], resolve: Resolve) -> _Plan:
    groups = by_paragraph(corpus, decisions)
    parts = [(key, stretch) for key, group in groups.items() for stretch in stretches(group, text_of(group))]
    unclear = [stretch.conflict(corpus.taxonomy) for _, stretch in parts if len(stretch.versions) > 1]
    whole = {key: [one for one in group if one.judged] for key, group in groups.items()}
    options = {key: answers(group) for key, group in whole.items() if any(map(is_new, group))}
    disputed = {
        key: Conflict(shown(groups[key]), some, tuple(said(one, corpus.taxonomy) for one in some))
        for key, some in options.items()
        if len(some) > 1
    }
    conflicts = [*disputed.values(), *unclear]
    chosen = list(resolve(conflicts))
    places = dict(zip(disputed, chosen[: len(disputed)], strict=True))
    counting = {key: some[places.get(key, 0)] for key, some in options.items()}
    labelled = _sentences(parts, chosen[len(disputed) :])
    rows = {key: with_passes(with_text(one, groups[key]), groups[key]) for key, one in counting.items() if is_new(one)}
    new = [_with_sentences(rows.get(key), group, labelled.get(key, [])) for key, group in groups.items()]
    return _Plan(
        len(options), tuple(one for one in new if one is not None), tuple(zip(conflicts, chosen, strict=True)),
        len(disputed), sum(map(len, labelled.values())),
    )  # fmt: skip


def _sentences(parts: Sequence[tuple[str, Stretch]], chosen: Iterable[int]) -> dict[str, list[LabelledSentence]]:
    """Return each paragraph's sentences that are to be stored; `chosen`: which version counts where several are."""
    places = iter(chosen)
    found: dict[str, list[LabelledSentence]] = defaultdict(list)
    for key, stretch in parts:
        version = stretch.versions[next(places) if len(stretch.versions) > 1 else 0]
        if version.where != STORED:
            found[key] += version.sentences
    return found


def _with_sentences(
    row: Decision | None, group: Sequence[Decision], labelled: Sequence[LabelledSentence]
) -> Decision | None:
    """Return what is to be stored of a paragraph; None where that is nothing. `row`: its own new labels, if any."""
    if row is None and not labelled:
        return None
    if row is None:
        first = next(decision for decision in group if is_new(decision) and decision.sentences)
        row = with_text(replace(first, labels=(), aside="", judged=False, sentences=()), group)
    labelled = moved(labelled, text_of(group), row.text)
    plain = (sentence for sentence in row.sentences if row.text is None and sentence.labels is None)
    rest = [one for one in plain if not any(other.meets(one.start, one.end) for other in labelled)]
    return replace(row, sentences=tuple(sorted([*labelled, *rest], key=lambda one: one.start)))


def check(files: Iterable[Incoming], skip_bad: bool) -> list[str]:
    """Return the bad rows; raise LabelError with the first of them unless the good rows are to be kept."""
    problems = [problem for file in files for problem in file.problems]
    if problems and not skip_bad:
        raise LabelError(
            f"nothing was imported, for {len(problems):,} rows or files are bad (--skip-bad keeps the others):\n"
            f"{listed(problems)}"
        )
    return problems
