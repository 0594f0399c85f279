"""Is one model better than another? Both trained again and again on the same folds, measured on the same documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classifier.errors import TrainingError
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.taxonomy import Taxonomy
from classifier.labelling.what_counts import superseded
from classifier.model.background import Background
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.text.joined_texts import Ints
from classifier.training.calibration import decisions
from classifier.training.evaluation import OutOfFold, Progress, label_matrix, reference_rows, weights_of
from classifier.training.fitting import evidence_shape, fold_task
from classifier.training.fitting import scores as fitted_scores
from classifier.training.folds import grouped_folds, learnable
from classifier.training.metrics import interval, precision_recall_f1, resampled_f1
from classifier.training.sentence_units import in_sentences, unit_table
from classifier.training.training_set import settings_of, training_set

Verdict = Literal["better", "same", "worse"]


@dataclass(frozen=True)
class Side:
    """All that is needed to train a model again. `result`: its evaluation, if that is at hand, may spare that.

    `beside`: paragraphs of which only sentences have labels.
    """

    version: str
    taxonomy: Taxonomy
    paragraphs: tuple[LabelledParagraph, ...]
    background: Background
    settings: Settings
    result: OutOfFold | None = None
    beside: tuple[LabelledParagraph, ...] = ()


@dataclass(frozen=True)
class Difference:
    """F1 of both models on one label, and their difference (second - first) with its 95 % interval."""

    name: str
    first: float
    second: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """How much higher the second model's F1 is."""
        return self.second - self.first

    @property
    def verdict(self) -> Verdict:
        """Whether the interval lies above 0, below it, or holds it."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "same"


@dataclass(frozen=True)
class Changed:
    """A paragraph that the two models label differently; `labels`: what people say of it."""

    where: str
    key: str
    labels: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What comparing two models found. `macro` is the mean over the labels that both know."""

    first: str
    second: str
    paragraphs: int
    documents: int
    macro: Difference
    labels: tuple[Difference, ...]
    changed: tuple[Changed, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether the second model is better, the same or worse than the first, as far as can be told."""
        return self.macro.verdict


def side(stored: StoredModel, result: OutOfFold | None = None) -> Side:
    """Return a stored model's side; raise ModelError where what it was trained on was not kept."""
    background: Background = stored.pipeline()["features"].background
    corpus = in_sentences(training_set(stored))
    return Side(
        stored.version, stored.taxonomy, corpus.paragraphs, background, settings_of(stored), result,
        corpus.sentences_only,
    )  # fmt: skip


def compare(first: Side, second: Side, progress: Progress) -> Comparison:
    """Compare two models on the documents of both, each document answered by models that have not seen it.

    Where the two were told different labels of a paragraph, the second's count: they are the newer.
    Raises TrainingError where the models know no label in common.
    """
    ids = tuple(label for label in first.taxonomy.ids if label in second.taxonomy.ids)
    if not ids:
        raise TrainingError(f"{first.version} and {second.version} know no label in common; they cannot be compared")
    held = (*superseded(first.paragraphs, second.paragraphs), *second.paragraphs)
    fold = _folds(held, second.settings)
    y_true = label_matrix(held, second.taxonomy)[:, _columns(second, ids)]
    y_preds = [_out_of_fold_labels(one, held, fold, progress)[:, _columns(one, ids)] for one in (first, second)]
    docs = [one.doc for one in held]
    drawn, drawn_again = (resampled_f1(docs, y_true, pred, second.settings.seed) for pred in y_preds)
    gains = drawn_again - drawn
    low, high = interval(np.column_stack([gains, gains.mean(axis=1)]))
    scores = [precision_recall_f1(y_true, y_pred)[:, 2] for y_pred in y_preds]
    before, after = (np.append(score, score.mean()).tolist() for score in scores)
    rows = [
        Difference(*row) for row in zip((*ids, "macro-F1"), before, after, low.tolist(), high.tolist(), strict=True)
    ]
    return Comparison(
        first=first.version,
        second=second.version,
        paragraphs=len(held),
        documents=len(set(docs)),
        macro=rows[-1],
        labels=tuple(rows[:-1]),
        changed=tuple(_changed(held, ids, y_true, y_preds)),
    )


def _columns(side: Side, ids: Sequence[str]) -> list[int]:
    return [side.taxonomy.ids.index(label) for label in ids]


def _folds(held: Sequence[LabelledParagraph], settings: Settings) -> NDArray[np.int64]:
    if len({paragraph.doc for paragraph in held}) < settings.folds:
        raise TrainingError(f"the labels of both models come from fewer than {settings.folds} documents; label more")
    return grouped_folds(held, settings.folds, settings.seed)


def _out_of_fold_labels(
    side: Side, held: Sequence[LabelledParagraph], fold: NDArray[np.int64], progress: Progress
) -> Ints:
    """Return a model's answers on the held-out paragraphs, each fold by a model trained without its documents.

    Calibration and thresholds come from the model's own paragraphs in the other folds.
    """
    if side.result is not None and _answered(side.result, held, fold):
        return side.result.y_pred
    own = (*side.paragraphs, *side.beside)
    own_fold, measured = _own_folds(own, held, fold), np.array([row.judged for row in own], bool)
    y_true, weights = label_matrix(own, side.taxonomy), weights_of(own, side.settings)
    place = {row.key: number for number, row in enumerate(own)}
    foreign = [row for row in held if row.key not in place]
    place |= {row.key: number for number, row in enumerate(foreign, start=len(own))}
    both = [*own, *(replace(row, sentences=_unlabelled(row)) for row in foreign)]
    table = unit_table(both, side.taxonomy.ids, side.settings.piece_length)
    rows = np.array([place[row.key] for row in held])
    folds = range(fold.max() + 1)
    tests, owns = ([np.flatnonzero(all_ == number) for number in folds] for all_ in (fold, own_fold))
    tasks = []
    for number, test, ours in zip(folds, tests, owns, strict=True):
        learn = learnable(own, own_fold, number, [held[row] for row in test.tolist()])
        tasks.append(fold_task(table, y_true, weights, learn, np.append(rows[test], ours)))
    own_scores, scores = np.zeros(evidence_shape(y_true)), np.zeros((len(held), *evidence_shape(y_true)[1:]))
    found = fitted_scores(
        tasks, side.taxonomy, side.background, side.settings,
        lambda done: progress(f"comparing: {side.version}, fold {done} of {len(tasks)} done"),
    )  # fmt: skip
    for test, ours, said in zip(tests, owns, found, strict=True):
        scores[test], own_scores[ours] = said.evidence[: len(test)], said.evidence[len(test) :]
    y_pred, reference = np.zeros(scores.shape[:2], int), measured.copy()
    reference[measured] = reference_rows(side.paragraphs, y_true[measured])
    for number in range(fold.max() + 1):
        others = (own_fold != number) & reference
        learnt = decisions(own_scores[others], y_true[others])
        y_pred[fold == number] = learnt.predict(scores[fold == number])
    return y_pred


def _unlabelled(row: LabelledParagraph) -> tuple[LabelledSentence, ...]:
    """Return a paragraph's sentences without their labels, which may be another taxonomy's."""
    return tuple(replace(sentence, labels=None) for sentence in row.sentences)


def _answered(result: OutOfFold, held: Sequence[LabelledParagraph], fold: NDArray[np.int64]) -> bool:
    """Tell whether an evaluation asked just this: these paragraphs in these folds."""
    same = [paragraph.key for paragraph in held] == [paragraph.key for paragraph in result.paragraphs]
    return same and bool((fold == result.fold).all())


def _own_folds(
    own: Sequence[LabelledParagraph], held: Sequence[LabelledParagraph], fold: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the fold of each of a model's own paragraphs: that of its document, or of its correction elsewhere."""
    by_doc = dict(zip((paragraph.doc for paragraph in held), fold.tolist(), strict=True))
    by_key = dict(zip((paragraph.key for paragraph in held), fold.tolist(), strict=True))
    return np.array([by_doc.get(paragraph.doc, by_key.get(paragraph.key, 0)) for paragraph in own], int)


def _changed(
    held: Sequence[LabelledParagraph], ids: Sequence[str], y_true: Ints, y_preds: Sequence[Ints]
) -> list[Changed]:
    names = np.array(ids)

    def named(row: NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(names[row == 1].tolist())

    rows = np.flatnonzero((y_preds[0] != y_preds[1]).any(axis=1)).tolist()
    return [
        Changed(held[row].where, held[row].key, named(y_true[row]), named(y_preds[0][row]), named(y_preds[1][row]))
        for row in rows
    ]
