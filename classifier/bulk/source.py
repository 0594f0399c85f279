"""What is scored: a table, a folder of tables, a folder of documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import SUFFIXES as PACKED
from classifier.bulk.compression import arrow
from classifier.bulk.documents import COLUMNS as DOCUMENT_COLUMNS
from classifier.bulk.documents import read_documents
from classifier.bulk.lines import columns_of
from classifier.bulk.settings import Format
from classifier.bulk.table_file import Columns, TableFile, reading
from classifier.documents.read import SUFFIXES as DOCUMENTS
from classifier.errors import InputError, TableError
from classifier.tables.names import find, text_place

if TYPE_CHECKING:
    import pyarrow as pa

_TABLES = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".csv": Format.csv, ".tsv": Format.csv,
    ".parquet": Format.parquet, ".pq": Format.parquet,
}  # fmt: skip
_READ_ONLY = {".json": Format.jsonl} | dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods"), Format.csv)
"""Endings of tables that are read but not written; a workbook is read as CSV of its rows."""

Place = tuple[tuple[str, int | str | None], ...]  # columns that a file's folders tell: year=2024/


@dataclass(frozen=True)
class Source:
    """Files of one format, in order; `format` is None for documents. `passed_over`: what else lies in the folder.
    `blank`: tables of the folder that hold nothing, not even headings, and are passed over as well.

    `text`: the column of the paragraphs, None for the one whose heading tells. `places`: a file's columns that its
    folders tell, none of a single file. `notes`: what was passed over or is unsure of each file, filled while it is
    read. `sheet`: of workbooks the only one that is read, None for all that have the text column.
    """

    name: str
    files: tuple[str, ...]
    format: Format | None
    passed_over: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    text: str | None = None
    places: tuple[Place, ...] = ()
    notes: dict[str, list[str]] = field(default_factory=dict, compare=False)
    sheet: str | None = None

    def chunks(self, number: int) -> Iterator[Chunk]:
        """Yield one file's chunks, always cut at the same rows. Documents count as one file."""
        if self.format is None:
            with reading(self.files[number]):
                yield from read_documents([Path(file) for file in self.files])
            return
        found: list[str] = []
        extra = self.places[number] if self.places else ()
        for chunk in self._file(number).chunks(found):
            yield replace(chunk, extra=extra) if extra else chunk
        if found:
            self.notes[self.files[number]] = found

    def _file(self, number: int) -> TableFile:
        return TableFile(self.files[number], self.format or Format.jsonl, self.text, self.sheet)

    @property
    def count(self) -> int:
        """How many files there are to go through, documents being one."""
        return 1 if self.format is None else len(self.files)

    def with_text(self, wanted: str | None) -> "Source":
        """Return the source with its text column: the one that is wanted, else the only one that may be it.

        Raises InputError where several may be, or where the one that is wanted is not there.
        """
        if self.format is None:
            return replace(self, text="text")
        tried = replace(self, text=wanted)
        for number, path in enumerate(self.files):
            file = tried._file(number)  # noqa: SLF001 - of this class
            names = file.first_keys() if self.format is Format.jsonl else list(file.columns().names)
            try:
                place = text_place(names) if wanted is None else find(names, wanted)
            except TableError as error:
                raise InputError(f"{path}: {error}") from error
            if place is not None:
                return replace(self, text=names[place])
        return replace(self, text=wanted or "text")

    def columns(self, text: str, wanted: Format) -> Columns:
        """Return the columns, checked: the text column is there, all files have the same, no two share a name.

        Types that differ from part to part are widened (nothing and text: text; int and float: float). For JSON Lines
        the columns and types are those of all rows where `wanted` needs them, else not known.
        """
        if self.format is None:
            return Columns(tuple(DOCUMENT_COLUMNS), _schema(DOCUMENT_COLUMNS) if wanted is Format.parquet else None)
        if self.format is Format.jsonl:
            return self._columns_of_lines(text, wanted)
        tables = replace(self, text=text)
        found = [tables._file(number).columns() for number in range(len(self.files))]  # noqa: SLF001 - of this class
        for path, columns in zip(self.files, found, strict=True):
            _check_names(columns.names, text, path)
            if set(columns.names) != set(found[0].names) or (
                columns.schema is None and columns.names != found[0].names
            ):
                raise InputError(
                    f"{path}: the columns are not those of {self.files[0]}: "
                    f"{', '.join(columns.names)} instead of {', '.join(found[0].names)}; score them apart"
                )
        return self._joined(found, text, wanted)

    def _joined(self, found: Sequence[Columns], text: str, wanted: Format) -> Columns:
        """Return the columns of all parts, with those that their folders tell behind."""
        told = {name: type_ for name, type_ in self._told().items() if name not in found[0].names}
        names = (*found[0].names, *told)
        if found[0].schema is not None:
            from classifier.bulk.batches import check_text_column, joint_schema  # noqa: PLC0415 - pyarrow

            schema = joint_schema([one.schema for one in found], self.files)
            check_text_column(schema, text, self.files[0])
            for one in _schema(told):
                schema = schema.append(one)
            return Columns(names, schema)
        return Columns(names, _schema(dict.fromkeys(names, "string")) if wanted is Format.parquet else None)

    def _told(self) -> dict[str, str]:
        """Return the columns that the files' folders tell, and their types."""
        types: dict[str, str] = {}
        for name, value in (pair for place in self.places for pair in place):
            kind = "int64" if isinstance(value, int) else types.get(name, "int64") if value is None else "string"
            types[name] = kind if types.get(name, kind) == kind else "string"
        return types

    def first_names(self, columns: Columns) -> list[str]:
        """Return the names of the columns, of JSON Lines those of the first rows; with what the folders tell."""
        lines = range(len(self.files)) if self.format is Format.jsonl else ()
        keys = [self._file(number).first_keys() for number in lines]
        return [*columns.names, *self._told(), *(key for some in keys for key in some)]

    def _columns_of_lines(self, text: str, wanted: Format) -> Columns:
        files = [self._file(number) for number in range(len(self.files))]
        for file in files:
            names = file.first_keys()
            if names and text not in names:
                _check_names(names, text, file.path)
        if wanted is Format.jsonl:
            return Columns(())
        types: dict[str, str] = {}
        for file in files:
            for name, type_ in columns_of(file.lines()).items():
                types[name] = type_ if types.get(name, type_) == type_ else "string"
        types |= {name: type_ for name, type_ in self._told().items() if name not in types}
        return Columns(tuple(types), _schema(types) if wanted is Format.parquet else None)


