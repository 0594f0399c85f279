"""What two versions come to, as `classify compare` shows it: labels by their names where a person reads Chinese."""

from pathlib import Path

import pytest

from classifier.cli import compare
from classifier.i18n.language import speaking
from classifier.training.comparison import Changed, Comparison, Difference

FOUND = Comparison(
    "20261124-4d8e02", "20261201-a1b2c3", 91, 9,
    Difference("macro-F1", 0.8, 0.81, 0.001, 0.02),
    (Difference("farming", 0.8, 0.7, -0.2, -0.01), Difference("tourism", 0.8, 0.81, -0.01, 0.03)),
    (Changed("a.jsonl:3", "k", ("farming",), (), ("farming", "tourism")),),
)  # fmt: skip
NAMES = {"farming": "农业", "tourism": "文旅", "none": "无主题"}


def test_it_is_chinese_and_names_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "_texts", lambda: {"k": "春耕抓得紧"})
    with speaking("zh"):
        table = compare._table(FOUND, NAMES)
        compare._list(FOUND, NAMES, tmp_path / "changed.csv")
    shown, written = table + capsys.readouterr().out, (tmp_path / "changed.csv").read_text(encoding="utf-8-sig")
    assert "农业  " in table
    assert "更差" in table
    assert "a.jsonl:3：无主题 → 农业, 文旅（人工：农业） 春耕抓得紧" in shown
    assert written.splitlines() == [
        "出处,人工标注,20261124-4d8e02,20261201-a1b2c3,正文",
        'a.jsonl:3,农业,无主题,"农业, 文旅",春耕抓得紧',
    ]
    for id_ in ("farming", "tourism", "none", "same", "worse", "better"):
        assert id_ not in shown + written


def test_in_english_ids_stay(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(compare, "_texts", dict)
    with speaking("en"):
        table = compare._table(FOUND, {})
        compare._list(FOUND, {}, None)
    assert "tourism" in table
    assert "a.jsonl:3: none -> farming, tourism (people: farming)" in capsys.readouterr().out
