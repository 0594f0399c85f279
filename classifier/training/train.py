"""Train a model from a labels folder: evaluate it out of fold, calibrate it, fit it on all, store it."""

import datetime
import hashlib
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.pipeline import Pipeline

from classifier.errors import TrainingError
from classifier.labelling.corpus import Corpus
from classifier.labelling.digest import fingerprint
from classifier.labelling.quality.statistics import count_sentences
from classifier.model.background import Background, fit_background
from classifier.model.compile import compile_scorer
from classifier.model.kept_labels import pack
from classifier.model.manifest import LearningCurve, Manifest, SentenceFacts
from classifier.model.pipeline import new_pipeline
from classifier.model.scorer import Scorer
from classifier.model.settings import Settings
from classifier.model.store import StoredModel, locked_models, make_current, save_model, versions
from classifier.training.calibration import Calibration, calibrate
from classifier.training.evaluation import OutOfFold, Progress, cross_validate, label_matrix, report, weights_of
from classifier.training.learning_curve import learning_curve
from classifier.training.model_card import card
from classifier.training.sentence_calibration import calibrate_sentences, sentence_figures
from classifier.training.sentence_units import in_sentences, unit_table
from classifier.training.topic_description import describe_topics

LEAST_PARAGRAPHS, LEAST_DOCUMENTS = 10, 3


@dataclass(frozen=True, eq=False)
class Trained:
    """A fitted model that is not stored yet, and what it was made from. `result`: its answers out of fold."""

    corpus: Corpus
    background: Background
    settings: Settings
    pipeline: Pipeline
    learnt: Calibration
    scorer: Scorer
    result: OutOfFold
    curve: LearningCurve


def train(
    corpus: Corpus, background: Background | None, settings: Settings, folder: Path, progress: Progress
) -> StoredModel:
    """Train, evaluate and store a model as a new version in `folder`, and make it the current one.

    The labels it was made from are not kept beside it: this is for a model that is shipped with them.
    """
    stored = store(fit(corpus, background, settings, progress), folder, keep_labels=False, progress=progress)
    make_current(folder, stored.version)
    return stored


def fit(corpus: Corpus, background: Background | None, settings: Settings, progress: Progress) -> Trained:
    """Evaluate out of fold, calibrate, train on all paragraphs.

    `background`: document frequencies and topics to use; None learns them from the labelled paragraphs.
    Raises TrainingError where a label has too few paragraphs or documents to be learnt.
    """
    background = background or _own_background(corpus, settings, progress)
    check_enough(corpus, settings)
    corpus = in_sentences(corpus)
    beside = corpus.sentences_only
    result = cross_validate(corpus.paragraphs, corpus.taxonomy, background, settings, progress, beside)
    labels = corpus.taxonomy.ids
    curve = learning_curve(result, corpus.taxonomy, background, settings, progress)
    progress("training on all paragraphs")
    pipeline = new_pipeline(labels, background, settings)
    every = [*corpus.paragraphs, *beside]
    table = unit_table(every, labels, settings.piece_length) if beside else result.table
    pipeline.fit(table, label_matrix(every, corpus.taxonomy), labels__sample_weight=weights_of(every, settings))
    learnt = calibrate(result.scores[result.reference], result.y_true[result.reference], settings)
    _set_calibration(pipeline, learnt, calibrate_sentences(result, settings))
    return Trained(corpus, background, settings, pipeline, learnt, compile_scorer(pipeline), result, curve)


def _set_calibration(pipeline: Pipeline, learnt: Calibration, of_sentences: Calibration) -> None:
    own = {name: getattr(learnt, name) for name in ("weights", "offset", "threshold", "low", "high")}
    theirs = {f"sentence_{name}": getattr(of_sentences, name) for name in ("offset", "threshold", "low", "high")}
    pipeline["labels"].calibrate(**own, **theirs, sentence_slope=of_sentences.weights[:, 0])


def store(trained: Trained, folder: Path, *, keep_labels: bool, progress: Progress) -> StoredModel:
    """Store a model as a new version; it is not in use before it is made current.

    `keep_labels`: keep the word counts and labels it was made from beside it, which comparing needs.
    """
    packed = pack(trained.corpus.every) if keep_labels else None
    with locked_models(folder):
        manifest = _manifest(trained, _free_name(folder, trained.corpus, trained.settings))
        progress(f"storing {manifest['version']}")
        return save_model(folder, trained.pipeline, trained.scorer, manifest, card(manifest), packed)


