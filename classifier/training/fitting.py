"""Train many pipelines at once: on two cores, two at a time."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from classifier.labelling.taxonomy import Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.pipeline import new_pipeline
from classifier.model.sentence_evidence import EVIDENCE
from classifier.model.settings import Settings
from classifier.model.unit_table import UnitTable
from classifier.text.joined_texts import Ints

_WORTH_A_PROCESS = 1000  # paragraphs; with fewer, starting processes takes longer than training


@dataclass(frozen=True, eq=False)
class Scores:
    """What a pipeline says: `evidence` (paragraphs × labels × 6) and `sentences` (sentences × labels, log-odds)."""

    evidence: Floats
    sentences: Floats


def evidence_shape(y_true: Ints) -> tuple[int, int, int]:
    """Return the shape of the evidence of paragraphs with these labels (paragraphs × labels)."""
    return (*y_true.shape, len(EVIDENCE))


@dataclass(frozen=True, eq=False)
class Task:
    """What one pipeline learns from and what it is to score: numbers of paragraphs in a table.

    `y_true` and `weights` are those of the paragraphs in `learn`. With nothing to learn from, nothing is scored.
    """

    table: UnitTable
    learn: NDArray[np.int64]
    y_true: Ints
    weights: Floats
    test: NDArray[np.int64]


def fold_task(
    table: UnitTable, y_true: Ints, weights: Floats, learn: NDArray[np.bool_], test: NDArray[np.int64]
) -> Task:
    """Return the task to learn from the paragraphs marked in `learn` and to score those numbered in `test`.

    `y_true` and `weights` are those of all paragraphs of the table.
    """
    rows = np.flatnonzero(learn)
    return Task(table, rows, y_true[rows], weights[rows], test)


def scores(
    tasks: Sequence[Task], taxonomy: Taxonomy, background: Background, settings: Settings, done: Callable[[int], None]
) -> Iterator[Scores]:
    """Yield what each task's pipeline says of the paragraphs in `test`, in their order; `done` is told how many are."""
    large = len(tasks) > 1 and len(tasks[0].learn) >= _WORTH_A_PROCESS
    jobs = min(2, os.cpu_count() or 1) if large else 1
    work = (delayed(_score)(task, taxonomy.ids, background, settings) for task in tasks)
    for number, found in enumerate(Parallel(n_jobs=jobs, return_as="generator")(work), start=1):
        done(number)
        yield found


def _score(task: Task, labels: tuple[str, ...], background: Background, settings: Settings) -> Scores:
    if not len(task.learn) or not len(task.test):
        return Scores(np.zeros((0, len(labels), len(EVIDENCE))), np.zeros((0, len(labels))))
    pipeline = new_pipeline(labels, background, settings)
    pipeline.fit(task.table.chosen(task.learn), task.y_true, labels__sample_weight=task.weights)
    features, model = pipeline["features"].transform(task.table.chosen(task.test)), pipeline["labels"]
    return Scores(model.evidence(features), model.scores(features.sentences))
