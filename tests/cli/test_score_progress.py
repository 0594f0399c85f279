"""What is shown of a long run."""

import sys
from collections import Counter

import pytest

from classifier.bulk.local import Progress
from classifier.cli.score_progress import ProgressLine, summary


def test_a_line_says_rows_speed_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Speed counts from where this run began: what an earlier one had scored took no time."""
    clock = iter([0.0, 10.0, 110.0, 111.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    line = ProgressLine()
    line(Progress(0.5, Counter(rows=1000, characters=1_000_000)))
    line(Progress(0.6, Counter(rows=3000, characters=401_000_000)))
    line(Progress(0.61, Counter(rows=3001, characters=401_000_001)))  # too soon after the last one
    line.close()
    expected = "classify: 3,000 rows, 60%; 20 rows/s, 4.00 million characters/s; 6:40 left"
    assert capsys.readouterr().err.splitlines()[-1] == expected


def test_on_a_terminal_one_line_is_renewed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 1.0, 3.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    line = ProgressLine()
    line(Progress(0.0, Counter()))
    line(Progress(0.5, Counter(rows=10, characters=10)))
    line.close()
    err = capsys.readouterr().err
    assert "\n" not in err
    assert "\r\x1b[K10 rows, 50%" in err
    assert err.endswith("\r\x1b[K")


def test_the_summary_has_shares_of_the_text() -> None:
    counts = Counter({"rows": 8, "texts": 8, "uncertain": 2, "errors": 1, "characters": 4_000_000})
    counts |= Counter({"scored characters": 200, "in a": 100, "in none": 75, "label a": 8})
    lines = [
        "8 rows in 0:02 (2.00 million characters/s)",
        "share of the text (characters of the sentences with each label): 甲 a 50.0%, 乙 b 0.0%, none 37.5%",
        "uncertain: 2 rows (25.0%)",
        "rows that could not be scored: 1; the column error says why",
    ]
    assert summary(counts, [("a", "甲 a"), ("b", "乙 b")], 2.0) == lines
    by_sentence = summary(counts | Counter({"rows": 20}), [], 2.0)
    assert by_sentence[0] == "20 rows of 8 texts in 0:02 (2.00 million characters/s)"
