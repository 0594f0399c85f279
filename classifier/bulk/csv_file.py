"""A file of delimited text, read once from its beginning: its encoding, its layout, its records in chunks."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO

from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.settings import Format
from classifier.bulk.text_stream import JoinedStream, encoding_of
from classifier.errors import InputError
from classifier.tables.delimited import Delimited, as_csv
from classifier.tables.heading_row import completed, named
from classifier.tables.layout import layout_of
from classifier.tables.names import find, places

_SAMPLE = 1 << 16
_LONGEST = 64 << 20  # characters of a record, and of the chunk before it
_LISTED = 5


class CsvFile:
    """A file of delimited text that is read once, from its beginning.

    Delimiter, quoting and the row of headings are told from its first 64 KB (`tables.layout`); `text` names the
    column of the paragraphs, None for any that may be it. Encoding: as its beginning shows; bytes that are not of the
    encoding make their row faulty and come out as they went in, where the output is UTF-8.
    `columns`: the headings, none blank, none twice. `notes`: what is passed over or unsure; whole when all is read.
    """

    def __init__(self, stream: IO[bytes], file: str, text: str | None = None) -> None:
        head = stream.read(_SAMPLE)
        self.file, self.encoding = file, encoding_of(head, file)
        sample = codecs.getincrementaldecoder(self.encoding)("replace").decode(head).lstrip("\ufeff")
        first = "\t" if file.lower().removesuffix(".gz").removesuffix(".zst").endswith(".tsv") else ","
        layout = layout_of(sample, partial(_may_be_text, text=text), first)
        joined = io.BufferedReader(JoinedStream(head, stream))
        lines = iter(io.TextIOWrapper(joined, self.encoding, errors="surrogateescape", newline=""))
        self.notes: list[str] = []
        self.delimiter = layout.dialect.delimiter
        self._before = int(layout.declared)
        if layout.declared:
            next(lines, "")
        self._records = Delimited(lines, layout.dialect, _LONGEST)
        self._repeated: list[int] = []
        try:
            self.columns = self._headings(layout.above or 0, text)
        except csv.Error as error:
            raise InputError(f"{file}, line 1: {error}") from error
        if not self.columns:
            raise InputError(f"{file}: the file is empty; a CSV file begins with a line of column names")

    def _headings(self, above: int, text: str | None) -> list[str]:
        """Pass over what stands above the headings and return them."""
        over: list[list[str]] = []
        for cells in self._records:
            if not any(cell.strip() for cell in cells):
                continue
            if len(over) == above:
                break
            over.append(cells)
            self.notes.append(f"line {self._records.line + self._before}: stands above the headings; passed over")
        else:
            return []
        headings = [cell.replace("\ufeff", "") for cell in completed(cells, over[-1] if over else ())]
        if text is not None and headings.count(text) > 1:
            raise InputError(f"{self.file}: two columns are called {text}; give one of them another name")
        self._repeated_as = cells = [cell.lstrip("\ufeff") for cell in cells]
        names, changed = named(headings)
        self.notes += changed
        raw = self._records.text_of_last()
        self._records.taken()
        self._header = raw if names == cells and raw.endswith(("\n", "\r")) else as_csv(names, self.delimiter)
        return names

    def chunks(self) -> Iterator[Chunk]:
        """Yield the records in chunks, each with the header in front.

        Raises InputError for a record that is too long or cannot be understood.
        """
        records, columns = self._records, self._repeated_as
        rows, first = 0, self._next_line()
        try:
            for record in records:
                if record and record[0].startswith("\ufeff"):
                    self._drop_byte_order_mark(record)
                if record == columns:
                    records.blank()
                    self._repeated.append(records.line + self._before)
                else:
                    rows += bool(record)
                if rows == CHUNK_ROWS or records.size >= CHUNK_BYTES:
                    yield self._chunk(first)
                    rows, first = 0, self._next_line()
        except csv.Error as error:
            raise InputError(f"{self.file}, record on line {first} or after: {error}") from error
        if rows:
            yield self._chunk(first)
        self._note_lines()

    def _next_line(self) -> int:
        return self._records.next_line + self._before

    def _drop_byte_order_mark(self, record: list[str]) -> None:
        """Take off a byte order mark, which stands where files were joined."""
        record[0] = record[0].lstrip("\ufeff")
        self._records.replace_last(record)

    def _chunk(self, first: int) -> Chunk:
        text = self.delimiter + "\n" + self._header + self._records.taken()
        return Chunk(Format.csv, text.encode("utf-8", "surrogateescape"), self.file, first)

    def _note_lines(self) -> None:
        for lines, what in (
            (self._repeated, "the headings stand there once more; passed over"),
            (self._records.open, "a quotation mark is left open; the row was read as it stands"),
            (self._records.unsure, "a quoted cell goes over lines that look like rows; it was read as one cell"),
        ):
            if lines:
                shown = ", ".join(f"{line:,}" for line in lines[:_LISTED])
                more = f" and {len(lines) - _LISTED:,} more" if len(lines) > _LISTED else ""
                self.notes.append(f"line {shown}{more}: {what}")


def _may_be_text(names: Sequence[str], text: str | None) -> object | None:
    """Return something where headings hold the column of the paragraphs, None where they do not."""
    return find(names, text) if text is not None else next(iter(places(names, "text")), None)
