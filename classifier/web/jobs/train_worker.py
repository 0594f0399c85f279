"""A training in a process of its own: tells what it does as JSON Lines on standard output.

    python -m classifier.web.jobs.train_worker LABELS MODELS [--promote]

Its steps are `classify train`'s; what is promoted is decided by a person who has seen the comparison, unless
--promote asks for the rule of the command line: in use if it is not worse.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import orjson

from classifier import places
from classifier.errors import ClassifierError
from classifier.i18n.sentences import HTTP, translated
from classifier.labelling.corpus import Corpus, read_decisions
from classifier.labelling.decision import now
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.taxonomy import Taxonomy
from classifier.model.decide import percent
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.training.comparison import Changed, Comparison
from classifier.training.corrections import Correction, Corrections, corrections
from classifier.training.load_labels import background_in_use, gather
from classifier.training.promotion import Promotion, reason, settle, train_version, version_in_use
from classifier.web.jobs.events import ChangedRow, ComparisonFacts, CorrectionFacts, CorrectionRow, Event

_CHANGED = 500  # paragraphs shown
_DAMAGED = 20  # rows named that were left out


def main() -> int:
    """Train, compare, tell; return the exit code."""
    labels, models, *options = sys.argv[1:]
    _keep_output()
    _step_back()
    try:
        _run(Path(labels), Path(models), "--promote" in options)
    except (ClassifierError, OSError) as error:
        _tell({"event": "failed", "message": translated(str(error), HTTP)})
        return 1
    return 0


def _run(labels: Path, models: Path, promoting: bool) -> None:
    def progress(step: str) -> None:
        _tell({"event": "step", "step": step})

    progress("reading labels")
    corpus = _corpus(labels)
    if corpus.damage:
        _tell({"event": "damaged", "rows": corpus.damage[:_DAMAGED], "in_all": len(corpus.damage)})
    found = background_in_use()
    settings = Settings()
    before = version_in_use(list(dict.fromkeys([models, *places.model_folders()])))
    new = train_version(corpus, found[1] if found else None, settings, models, progress)
    _tell({"event": "stored", "version": new.stored.version})
    outcome = settle(new, progress, promoting=promoting)
    found_corrections = _corrections(corrections(corpus, new.stored, before))
    _tell({**_outcome(new.stored, outcome, promoting, labels), "corrections": found_corrections})


def _corpus(labels: Path) -> Corpus:
    """Read the labels. All that was decided before `as_of` is in them: nobody is writing while the time is taken."""
    if not (labels / "taxonomy.toml").is_file():
        return gather([]).corpus
    with LabelFolder(labels).locked():
        as_of = now()
    return replace(gather([labels]).corpus, as_of=as_of)


def _outcome(stored: StoredModel, outcome: Promotion, promoting: bool, labels: Path) -> Event:
    training = stored.manifest["training"]
    facts: Event = {
        "event": "compared",
        "version": stored.version,
        "paragraphs": training["paragraphs"],
        "own": training["own"],
        "promoted": promoting and outcome.promoted,
        "advised": outcome.promoted,
        "why": outcome.why,
    }
    if outcome.comparison is None:
        return facts
    comparison = _comparison(outcome.comparison, labels, stored.taxonomy)
    return {**facts, "why": comparison["reason"], "comparison": comparison}


def _corrections(corrections: Corrections) -> CorrectionFacts:
    left = corrections.not_followed
    return {
        "before": corrections.before,
        "in_all": len(corrections.found),
        "followed": len(corrections.found) - len(left),
        "rows": [_correction(one) for one in left[:_CHANGED]],
    }


def _correction(correction: Correction) -> CorrectionRow:
    others = [
        label
        for label in correction.now.probabilities
        if (label in correction.decided) != (label in correction.now.labels)
    ]
    return {
        "text": correction.text,
        "where": correction.where,
        "decided": correction.decided,
        "now": correction.now.labels,
        "percent": {label: percent(correction.now.probabilities[label]) for label in others},
    }


def _comparison(comparison: Comparison, labels: Path, taxonomy: Taxonomy) -> ComparisonFacts:
    texts = _texts(labels)
    rows = [
        asdict(label) | {"verdict": label.verdict, "difference": label.difference}
        for label in (*comparison.labels, comparison.macro)
    ]
    return {
        "first": comparison.first,
        "second": comparison.second,
        "paragraphs": comparison.paragraphs,
        "documents": comparison.documents,
        "verdict": comparison.verdict,
        "reason": reason(comparison, {label.id: label.name for label in taxonomy.labels}),
        "rows": rows,
        "changed_in_all": len(comparison.changed),
        "changed": [_changed(one, texts) for one in comparison.changed[:_CHANGED]],
    }


def _changed(changed: Changed, texts: Mapping[str, str]) -> ChangedRow:
    return {
        "text": texts.get(changed.key, ""),
        "where": changed.where,
        "people": changed.labels,
        "first": changed.first,
        "second": changed.second,
    }


def _texts(labels: Path) -> dict[str, str]:
    folders = dict.fromkeys([places.packaged("labels"), labels])
    read = [read_decisions(folder).paragraphs for folder in folders if (folder / "taxonomy.toml").is_file()]
    return {row.key: row.text for rows in read for row in rows if row.text is not None}


def _step_back() -> None:
    """Leave the processor to the server wherever both want it; Windows has no such call."""
    if hasattr(os, "nice"):
        os.nice(19)


def _keep_output() -> None:
    """Keep standard output for events alone: what this process begins writes to standard error, and so ends with us."""
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)


def _tell(event: Event) -> None:
    sys.stdout.buffer.write(orjson.dumps(event) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
