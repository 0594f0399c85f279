"""The sum of a reason in words: what is listed and all else together make the label's probability."""

import math
import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.api import Model
from classifier.model.reason_words import sum_in_words
from tests.cli.run import run

TEXT = "要深化放管服改革，推行一网通办。新建两所小学，改造老旧小区十二个，抓好招商。"


@pytest.mark.parametrize("language", ["en", "zh"])
@given(text=st.text("招商民生保障学校改革，。一二三", min_size=1, max_size=40))
def test_the_parts_make_the_whole(language: Literal["en", "zh"], text: str, default_model: Model) -> None:
    found = default_model.label_paragraph(text, explain=True)
    for label, reason in (found.reasons or {}).items():
        probability = found.probabilities[label]
        said = sum_in_words(reason, probability, 0.42, language)
        *parts, total = [float(one.replace("−", "-")) for one in re.findall(r"[+−]\d+\.\d\d", said)]
        assert abs(sum(parts) - total) <= 0.005 * (len(parts) + 1) + 0.005 * 5
        assert total == pytest.approx(math.log(probability / (1 - probability)), abs=0.006)
        assert "42%" in said


def test_all_that_a_reason_leaves_out_is_little(default_model: Model) -> None:
    """What is not listed is a part like the others, not what the sum is made of."""
    found = default_model.label_paragraph("新建两所小学。", explain=True)
    said = sum_in_words((found.reasons or {})["livelihood"], found.probabilities["livelihood"], 0.5, "zh")
    assert said.startswith("起始值 −")
    assert "支持 +" in said
    rest = re.search(r"其余 ([+−]\d+\.\d+)", said)
    assert rest is None or abs(float(rest[1].replace("−", "-"))) < 0.5


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("起始值 ", "定义：", "起给出")), ("en", ("starts at ", "codebook: ", "given from "))],
)
def test_explain_says_the_sum_and_the_codebook(
    language: str,
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    ran = run(capsys, "--language", language, "label", "a.txt", "--explain", "--format", "table", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert all(word in ran.out for word in words), ran.out
