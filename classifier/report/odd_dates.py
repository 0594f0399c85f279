"""Cells that should hold a date and hold something else, names with another year than their texts: the first ones."""

from collections.abc import Mapping

from classifier.report import dates
from classifier.report.text import opening

_NAMED = 3
_LENGTH = 30  # characters of a cell that are shown


class OddDates:
    """Counts rows whose date is not understood, and those of whose date the year alone is known (2024.1)."""

    def __init__(self) -> None:
        self.unread, self.year_only = 0, 0
        self._unread: dict[str, None] = {}
        self._year_only: dict[str, None] = {}
        self._names: dict[str, None] = {}

    def add(self, cell: str) -> None:
        """Count a row by what stands where its date should; "" for nothing odd."""
        if not cell:
            return
        vague = dates.is_vague(cell)
        self.year_only, self.unread = self.year_only + vague, self.unread + (not vague)
        named = self._year_only if vague else self._unread
        if len(named) < _NAMED:
            named[opening(cell, _LENGTH)] = None

    def add_name(self, name: str) -> None:
        """Count a document by its name and the date that it counts at, where the name has another year; "" for none."""
        if name:
            self._names[name] = None

    def said(self, words: Mapping[str, str]) -> list[str]:
        """Return a sentence for each kind that there is, in the words of a page."""
        kinds = (
            ("odd_dates", self.unread, self._unread),
            ("vague_dates", self.year_only, self._year_only),
            ("odd_names", len(self._names), list(self._names)[:_NAMED]),
        )
        return [words[key].format(n=f"{n:,}", cells=words["between"].join(cells)) for key, n, cells in kinds if n]
