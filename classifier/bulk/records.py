"""CSV: every cell is text and stays what it was."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.lines import clash
from classifier.bulk.scored import Fault
from classifier.bulk.settings import Format
from classifier.errors import InputError

csv.field_size_limit((1 << 31) - 1)
_SAMPLE = 1 << 16
_LONGEST = 64 << 20  # characters of a record, and of the chunk before it


class CsvFile:
    """A CSV file that is read once, from its beginning.

    `encoding`: UTF-8 and UTF-16 with their marks, else GB18030, as Excel in China writes. Bytes that are not of
    the encoding make their row faulty and come out as they went in, where the output is UTF-8.
    """

    def __init__(self, stream: IO[bytes], file: str) -> None:
        head = stream.read(_SAMPLE)
        self.file, self.encoding = file, _encoding(head)
        joined = io.BufferedReader(_Joined(head, stream))
        text = io.TextIOWrapper(joined, self.encoding, errors="surrogateescape", newline="")
        self._lines = _Recorder(text)
        self.delimiter = "\t" if file.lower().removesuffix(".gz").removesuffix(".zst").endswith(".tsv") else ","
        self._reader = csv.reader(self._lines, delimiter=self.delimiter)
        try:
            self.columns = next(self._reader, [])
        except csv.Error as error:
            raise InputError(f"{file}, line 1: {error}") from error
        if not self.columns:
            raise InputError(f"{file}: the file is empty; a CSV file begins with a line of column names")
        self._header = self._lines.taken()

    def chunks(self) -> Iterator[Chunk]:
        """Yield the records in chunks, each with the header in front."""
        rows, first = 0, self._reader.line_num + 1
        try:
            for record in self._reader:
                rows += bool(record)
                if rows == CHUNK_ROWS or self._lines.size >= CHUNK_BYTES:
                    yield self._chunk(first)
                    rows, first = 0, self._reader.line_num + 1
        except csv.Error as error:
            raise InputError(f"{self.file}, record on line {first} or after: {error}") from error
        if rows:
            yield self._chunk(first)

    def _chunk(self, first: int) -> Chunk:
        text = self.delimiter + "\n" + self._header + self._lines.taken()
        return Chunk(Format.csv, text.encode("utf-8", "surrogateescape"), self.file, first)


class Records:
    """The records of a chunk. `names`: the columns that will be added, which the file may not have yet."""

    def __init__(self, chunk: Chunk, text: str, names: Sequence[str]) -> None:
        content = chunk.payload.decode("utf-8", "surrogateescape")
        lines = io.StringIO(content[2:], newline="")
        reader = csv.reader(lines, delimiter=content[0])
        self.columns = next(reader)
        if taken := sorted(set(names) & set(self.columns)):
            raise clash(taken, chunk.file)
        offset = chunk.first - reader.line_num - 1
        self._rows, self._places = [], []
        place = reader.line_num + 1
        for record in reader:
            if record:
                self._rows.append(record)
                self._places.append(place + offset)
            place = reader.line_num + 1
        column, damaged = self.columns.index(text), not _is_utf8(chunk.payload)
        self.values = [self._value(record, column, damaged) for record in self._rows]

    def _value(self, record: list[str], column: int, damaged: bool) -> Any:
        if len(record) != len(self.columns):
            surplus = json.dumps(record[len(self.columns) :], ensure_ascii=False)
            more = f"; what is too much: {surplus}" if len(record) > len(self.columns) else ""
            return Fault(f"the row has {len(record)} cells, the header {len(self.columns)}{more}")
        if damaged and _sound(record[column]) != record[column]:
            return Fault("the text holds bytes that are not of the file's encoding")
        return record[column]

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object of texts."""
        for record in self._rows:
            row = dict(zip(self.columns, map(_sound, record), strict=False))
            yield json.dumps(row, ensure_ascii=False).encode()

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells, empty ones added where it is short."""
        width = len(columns)
        for record in self._rows:
            yield [*record[:width], *[""] * (width - len(record))]

    def batch(self, schema: Any) -> Any:
        """Return the rows as columns of text."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        rows = [[_sound(cell) for cell in cells] for cells in self.cells(self.columns)]
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(self.columns))]
        return pa.record_batch(columns, schema=schema)

    def where(self, row: int) -> str:
        """Return the line on which a row begins."""
        return f"line {self._places[row]}"


class _Recorder:
    """Lines on their way to the CSV reader, kept until they are taken."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._stream, self._kept, self.size = iter(stream), [""], 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self._kept.append(line)
        self.size += len(line)
        if self.size > _LONGEST:
            raise csv.Error(
                f"a record of more than {_LONGEST >> 20} million characters: a quotation mark is not closed"
            )
        return line

    def taken(self) -> str:
        """Return the lines since the last time."""
        text = "".join(self._kept)
        self._kept, self.size = [], 0
        return text


class _Joined(io.RawIOBase):
    """What was read of a stream already, and the rest of it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(head) - error.start >= 4:  # not just a character cut in two by the end of the sample
            return "gb18030"
    return "utf-8-sig"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _sound(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write_records(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return records as UTF-8."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogateescape")
