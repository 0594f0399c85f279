"""Comparing and promoting: on the same documents, which neither model has seen."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from classifier.errors import ModelError, TrainingError
from classifier.labelling.corpus import Corpus
from classifier.model.count_matrix import CountTable
from classifier.model.kept_labels import pack, unpack
from classifier.model.label_classifier import LabelModel
from classifier.model.pipeline import new_pipeline
from classifier.model.registry import use
from classifier.model.settings import Settings
from classifier.model.store import StoredModel, current, open_model
from classifier.training.comparison import Side, compare, side
from classifier.training.fitting import Task, fold_task
from classifier.training.promotion import promote
from classifier.training.train import fit, store
from classifier.training.training_set import training_set


def quiet(step: str) -> None:
    """Say nothing."""


def stored(corpus: Corpus, like: StoredModel, folder: Path, settings: Settings | None = None) -> StoredModel:
    background = like.pipeline()["features"].background
    trained = fit(corpus, background, settings or Settings(topics=4), quiet)
    return store(trained, folder, keep_labels=True, progress=quiet)


def turned(corpus: Corpus) -> Corpus:
    """The same paragraphs with farming and tourism changed for each other in two of three documents."""
    other = {("farming",): ("tourism",), ("tourism",): ("farming",), (): ()}
    return replace(
        corpus,
        paragraphs=tuple(
            one if one.doc.startswith("doc-0") else replace(one, labels=other[one.labels]) for one in corpus.paragraphs
        ),
    )


@pytest.fixture(scope="module")
def kept(small_corpus: Corpus, small_model: StoredModel, tmp_path_factory: pytest.TempPathFactory) -> StoredModel:
    return stored(small_corpus, small_model, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def good(kept: StoredModel, tmp_path: Path) -> StoredModel:
    """A version in a models folder of the test's own."""
    return open_model(Path(shutil.copytree(kept.folder, tmp_path / "models" / kept.version)))


def test_a_model_is_the_same_as_itself(good: StoredModel) -> None:
    found = compare(side(good), side(good), quiet)
    assert found.verdict == "same"
    assert (found.paragraphs, found.documents, found.changed) == (45, 15, ())
    assert [one.difference for one in found.labels] == [0, 0]


def test_wrong_labels_make_a_worse_model_whatever_side_it_is_on(good: StoredModel, small_corpus: Corpus) -> None:
    """Truth is what the second model was told, so the wrong labels are asked about their own paragraphs only."""
    right = side(good)
    wrong = replace(right, version="wrong", paragraphs=turned(small_corpus).paragraphs)
    found = compare(wrong, right, quiet)
    assert found.verdict == "better"
    assert found.macro.low > 0
    assert found.changed
    assert {one.verdict for one in found.labels} == {"better"}


