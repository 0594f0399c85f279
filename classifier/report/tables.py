"""Rows of a table, whatever its format: JSON Lines, CSV, TSV (all three also .gz) or Parquet."""

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import orjson

from classifier.errors import InputError, MissingExtraError

Row = dict[str, Any]
_TEXT = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": ",", ".tsv": "\t"}
_PARQUET = {".parquet", ".pq"}
_BLOCK = 1 << 20
_LONGEST_CELL = 1 << 30


def is_table(path: Path) -> bool:
    """Tell from its name whether a file is a table."""
    return path.suffix.lower() in _PARQUET or _kind(path) is not None


def is_csv(path: Path) -> bool:
    """Tell from its name whether a table is CSV or TSV."""
    return _kind(path) in {",", "\t"}


def read_table(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield each row and where it stands ("file, line 7"); raise InputError where the file is not what it must be."""
    try:
        if path.suffix.lower() in _PARQUET:
            yield from _parquet_rows(path)
        elif (kind := _kind(path)) == "jsonl":
            yield from _json_rows(path)
        else:
            yield from _csv_rows(path, kind or ",")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: the file is damaged or not whole: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _kind(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return _TEXT.get(suffixes[-1]) if suffixes else None


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _json_rows(path: Path) -> Iterator[tuple[str, Row]]:
    with _opened(path) as stream:
        for number, line in enumerate(stream, 1):
            stripped = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
            if stripped:
                where = f"{path}, line {number:,}"
                yield where, _json_row(stripped, where)


def _json_row(line: bytes, where: str) -> Row:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:  # NaN and lone surrogates, which the standard library takes
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a JSON object; each line must be one, with text, labels and probabilities")
    return row


def _csv_rows(path: Path, delimiter: str) -> Iterator[tuple[str, Row]]:
    csv.field_size_limit(_LONGEST_CELL)
    with _opened(path) as raw, io.TextIOWrapper(raw, _encoding(path), errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            names = next(reader, [])
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise InputError(f"{path}: two columns are called {', '.join(twice)}; give one of them another name")
            for cells in reader:
                where = f"{path}, line {reader.line_num:,}"
                if len(cells) > len(names):
                    raise InputError(f"{where}: {len(cells)} cells under {len(names)} columns; mend the row")
                if cells:
                    yield where, dict(zip(names, cells, strict=False))
        except csv.Error as error:
            raise InputError(f"{path}, line {reader.line_num:,}: not valid CSV: {error}") from error


def _encoding(path: Path) -> str:
    """Return utf-8-sig, or gb18030 for a file that is no UTF-8: what Excel saves on a Chinese Windows."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _opened(path) as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _parquet_rows(path: Path) -> Iterator[tuple[str, Row]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        how = 'pip install "local-government-classifier[bulk]"'
        raise MissingExtraError(f"{path}: reading Parquet needs an extra package; install it with: {how}") from error
    try:
        number = 0
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(4096):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}, row {number:,}", row
    except pa.ArrowException as error:
        raise InputError(f"{path}: not a whole Parquet file: {error}") from error
