"""Choose from real paragraphs: what the labels folder and the model in use say of them goes into the choice."""

from collections.abc import Sequence

import numpy as np

from classifier.api import Model
from classifier.labelling.candidates import Candidate
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import Taxonomy
from classifier.model.arithmetic import Floats
from classifier.result_tables import AT_ONCE
from classifier.text.units import units_of
from classifier.training.active_learning.strategy import Choice, Likeness, Pool, by_model, by_seeds, choose
from classifier.training.training_set import settings_of

LATEST = 5_000  # labelled paragraphs that the choice is held against: with all of a large folder it would take minutes


def suggestions(
    items: Sequence[Candidate], there: Sequence[LabelledParagraph], taxonomy: Taxonomy, model: Model, wanted: int,
    seed: int,
) -> list[Choice]:  # fmt: skip
    """Choose `wanted` of the items, none of which is labelled yet.

    `there`: what is labelled, the oldest first; what is like the latest of it is chosen later. A model of other labels
    than `taxonomy`'s gives its topics only.
    """
    there = there[-LATEST:]
    knows_labels = set(model.ids) == set(taxonomy.ids)
    counts, probability = _read([item.text for item in items], model, scored=knows_labels)
    everything = [*counts, *(paragraph.words for paragraph in there)]
    background = model.stored.pipeline()["features"].background
    likeness = Likeness.of(everything, background, settings_of(model.stored))
    docs = [item.doc for item in items] + [paragraph.doc for paragraph in there]
    pool = Pool(likeness, docs, np.arange(len(items), len(everything)))
    if knows_labels:
        trained = model.stored.manifest["training"]["labels"]
        given = [int(trained.get(label, 0)) for label in model.ids]
        scores = np.vstack([probability, np.zeros((len(there), len(given)))])
        worth, reason = by_model(scores, model.scorer.threshold, given, model.taxonomy)
        return choose(pool, [worth], [reason], wanted, seed)
    worths, reasons = by_seeds(everything, taxonomy)
    return choose(pool, worths, reasons, wanted, seed)


def _read(texts: Sequence[str], model: Model, *, scored: bool) -> tuple[list[dict[str, int]], Floats]:
    """Cut texts once; return the words of each and, where they are to be scored, what the model says (texts × labels).

    Their sentences are evidence as well, so that what a reason names is what the model says of the whole text.
    """
    counts: list[dict[str, int]] = []
    rows = [np.zeros((0, len(model.ids)))]
    for start in range(0, len(texts), AT_ONCE):
        units = units_of(texts[start : start + AT_ONCE], model.tokeniser)
        counts += units.counts()
        if scored:
            rows.append(model.scorer.predict(units).paragraphs)
    return counts, np.vstack(rows)
