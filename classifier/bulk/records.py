"""CSV: every cell is text and stays what it was."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from classifier.bulk.added import check_free
from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.scored import Fault
from classifier.bulk.settings import Format
from classifier.documents.decode import decode
from classifier.errors import InputError
from classifier.tables.delimited import Delimited, as_csv
from classifier.tables.heading_row import completed, named
from classifier.tables.layout import layout_of
from classifier.tables.names import find, places
from classifier.tables.workbook import PICTURE, is_picture

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 1 << 16
_LONGEST = 64 << 20  # characters of a record, and of the chunk before it
_LISTED = 5


class CsvFile:
    """A file of delimited text that is read once, from its beginning.

    Delimiter, quoting and the row of headings are told from its first 64 KB, see tables.delimited; `text` names the
    column of the paragraphs, None for any that may be it. Encoding: see `encoding_of`; bytes that are not of the
    encoding make their row faulty and come out as they went in, where the output is UTF-8.
    `columns`: the headings, none blank, none twice. `notes`: what is passed over or unsure; whole when all is read.
    """

    def __init__(self, stream: IO[bytes], file: str, text: str | None = None) -> None:
        head = stream.read(_SAMPLE)
        self.file, self.encoding = file, encoding_of(head, file)
        sample = codecs.getincrementaldecoder(self.encoding)("replace").decode(head).lstrip("\ufeff")
        first = "\t" if file.lower().removesuffix(".gz").removesuffix(".zst").endswith(".tsv") else ","
        layout = layout_of(sample, partial(_may_be_text, text=text), first)
        joined = io.BufferedReader(Joined(head, stream))
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
        found = [cell.replace("\ufeff", "") for cell in completed(cells, over[-1] if over else ())]
        if text is not None and found.count(text) > 1:
            raise InputError(f"{self.file}: two columns are called {text}; give one of them another name")
        self._repeated_as = cells = [cell.lstrip("\ufeff") for cell in cells]
        names, changed = named(found)
        self.notes += changed
        raw = self._records.text_of_last()
        self._records.taken()
        self._header = raw if names == cells and raw.endswith(("\n", "\r")) else as_csv(names, self.delimiter)
        return names

    def chunks(self) -> Iterator[Chunk]:
        """Yield the records in chunks, each with the header in front."""
        records, columns = self._records, self._repeated_as
        rows, first = 0, self._next_line()
        try:
            for record in records:
                if record and record[0].startswith("\ufeff"):
                    self._mended(record)
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
        self._say()

    def _next_line(self) -> int:
        return self._records.next_line + self._before

    def _mended(self, record: list[str]) -> None:
        """Take off a byte order mark, which stands where files were joined."""
        record[0] = record[0].lstrip("\ufeff")
        self._records.replace_last(record)

    def _chunk(self, first: int) -> Chunk:
        text = self.delimiter + "\n" + self._header + self._records.taken()
        return Chunk(Format.csv, text.encode("utf-8", "surrogateescape"), self.file, first)

    def _say(self) -> None:
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


class Records:
    """The records of a chunk. `names`: the columns that will be added, which the file may not have yet."""

    def __init__(self, chunk: Chunk, text: str, names: Sequence[str]) -> None:
        content = chunk.payload.decode("utf-8", "surrogateescape")
        lines = io.StringIO(content[2:], newline="")
        reader = csv.reader(lines, delimiter=content[0])
        self.columns = next(reader)
        check_free(names, self.columns, chunk.file)
        offset = chunk.first - reader.line_num - 1
        self._rows, self._places = [], []
        place = reader.line_num + 1
        for record in reader:
            if record:
                self._rows.append(record)
                self._places.append(place + offset)
            place = reader.line_num + 1
        self._where = chunk.places
        column, damaged = self.columns.index(text), not _is_utf8(chunk.payload)
        self.values: list[object] = [self._value(record, column, damaged) for record in self._rows]
        for row, reason in chunk.faults.items():
            self.values[row] = Fault(reason)
        if chunk.extra:
            self._add(chunk.extra)

    def _add(self, extra: Sequence[tuple[str, int | str | None]]) -> None:
        """Add the columns of the file's place in a folder that it does not have itself."""
        new = [(name, "" if value is None else str(value)) for name, value in extra if name not in self.columns]
        width = len(self.columns)
        self.columns = [*self.columns, *(name for name, _ in new)]
        cells = [value for _, value in new]
        self._rows = [[*row[:width], *[""] * (width - len(row)), *cells] for row in self._rows]

    def _value(self, record: list[str], column: int, damaged: bool) -> str | Fault:
        if len(record) != len(self.columns) and (len(record) < len(self.columns) or any(record[len(self.columns) :])):
            surplus = json.dumps(record[len(self.columns) :], ensure_ascii=False)
            more = f"; what is too much: {surplus}" if len(record) > len(self.columns) else ""
            return Fault(f"the row has {len(record)} cells, the header {len(self.columns)}{more}")
        if damaged and sound(record[column]) != record[column]:
            return Fault("the text holds bytes that are not of the file's encoding")
        if record[column].startswith("=") and is_picture(record[column]):
            return Fault(f"the text {PICTURE}")
        return record[column]

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object of texts."""
        for record in self._rows:
            row = dict(zip(self.columns, map(sound, record), strict=False))
            yield json.dumps(row, ensure_ascii=False).encode()

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells, empty ones added where it is short."""
        width = len(columns)
        for record in self._rows:
            yield [*record[:width], *[""] * (width - len(record))]

    def batch(self, schema: "pa.Schema") -> "pa.RecordBatch":
        """Return the rows as columns of text."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        rows = [[sound(cell) for cell in cells] for cells in self.cells(self.columns)]
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(self.columns))]
        return pa.record_batch(columns, schema=schema)

    def where(self, row: int) -> str:
        """Return the line on which a row begins."""
        if self._where:
            return self._where[row]
        return f"line {self._places[row]}"


class Joined(io.RawIOBase):
    """What was read of a stream already, and the rest of it; closing it leaves the stream open."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer and return how many bytes."""
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def encoding_of(head: bytes, file: str = "") -> str:
    """Return the encoding that a file's beginning shows: UTF-8, UTF-16, else GB18030 (Excel in China) or Big5.

    A few bytes that do not fit leave it UTF-8: Chinese text of another encoding has as many of them as characters.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head[:200]:
        even, odd = head[:200:2].count(0), head[1:200:2].count(0)
        if max(even, odd) > 4 * min(even, odd) + 1:
            return "utf-16-be" if even > odd else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _odd_encoding(head, file)
    return "utf-8-sig"


def _odd_encoding(head: bytes, file: str) -> str:
    text = head.decode("utf-8-sig", "replace")
    wrong = text[:-1].count("\ufffd") - head.count(b"\xef\xbf\xbd")
    sound = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    if wrong <= sound // 20:
        return "utf-8-sig"
    try:
        found = decode(head, file)[1]
    except InputError:
        return "gb18030"
    return found if found in {"gb18030", "big5hkscs"} else "gb18030"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def sound(cell: str) -> str:
    """Return a text without the bytes that are not of its encoding: they become replacement characters."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write_records(rows: Iterable[Sequence[object]]) -> bytes:
    """Return records as UTF-8."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogateescape")
