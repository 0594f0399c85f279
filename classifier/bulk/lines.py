"""JSON Lines: rows stay the bytes they were; results are added behind their last value."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING

import numpy as np
import orjson

from classifier.bulk.added import check_free
from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk, Fault
from classifier.bulk.settings import Format
from classifier.errors import InputError
from classifier.json_types import JsonDict, JsonObject, JsonValue

if TYPE_CHECKING:
    import pyarrow as pa

UNREADABLE = "unreadable"  # the key of a line that is no JSON object, in the output
_LONGEST_LINE = 64 << 20  # bytes, as of a CSV record
_BLOCK = 1 << 16  # bytes read at a time; of a damaged file, what the last of them holds is lost
_BOM = b"\xef\xbb\xbf"


def read_lines(stream: IO[bytes], file: str) -> Iterator[Chunk]:
    """Yield the lines of a stream in chunks; blank lines are no rows. Raises InputError as `bounded_lines` does."""
    waiting, first, ends = bytearray(), 1, 0  # bytes of the next chunk, the number of their first line, their line ends
    while block := stream.read(_BLOCK):
        waiting += block
        ends += block.count(b"\n")
        while ends >= CHUNK_ROWS or (len(waiting) >= CHUNK_BYTES and b"\n" in block):
            size, count = _first_chunk(waiting)
            if not count:
                break
            yield _chunk(waiting, size, file, first)
            del waiting[:size]
            first, ends = first + count, ends - count
        if len(waiting) > _LONGEST_LINE and len(waiting) - waiting.rfind(b"\n") - 1 > _LONGEST_LINE:
            raise _too_long(file, first + ends)
    if waiting:
        yield _chunk(waiting, len(waiting), file, first)


def _first_chunk(waiting: bytearray) -> tuple[int, int]:
    """Return how many bytes and lines a chunk takes: up to so many rows or bytes; (0, 0) where it goes on."""
    ends = np.flatnonzero(np.frombuffer(waiting, np.uint8) == ord("\n"))
    count = min(CHUNK_ROWS, int(ends.searchsorted(CHUNK_BYTES - 1)) + 1)
    return (int(ends[count - 1]) + 1, count) if count <= len(ends) else (0, 0)


def _chunk(waiting: bytearray, size: int, file: str, first: int) -> Chunk:
    payload = bytes(memoryview(waiting)[:size])
    return Chunk(Format.jsonl, payload.removeprefix(_BOM) if first == 1 else payload, file, first)


def bounded_lines(stream: IO[bytes], file: str) -> Iterator[bytes]:
    """Yield a stream's lines; raise InputError for one that would fill the memory: that is no table."""
    for number, line in enumerate(iter(partial(stream.readline, _LONGEST_LINE + 1), b""), 1):
        if len(line) > _LONGEST_LINE:
            raise _too_long(file, number)
        yield line


def _too_long(file: str, number: int) -> InputError:
    return InputError(f"{file}, line {number}: longer than {_LONGEST_LINE >> 20} MB; a row is one line")


