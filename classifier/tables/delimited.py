"""Delimited text, quoted as CSV or not: records one after another, none of them swallowed.

The csv module alone takes a quotation mark that belongs to the text ("放管服"改革) away, and one that is never closed
swallows all rows below it; neither is said. So its strict mode reads what is CSV, at its speed; a record that is none
stands as it is, line by line.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

csv.field_size_limit((1 << 31) - 1)
_REREAD = 1 << 30  # characters read again after marks that are not closed, in all: else a bad file takes for ever


@dataclass(frozen=True)
class Dialect:
    """What divides the columns, and whether a quotation mark at the beginning of a cell quotes it."""

    delimiter: str = ","
    quoted: bool = True


class Delimited:
    """The records of delimited text, in order: an iterator of their cells. A blank line is one without cells.

    `line`: the number of the line on which the last record began. `open`: lines on which a cell opens a quotation
    mark that is not closed; they were read as they stand, the mark belonging to the text. `unsure`: lines on which a
    quoted cell begins whose lines look like rows; it was read as one cell. `bare`: how many records are no CSV,
    though all marks are closed. `longest`: characters of a record, and of what was not taken before it.
    Raises csv.Error where a record is longer.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, longest: int = 64 << 20) -> None:
        self.dialect = dialect
        self.open: list[int] = []
        self.unsure: list[int] = []
        self.bare = 0
        self._stood = 0  # the line of the last record that was read as it stands
        self._lines = _Recorder(lines, longest)
        self._mark = self._mark_of_last = 0  # where in the recorder's lines the record begins, and the one before
        self._reread = 0
        self._records = self._quoted() if dialect.quoted else self._plain()

    def __iter__(self) -> Iterator[list[str]]:
        """Return the records that are left."""
        return self._records

    def __next__(self) -> list[str]:
        """Return the next record."""
        return next(self._records)

    @property
    def line(self) -> int:
        """The number of the line on which the last record began; as long as its text was not taken."""
        return self._lines.count - (len(self._lines.kept) - self._mark_of_last) + 1

    @property
    def last_as_it_stands(self) -> bool:
        """Whether the last record was no CSV."""
        return self._stood == self.line

    @property
    def size(self) -> int:
        """How many characters `taken` would return."""
        return self._lines.size

    @property
    def next_line(self) -> int:
        """The number of the line on which the next record begins."""
        return self._lines.count + 1

    def taken(self) -> str:
        """Return the text of the records since the last time, as CSV: a reader of CSV makes the same records of it."""
        self._mark = 0
        return self._lines.taken()

    def text_of_last(self) -> str:
        """Return the text of the last record, where it was not taken yet."""
        return "".join(self._lines.kept[self._mark_of_last :])

    def replace_last(self, cells: Sequence[str]) -> None:
        """Put other cells in the last record's place in what `taken` returns."""
        kept = self._lines.kept
        lines = len(kept) - self._mark_of_last
        kept[self._mark_of_last :] = [as_csv(cells, self.dialect.delimiter), *[""] * (lines - 1)]

    def blank(self) -> None:
        """Make blank lines of the last record in what `taken` returns."""
        kept = self._lines.kept
        kept[self._mark_of_last :] = ["\n"] * (len(kept) - self._mark_of_last)

    def _quoted(self) -> Iterator[list[str]]:
        lines, kept, delimiter = self._lines, self._lines.kept, self.dialect.delimiter
        width = 0
        while True:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            try:
                for cells in reader:  # little is done here, for it is done of every row of a large file
                    mark, end = self._mark, len(kept)
                    width = width or len(cells)
                    if end - mark > 1 and self._swallows(width):
                        break
                    self._mark_of_last, self._mark = mark, end
                    yield cells
                else:
                    return
            except csv.Error as error:
                if lines.full:
                    raise csv.Error(str(error)) from None
            yield self._note_mark(self._first_line_as_it_stands())

    def _note_mark(self, cells: list[str]) -> list[str]:
        self._mark_of_last, self._mark = self._mark, len(self._lines.kept)
        return cells

    def _plain(self) -> Iterator[list[str]]:
        kept = self._lines.kept
        for line in self._lines:
            cells = _without_end(line).split(self.dialect.delimiter) if line.strip("\r\n") else []
            if '"' in line:
                kept[-1] = as_csv(cells, self.dialect.delimiter)
            yield self._note_mark(cells)

    def _swallows(self, width: int) -> bool:
        """Tell whether a record over several lines is rather a row a line, below a mark that was not meant to quote."""
        lines = self._lines.kept[self._mark :]
        if width < 2 or any(len(split_as_it_stands(line, self.dialect.delimiter)) != width for line in lines):
            return False
        if width == 2 and self.dialect.delimiter != "\t":  # a text with a comma in each line is as likely
            self.unsure.append(self._lines.count - len(lines) + 1)
            return False
        return True

    def _first_line_as_it_stands(self) -> list[str]:
        lines = self._lines
        self._reread += lines.give_back(self._mark + 1)
        if self._reread > _REREAD:
            lines.full = True
            raise csv.Error("quotation marks are not closed in very many places: save the table as CSV again")
        cells = split_as_it_stands(lines.kept[self._mark], self.dialect.delimiter)
        lines.kept[self._mark] = as_csv(cells, self.dialect.delimiter)
        self._stood = lines.count
        if any(cell.startswith('"') and cell.count('"') % 2 for cell in cells):
            self.open.append(lines.count)
        else:
            self.bare += 1
        return cells


class _Recorder:
    """Lines on their way to the csv module, kept until they are taken; they can be given back."""

    def __init__(self, lines: Iterable[str], longest: int) -> None:
        self._lines, self._back, self._longest = iter(lines), list[str](), longest
        self.kept: list[str] = []
        self.size = self._taken = 0
        self.full = False

    @property
    def count(self) -> int:
        """How many lines were read."""
        return self._taken + len(self.kept)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.kept.append(line)
        self.size += len(line)
        if self.size > self._longest:
            self.full = True
            raise csv.Error(
                f"a record of more than {self._longest >> 20} million characters: a quotation mark is not closed"
            )
        return line

    def give_back(self, start: int) -> int:
        """Take the kept lines from `start` on back; return how many characters they have."""
        lines = self.kept[start:]
        del self.kept[start:]
        size = sum(map(len, lines))
        self._back += reversed(lines)
        self.size -= size
        return size

    def taken(self) -> str:
        text = "".join(self.kept)
        self._taken += len(self.kept)
        self.kept.clear()
        self.size = 0
        return text


def split_as_it_stands(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line: a cell is quoted only where its closing mark ends it."""
    text, found, at = _without_end(line), [], 0
    pattern = _cell(delimiter)
    while match := pattern.match(text, at):
        quoted = match["quoted"]
        found.append(match["plain"] if quoted is None else quoted.replace('""', '"'))
        if match.end() == len(text):
            break
        at = match.end() + 1
    return found


def _cell(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'"(?P<quoted>(?:[^"]++|"")*+)"(?={mark}|\Z)|(?P<plain>[^{mark}]*+)')


def _without_end(line: str) -> str:
    return line.rstrip("\r\n")


def as_csv(cells: Sequence[str], delimiter: str) -> str:
    """Return a record as CSV, which the csv module reads as these cells."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerow(cells)  # only with \r\n at its end it quotes both
    return stream.getvalue().removesuffix("\r\n") + "\n"
