"""A label that rests on a single word is uncertain, however probable, in whatever is written."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.api import Model
from classifier.model.decide import doubted, rests_on_one_word
from tests.cli.run import run

HEADINGS = ["招商", "（三）招商", "三、民生"]
BODY = "全年签约亿元以上项目三十个，组建五支小分队外出招商。"


@pytest.mark.parametrize("text", HEADINGS)
def test_a_heading_of_one_word_is_uncertain(text: str, default_model: Model) -> None:
    (found,) = default_model.label(text, sentences=True)
    assert found.labels
    assert found.uncertain
    assert not any(default_model.in_doubt(label, value) for label, value in found.probabilities.items())
    assert [one.uncertain for one in found.sentences or ()] == [True]
    assert doubted(found.labels, found.probabilities, found.uncertain, default_model.in_doubt) == list(found.labels)


def test_two_words_agree_and_no_label_is_no_claim(default_model: Model) -> None:
    for text in ("保障民生", "同志们：", "目录"):
        (found,) = default_model.label(text)
        assert not found.uncertain, text


@given(
    text=st.lists(st.sampled_from(["招商", "民生", "保障", "三", "ABC", "，", "某某某", "目录"]), max_size=4).map(
        "".join
    )
)
def test_all_roads_agree(text: str, default_model: Model) -> None:
    """One text alone and in a table; the scores are what they were."""
    found = default_model.label_paragraph(text)
    table = default_model.table([text, BODY])
    assert list(found.probabilities.values()) == table.probabilities[0].tolist()
    few = rests_on_one_word(default_model.scorer, default_model.tokeniser(text))
    assert few == bool(table.known_words[0] < 2)
    in_band = any(default_model.in_doubt(label, value) for label, value in found.probabilities.items())
    assert found.uncertain == (in_band or (few and bool(found.labels)))
    assert np.all(table.known_words[1:] > 2)


def test_every_output_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(f"招商\n{BODY}\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"内容\n招商\n{BODY}\n", encoding="utf-8")

    def classify(*args: str) -> str:
        ran = run(capsys, *args, cwd=tmp_path)
        assert ran.code == 0, ran.err
        return ran.out

    first, second = map(json.loads, classify("a.txt").splitlines())
    assert (first["uncertain"], second["uncertain"]) == (True, False)
    rows = list(csv.DictReader(io.StringIO(classify("a.txt", "--format", "csv"))))
    assert [row["uncertain"] for row in rows] == ["True", "False"]
    classify("a.txt", "--format", "table", "-o", "t.txt")
    assert "? 项目招引" in (tmp_path / "t.txt").read_text(encoding="utf-8")
    assert "99%（存疑）" in classify("a.txt", "--format", "md")
    classify("a.txt", "-o", "p.html", "--language", "zh")
    assert 'doubt" data-label="project_recruitment"' in (tmp_path / "p.html").read_text(encoding="utf-8")
    scored = classify("score", "t.csv", "-")
    assert [row["uncertain"].lower() for row in csv.DictReader(io.StringIO(scored))] == ["true", "false"]
    (tmp_path / "s.csv").write_text(scored, encoding="utf-8")
    for source in ("a.txt", "t.csv", "s.csv"):
        for more in ((), ("--precision", "0.9")):
            found = [json.loads(line) for line in classify("extract", source, "--format", "jsonl", *more).splitlines()]
            uncertain = {row["text"]: row["uncertain"] for row in found}
            assert uncertain[BODY] is False
            assert uncertain.get("招商", True) is True
