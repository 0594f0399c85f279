"""Train a model from a labels folder: evaluate it out of fold, calibrate it, fit it on all, store it."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from classifier.errors import TrainingError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.model.background import Background, fit_background
from classifier.model.compile import compile_scorer
from classifier.model.pipeline import new_pipeline
from classifier.model.scorer import Scorer
from classifier.model.settings import Settings
from classifier.model.store import StoredModel, make_current, save_model, versions
from classifier.training.calibrate import Calibration, calibrate
from classifier.training.card import card
from classifier.training.evaluate import OutOfFold, Progress, cross_validate, report
from classifier.training.topics import describe_topics

LEAST_PARAGRAPHS, LEAST_DOCUMENTS = 10, 3


def train(
    corpus: Corpus, background: Background | None, settings: Settings, folder: Path, progress: Progress
) -> StoredModel:
    """Train, evaluate and store a model as a new version in `folder`, and make it the current one.

    `background`: document frequencies and topics to use; None learns them from the labelled paragraphs.
    Raises TrainingError where a label has too few paragraphs or documents to be learnt.
    """
    background = background or _own_background(corpus, settings, progress)
    result = out_of_fold(corpus, background, settings, progress)
    progress("training on all paragraphs")
    pipeline = new_pipeline(corpus.taxonomy.ids, background, settings)
    pipeline.fit([one.words for one in corpus.paragraphs], result.truth)
    learnt = calibrate(result.scores[result.reference], result.truth[result.reference], settings)
    pipeline["labels"].calibrate(learnt.slope, learnt.offset, learnt.threshold, (learnt.low, learnt.high))
    scorer = compile_scorer(pipeline)
    manifest = _manifest(corpus, background, settings, result, (learnt, scorer), _free_name(folder, corpus, settings))
    progress(f"storing {manifest['version']}")
    stored = save_model(folder, pipeline, scorer, manifest, card(manifest))
    make_current(folder, stored.version)
    return stored


def out_of_fold(corpus: Corpus, background: Background | None, settings: Settings, progress: Progress) -> OutOfFold:
    """Return what models say of each paragraph when trained on other documents; arguments and errors as in `train`."""
    check_enough(corpus, settings)
    known = background or _own_background(corpus, settings, progress)
    labels = corpus.taxonomy.ids
    return cross_validate(
        corpus.paragraphs, corpus.taxonomy, lambda: new_pipeline(labels, known, settings), settings, progress
    )


def _own_background(corpus: Corpus, settings: Settings, progress: Progress) -> Background:
    progress("no background: learning topics from the labelled paragraphs")
    return fit_background([one.words for one in corpus.paragraphs], settings)


def check_enough(corpus: Corpus, settings: Settings) -> None:
    """Raise TrainingError, with the numbers, where a label cannot be learnt."""
    documents = {one.doc for one in corpus.paragraphs}
    if len(documents) < settings.folds:
        raise TrainingError(
            f"the labels come from {len(documents)} documents; {settings.folds} are needed to evaluate "
            "with documents kept whole (key `doc`)"
        )
    for label in corpus.taxonomy.labels:
        own = [one for one in corpus.paragraphs if label.id in one.labels]
        docs = {one.doc for one in own}
        if len(own) < LEAST_PARAGRAPHS or len(docs) < LEAST_DOCUMENTS:
            raise TrainingError(
                f"{label.id} ({label.zh}) has {len(own)} paragraphs in {len(docs)} documents; "
                f"at least {LEAST_PARAGRAPHS} in {LEAST_DOCUMENTS} are needed: label more of it"
            )


def fingerprint(paragraphs: Sequence[LabelledParagraph]) -> str:
    """Return a name for exactly these labelled paragraphs, whatever files they lie in."""
    rows = sorted(orjson.dumps([sorted(one.words.items()), one.labels, one.doc]) for one in paragraphs)
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def _free_name(folder: Path, corpus: Corpus, settings: Settings) -> str:
    """Return a version name: the day and what it was trained from; numbered where that exists already."""
    key = fingerprint(corpus.paragraphs) + repr(settings) + corpus.tokeniser.name
    name = f"{datetime.datetime.now(datetime.UTC):%Y%m%d}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
    taken = set(versions(folder))
    numbered = (f"{name}-{number}" for number in range(2, 10_000))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _manifest(
    corpus: Corpus,
    background: Background,
    settings: Settings,
    result: OutOfFold,
    made: tuple[Calibration, Scorer],
    version: str,
) -> dict[str, Any]:
    learnt, scorer = made
    paragraphs = corpus.paragraphs
    strength = np.array([scorer.topics(one.words) for one in paragraphs])
    origins = Counter(one.origin or "(not said)" for one in paragraphs)
    return {
        "version": version,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "taxonomy": corpus.taxonomy.as_dict(),
        "terms": list(corpus.tokeniser.terms),
        "tokeniser": corpus.tokeniser.name,
        "settings": asdict(settings),
        "background": background.describe(),
        "training": {
            "paragraphs": len(paragraphs),
            "documents": len({one.doc for one in paragraphs}),
            "labels": {label: sum(label in one.labels for one in paragraphs) for label in corpus.taxonomy.ids},
            "none": sum(not one.labels for one in paragraphs),
            "origins": dict(origins.most_common()),
            "tokenised_otherwise": corpus.foreign_tokens,
            "fingerprint": fingerprint(paragraphs),
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
        "evaluation": report(result, corpus.taxonomy, settings),
        "topics": describe_topics(background, strength, result.truth, corpus.taxonomy.ids),
    }
