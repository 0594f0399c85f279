"""Thresholds that reach a wanted precision, looked up in what training measured."""

from dataclasses import replace
from typing import Any

import numpy as np

from classifier.errors import ModelError
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
    table: dict[str, list[dict[str, Any]]] | None = (
        stored.manifest.get("evaluation", {}).get("certainty", {}).get("precision")
    )
    if table is None:
        raise ModelError(f"{stored.folder}: was trained before precisions were kept; train it again to ask for one")
    threshold, notes = scorer.threshold.copy(), []
    for k, label in enumerate(stored.taxonomy.labels):
        rows = table[label.id]
        enough = [row for row in rows if row["precision"] >= precision - 1e-9]
        if rows:
            threshold[k] = (enough[0] if enough else rows[-1])["threshold"]
        if not enough:
            best = f"the highest was {rows[-1]['reached']:.2f}" if rows else "none was measured"
            notes.append(f"{label.name}: no threshold reached precision {precision:.2f} out of fold; {best}")
    bounds = np.minimum(scorer.low, threshold), np.maximum(scorer.high, threshold)
    return replace(scorer, threshold=threshold, low=bounds[0], high=bounds[1]), tuple(notes)