class Lines:
    """The rows of a chunk of JSON Lines. `names`: the columns that will be added, which no row may have yet."""

    def __init__(self, chunk: Chunk, text: str, names: Sequence[str]) -> None:
        lines = [*map(bytes.strip, chunk.payload.split(b"\n"))]
        filled = [place for place, line in enumerate(lines) if line]
        self._numbers = [chunk.first + place for place in filled]
        self._lines = [lines[place] for place in filled]
        self._rows, standard = parse_lines(self._lines)
        added = set(names)
        for number, row in zip(self._numbers, self._rows, strict=True):
            if isinstance(row, dict) and not added.isdisjoint(row):
                check_free(names, row, f"{chunk.file}, line {number}")
        self._extra: JsonDict = dict(chunk.extra)
        self._as_they_are = standard and not self._extra
        self.values: list[object] = (
            [row[text] if text in row else _value(row, text) for row in self._rows if isinstance(row, dict)]
            if standard
            else [_value(row, text) for row in self._rows]
        )
        self._where = chunk.places

    def objects(self) -> Iterator[bytes]:
        """Yield each row as it was; what was no JSON object as text under a key of its own."""
        if self._as_they_are:
            yield from self._lines
            return
        for line, row in zip(self._lines, self._rows, strict=True):
            yield (
                self._with_extra(line, row)
                if isinstance(row, dict)
                else orjson.dumps(_unreadable_row(line) | self._extra)
            )

    def _with_extra(self, line: bytes, row: JsonObject) -> bytes:
        """Add the columns of the file's place that the row does not have itself."""
        extra = {name: value for name, value in self._extra.items() if name not in row}
        if not extra:
            return line
        before = line[:-1].rstrip()
        return before + (b"" if before == b"{" else b",") + orjson.dumps(extra)[1:]

    def cells(self, columns: Sequence[str]) -> Iterator[list[str]]:
        """Yield each row as cells: texts as they are, all else as JSON, an empty cell where there is nothing."""
        for line, row in zip(self._lines, self._rows, strict=True):
            whole = self._extra | (row if isinstance(row, dict) else _unreadable_row(line))
            yield [as_text(whole.get(name)) or "" for name in columns]

    def batch(self, schema: "pa.Schema") -> "pa.RecordBatch":
        """Return the rows under the schema that `columns_of` found for all rows."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        whole = [
            self._extra | (row if isinstance(row, dict) else _unreadable_row(line))
            for line, row in zip(self._lines, self._rows, strict=True)
        ]
        columns = [
            pa.array([_fit_type(row.get(field.name), field.type) for row in whole], field.type) for field in schema
        ]
        return pa.record_batch(columns, schema=schema)

    def where(self, row: int) -> str:
        """Return the line of a row."""
        if self._where:
            return self._where[row]
        return f"line {self._numbers[row]}"


def parse_lines(lines: Sequence[bytes]) -> tuple[list[JsonDict | Fault], bool]:
    """Return what each line holds as `parse_line` does, and whether all are objects by the strict standard.

    In such ones there are no halves of characters.
    """
    try:
        rows = [*map(orjson.loads, lines)]
        if all(type(row) is dict for row in rows):
            return rows, True
    except orjson.JSONDecodeError:
        pass
    return [parse_line(line) for line in lines], False


def parse_line(line: bytes) -> JsonDict | Fault:
    """Return what a line holds; a Fault where it is no JSON object."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:  # NaN, lone surrogates and numbers beyond 64 bits, which the standard library takes
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Fault(f"the line is not valid JSON: {error}")
    return row if isinstance(row, dict) else Fault("the line is not a JSON object")


def _value(row: JsonDict | Fault, text: str) -> JsonValue | Fault:
    if isinstance(row, Fault):
        return row
    if text not in row:
        return Fault(f"the row has no {text}")
    value = row[text]
    if isinstance(value, str) and not _is_whole(value):
        return Fault("the text holds half a character (a lone surrogate)")
    return value


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable_row(line: bytes) -> JsonDict:
    return {UNREADABLE: line.decode("utf-8", "replace")}


def as_text(value: JsonValue) -> str | None:
    """Return a value as the text of a cell: None stays None, what is no text becomes JSON."""
    if value is None or isinstance(value, str):
        return value if value is None or _is_whole(value) else value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False)


def _fit_type(value: JsonValue, type_: "pa.DataType") -> JsonValue:
    return as_text(value) if str(type_) == "string" else value


_EXACT = 1 << 53  # whole numbers that a double holds exactly


def columns_of(stream: Iterable[bytes]) -> dict[str, str]:
    """Return the columns of all rows and the type that holds their values: bool, int64, double or string.

    What is none of these, or several of them, is kept as text: lists and objects as JSON.
    """
    kinds: dict[str, set[str]] = {}
    for line in stream:
        if stripped := line.removeprefix(_BOM).strip():
            row = parse_line(stripped)
            for name, value in (row if isinstance(row, dict) else _unreadable_row(line)).items():
                kinds.setdefault(name, set()).add(_kind(value))
    return {name: _joint_type(types - {"null"}) for name, types in kinds.items()}


def _kind(value: JsonValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "small" if abs(value) <= _EXACT else "int64" if -(1 << 63) <= value < 1 << 63 else "string"
    return "double" if isinstance(value, float) else "string"


def _joint_type(kinds: set[str]) -> str:
    if kinds and kinds <= {"small", "int64"}:
        return "int64"
    if kinds and kinds <= {"small", "double"}:
        return "double"
    return kinds.pop() if kinds == {"bool"} else "string"
