"""Train many pipelines at once: on two cores, two at a time."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from classifier.labelling.taxonomy import Taxonomy
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.counting import Counts
from classifier.model.pipeline import new_pipeline
from classifier.model.settings import Settings
from classifier.training.metrics import Ints

_WORTH_A_PROCESS = 1000  # paragraphs; with fewer, starting processes takes longer than training


@dataclass(frozen=True, eq=False)
class Task:
    """What one pipeline learns from, and what it is to score."""

    learn: Sequence[Counts]
    truth: Ints
    weights: Floats
    test: Sequence[Counts]


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
    if not len(task.test):
        return np.zeros((0, len(labels)))
    fitted = new_pipeline(labels, background, settings).fit(task.learn, task.truth, labels__sample_weight=task.weights)
    return fitted.decision_function(task.test)
