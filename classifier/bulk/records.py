"""CSV: every cell is text and stays what it was."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from classifier.bulk.added import check_free
from classifier.bulk.chunk import Chunk, Fault
from classifier.tables.workbook import PICTURE, is_picture

if TYPE_CHECKING:
    import pyarrow as pa


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
        if damaged and as_utf8(record[column]) != record[column]:
            return Fault("the text holds bytes that are not of the file's encoding")
        if record[column].startswith("=") and is_picture(record[column]):
            return Fault(f"the text {PICTURE}")
        return record[column]

    def objects(self) -> Iterator[bytes]:
        """Yield each row as a JSON object of texts."""
        for record in self._rows:
            row = dict(zip(self.columns, map(as_utf8, record), strict=False))
            yield json.dumps(row, ensure_ascii=False).encode()

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells, empty ones added where it is short."""
        width = len(columns)
        for record in self._rows:
            yield [*record[:width], *[""] * (width - len(record))]

    def batch(self, schema: "pa.Schema") -> "pa.RecordBatch":
        """Return the rows as columns of text."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        rows = [[as_utf8(cell) for cell in cells] for cells in self.cells(self.columns)]
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(self.columns))]
        return pa.record_batch(columns, schema=schema)

    def where(self, row: int) -> str:
        """Return the line on which a row begins."""
        if self._where:
            return self._where[row]
        return f"line {self._places[row]}"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(cell: str) -> str:
    """Return a text without the bytes that are not of its encoding: they become replacement characters."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write_records(rows: Iterable[Sequence[object]]) -> bytes:
    """Return records as UTF-8."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogateescape")
