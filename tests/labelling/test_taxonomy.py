"""The taxonomy: read from a file, refused with file and reason where it does not fit."""

import re
from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.taxonomy import Label, read_taxonomy, read_terms, taxonomy_from
from classifier.places import packaged


def test_the_default_taxonomy() -> None:
    taxonomy = read_taxonomy(packaged("labels"))
    assert [(label.id, label.zh) for label in taxonomy.labels] == [
        ("work_style", "作风建设"),
        ("business_environment", "营商环境"),
        ("project_recruitment", "项目招引"),
        ("livelihood", "民生"),
    ]
    assert all(label.definition and label.seeds for label in taxonomy.labels)


@pytest.mark.parametrize("name", ["work_style", "作风建设", "Work Style", " 作风建设 "])
def test_a_label_is_found_by_each_of_its_names(name: str) -> None:
    assert read_taxonomy(packaged("labels")).find(name).id == "work_style"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(LabelError, match=r"'作风'.*work_style \(作风建设\), business_environment"):
        read_taxonomy(packaged("labels")).find("作风")


ONE = '[[label]]\nid = "a"\nzh = "甲"\nen = "first"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("label = 3", r"needs at least one \[\[label\]\]"),
        ("name = ", "not valid TOML"),
        ('[[label]]\nid = "a"\nzh = "甲"', "label 1: en is missing"),
        (ONE + ONE, "two labels are called"),
        (ONE.replace('"a"', '"none"'), "id 'none'"),
        (ONE.replace('"a"', '"a b"'), "id 'a b'"),
        (ONE + "seeds = 3", "seeds must be a list"),
        ('label = ["a"]', "label 1: must be a table"),
    ],
)
def test_a_taxonomy_that_does_not_fit_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "taxonomy.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LabelError, match=message) as caught:
        read_taxonomy(tmp_path)
    assert "taxonomy.toml" in str(caught.value)


def test_a_folder_without_taxonomy(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"needs a taxonomy\.toml"):
        read_taxonomy(tmp_path)


def test_terms_without_comments_and_doubles(tmp_path: Path) -> None:
    assert read_terms(tmp_path) == ()
    (tmp_path / "terms.txt").write_text("\ufeff# 注\n营商环境\n\n 招引 \n营商环境\n", encoding="utf-8")
    assert read_terms(tmp_path) == ("营商环境", "招引")


def test_definitions_are_given_in_the_readers_language() -> None:
    taxonomy = read_taxonomy(packaged("labels"))
    assert all(re.search("[一-鿿]", label.defined("zh")) for label in taxonomy.labels)
    assert not any(re.search("[一-鿿]", label.defined("en")) for label in taxonomy.labels)
    assert taxonomy_from(taxonomy.as_dict(), "here") == taxonomy


def test_a_definition_that_there_is_stands_for_one_that_there_is_not() -> None:
    assert Label("a", "甲", "A", definition="meaning").defined("zh") == "meaning"
    assert Label("a", "甲", "A", definition_zh="意思").defined("en") == "意思"
