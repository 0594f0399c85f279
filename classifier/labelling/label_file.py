"""One file of labelled paragraphs: what is damaged is named by file and line, the sound lines around it count."""

import gzip
import io
import zlib
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.labelled_paragraph import LabelledParagraph

Problem = Callable[[LabelError], object]
Row = dict[str, Any]  # as its JSON has it: whoever takes it looks at each value
Understand = Callable[[Row, str], LabelledParagraph]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEGINNINGS = (b'{"text":', b'{"words":')  # of every row that this program writes


@dataclass(frozen=True, eq=False)
class LabelFile:
    """What was understood of a file, and what was not: an error a damaged line, naming it."""

    paragraphs: tuple[LabelledParagraph, ...]
    damage: tuple[LabelError, ...]


def understood(
    data: bytes, path: Path, understand: Understand, torn: bool = False, only: Container[int] | None = None
) -> LabelFile:
    """Return the paragraphs of a file's bytes; `torn`, `only` as in `rows_of`.

    Raises nothing: what does not fit is damage.
    """
    damage: list[LabelError] = []
    paragraphs = []
    for where, row in rows_of(data, path, damage.append, torn, only):
        try:
            paragraphs.append(understand(row, where))
        except LabelError as error:
            damage.append(error)
    return LabelFile(tuple(paragraphs), tuple(damage))


def read_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield each line's place ("file:line") and its JSON object; gzip is told by the name's ending.

    Raises LabelError, naming the place, at the first line that is damaged.
    """

    def refuse(error: LabelError) -> None:
        raise error

    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelError(f"{path}: cannot be read: {error}") from error
    yield from rows_of(data, path, refuse)


def rows_of(
    data: bytes, path: Path, problem: Problem, torn: bool = False, only: Container[int] | None = None
) -> Iterator[tuple[str, Row]]:
    """Yield the place and the object of each sound line; `problem` is called with a LabelError for each damaged one.

    `torn`: pass over a last line without its end, which a writer left behind that was killed in it. `only`: the lines
    to look at, from 1; None for all.
    """
    for number, line in enumerate(_lines(data, path, problem), start=1):
        if (only is not None and number not in only) or (torn and not line.endswith(b"\n")):
            continue
        where = f"{path}:{number}"
        row = row_of(line, where, problem)
        if row is not None:
            yield where, row


def row_of(line: bytes, where: str, problem: Problem) -> Row | None:
    """Return the object of a line, None for an empty one; of a damaged one the object behind the damage, if any.

    `problem` is called with a LabelError for a damaged line, naming `where` it is.
    """
    if not line.strip():
        return None
    try:
        return parsed(line, where, "must be a JSON object, one paragraph a line")
    except LabelError as error:
        problem(error)
        return glued(line, _BEGINNINGS)


def parsed(line: bytes, where: str, otherwise: str) -> Row:
    """Return a line's JSON object; raise LabelError naming the place where it is none, and saying what it must be."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"{where}: not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise LabelError(f"{where}: {otherwise}")
    return row


def glued(line: bytes, beginnings: tuple[bytes, ...]) -> Row | None:
    """Return the whole row that stands behind half a row on one line, None where there is none.

    No row's inside can be taken for it: within a string its quotation marks would be escaped, and of an object within
    another more follows.
    """
    for start in sorted(place for mark in beginnings for place in _places(line, mark)):
        try:
            row = orjson.loads(line[start:])
        except orjson.JSONDecodeError:
            continue
        return row if isinstance(row, dict) else None
    return None


def _places(line: bytes, mark: bytes) -> Iterator[int]:
    place = line.find(mark, 1)
    while place > 0:
        yield place
        place = line.find(mark, place + 1)


def _lines(data: bytes, path: Path, problem: Problem) -> Iterator[bytes]:
    """Yield the lines of a file, packed or not; of a packed one that breaks off those before."""
    try:
        with gzip.open(io.BytesIO(data)) if path.suffix == ".gz" else io.BytesIO(data) as stream:
            first = stream.readline()
            yield first.removeprefix(BYTE_ORDER_MARK)
            yield from stream
    except (OSError, EOFError, zlib.error) as error:
        problem(LabelError(f"{path}: cannot be read: {error}"))
