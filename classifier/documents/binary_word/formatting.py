"""Formatted disk pages: which bytes of the text have which properties ([MS-DOC] 2.4.6, 2.9.32, 2.9.174)."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from classifier.documents.binary_word.little_endian import plc, u8, u32
from classifier.documents.binary_word.pieces import Piece

_PAGE = 512
_NUMBER = 0x3F_FFFF  # bits of a page's number

Runs = list[tuple[int, int, bytes]]
"""First byte, byte after the last, properties; in order of the first."""


def character_runs(word: bytes, bin_table: bytes) -> tuple[Runs, int]:
    """Return runs of characters with their grpprl, and how many pages are damaged."""
    return _runs(word, bin_table, 1, _character_properties)


def paragraph_runs(word: bytes, bin_table: bytes) -> tuple[Runs, int]:
    """Return paragraphs with style number (two bytes) and grpprl, and how many pages are damaged."""
    return _runs(word, bin_table, 13, _paragraph_properties)


def _runs(word: bytes, bin_table: bytes, size: int, properties: Callable[[bytes, int], bytes]) -> tuple[Runs, int]:
    runs: Runs = []
    damaged = 0
    for number in {u32(item, 0) & _NUMBER for item in plc(bin_table, 4)[1]}:
        page = word[number * _PAGE : (number + 1) * _PAGE]
        count = page[-1] if len(page) == _PAGE else 0
        if not count or 4 * (count + 1) + size * count > _PAGE:
            damaged += 1
            continue
        for step in range(count):
            start, end = u32(page, 4 * step), u32(page, 4 * step + 4)
            offset = 2 * u8(page, 4 * (count + 1) + size * step)
            if start < end:
                runs.append((start, end, properties(page, offset) if offset else b""))
    return _apart(sorted(runs, key=lambda run: run[0])), damaged


def _apart(runs: Runs) -> Runs:
    """Return the runs without what overlaps the one before, as only damage makes it, so that no byte counts twice."""
    found: Runs = []
    last = 0
    for start, end, properties in runs:
        if max(start, last) < end:
            found.append((max(start, last), end, properties))
            last = end
    return found


def _character_properties(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]]


def _paragraph_properties(page: bytes, at: int) -> bytes:
    """Return style and grpprl; their length stands as words, less one byte, or after a nought (2.9.175)."""
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * u8(page, at + 1)]


class Formatting:
    """Answers by position in the text, through the pieces."""

    def __init__(self, pieces: Sequence[Piece], runs: Runs) -> None:
        self._pieces = pieces
        self._piece_starts = [piece.start for piece in pieces]
        self._runs = runs
        self._run_starts = [run[0] for run in runs]

    def goes_on(self, position: int) -> bool:
        """Return whether the next character has its properties from the same run."""
        return self._run(position) == self._run(position + 1) is not None

    def at(self, position: int) -> tuple[bytes, bytes]:
        """Return the properties at a character, and the changes that its piece makes to them."""
        number = bisect_right(self._piece_starts, position) - 1
        if number < 0:
            return b"", b""
        run = self._run(position)
        return b"" if run is None else self._runs[run][2], self._pieces[number].changes

    def _run(self, position: int) -> int | None:
        number = bisect_right(self._piece_starts, position) - 1
        if number < 0:
            return None
        byte = self._pieces[number].byte_of(position)
        run = bisect_right(self._run_starts, byte) - 1
        return run if run >= 0 and byte < self._runs[run][1] else None

    def runs(self) -> Iterator[tuple[int, int, bytes, bytes]]:
        """Yield start, end, properties and the piece's changes, for all characters that have any."""
        for piece in self._pieces:
            first, last = piece.offset, piece.byte_of(piece.end)
            if piece.changes:
                yield piece.start, piece.end, b"", piece.changes
            number = max(0, bisect_right(self._run_starts, first) - 1)
            for start, end, properties in self._runs[number : bisect_right(self._run_starts, last)]:
                low, high = max(start, first), min(end, last)
                if low < high and properties:
                    where = piece.start + (low - first) // piece.width
                    yield where, piece.start - (first - high) // piece.width, properties, piece.changes
