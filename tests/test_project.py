"""What the project promises of itself: a whole default model, honest provenance, measured quality."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import classifier
from classifier.labelling.corpus import read_corpus
from classifier.places import packaged
from classifier.training.fingerprint import fingerprint
from classifier.training.metrics import macro_f1

ROOT = Path(__file__).parent.parent
DEV = ROOT.parent / "shared" / "eval" / "dev.jsonl"


def test_the_default_model_was_trained_on_the_labels_that_are_here() -> None:
    model, corpus = classifier.load(), read_corpus(packaged("labels"))
    assert model.stored.manifest["training"]["fingerprint"] == fingerprint(corpus.paragraphs)
    assert model.stored.manifest["tokeniser"] == corpus.tokeniser.name
    assert corpus.foreign_tokens == 0


def test_there_is_one_default_model_of_a_few_megabytes() -> None:
    folders = [path for path in packaged("models").iterdir() if path.is_dir()]
    assert [path.name for path in folders] == [classifier.load().version]
    assert sum(path.stat().st_size for path in folders[0].iterdir()) <= 8_000_000


def test_scorer_and_pipeline_agree_on_the_default_model() -> None:
    """On every labelled paragraph of the corpus, within 1e-6."""
    model, corpus = classifier.load(), read_corpus(packaged("labels"))
    counts = [one.words for one in corpus.paragraphs]
    ours, theirs = model.scorer.probabilities(counts), model.stored.pipeline().predict_proba(counts)
    assert np.abs(ours - theirs).max() < 1e-6


def test_extracted_features_hold_no_text() -> None:
    for one in read_corpus(packaged("labels")).paragraphs:
        if not one.written:
            assert one.text is None
            assert list(one.words) == sorted(one.words)


def test_no_labelled_text_stands_twice() -> None:
    texts = [one.text for one in read_corpus(packaged("labels")).paragraphs if one.text and len(one.text) > 20]
    assert len(set(texts)) == len(texts)


@pytest.mark.skipif(not DEV.is_file(), reason="the development set does not come with the project")
def test_quality_on_the_development_set() -> None:
    model = classifier.load()
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    truth = np.array([[label in row["labels"] for label in model.ids] for row in rows], int)
    table = model.scorer.probabilities([model.tokeniser.counts(row["text"]) for row in rows])
    assert macro_f1(truth, (table >= model.scorer.threshold).astype(int)) >= 0.75


@pytest.mark.skipif(not DEV.is_file(), reason="the development set does not come with the project")
def test_no_sentence_of_the_development_set_is_in_the_corpus() -> None:
    """Forty characters in a row of a measured text are not in the training text; set formulas are shorter."""
    written = {
        hashlib.md5(one.text[i : i + 40].encode()).digest()
        for one in read_corpus(packaged("labels")).paragraphs
        if one.text
        for i in range(len(one.text) - 39)
    }
    texts = [json.loads(line)["text"] for line in DEV.read_text(encoding="utf-8").splitlines()]
    shared = sum(
        any(hashlib.md5(t[i : i + 40].encode()).digest() in written for i in range(len(t) - 39)) for t in texts
    )
    assert shared == 0


@pytest.mark.skipif(
    not DEV.parent.parent.joinpath("samples").is_dir(), reason="the samples do not come with the project"
)
def test_samples_are_split_into_their_paragraphs() -> None:
    samples = DEV.parent.parent / "samples"
    model = classifier.load()
    counted = {path.name: len(model.label_document(classifier.read(str(path)))) for path in samples.glob("*.txt")}
    assert counted["party-group-one-line.txt"] >= 15
    assert counted["summary-meeting-traditional.txt"] == 12


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_tells_of_the_model_that_ships(name: str) -> None:
    """The version, the figures and the demo's lines in the README are those of the default model."""
    readme = (ROOT / name).read_text(encoding="utf-8")
    model = classifier.load()
    for part in ("all", "found text"):
        figures = model.stored.manifest["evaluation"]["by_text"][part]
        low, high = figures["macro_f1_95"]
        assert f"{figures['macro_f1']:.3f} [{low:.3f}, {high:.3f}]" in readme
    assert f"model {model.version} ·" in readme
    for result in model.label_document(classifier.read(str(ROOT / "scripts" / "demo" / "speech.txt"))):
        if result.labels:
            assert f"{result.start:,}-{result.end:,}" in readme
            assert all(model.taxonomy.find(label).zh in readme for label in result.labels)
