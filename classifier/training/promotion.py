"""Which version is in use: a new one only where it is not worse than the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from classifier import places
from classifier.errors import ModelError
from classifier.i18n.language import language
from classifier.labelling.corpus import Corpus
from classifier.model.background import Background
from classifier.model.registry import use
from classifier.model.settings import Settings
from classifier.model.store import StoredModel, find_model, locked_models
from classifier.training.comparison import Comparison, compare, side
from classifier.training.evaluation import OutOfFold, Progress
from classifier.training.train import check_writable, fit, store


@dataclass(frozen=True)
class Promotion:
    """Whether a new version is now in use, why, and the comparison where there was one."""

    promoted: bool
    why: str
    comparison: Comparison | None = None


@dataclass(frozen=True, eq=False)
class NewVersion:
    """A version that was trained and stored, and is not in use. `result`: its answers out of fold."""

    stored: StoredModel
    result: OutOfFold


def train_version(
    corpus: Corpus, background: Background | None, settings: Settings, models: Path, progress: Progress
) -> NewVersion:
    """Train a model and store it as a version in the folder `models`, with what it learnt from, to be compared.

    Raises TrainingError where the labels are too few or nothing can be stored in `models`, before anything is trained;
    ModelError where another program holds the folder.
    """
    check_writable(models)
    trained = fit(corpus, background, settings, progress)
    return NewVersion(store(trained, models, keep_labels=True, progress=progress), trained.result)


def settle(new: NewVersion, progress: Progress, *, promoting: bool) -> Promotion:
    """Say whether a new version may take the place of the one in use; `promoting`: put it to use where it may.

    Models are looked for beside the new version first.
    """
    folders = list(dict.fromkeys([new.stored.folder.parent, *places.model_folders()]))
    decide = promote if promoting else judge
    return decide(new.stored, folders, progress, new.result)


def promote(new: StoredModel, folders: list[Path], progress: Progress, result: OutOfFold | None = None) -> Promotion:
    """Make a new version current where it is not worse than the one in use.

    `folders`: where models are looked for, the new version's own first. `result`: the new version's evaluation,
    which spares training it anew where both versions know the same paragraphs. Two trainings that end at once are each
    measured against what is in use when they end.
    """
    while True:
        before = version_in_use(folders)
        found = _judged(new, before, progress, result)
        with locked_models(new.folder.parent):
            now = version_in_use(folders)
            if (now and now.folder) != (before and before.folder):
                continue  # somebody else's version came first
            if found.promoted:
                use(new.folder.parent, new.version)
            return found


def judge(new: StoredModel, folders: list[Path], progress: Progress, result: OutOfFold | None = None) -> Promotion:
    """Say whether a new version may take the place of the one in use; arguments as in `promote`. Nothing is changed."""
    return _judged(new, version_in_use(folders), progress, result)


def _judged(new: StoredModel, before: StoredModel | None, progress: Progress, result: OutOfFold | None) -> Promotion:
    if before is None:
        return Promotion(True, "it is the first model")
    if not set(before.taxonomy.ids) & set(new.taxonomy.ids):
        return Promotion(True, f"{before.version} knows other labels")
    if before.folder == new.folder:
        return Promotion(True, "it is in use already")
    try:
        first = side(before)
    except ModelError as error:
        return Promotion(False, f"it cannot be compared: {error}")
    comparison = compare(first, side(new, result), progress)
    names = {label.id: label.named(language()) for label in new.taxonomy.labels}
    return Promotion(comparison.verdict != "worse", reason(comparison, names), comparison)


def reason(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return a comparison's outcome in one line; `names`: of the labels, by their ids."""
    macro = comparison.macro
    words = {"better": "better than", "same": "not worse than", "worse": "worse than"}[comparison.verdict]
    line = (
        f"it is {words} {comparison.first} on {comparison.paragraphs:,} paragraphs not seen: macro-F1 "
        f"{macro.second:.3f} against {macro.first:.3f}, difference {macro.difference:+.3f} "
        f"[{macro.low:+.3f}, {macro.high:+.3f}]"
    )
    if comparison.verdict == "worse":
        return line
    worse = [f"worse on {names[label.name]}" for label in comparison.labels if label.verdict == "worse"]
    return f"{line}; but {'; '.join(worse)}" if worse else line


def version_in_use(folders: list[Path]) -> StoredModel | None:
    """Return the model that is in use, looked for in folders, the first first; None where there is none."""
    try:
        return find_model(None, folders)
    except ModelError:
        return None