def test_no_paragraph_is_answered_by_a_model_that_knows_it_or_its_document(
    good: StoredModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a correction stands under another document's name."""
    first = side(good)
    moved = tuple(
        replace(one, doc="elsewhere", labels=()) if place % 7 == 0 else one
        for place, one in enumerate(first.paragraphs)
    )
    second = replace(first, version="moved", paragraphs=moved)
    names = {frozenset(one.words.items()): one.key for one in (*first.paragraphs, *moved)}
    tasks: list[Task] = []

    def noted(*args: Any) -> Task:
        tasks.append(fold_task(*args))
        return tasks[-1]

    monkeypatch.setattr("classifier.training.comparison.fold_task", noted)
    compare(first, second, quiet)
    assert len(tasks) == 10  # five folds a side
    for task in tasks:
        learnt, asked = (_keys(task.table.chosen(rows).paragraphs, names) for rows in (task.learn, task.test))
        assert not learnt & asked
        assert len(learnt | asked) == 45


def _keys(table: CountTable, names: dict[Any, str]) -> set[str]:
    words = np.array(table.words)
    return {
        names[frozenset(zip(words[row.indices].tolist(), row.data.astype(int).tolist(), strict=True))]
        for row in (table.counts[[place]] for place in range(len(table)))
    }


def test_an_evaluation_at_hand_is_not_made_again_and_changes_nothing(
    good: StoredModel, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = fit(small_corpus, good.pipeline()["features"].background, Settings(topics=4), quiet)
    wrong = replace(side(good), version="wrong", paragraphs=turned(small_corpus).paragraphs)
    whole = compare(wrong, side(good), quiet)
    fits: list[Any] = []

    def noted(*args: Any) -> Any:
        fits.append(args)
        return new_pipeline(*args)

    monkeypatch.setattr("classifier.training.fitting.new_pipeline", noted)
    assert compare(wrong, side(good, trained.result), quiet) == whole
    assert len(fits) == 5
    fewer = replace(side(good, trained.result), paragraphs=side(good).paragraphs[:-3])
    compare(wrong, fewer, quiet)
    assert len(fits) == 15  # the first model knows paragraphs beside: other folds


def test_models_of_other_labels_cannot_be_compared(good: StoredModel) -> None:
    first = side(good)
    labels = tuple(replace(one, id=f"x{one.id}") for one in first.taxonomy.labels)
    other = Side("other", replace(first.taxonomy, labels=labels), first.paragraphs, first.background, first.settings)
    with pytest.raises(TrainingError, match="know no label in common"):
        compare(first, other, quiet)


def test_what_was_learnt_is_remembered_without_text(good: StoredModel, small_corpus: Corpus) -> None:
    kept = training_set(good).paragraphs
    assert all(one.text is None for one in kept)
    assert [(one.key, one.words, one.labels, one.doc) for one in kept] == [
        (one.key, one.words, one.labels, one.doc) for one in small_corpus.paragraphs
    ]
    weighty = [replace(one, weight=3.0, shipped=True) for one in small_corpus.paragraphs]
    assert [(one.weight, one.shipped) for one in unpack(pack(weighty), "x")] == [(3.0, True)] * 45
    with pytest.raises(ModelError, match="cannot be read"):
        unpack(pack(weighty)[:-20], "x")


def test_a_model_without_its_labels_is_not_compared(small_model: StoredModel) -> None:
    with pytest.raises(ModelError, match="were not kept"):
        side(small_model)


def test_the_first_model_is_used_and_a_worse_one_is_not(
    good: StoredModel, small_corpus: Corpus, small_model: StoredModel, tmp_path: Path
) -> None:
    folders = [tmp_path / "models"]
    assert promote(good, folders, quiet).promoted
    assert current(folders[0]) == good.version
    blind = Settings(topics=4, word_min_documents=1000, topic_weight=0.0)  # no word has a weight
    found = promote(stored(small_corpus, small_model, folders[0], blind), folders, quiet)
    assert not found.promoted
    assert f"it is worse than {good.version}" in found.why
    assert current(folders[0]) == good.version


def test_another_version_that_comes_first_is_compared_with_instead(
    good: StoredModel, small_corpus: Corpus, small_model: StoredModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two trainings end at once: the second is measured against the first's model, not against what was there before."""
    folder = tmp_path / "models"
    use(folder, good.version)
    other = open_model(Path(shutil.copytree(good.folder, folder / "other")))
    new = stored(small_corpus, small_model, folder)
    compared: list[str] = []

    def late(first: Side, second: Side, progress: Any) -> Any:
        if not compared:
            use(folder, "other")
        compared.append(first.version)
        return compare(first, second, progress)

    monkeypatch.setattr("classifier.training.promotion.compare", late)
    assert promote(new, [folder], quiet).promoted
    assert compared == [good.version, other.version]
    assert current(folder) == new.version


def test_a_paragraph_of_weight_three_counts_like_three() -> None:
    random = np.random.default_rng(0)
    dense, Y = random.normal(size=(40, 5)), random.integers(0, 2, (40, 1))
    X, repeats = sparse.csr_matrix(dense), sparse.csr_matrix(np.vstack([dense, dense[:10], dense[:10]]))
    weighed = LabelModel(("a",)).fit(X, Y, np.where(np.arange(40) < 10, 3.0, 1.0))
    repeated = LabelModel(("a",)).fit(repeats, np.vstack([Y, Y[:10], Y[:10]]))
    assert np.abs(weighed.decision_function(X) - repeated.decision_function(X)).max() < 0.02
    assert np.abs(weighed.decision_function(X) - LabelModel(("a",)).fit(X, Y).decision_function(X)).max() > 0.05


def test_a_label_that_nobody_carries_in_a_fold_is_no_error() -> None:
    X, Y = sparse.csr_matrix(np.eye(4)), np.array([[0, 1], [0, 1], [0, 0], [0, 1]])
    model = LabelModel(("rare", "often")).fit(X, Y)
    assert (model.decision_function(X)[:, 0] == np.log(0.5 / 4.5)).all()
