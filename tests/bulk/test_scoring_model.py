"""Values of a text column: bad ones get an error, repeated ones are scored once, each gets what it gets alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import classifier
from classifier.api import Table
from classifier.bulk import row_results, scoring_model
from classifier.bulk.chunk import Fault
from classifier.bulk.scoring_model import LONGEST, ScoringModel
from tests.bulk.tables import BAD, texts

MODEL = classifier.load()


@pytest.fixture
def model() -> classifier.Model:
    return MODEL


def plain(result: row_results.RowResults) -> list[Any]:
    rows = range(len(result.errors))
    table = [None if error else row for row, error in zip(result.probabilities.tolist(), result.errors, strict=True)]
    return [(result.labels_of(row), result.primary()[row], bool(result.uncertain[row]), table[row]) for row in rows]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "the text is null"),
        (7, "the text is a number, not a text"),
        (1.5, "the text is a number, not a text"),
        (True, "the text is true or false, not a text"),
        (["甲"], "the text is a list, not a text"),
        ({"甲": 1}, "the text is an object, not a text"),
        (b"x", "the text is bytes, not a text"),
        ("", "the text is empty"),
        ("\u3000\n", "the text is empty"),
        ("。！？……", "the text holds no Chinese words"),
        ("GDP 123 \u200b", "the text holds no Chinese words"),
        (
            "字" * (LONGEST + 1),
            "the text has 1,000,001 characters, over 1,000,000: split the document into paragraphs first",
        ),
        (Fault("why not"), "why not"),
    ],
)
def test_bad_values(model: classifier.Model, value: Any, reason: str) -> None:
    result = ScoringModel(model).score(["优化营商环境，减轻企业负担。", value, "新建两所小学。"])
    assert result.errors == [None, reason, None]
    assert plain(result)[1] == ([], "none", False, None)
    assert np.isnan(result.probabilities[1]).all()
    assert plain(result)[0][0] == ["business_environment"]


def test_each_row_is_what_the_model_says_of_it(model: classifier.Model) -> None:
    found = texts(300)
    result = ScoringModel(model).score(found)
    for text, (labels, primary, uncertain, table) in zip(found, plain(result), strict=True):
        one = model.probabilities([text])[0]
        assert table == [round(value, 6) for value in one.values()]
        (whole,) = model.label(text)
        assert (tuple(labels), primary, uncertain) == (whole.labels, whole.primary, whole.uncertain)


@given(st.lists(st.one_of(st.sampled_from(texts(9)), st.sampled_from(BAD[:-1]), st.text(max_size=9)), max_size=40))
def test_rows_do_not_depend_on_their_neighbours(values: list[Any]) -> None:
    """Alone, together, and once more with what was remembered: the same bits."""
    scoring = ScoringModel(MODEL)
    together, again = scoring.score(values), scoring.score(values[::-1])
    for row, value in enumerate(values):
        alone = ScoringModel(scoring.model).score([value])
        for result, place in ((together, row), (again, len(values) - 1 - row)):
            assert result.probabilities[place].tobytes() == alone.probabilities[0].tobytes()
            assert result.labels_of(place) == alone.labels_of(0)
            assert result.errors[place] == alone.errors[0]


def test_a_repeated_text_is_scored_once(model: classifier.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    table = classifier.Model.table

    def noted(self: classifier.Model, found: Sequence[str]) -> Table:
        seen.extend(found)
        return table(self, found)

    monkeypatch.setattr(classifier.Model, "table", noted)
    scoring = ScoringModel(model)
    scoring.score(["来源：县融媒体中心"] * 5 + ["粮食丰收。"])
    scoring.score(["来源：县融媒体中心", "粮食丰收。"])
    assert seen == ["来源：县融媒体中心", "粮食丰收。", "粮食丰收。"]


def test_what_is_remembered_has_bounds(model: classifier.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_model, "_KEPT", 20)
    scoring = ScoringModel(model)
    for start in range(0, 100, 10):
        scoring.score([f"第{start + step}号。" for step in range(10)] * 2)
        assert len(scoring.kept) <= 30
    scoring.score(["长" * 501] * 2)
    assert all(len(text) <= 500 for text in scoring.kept)


def test_boilerplate_never_has_a_label(model: classifier.Model) -> None:
    text = "优化营商环境，减轻企业负担。"
    result = ScoringModel(model).score([text, text], np.array([False, True]))
    assert plain(result)[0][0] == ["business_environment"]
    assert plain(result)[1][:3] == ([], "none", False)
    assert result.probabilities[0].tolist() == result.probabilities[1].tolist()


def test_counts_add_up(model: classifier.Model) -> None:
    result = ScoringModel(model).score([*texts(50), None])
    counts = result.counts()
    assert counts["rows"] == 51
    assert counts["errors"] == 1
    assert counts["label none"] == sum(not result.labels_of(row) for row in range(51))
    for label in model.ids:
        assert counts[f"label {label}"] == sum(label in result.labels_of(row) for row in range(51))
