"""The learning curve: what the last labels brought."""

from dataclasses import replace

import pytest

from classifier.labelling.corpus import Corpus
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.training.learning_curve import helps
from classifier.training.train import fit


def test_a_curve_of_all_labels(small_model: StoredModel) -> None:
    curve = small_model.manifest["learning_curve"]
    assert curve["of"] == "all labels"
    assert [one["paragraphs"] for one in curve["points"]] == [15, 30, 45]
    assert curve["points"][-1]["macro_f1"] == small_model.manifest["evaluation"]["by_text"]["all"]["macro_f1"]
    assert curve["gain_95"][0] <= curve["gain"] <= curve["gain_95"][1]


def test_own_labels_beside_default_ones_have_a_curve_of_their_own(
    small_corpus: Corpus, small_model: StoredModel
) -> None:
    rows = tuple(replace(one, shipped=one.doc.startswith("doc-0")) for one in small_corpus.paragraphs)
    background = small_model.pipeline()["features"].background
    trained = fit(replace(small_corpus, paragraphs=rows), background, Settings(topics=4), lambda step: None)
    assert trained.curve is not None
    assert trained.curve["of"] == "your labels"
    assert trained.curve["points"][-1]["paragraphs"] == 30


@pytest.mark.parametrize(("gain_95", "more"), [([-0.02, 0.004], False), ([0.001, 0.02], True), ([-0.1, 0.3], True)])
def test_more_labels_help_while_the_interval_says_they_may(gain_95: list[float], more: bool) -> None:
    assert helps({"of": "all labels", "points": [], "gain": 0.0, "gain_95": gain_95}) == more
