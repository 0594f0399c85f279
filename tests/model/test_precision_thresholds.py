"""Asking a model for a precision."""

from dataclasses import replace
from typing import cast

import pytest

from classifier.errors import ModelError
from classifier.i18n.language import speaking
from classifier.i18n.sentences import translated
from classifier.model.manifest import Certainty, Evaluation, PrecisionRow, PrecisionTable
from classifier.model.precision_thresholds import at_precision
from classifier.model.store import StoredModel


def with_table(model: StoredModel, table: PrecisionTable) -> StoredModel:
    evaluation = model.manifest["evaluation"]
    certainty: Certainty = {**evaluation["certainty"], "precision": table}
    return replace(model, manifest={**model.manifest, "evaluation": {**evaluation, "certainty": certainty}})


ROWS: list[PrecisionRow] = [
    {"precision": 0.8, "threshold": 0.3, "reached": 0.81, "recall": 0.9},
    {"precision": 0.9, "threshold": 0.6, "reached": 0.92, "recall": 0.5},
]


def test_the_threshold_that_reached_it_is_taken(small_model: StoredModel) -> None:
    model = with_table(small_model, {"farming": ROWS, "tourism": ROWS})
    scorer, notes = at_precision(model, 0.85)
    assert scorer.threshold.tolist() == [0.6, 0.6]
    assert notes == ()
    assert (scorer.low <= scorer.threshold).all()
    assert (scorer.threshold <= scorer.high).all()


def test_where_none_reached_it_the_highest_is_taken_and_said(small_model: StoredModel) -> None:
    model = with_table(small_model, {"farming": ROWS, "tourism": []})
    scorer, notes = at_precision(model, 0.95)
    assert scorer.threshold.tolist() == [0.6, small_model.scorer().threshold[1]]
    assert notes == (
        "farming: no threshold reached precision 0.95 out of fold; the highest was 0.92",
        "tourism: no threshold reached precision 0.95 out of fold; none was measured",
    )


def test_in_chinese_it_is_said_with_chinese_names(small_model: StoredModel) -> None:
    model = with_table(small_model, {"farming": ROWS, "tourism": []})
    with speaking("zh"):
        notes = [translated(one, "zh") for one in at_precision(model, 0.95)[1]]
    assert notes == [
        "农业：没有哪个阈值在没见过的文档上达到查准率 0.95，最高为 0.92",
        "文旅：没有哪个阈值在没见过的文档上达到查准率 0.95，没有测到任何一个",
    ]


def test_none_leaves_the_thresholds(small_model: StoredModel) -> None:
    scorer, notes = at_precision(small_model, None)
    assert (scorer.threshold == small_model.scorer().threshold).all()
    assert notes == ()


@pytest.mark.parametrize("precision", [0.49, 1.0, float("nan")])
def test_what_cannot_be_asked_for(small_model: StoredModel, precision: float) -> None:
    with pytest.raises(ModelError, match=r"precision must be from 0\.5 to 0\.99"):
        at_precision(small_model, precision)


def test_a_model_without_the_figures_says_so(small_model: StoredModel) -> None:
    old = replace(small_model, manifest={**small_model.manifest, "evaluation": cast("Evaluation", {})})
    with pytest.raises(ModelError, match="train it again"):
        at_precision(old, 0.9)
