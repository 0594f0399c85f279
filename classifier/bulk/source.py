"""What is scored: a table, a folder of tables, a folder of documents."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import SUFFIXES as PACKED
from classifier.bulk.compression import arrow, opened
from classifier.bulk.documents import COLUMNS as DOCUMENT_COLUMNS
from classifier.bulk.documents import read_documents
from classifier.bulk.lines import columns_of, parsed, read_lines
from classifier.bulk.records import CsvFile
from classifier.bulk.settings import Format
from classifier.documents.read import SUFFIXES as DOCUMENTS
from classifier.errors import InputError

_TABLES = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".csv": Format.csv, ".tsv": Format.csv,
    ".parquet": Format.parquet, ".pq": Format.parquet,
}  # fmt: skip

_FIRST_LINES = 20  # of JSON Lines, in which the text column is looked for before anything is scored


@dataclass(frozen=True)
class Source:
    """Files of one format, in order; `format` is None for documents. `passed_over`: what else lies in the folder."""

    name: str
    files: tuple[str, ...]
    format: Format | None
    passed_over: tuple[str, ...] = ()

    def chunks(self, number: int) -> Iterator[Chunk]:
        """Yield one file's chunks, always cut at the same rows. Documents count as one file."""
        with reading(self.files[number]):
            yield from self._chunks(number)

    def _chunks(self, number: int) -> Iterator[Chunk]:
        path = self.files[number]
        if self.format is None:
            yield from read_documents([Path(file) for file in self.files])
        elif self.format is Format.parquet:
            yield from _parquet(path).chunks()
        else:
            with opened(path) as (stream, share):
                lines = self.format is Format.jsonl
                for chunk in read_lines(stream, path) if lines else CsvFile(stream, path).chunks():
                    yield replace(chunk, done=share())

    @property
    def count(self) -> int:
        """How many files there are to go through, documents being one."""
        return 1 if self.format is None else len(self.files)

    def columns(self, text: str, wanted: Format) -> "Columns":
        """Return the columns, checked: the text column is there, all files have the same, no two share a name.

        For JSON Lines the columns and types are those of all rows where `wanted` needs them, else not known.
        """
        if self.format is None:
            return Columns(tuple(DOCUMENT_COLUMNS), _schema(DOCUMENT_COLUMNS) if wanted is Format.parquet else None)
        if self.format is Format.jsonl:
            return self._columns_of_lines(text, wanted)
        found = [self._columns_of(path) for path in self.files]
        for path, columns in zip(self.files, found, strict=True):
            _check_names(columns.names, text, path)
            if columns != found[0]:
                raise InputError(
                    f"{path}: the columns are not those of {self.files[0]}: "
                    f"{', '.join(columns.names)} instead of {', '.join(found[0].names)}; score them apart"
                )
            if columns.schema is not None:
                from classifier.bulk.batches import check_text_column  # noqa: PLC0415 - pyarrow

                check_text_column(columns.schema, text, path)
        if wanted is Format.parquet and found[0].schema is None:
            return Columns(found[0].names, _schema(dict.fromkeys(found[0].names, "string")))
        return found[0]

    def _columns_of(self, path: str) -> "Columns":
        if self.format is Format.parquet:
            schema = _parquet(path).schema
            return Columns(tuple(schema.names), schema)
        with reading(path), opened(path) as (stream, _):
            return Columns(tuple(CsvFile(stream, path).columns))

    def _columns_of_lines(self, text: str, wanted: Format) -> "Columns":
        for path in self.files:
            _check_first_lines(path, text)
        if wanted is Format.jsonl:
            return Columns(())
        types: dict[str, str] = {}
        for path in self.files:
            with reading(path), opened(path) as (stream, _):
                for name, type_ in columns_of(stream).items():
                    types[name] = type_ if types.get(name, type_) == type_ else "string"
        return Columns(tuple(types), _schema(types) if wanted is Format.parquet else None)


@dataclass(frozen=True)
class Columns:
    """Names of the input's columns, none where each row has its own; `schema`: a pyarrow.Schema where one is known."""

    names: tuple[str, ...]
    schema: Any = None


def find_source(path: str, format_: Format | None = None) -> Source:
    """Return what a path names. `format_`: of a file whose name does not tell. Raises InputError."""
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: no such file or folder")
    if place.is_dir():
        return _folder(place, format_)
    kind = format_ or table_format(place)
    if kind is None and place.suffix.lower() not in DOCUMENTS:
        raise InputError(
            f"{path}: the name does not tell its format; it should end in {', '.join([*_TABLES, *sorted(DOCUMENTS)])} "
            "(tables of text also with .gz or .zst); or say it with --input-format"
        )
    return Source(path, (path,), kind)


def _folder(folder: Path, format_: Format | None) -> Source:
    hidden = (".", "_")  # _SUCCESS and the like
    inside = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [path for path in inside if not any(p.startswith(hidden) for p in path.relative_to(folder).parts)]
    formats = {kind for path in files if (kind := table_format(path))}
    if format_ is not None and format_ in formats:
        formats = {format_}
    if len(formats) > 1:
        raise InputError(
            f"{folder}: holds tables of several formats ({', '.join(sorted(formats))}); choose one with --input-format"
        )
    kind = formats.pop() if formats else None
    chosen = [path for path in files if (table_format(path) is kind if kind else path.suffix.lower() in DOCUMENTS)]
    if not chosen:
        raise InputError(f"{folder}: holds no tables and no documents that can be read")
    others = tuple(str(path) for path in files if path not in set(chosen))
    return Source(str(folder), tuple(map(str, chosen)), kind, others)


def table_format(path: Path) -> Format | None:
    """Return the format that a table's name tells, None for other names."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in PACKED:
        found = _TABLES.get(suffixes[0]) if len(suffixes) > 1 else None
        return None if found is Format.parquet else found
    return _TABLES.get(suffixes[-1]) if suffixes else None


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn what a damaged or vanished file raises into an InputError that names it."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: the file is damaged or not whole: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeError as error:
        raise InputError(f"{path}: cannot be decoded: {error}") from error


def _parquet(path: str) -> Any:
    arrow("a Parquet file")
    from classifier.bulk.batches import ParquetFile  # noqa: PLC0415 - pyarrow

    return ParquetFile(path)


def _schema(types: dict[str, str]) -> Any:
    pa = arrow("Parquet")
    named = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}
    return pa.schema([(name, named[type_]) for name, type_ in types.items()])


def _check_names(names: Sequence[str], text: str, path: str) -> None:
    if text not in names:
        raise InputError(
            f"{path}: there is no column {text}; the columns are: {', '.join(names)}; choose one with --text-column"
        )
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise InputError(f"{path}: two columns are called {', '.join(twice)}; give one of them another name")


def _check_first_lines(path: str, text: str) -> None:
    """Raise InputError where the first lines hold objects, but none with the text column."""
    names: dict[str, None] = {}
    with reading(path), opened(path) as (stream, _):
        for _, line in zip(range(_FIRST_LINES), stream, strict=False):
            row = parsed(line.removeprefix(b"\xef\xbb\xbf").strip() or b"null")
            if isinstance(row, dict):
                names |= dict.fromkeys(row)
    if names and text not in names:
        _check_names(list(names), text, path)
