"""Choose from real paragraphs: what the labels folder and the model in use say of them goes into the choice."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from classifier.api import Model
from classifier.labelling.candidates import Candidate
from classifier.labelling.corpus import read_decisions
from classifier.labelling.taxonomy import Taxonomy
from classifier.training.active_learning.strategy import Choice, Likeness, Pool, by_model, by_seeds, choose
from classifier.training.training_set import settings_of


def suggestions(
    items: Sequence[Candidate], folder: Path | None, taxonomy: Taxonomy, model: Model, wanted: int, seed: int
) -> list[Choice]:
    """Choose `wanted` of the items, none of which is labelled yet.

    `folder`: labels that are there (None: none); what is like them is chosen later. A model of other labels than
    `taxonomy`'s gives its topics only.
    """
    there = list(read_decisions(folder).paragraphs) if folder else []
    counts = [model.tokeniser.counts(item.text) for item in items]
    everything = [*counts, *(one.words for one in there)]
    background = model.stored.pipeline()["features"].background
    likeness = Likeness.of(everything, background, settings_of(model.stored))
    docs = [item.doc for item in items] + [one.doc for one in there]
    pool = Pool(likeness, docs, np.arange(len(items), len(everything)))
    if set(model.ids) == set(taxonomy.ids):
        trained = model.stored.manifest["training"]["labels"]
        given = [int(trained.get(label, 0)) for label in model.ids]
        scores = model.scorer.probabilities(everything)
        worth, reason = by_model(scores, model.scorer.threshold, given, model.taxonomy)
        return choose(pool, [worth], [reason], wanted, seed)
    worths, reasons = by_seeds(everything, taxonomy)
    return choose(pool, worths, reasons, wanted, seed)
