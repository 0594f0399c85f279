"""Bring labels into a labels folder: duplicates merge, conflicts are decided, all of it is one batch or nothing is."""

from collections.abc import Iterable, Sequence
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
from classifier.labelling.imports.dedupe import STORED, answers, by_paragraph, is_new, shown, with_passes, with_text


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
    facts: JsonObject,
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
        there = (folder.remembered.corpus() if begun else None) or unbegun or read_decisions(folder.folder)
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
    folder: LabelFolder, state: object, new: Sequence[Decision], facts: JsonObject, unbegun: Corpus | None
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
    groups = by_paragraph(corpus, decisions)
    options = {key: answers(group) for key, group in groups.items()}
    disputed = {
        key: Conflict(shown(groups[key]), some, tuple(said(one, corpus.taxonomy) for one in some))
        for key, some in options.items()
        if len(some) > 1
    }
    places = dict(zip(disputed, resolve(list(disputed.values())), strict=True))
    counting = {key: some[places.get(key, 0)] for key, some in options.items()}
    new = [with_passes(with_text(one, groups[key]), groups[key]) for key, one in counting.items() if is_new(one)]
    conflicts = tuple((conflict, places[key]) for key, conflict in disputed.items())
    return _Plan(len(groups), tuple(new), conflicts)


def check(files: Iterable[Incoming], skip_bad: bool) -> list[str]:
    """Return the bad rows; raise LabelError with the first of them unless the good rows are to be kept."""
    problems = [problem for file in files for problem in file.problems]
    if problems and not skip_bad:
        raise LabelError(
            f"nothing was imported, for {len(problems):,} rows or files are bad (--skip-bad keeps the others):\n"
            f"{listed(problems)}"
        )
    return problems
