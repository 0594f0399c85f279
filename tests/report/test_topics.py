"""The topics of a model as a page, and their change between two models."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import classifier
from classifier.api import Model
from classifier.model.store import StoredModel
from classifier.report.build import topics_page
from classifier.report.topics import topics_view, words_of_label


@pytest.fixture(scope="module")
def model(small_model: StoredModel) -> Model:
    return classifier.load(str(small_model.folder))


def changed(model: StoredModel, folder: Path, topics: Sequence[Mapping[str, object]]) -> Model:
    shutil.copytree(model.folder, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"topics": list(topics), "version": "older"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return classifier.load(str(folder))


def test_topics_come_with_words_weight_and_labels(model: Model) -> None:
    view = topics_view(model)
    assert {one["id"] for one in view["topics"]} == {topic["id"] for topic in model.topics}
    shares = [one["share"] or 0 for one in view["topics"]]
    assert shares == sorted(shares, reverse=True)
    for one in view["topics"]:
        sizes = [word["size"] for word in one["words"]]
        assert sizes[0] == 1
        assert sizes == sorted(sizes, reverse=True)
        assert set(one["by_label"]) == {"farming", "tourism"}
    assert view["changes"] is None


def test_words_of_a_label_are_the_model_s_own(model: Model) -> None:
    raising, lowering = words_of_label(model, model.ids.index("farming"))
    assert all(pull > 0 for _, pull in raising)
    assert lowering
    assert all(pull < 0 for _, pull in lowering)
    assert {word for word, _ in raising} & {"春耕", "农田", "耕地", "养殖场", "粮食", "种子", "化肥", "秋粮", "稻田"}


def test_a_topic_continues_an_older_one_with_its_id_and_its_words(
    small_model: StoredModel, model: Model, tmp_path: Path
) -> None:
    """Same id and words: the same; some words: changed; no word in common: one went, another came."""
    topics = [topic.copy() for topic in model.topics]
    assert len(topics) >= 3
    kept = topics[0]["words"]
    topics[0]["words"] = [*kept[:-1], "手机"]
    topics[1]["words"] = ["甲", "乙", "丙", "丁", "戊"]
    older = changed(small_model, tmp_path / "older", topics)
    found = topics_view(model, older)["changes"]
    assert found is not None
    rows = {(row["id"], row["kind"]): row for row in found["rows"]}
    one, two = topics[0]["id"], topics[1]["id"]
    assert set(rows) == {(one, "changed"), (two, "new"), (two, "gone")}
    assert rows[one, "changed"]["came"] == [kept[-1]]
    assert rows[one, "changed"]["went"] == ["手机"]
    assert found["same"] == len(topics) - 2
    assert found["labels"] == []
    page = topics_page(model, older)
    assert "Change from model older to" in page


def test_a_model_without_figures_of_its_topics_has_a_page_too(
    small_model: StoredModel, model: Model, tmp_path: Path
) -> None:
    bare = [{"id": topic["id"], "words": topic["words"]} for topic in model.topics]
    page = topics_page(changed(small_model, tmp_path / "bare", bare))
    assert "Coherence" not in page
    assert "农业" in page
