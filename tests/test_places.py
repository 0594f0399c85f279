"""Where labels and models lie."""

from pathlib import Path

import pytest

from classifier import places

ROOT = Path(__file__).parents[1]


def test_decisions_made_in_a_checkout_do_not_go_into_what_it_ships(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who tries the server where they cloned it must not change the labels and models that the tests hold together."""
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(ROOT)
    assert places.own_labels() == tmp_path / "home" / "labels"
    assert places.models_folder() == tmp_path / "home" / "models"
    assert places.labels_folder() == ROOT / "labels"


def test_a_folder_with_labels_of_its_own_is_where_they_grow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "taxonomy.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert places.own_labels() == tmp_path / "labels"
    assert places.models_folder() == tmp_path / "models"
