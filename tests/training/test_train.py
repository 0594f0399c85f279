"""Training: repeatable, honest about documents, and refused with numbers where it cannot be done."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.errors import TrainingError
from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.digest import fingerprint
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.training.calibration import calibrate
from classifier.training.evaluation import weights_of
from classifier.training.folds import grouped_folds, learnable
from classifier.training.promotion import train_version
from classifier.training.train import check_enough, train
from classifier.training.training_set import settings_of


def test_the_same_labels_give_the_same_probabilities(
    small_corpus: Corpus, small_model: StoredModel, small_settings: Settings, tmp_path: Path
) -> None:
    again = train(small_corpus, None, small_settings, tmp_path, lambda step: None)
    counts = [one.words for one in small_corpus.paragraphs]
    assert (again.scorer().probabilities(counts) == small_model.scorer().probabilities(counts)).all()
    assert again.version == small_model.version
    assert again.manifest["evaluation"] == small_model.manifest["evaluation"]


def test_a_second_training_is_a_new_version(small_corpus: Corpus, small_settings: Settings, tmp_path: Path) -> None:
    first = train(small_corpus, None, small_settings, tmp_path, lambda step: None)
    second = train(small_corpus, None, small_settings, tmp_path, lambda step: None)
    assert second.version == first.version + "-2"
    assert (tmp_path / "CURRENT").read_text().strip() == second.version


def test_where_nothing_can_be_stored_nothing_is_trained(
    small_corpus: Corpus, small_settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    steps: list[str] = []
    with pytest.raises(TrainingError, match="no model can be stored here"):
        train_version(small_corpus, None, small_settings, tmp_path / "file" / "models", steps.append)
    assert not steps


def test_the_model_tells_topics_of_unseen_sentences_apart(small_model: StoredModel) -> None:
    scorer, cut = small_model.scorer(), small_model.tokeniser.counts
    farming, tourism = scorer.probabilities(
        [cut("秋粮播种面积扩大，农技员送来种子。"), cut("景区游客增多，民宿开放预约。")]
    )
    assert farming[0] > farming[1]
    assert tourism[1] > tourism[0]


def test_documents_are_never_split_between_folds(small_corpus: Corpus) -> None:
    fold = grouped_folds(small_corpus.paragraphs, 5, seed=0)
    by_doc: dict[str, set[int]] = {}
    for one, number in zip(small_corpus.paragraphs, fold.tolist(), strict=True):
        by_doc.setdefault(one.doc, set()).add(number)
    assert all(len(numbers) == 1 for numbers in by_doc.values())
    assert set(fold.tolist()) == set(range(5))


def test_no_text_is_learnt_from_that_is_asked_about(small_corpus: Corpus) -> None:
    """A slogan may stand in many documents."""
    rows = [*small_corpus.paragraphs, replace(small_corpus.paragraphs[0], doc="another")]
    fold = np.array([int(one.doc[-1], 36) % 3 for one in rows])
    fold[-1] = (fold[0] + 1) % 3
    for number in range(3):
        learnt = {one.key for one, may in zip(rows, learnable(rows, fold, number), strict=True) if may}
        asked = {one.key for one, place in zip(rows, fold.tolist(), strict=True) if place == number}
        assert learnt == {one.key for one in rows} - asked


def test_rare_labels_do_not_stop_the_folds() -> None:
    """A primary label rarer than the folds cannot be stratified; documents still stay whole."""
    rows = [LabelledParagraph({"甲": 1}, ("a",) if n == 0 else (), f"d{n}", "x") for n in range(10)]
    assert sorted(grouped_folds(rows, 5, seed=0).tolist()) == sorted([*range(5)] * 2)


def test_figures_are_those_of_the_wrong_list(small_model: StoredModel) -> None:
    """Manifest and card agree: the confusion counts every paragraph, the figures are in range."""
    evaluation = small_model.manifest["evaluation"]
    everything = evaluation["by_text"]["all"]
    assert sum(sum(row.values()) for row in evaluation["confusion"].values()) == everything["paragraphs"] == 45
    assert set(evaluation["by_text"]) == {"all", "written text"}
    for one in everything["labels"].values():
        assert one["f1_95"][0] <= one["f1"] <= one["f1_95"][1]
        assert 0 <= one["calibration_error"] <= 1
    card = (small_model.folder / "CARD.md").read_text(encoding="utf-8")
    assert f"Macro-F1 {everything['macro_f1']:.3f}" in card
    assert f"out of fold ({len(evaluation['wrong'])};" in card


def test_too_few_paragraphs_are_refused_with_the_numbers(small_corpus: Corpus) -> None:
    few = [one for one in small_corpus.paragraphs if "tourism" not in one.labels]
    some = [one for one in small_corpus.paragraphs if "tourism" in one.labels][:4]
    with pytest.raises(TrainingError, match=r"tourism \(文旅\) has 4 paragraphs in 4 documents; at least 10 in 3"):
        check_enough(replace(small_corpus, paragraphs=(*few, *some)), Settings())
    with pytest.raises(TrainingError, match="come from 3 documents; 5 are needed"):
        check_enough(replace(small_corpus, paragraphs=small_corpus.paragraphs[:9]), Settings())


def test_fingerprint_is_of_the_labels_not_of_the_files(small_corpus: Corpus) -> None:
    rows = small_corpus.paragraphs
    moved = [replace(one, where="elsewhere") for one in reversed(rows)]
    assert fingerprint(moved) == fingerprint(rows)
    assert fingerprint([replace(rows[0], labels=()), *rows[1:]]) != fingerprint(rows)


def test_calibration_turns_scores_into_shares() -> None:
    """Scores whose log-odds are halved and shifted come out at the shares they stand for."""
    random = np.random.default_rng(0)
    true_odds = random.normal(0, 2, 20_000)
    y_true = (random.random(20_000) < 1 / (1 + np.exp(-true_odds))).astype(int)
    learnt = calibrate((true_odds * 0.5 - 1)[:, None, None], y_true[:, None], Settings())
    assert learnt.weights[0, 0] == pytest.approx(2, abs=0.1)
    assert learnt.offset[0] == pytest.approx(2, abs=0.1)
    assert learnt.low[0] <= learnt.threshold[0] <= learnt.high[0]


def test_a_label_that_never_occurs_in_a_part_is_left_as_it_is() -> None:
    learnt = calibrate(np.zeros((4, 1, 1)), np.zeros((4, 1), int), Settings())
    assert (learnt.weights[0, 0], learnt.offset[0], learnt.threshold[0]) == (1, 0, 0.5)


def test_what_was_written_for_training_counts_less_than_what_was_found(small_corpus: Corpus) -> None:
    some = small_corpus.paragraphs[:2]
    found = replace(some[0], origin="found", weight=3.0)
    written = replace(some[1], origin="written for this project", weight=3.0)
    assert weights_of([found, written], Settings(written_weight=0.5)).tolist() == [3.0, 1.5]


def test_a_model_of_before_is_trained_again_as_it_was(small_model: StoredModel) -> None:
    settings = {key: value for key, value in small_model.manifest["settings"].items() if key != "written_weight"}
    before = replace(small_model, manifest={**small_model.manifest, "settings": settings})
    assert settings_of(before).written_weight == 1.0
