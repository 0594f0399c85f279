"""Would more labels help? What the last part of the labels brought, with its interval."""

import numpy as np
from numpy.typing import NDArray

from classifier.labelling.taxonomy import Taxonomy
from classifier.model.background import Background
from classifier.model.manifest import CurvePoint, LearningCurve
from classifier.model.settings import Settings
from classifier.text.joined_texts import Ints
from classifier.training.calibration import decisions
from classifier.training.evaluation import OutOfFold, Progress, weights_of
from classifier.training.fitting import fold_task, scores
from classifier.training.folds import learnable
from classifier.training.metrics import interval, macro_f1, resampled_f1

SHARES = (1 / 3, 2 / 3)
WORTH = 0.01  # macro-F1: what half as many labels again should still bring
_OWN_LEAST = 30  # paragraphs of one's own from which on the curve is theirs


def learning_curve(
    result: OutOfFold, taxonomy: Taxonomy, background: Background, settings: Settings, progress: Progress
) -> LearningCurve:
    """Return macro-F1 on documents not seen, with a third, two thirds and all of the labels to learn from.

    Who adds labels of their own to those of the package is told about their own: only these are held back,
    and only on their documents is it measured. `gain`: what the last third brought, `gain_95` its interval from
    resampling documents. Thresholds come from the other folds, as in the evaluation.
    """
    own = np.array([not paragraph.shipped for paragraph in result.paragraphs])
    varied = own if _OWN_LEAST <= own.sum() < len(own) else np.ones(len(own), bool)
    docs = np.array([paragraph.doc for paragraph in result.paragraphs])
    order = _order(docs[varied], settings.seed)
    y_preds = []
    for share in SHARES:
        progress(f"learning curve: with {share:.0%} of the labels")
        kept = ~varied | np.array([order.get(doc, 0.0) < share for doc in docs])
        y_preds.append(_out_of_fold_labels(result, taxonomy, background, settings, kept))
    y_preds.append(result.y_pred)
    points: list[CurvePoint] = [
        {
            "paragraphs": round(float(varied.sum()) * share),
            "macro_f1": round(macro_f1(result.y_true[varied], y_pred[varied]), 4),
        }
        for share, y_pred in zip((*SHARES, 1.0), y_preds, strict=True)
    ]
    y_true, before, after = result.y_true[varied], y_preds[-2][varied], y_preds[-1][varied]
    first, last = (resampled_f1(docs[varied].tolist(), y_true, one, settings.seed) for one in (before, after))
    low, high = interval((last - first).mean(axis=1))
    return {
        "of": "all labels" if varied.all() else "your labels",
        "points": points,
        "gain": round(points[-1]["macro_f1"] - points[-2]["macro_f1"], 4),
        "gain_95": [round(float(low), 4), round(float(high), 4)],
    }


def helps(curve: LearningCurve) -> bool:
    """Tell whether more labels may still bring something: the gain's interval reaches what is worth it."""
    return bool(curve["gain_95"][1] >= WORTH)


def _order(docs: NDArray[np.str_], seed: int) -> dict[str, float]:
    """Return each document's place in a random order, from 0 up to 1."""
    names = sorted(set(docs.tolist()))
    places = np.random.default_rng(seed).permutation(len(names)) / len(names)
    return dict(zip(names, places.tolist(), strict=True))


def _out_of_fold_labels(
    result: OutOfFold, taxonomy: Taxonomy, background: Background, settings: Settings, kept: NDArray[np.bool_]
) -> Ints:
    """Return the answers out of fold of models that learn from the kept paragraphs only."""
    weights = weights_of(result.paragraphs, settings)
    found, y_pred, fold = np.zeros(result.scores.shape), np.zeros(result.y_true.shape, int), result.fold
    tests = [np.flatnonzero(fold == number) for number in range(settings.folds)]
    tasks = [
        fold_task(result.table, result.y_true, weights, kept & learnable(result.paragraphs, fold, number), test)
        for number, test in enumerate(tests)
    ]
    for test, some in zip(tests, scores(tasks, taxonomy, background, settings, lambda _done: None), strict=True):
        if len(some.evidence):
            found[test] = some.evidence
    for number in range(settings.folds):
        others, test = kept & result.reference & (fold != number), fold == number
        if others.any():
            y_pred[test] = decisions(found[others], result.y_true[others]).predict(found[test])
    return y_pred
