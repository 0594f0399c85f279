"""What is scored: a table, a folder of tables, a folder of documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.bulk.chunk import Chunk
from classifier.bulk.compression import require_pyarrow
from classifier.bulk.documents import COLUMNS as DOCUMENT_COLUMNS
from classifier.bulk.documents import read_documents
from classifier.bulk.lines import columns_of
from classifier.bulk.settings import Format
from classifier.bulk.sheet_column import new_sheet_column
from classifier.bulk.table_file import Columns, TableFile, naming_file
from classifier.errors import InputError, TableError
from classifier.tables.names import find, listed, text_place

if TYPE_CHECKING:
    import pyarrow as pa

Place = tuple[tuple[str, int | str | None], ...]  # columns that a file's folders tell: year=2024/


@dataclass(frozen=True)
class Source:
    """Files of one format, in order; `format` is None for documents. `passed_over`: what else lies in the folder.
    `blank`: tables of the folder that hold nothing, not even headings, and are passed over as well.

    `text`: the column of the paragraphs, None for the one whose heading tells. `places`: a file's columns that its
    folders tell, none of a single file. `notes`: what was passed over or is unsure of each file, filled while it is
    read. `sheet`: of workbooks the only one that is read, None for all that have the text column. `given`: also their
    columns that `classify score` hides itself.
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
    given: bool = False

    def chunks(self, number: int) -> Iterator[Chunk]:
        """Yield one file's chunks, always cut at the same rows. Documents count as one file."""
        if self.format is None:
            with naming_file(self.files[number]):
                yield from read_documents([Path(file) for file in self.files])
            return
        notes: list[str] = []
        extra = self.places[number] if self.places else ()
        for chunk in self._file(number).chunks(notes):
            told = (*extra, (self._sheet_column, chunk.sheet)) if self._sheet_column and chunk.sheet else extra
            yield replace(chunk, extra=told) if told else chunk
        if notes:
            self.notes[self.files[number]] = notes

    def _file(self, number: int) -> TableFile:
        return TableFile(self.files[number], self.format or Format.jsonl, self.text, self.sheet, self.given)

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
        Raises InputError where the columns are not as they must be.
        """
        if self.format is None:
            return Columns(tuple(DOCUMENT_COLUMNS), _schema(DOCUMENT_COLUMNS) if wanted is Format.parquet else None)
        if self.format is Format.jsonl:
            return self._columns_of_lines(text, wanted)
        tables = replace(self, text=text)
        parts = [tables._file(number).columns() for number in range(len(self.files))]  # noqa: SLF001 - of this class
        for path, part in zip(self.files, parts, strict=True):
            _check_names(part.names, text, path)
            if set(part.names) != set(parts[0].names) or (part.schema is None and part.names != parts[0].names):
                raise InputError(
                    f"{path}: the columns are not those of {self.files[0]}: "
                    f"{listed(part.names)} instead of {listed(parts[0].names)}; score them apart"
                )
        return self._joined(parts, text, wanted)

    def _joined(self, parts: Sequence[Columns], text: str, wanted: Format) -> Columns:
        """Return the columns of all parts, with those that their folders tell behind."""
        told = {name: type_ for name, type_ in self._told().items() if name not in parts[0].names}
        names = (*parts[0].names, *told)
        if parts[0].schema is not None:
            from classifier.bulk.batches import check_text_column, joint_schema  # noqa: PLC0415 - pyarrow

            schema = joint_schema([field.schema for field in parts], self.files)
            check_text_column(schema, text, self.files[0])
            for field in _schema(told):
                schema = schema.append(field)
            return Columns(names, schema)
        return Columns(names, _schema(dict.fromkeys(names, "string")) if wanted is Format.parquet else None)

    @cached_property
    def _sheet_column(self) -> str:
        """The column that tells the sheet of each row, "" where no workbook has several with the text column."""
        if self.format is not Format.csv:
            return ""
        files = [self._file(number) for number in range(len(self.files))]
        if all(len(file.sheets()) < 2 for file in files):
            return ""
        return new_sheet_column(name for file in files for name in file.columns().names)

    def _told(self) -> dict[str, str]:
        """Return the columns that the files' folders and a workbook's sheets tell, and their types."""
        types: dict[str, str] = {}
        for name, value in (pair for place in self.places for pair in place):
            kind = "int64" if isinstance(value, int) else types.get(name, "int64") if value is None else "string"
            types[name] = kind if types.get(name, kind) == kind else "string"
        return types | ({self._sheet_column: "string"} if self._sheet_column else {})

    def first_names(self, columns: Columns) -> list[str]:
        """Return the names of the columns, of JSON Lines those of the first rows; with what the folders tell."""
        lines = range(len(self.files)) if self.format is Format.jsonl else ()
        keys = [self._file(number).first_keys() for number in lines]
        return [*columns.names, *self._told(), *(key for names in keys for key in names)]

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


def _schema(types: dict[str, str]) -> "pa.Schema":
    pa = require_pyarrow("Parquet")
    named = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}
    return pa.schema([(name, named[type_]) for name, type_ in types.items()])


def _check_names(names: Sequence[str], text: str, path: str) -> None:
    if text not in names:
        raise InputError(
            f"{path}: there is no column {text}; the columns are: {listed(names)}; choose one with --text-column"
        )
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise InputError(f"{path}: two columns are called {listed(twice)}; give one of them another name")
