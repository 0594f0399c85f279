"""How far a long run has come: one line that is renewed on a terminal, plain lines elsewhere."""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from classifier.i18n.language import spoken
from classifier.i18n.sentences import in_the_readers_language

if TYPE_CHECKING:
    from classifier.bulk.local import Progress

_EVERY_ON_TERMINAL, _EVERY_ELSEWHERE = 0.2, 10.0  # seconds


class ProgressLine:
    """Shows rows, speed and the time left on standard error."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._first: Progress | None = None
        self._shown = False

    def __call__(self, progress: "Progress") -> None:
        """Show how far the run has come, not too often."""
        now = time.monotonic()
        if self._first is None:  # speed counts from here on: an earlier run's rows took no time in this one
            self._first, self._start = type(progress)(progress.share, Counter(progress.counts)), now
        if now - self._last < (_EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE):
            return
        self._last, self._shown = now, True
        line = in_the_readers_language(_line(progress, self._first, now - self._start))
        typer.echo(f"\r\x1b[K{line}" if self._terminal else f"classify: {line}", err=True, nl=not self._terminal)

    def close(self) -> None:
        """Take the line off the terminal."""
        if self._terminal and self._shown:
            typer.echo("\r\x1b[K", err=True, nl=False)


def _line(now: "Progress", first: "Progress", seconds: float) -> str:
    rows, characters = now.counts["rows"], now.counts["characters"]
    seconds = max(seconds, 1e-6)
    speed = (rows - first.counts["rows"]) / seconds
    letters = (characters - first.counts["characters"]) / seconds / 1e6
    gone = now.share - first.share
    left = _time((1 - now.share) * seconds / gone) if gone > 0 else "?"
    return f"{rows:,} rows, {now.share:.0%}; {speed:,.0f} rows/s, {letters:.2f} million characters/s; {left} left"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def summary(counts: Counter[str], labels: Sequence[tuple[str, str]], seconds: float, why: str = "error") -> list[str]:
    """Return the closing lines: rows, each label's share of the text, uncertain, errors.

    `labels`: ids and names. `why`: what the column is called that says why a row could not be scored.
    """
    rows, texts = counts["rows"], counts["texts"]
    speed = counts["characters"] / max(seconds, 1e-6) / 1e6
    of = f" of {texts:,} texts" if rows != texts else ""
    lines = [f"{rows:,} rows{of} in {_time(seconds)} ({speed:.2f} million characters/s)"]
    whole = max(1, counts["scored characters"])
    shares = [
        f"{name} {counts[f'in {label}'] / whole:.1%}" for label, name in [*labels, ("none", spoken("none", "无主题"))]
    ]
    lines.append(f"share of the text (characters of the sentences with each label): {', '.join(shares)}")
    lines.append(f"uncertain: {counts['uncertain']:,} rows ({counts['uncertain'] / max(1, rows):.1%})")
    if counts["errors"]:
        lines.append(f"rows that could not be scored: {counts['errors']:,}; the column {why} says why")
    if counts["noted"]:
        lines.append(f"documents not read whole, or with doubt: {counts['noted']:,}; the column notes says what")
    return lines