def out_of_fold(corpus: Corpus, background: Background | None, settings: Settings, progress: Progress) -> OutOfFold:
    """Return what models say of each paragraph when trained on other documents; arguments and errors as in `train`."""
    check_enough(corpus, settings)
    known, corpus = background or _own_background(corpus, settings, progress), in_sentences(corpus)
    return cross_validate(corpus.paragraphs, corpus.taxonomy, known, settings, progress, corpus.sentences_only)


def _own_background(corpus: Corpus, settings: Settings, progress: Progress) -> Background:
    progress("no background: learning topics from the labelled paragraphs")
    return fit_background([paragraph.words for paragraph in corpus.paragraphs], settings)


def check_enough(corpus: Corpus, settings: Settings) -> None:
    """Raise TrainingError, with the numbers, where labels cannot be learnt: a line a label."""
    documents = {paragraph.doc for paragraph in corpus.paragraphs}
    if len(documents) < settings.folds:
        raise TrainingError(
            f"the labels come from {len(documents)} documents; {settings.folds} are needed to evaluate "
            "with documents kept whole (key `doc`)"
        )
    small = []
    for label in corpus.taxonomy.labels:
        own = [paragraph for paragraph in corpus.paragraphs if label.id in paragraph.labels]
        docs = {one.doc for one in own}
        if len(own) < LEAST_PARAGRAPHS or len(docs) < LEAST_DOCUMENTS:
            small.append(
                f"{label.id} ({label.zh}) has {len(own)} paragraphs in {len(docs)} documents; "
                f"at least {LEAST_PARAGRAPHS} in {LEAST_DOCUMENTS} are needed: label more of it"
            )
    if small:
        raise TrainingError("\n".join(small))


def check_writable(folder: Path) -> None:
    """Make a models folder; raise TrainingError where nothing can be written there, before anything is trained."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise TrainingError(
            f"{folder}: no model can be stored here ({error.strerror}); --models names a folder"
        ) from error


def _free_name(folder: Path, corpus: Corpus, settings: Settings) -> str:
    """Return a version name: the day and what it was trained from; numbered where that exists already."""
    key = fingerprint(corpus.every) + repr(settings) + corpus.tokeniser.name
    name = f"{datetime.datetime.now(datetime.UTC):%Y%m%d}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
    taken = set(versions(folder))
    numbered = (f"{name}-{number}" for number in range(2, 10_000))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _sentence_facts(corpus: Corpus) -> SentenceFacts:
    found = count_sentences(corpus.every, corpus.taxonomy.ids)
    return {
        "sentences": found.sentences,
        "paragraphs": found.paragraphs,
        "alone": found.alone,
        "labels": dict(found.labels),
    }


def _manifest(trained: Trained, version: str) -> Manifest:
    corpus, background, learnt, scorer = trained.corpus, trained.background, trained.learnt, trained.scorer
    paragraphs = corpus.paragraphs
    counts = [paragraph.words for paragraph in paragraphs]
    strength = np.vstack([scorer.topics(counts[start : start + 1000]) for start in range(0, len(counts), 1000)])
    origins = Counter(paragraph.origin or "(not said)" for paragraph in paragraphs)
    return {
        "version": version,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "taxonomy": corpus.taxonomy.as_dict(),
        "terms": list(corpus.tokeniser.terms),
        "tokeniser": corpus.tokeniser.name,
        "settings": asdict(trained.settings),
        "background": background.describe(),
        "training": {
            "paragraphs": len(paragraphs),
            "documents": len({paragraph.doc for paragraph in paragraphs}),
            "labels": {
                label: sum(label in paragraph.labels for paragraph in paragraphs) for label in corpus.taxonomy.ids
            },
            "none": sum(not paragraph.labels for paragraph in paragraphs),
            "origins": dict(origins.most_common()),
            "own": sum(not paragraph.shipped for paragraph in paragraphs),
            "set_aside": corpus.aside,
            "tokenised_otherwise": corpus.foreign_tokens,
            "fingerprint": fingerprint(corpus.every),
            "sentences": _sentence_facts(corpus),
            "labels_as_of": corpus.as_of,
        },
        "decision": {
            label: {
                "threshold": round(float(scorer.threshold[k]), 4),
                "threshold_90": learnt.interval[:, k].round(4).tolist(),
                "uncertain_from": round(float(scorer.low[k]), 4),
                "uncertain_to": round(float(scorer.high[k]), 4),
            }
            for k, label in enumerate(corpus.taxonomy.ids)
        },
        "evaluation": {
            **report(trained.result, corpus.taxonomy, trained.settings),
            "sentences": sentence_figures(trained.result, corpus.taxonomy.ids),
        },
        "learning_curve": trained.curve,
        "topics": describe_topics(background, strength, trained.result.y_true, corpus.taxonomy.ids),
    }
