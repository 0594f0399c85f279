"""Thresholds that reach a wanted precision, looked up in what training measured."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from classifier.errors import ModelError
from classifier.i18n.language import language
from classifier.labelling.taxonomy import Label
from classifier.model.arithmetic import Floats
from classifier.model.manifest import PrecisionTable
from classifier.model.scorer import Scorer
from classifier.model.store import StoredModel

LOWEST, HIGHEST = 0.5, 0.99


def at_precision(stored: StoredModel, precision: float | None) -> tuple[Scorer, tuple[str, ...]]:
    """Return a scorer with thresholds that reached `precision` out of fold, and a note for each label that did not.

    None leaves the thresholds as they were trained.
    A label that no threshold brings there gets the threshold of the highest precision that was reached; one for
    which none was measured keeps its own. Raises ModelError for a precision outside 0.5 to 0.99, and for a model
    that was stored without these figures.
    """
    scorer = stored.scorer()
    if precision is None:
        return scorer, ()
    if not LOWEST <= precision <= HIGHEST:
        raise ModelError(f"precision must be from {LOWEST} to {HIGHEST}, not {precision}")
    evaluation = stored.manifest.get("evaluation", {})
    table = evaluation.get("certainty", {}).get("precision")
    if table is None:
        raise ModelError(f"{stored.folder}: was trained before precisions were kept; train it again to ask for one")
    labels = stored.taxonomy.labels
    threshold, notes = _raised(scorer.threshold, table, precision, labels, "")
    bounds = np.minimum(scorer.low, threshold), np.maximum(scorer.high, threshold)
    scorer = replace(scorer, threshold=threshold, low=bounds[0], high=bounds[1])
    if (sentences := evaluation.get("sentences")) is None:  # too few had labels: they are answered like paragraphs
        return scorer, tuple(notes)
    threshold, more = _raised(scorer.sentence_threshold, sentences["precision"], precision, labels, ", sentences")
    bounds = np.minimum(scorer.sentence_low, threshold), np.maximum(scorer.sentence_high, threshold)
    raised = replace(scorer, sentence_threshold=threshold, sentence_low=bounds[0], sentence_high=bounds[1])
    return raised, (*notes, *more)


def _raised(
    threshold: Floats, table: PrecisionTable, precision: float, labels: Sequence[Label], what: str
) -> tuple[Floats, list[str]]:
    """Return the thresholds that reached a precision, and a note for each label that did not."""
    threshold, notes = threshold.copy(), []
    for k, label in enumerate(labels):
        rows = table[label.id]
        enough = [row for row in rows if row["precision"] >= precision - 1e-9]
        if rows:
            threshold[k] = (enough[0] if enough else rows[-1])["threshold"]
        if not enough:
            best = f"the highest was {rows[-1]['reached']:.2f}" if rows else "none was measured"
            notes.append(
                f"{label.named(language())}{what}: no threshold reached precision {precision:.2f} out of fold; {best}"
            )
    return threshold, notes
