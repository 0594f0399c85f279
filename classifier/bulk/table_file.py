"""One file of a table, read by what its content shows: its name tells little in an office."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import open_unpacked, require_pyarrow
from classifier.bulk.csv_file import CsvFile
from classifier.bulk.json_file import is_lines, json_lines, read_json
from classifier.bulk.lines import bounded_lines, parse_line, read_lines
from classifier.bulk.settings import Format
from classifier.bulk.sheets import Workbook
from classifier.bulk.text_stream import JoinedStream, Utf8Stream, encoding_of
from classifier.errors import InputError
from classifier.tables.workbook import is_workbook

if TYPE_CHECKING:
    import pyarrow as pa

    from classifier.bulk.batches import ParquetFile

_SAMPLE = 1 << 16
_BLANK_MOST = 1 << 14  # bytes of a file that may be blank: a workbook without a cell has some thousands
_NOTHING = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_FIRST_LINES = 20  # of JSON Lines, in which the text column is looked for before anything is scored


@dataclass(frozen=True)
class Columns:
    """Names of the input's columns, none where each row has its own; `schema`: a pyarrow.Schema where one is known."""

    names: tuple[str, ...]
    schema: "pa.Schema" = None


@dataclass(frozen=True)
class TableFile:
    """A file of text or Parquet. `text`: the column of the paragraphs, None for any that may be it.

    `sheet`: of a workbook the only one that is read, None for all that have the column. `given`: also its columns that
    `classify score` hides itself.
    """

    path: str
    format: Format
    text: str | None = None
    sheet: str | None = None
    given: bool = False

    def chunks(self, notes: list[str]) -> Iterator[Chunk]:
        """Yield the rows in chunks, always cut at the same rows; `notes` takes what is passed over or unsure."""
        with naming_file(self.path):
            if self.format is Format.parquet:
                yield from open_parquet(self.path).chunks()
            elif is_workbook(self._head()):
                book = self._book()
                yield from book.chunks()
                notes += book.notes
            elif self.format is Format.csv:
                with open_unpacked(self.path) as (stream, share):
                    table = CsvFile(stream, self.path, self.text)
                    for chunk in table.chunks():
                        yield replace(chunk, done=share())
                    notes += table.notes
            else:
                yield from self._chunks_of_json()

    def _chunks_of_json(self) -> Iterator[Chunk]:
        head = self._head()
        with self._utf8(head) as (stream, share):
            lines = self._is_lines(head)
            for chunk in read_lines(stream, self.path) if lines else read_json(stream, self.path):
                yield replace(chunk, done=share())

    def columns(self) -> Columns:
        """Return the columns of Parquet, CSV or a workbook."""
        if self.format is Format.parquet:
            schema = open_parquet(self.path).schema
            return Columns(tuple(schema.names), schema)
        with naming_file(self.path):
            if is_workbook(self._head()):
                book = self._book()
                book.check()
                return Columns(tuple(book.columns))
            with open_unpacked(self.path) as (stream, _):
                return Columns(tuple(CsvFile(stream, self.path, self.text).columns))

    def sheets(self) -> list[str]:
        """Return the sheets of a workbook that have rows below the text column; none of another file."""
        with naming_file(self.path):
            return self._book().filled() if is_workbook(self._head()) else []

    def _book(self) -> Workbook:
        return Workbook(self.path, self.text, self.sheet, given=self.given)

    def is_blank(self) -> bool:
        """Tell whether a file holds nothing at all, not even headings. One that is damaged is not blank."""
        try:
            if Path(self.path).stat().st_size > _BLANK_MOST:
                return False
            with open_unpacked(self.path) as (stream, _):
                head = stream.read(_SAMPLE)
            return Workbook(self.path).is_blank() if is_workbook(head) else not head.strip(_NOTHING)
        except (InputError, EOFError, zlib.error, OSError):  # an error of its own when its turn comes
            return False

    def lines(self) -> Iterator[bytes]:
        """Yield the rows of a file of JSON, a line each."""
        head = self._head()
        with naming_file(self.path), self._utf8(head) as (stream, _):
            if self._is_lines(head):
                yield from bounded_lines(stream, self.path)
            else:
                yield from (line for _, line in json_lines(stream, self.path))

    def first_keys(self) -> list[str]:
        """Return the keys of the first rows of a file of JSON."""
        names: dict[str, None] = {}
        for line in islice(self.lines(), _FIRST_LINES):
            row = parse_line(line.removeprefix(b"\xef\xbb\xbf").strip() or b"null")
            if isinstance(row, dict):
                names |= dict.fromkeys(row)
        return list(names)

    def _is_lines(self, head: bytes) -> bool:
        name = self.path.lower().removesuffix(".gz").removesuffix(".zst")
        return is_lines(_utf8_head(head), called_json=name.endswith(".json"))

    def _head(self) -> bytes:
        """Return the beginning of the file, as far as it is whole: its rows are read up to the damage."""
        head = b""
        with (
            naming_file(self.path),
            open_unpacked(self.path) as (stream, _),
            suppress(EOFError, zlib.error, gzip.BadGzipFile),
        ):
            while len(head) < _SAMPLE and (piece := stream.read(_SAMPLE >> 4)):
                head += piece
        return head

    @contextmanager
    def _utf8(self, head: bytes) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
        """Open the file as UTF-8, whatever it is in."""
        with open_unpacked(self.path) as (stream, share):
            encoding = encoding_of(head, self.path)
            if encoding == "utf-8-sig":
                yield stream, share
            else:
                text = io.TextIOWrapper(
                    io.BufferedReader(JoinedStream(b"", stream)), encoding, errors="surrogateescape", newline=""
                )
                yield io.BufferedReader(Utf8Stream(text)), share


def _utf8_head(head: bytes) -> bytes:
    encoding = encoding_of(head)
    return head if encoding == "utf-8-sig" else head.decode(encoding, "replace").encode()


@contextmanager
def naming_file(path: str) -> Iterator[None]:
    """Turn what a damaged or vanished file raises into an InputError that names it."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: the file is damaged or not whole: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeError as error:
        raise InputError(f"{path}: cannot be decoded: {error}") from error


def open_parquet(path: str) -> "ParquetFile":
    """Return a Parquet file; raise MissingExtraError without pyarrow."""
    require_pyarrow("Parquet")
    from classifier.bulk.batches import ParquetFile  # noqa: PLC0415 - pyarrow

    return ParquetFile(path)
