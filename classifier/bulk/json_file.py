"""JSON that is no JSON Lines – an array, objects over many lines, an array under a key – as chunks of JSON Lines."""

import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO

from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.lines import parse_line
from classifier.bulk.settings import Format
from classifier.bulk.text_stream import JoinedStream
from classifier.json_types import JsonValue
from classifier.tables.json_values import Value, records_under_a_key, values_of

_LOOKED_AT = 20  # lines


def is_lines(head: bytes, called_json: bool = False) -> bool:
    """Tell from a file's beginning whether each line is a value of its own, as in JSON Lines, be some of them bad.

    `called_json`: its name says that it is one value, so that a line which is none speaks for that.
    """
    lines = [line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    lines = [line for line in lines if line][:_LOOKED_AT]
    if not lines or not lines[0].startswith((b"[", b"{")):
        return True
    first = _value(lines[0])
    if len(lines) == 1:
        if isinstance(first, dict):
            return records_under_a_key(lines[0].decode("utf-8", "replace"), first) is None
        return not called_json and not _holds_objects(first) and len(head) < _LONG
    if any(isinstance(parse_line(line), dict) for line in lines):
        return lines[0] != b"["
    return not (called_json or lines[0] in {b"[", b"{"} or lines[0].endswith((b",", b"{", b"[")))


_LONG = 1 << 15  # bytes: a first line that does not end within them is cut by the sample


def _value(line: bytes) -> JsonValue:
    try:
        value: JsonValue = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value


def _holds_objects(value: JsonValue) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def json_lines(stream: IO[bytes], file: str) -> Iterator[tuple[str, bytes]]:
    """Yield where each row stands and the row on one line. Raises TableError where the file is no JSON."""
    text = io.TextIOWrapper(
        io.BufferedReader(JoinedStream(b"", stream)), "utf-8-sig", errors="surrogateescape", newline=""
    )
    values = values_of(text, file)
    first = list(islice(values, 2))
    if len(first) == 1:
        _, content, value = first[0]
        if (records := records_under_a_key(content, value)) is not None:
            yield from _rows(values_of(io.StringIO(records[1]), file), f"{records[0]}, row ")
            return
    yield from _rows(chain(first, values), "")


def _rows(values: Iterable[Value], before: str) -> Iterator[tuple[str, bytes]]:
    for number, (line, content, _) in enumerate(values, start=1):
        where = f"{before}{number}" if before else f"line {line}"
        yield where, content.encode("utf-8", "surrogateescape")


def read_json(stream: IO[bytes], file: str) -> Iterator[Chunk]:
    """Yield the rows in chunks."""
    rows: list[tuple[str, bytes]] = []
    size, number = 0, 1
    for row in json_lines(stream, file):
        rows.append(row)
        size += len(row[1])
        if len(rows) == CHUNK_ROWS or size >= CHUNK_BYTES:
            yield _chunk(rows, file, number)
            number, rows, size = number + len(rows), [], 0
    if rows:
        yield _chunk(rows, file, number)


def _chunk(rows: list[tuple[str, bytes]], file: str, first: int) -> Chunk:
    payload = b"".join(row + b"\n" for _, row in rows)
    return Chunk(Format.jsonl, payload, file, first, places=tuple(where for where, _ in rows))