def find_source(path: str, format_: Format | None = None) -> Source:
    """Return what a path names. `format_`: of a file whose name does not tell. Raises InputError."""
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: no such file or folder")
    if place.is_dir():
        return _folder(place, format_)
    kind = format_ or input_format(place)
    if kind is None and place.suffix.lower() not in DOCUMENTS:
        raise InputError(
            f"{path}: the name does not tell its format; it should end in "
            f"{', '.join([*_TABLES, *_READ_ONLY, *sorted(DOCUMENTS)])} "
            "(tables of text also with .gz or .zst); or say it with --input-format"
        )
    return Source(path, (path,), kind)


def _folder(folder: Path, format_: Format | None) -> Source:
    hidden = (".", "_")  # _SUCCESS and the like
    inside = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [path for path in inside if not any(p.startswith(hidden) for p in path.relative_to(folder).parts)]
    formats = {kind for path in files if (kind := table_format(path))}
    if formats or not any(path.suffix.lower() in DOCUMENTS for path in files):
        # Beside documents, a list in Excel is one as well; beside tables it is a table.
        formats = {kind for path in files if (kind := input_format(path))}
    if format_ is not None and format_ in formats:
        formats = {format_}
    if len(formats) > 1:
        raise InputError(
            f"{folder}: holds tables of several formats ({', '.join(sorted(formats))}); choose one with --input-format"
        )
    kind = formats.pop() if formats else None
    if kind is None:
        chosen = [path for path in files if path.suffix.lower() in DOCUMENTS or is_workbook_name(str(path))]
    else:
        chosen = [path for path in files if input_format(path) is kind]
    if not chosen:
        raise InputError(f"{folder}: holds no tables and no documents that can be read")
    others = tuple(str(path) for path in files if path not in set(chosen))
    blank = [path for path in chosen if kind and TableFile(str(path), kind).is_blank()]
    blank = blank if len(blank) < len(chosen) else []  # else the first of them says what is missing
    chosen = [path for path in chosen if path not in set(blank)]
    told = tuple(_told_by(path.relative_to(folder).parts[:-1]) for path in chosen) if kind else ()
    places = told if any(told) else ()
    return Source(str(folder), tuple(map(str, chosen)), kind, others, tuple(map(str, blank)), places=places)


def _told_by(folders: Sequence[str]) -> Place:
    """Return the columns that folders tell, in Hive's way: year=2024/place=%E7%94%B2."""
    found: dict[str, int | str | None] = {}
    for folder in folders:
        name, mark, value = folder.partition("=")
        if mark and name:
            found[unquote(name)] = _value_of(unquote(value))
    return tuple(found.items())


def _value_of(text: str) -> int | str | None:
    if text == "__HIVE_DEFAULT_PARTITION__":
        return None
    return int(text) if text.isascii() and text.isdigit() and str(int(text)) == text and len(text) < 19 else text


def is_workbook_name(path: str) -> bool:
    """Tell whether a file is called as a workbook is."""
    return _READ_ONLY.get(Path(path).suffix.lower()) is Format.csv


def input_format(path: Path) -> Format | None:
    """Return the format as which a table is read, told by its name; None for other names."""
    return table_format(path) or _READ_ONLY.get(path.suffix.lower())


def output_format(path: Path) -> Format | None:
    """Return the format that an output's name tells; None for other names."""
    return Format.xlsx if path.suffix.lower() == ".xlsx" else table_format(path)


def table_format(path: Path) -> Format | None:
    """Return the format that a table's name tells, of those that are read and written; None for other names."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in PACKED:
        found = _TABLES.get(suffixes[0]) if len(suffixes) > 1 else None
        return None if found is Format.parquet else found
    return _TABLES.get(suffixes[-1]) if suffixes else None


def _schema(types: dict[str, str]) -> "pa.Schema":
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
