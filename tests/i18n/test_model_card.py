"""A model's card has a Chinese reading, line by line."""

import re
from copy import deepcopy
from pathlib import Path

import pytest

from classifier.i18n.model_card import card_in_chinese, origin_in_chinese
from classifier.labelling.taxonomy import NONE, NONE_ZH
from classifier.model.manifest import Manifest
from classifier.model.store import CARD, StoredModel, find_model
from classifier.places import packaged
from classifier.training.model_card import card
from tests.cli.test_label import classify
from tests.i18n.test_sentences import is_chinese

ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


def in_chinese(text: str, stored: StoredModel) -> list[str]:
    names = {label.id: label.zh for label in stored.taxonomy.labels} | {NONE: NONE_ZH}
    return card_in_chinese(text, names).split("\n")


def test_the_default_models_card_is_chinese_throughout() -> None:
    stored = find_model(None, [packaged("models")])
    text = (stored.folder / CARD).read_text(encoding="utf-8")
    lines = in_chinese(text, stored)
    assert len(lines) == len(text.split("\n"))
    assert [one for one in lines if ENGLISH.search(one)] == []
    assert all(is_chinese(one) for one in lines if one.startswith(("# ", "## ", "### ")))
    cells = " ".join(one for one in lines if one.startswith("| ") and "jsonl" not in one)
    assert not re.search(rf"(?<![\w.-])({'|'.join(stored.taxonomy.ids)}|none)(?![\w.-])", cells)


def test_what_is_rare_in_a_card_is_chinese_too(small_model: StoredModel) -> None:
    manifest: Manifest = deepcopy(small_model.manifest)
    targets = manifest["evaluation"]["certainty"]["precision_on_other_folds"]
    targets["0.99"] = dict.fromkeys(small_model.taxonomy.ids)
    lines = in_chinese(card(manifest), small_model)
    assert [one for one in lines if ENGLISH.search(one)] == []
    assert "| 0.99 | 达不到 | 达不到 |" in lines


@pytest.mark.parametrize("name", ["甲.jsonl", "our own file.csv", "none.jsonl", "x/farming-2.csv"])
def test_names_that_people_gave_stay(small_model: StoredModel, name: str) -> None:
    line = f"| {name}:3 | none | farming, tourism | 0.50 |"
    assert in_chinese(line, small_model) == [f"| {name}:3 | 无主题 | 农业, 文旅 | 0.50 |"]
    assert in_chinese(f"| {Path(name).stem} x | 3 |", small_model)[0].endswith("| 3 |")


def test_origins_are_told_in_chinese_and_ones_own_as_they_are(labels_folder: Path) -> None:
    origins = find_model(None, [packaged("models")]).manifest["training"]["origins"]
    assert all(is_chinese(origin_in_chinese(one)) for one in origins)
    assert origin_in_chinese("信访科 file 3") == "信访科 file 3"
    shown = classify("--language", "zh", "labels", "stats", "--labels", str(labels_folder)).stdout.decode()
    assert re.search("^撰写 +45 ", shown, re.MULTILINE)
