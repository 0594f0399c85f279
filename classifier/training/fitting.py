"""Train many pipelines at once: on two cores, two at a time."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from classifier.labelling.taxonomy import Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.count_matrix import CountTable
from classifier.model.pipeline import new_pipeline
from classifier.model.settings import Settings
from classifier.training.metrics import Ints

_WORTH_A_PROCESS = 1000  # paragraphs; with fewer, starting processes takes longer than training


@dataclass(frozen=True, eq=False)
class Task:
    """What one pipeline learns from and what it is to score: numbers of paragraphs in a table.

    `truth` and `weights` are those of the paragraphs in `learn`. With nothing to learn from, nothing is scored.
    """

    table: CountTable
    learn: NDArray[np.int64]
    truth: Ints
    weights: Floats
    test: NDArray[np.int64]


def fold_task(
    table: CountTable, truth: Ints, weights: Floats, learn: NDArray[np.bool_], test: NDArray[np.int64]
) -> Task:
    """Return the task to learn from the paragraphs marked in `learn` and to score those numbered in `test`.

    `truth` and `weights` are those of all paragraphs of the table.
    """
    rows = np.flatnonzero(learn)
    return Task(table, rows, truth[rows], weights[rows], test)


def scores(
    tasks: Sequence[Task], taxonomy: Taxonomy, background: Background, settings: Settings, done: Callable[[int], None]
) -> Iterator[Floats]:
    """Yield each task's scores (paragraphs × labels) in their order; `done` is told how many are."""
    large = len(tasks) > 1 and len(tasks[0].learn) >= _WORTH_A_PROCESS
    jobs = min(2, os.cpu_count() or 1) if large else 1
    work = (delayed(_score)(task, taxonomy.ids, background, settings) for task in tasks)
    for number, found in enumerate(Parallel(n_jobs=jobs, return_as="generator")(work), start=1):
        done(number)
        yield found


def _score(task: Task, labels: tuple[str, ...], background: Background, settings: Settings) -> Any:
    if not len(task.learn) or not len(task.test):
        return np.zeros((0, len(labels)))
    pipeline = new_pipeline(labels, background, settings)
    pipeline.fit(task.table.chosen(task.learn), task.truth, labels__sample_weight=task.weights)
    return pipeline.decision_function(task.table.chosen(task.test))
