"""What a path on the command line names: a table, a folder of tables, a folder of documents."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from classifier.bulk.compression import SUFFIXES as PACKED
from classifier.bulk.labelled_tables import is_labelled
from classifier.bulk.settings import Format
from classifier.bulk.source import Place, Source
from classifier.bulk.table_file import TableFile
from classifier.documents.read import SUFFIXES as DOCUMENTS
from classifier.errors import InputError
from classifier.own_outputs import is_own_output, said_of
from classifier.patterns import files_below, fitting, unopened_below

_TABLES = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".csv": Format.csv, ".tsv": Format.csv,
    ".parquet": Format.parquet, ".pq": Format.parquet,
}  # fmt: skip
_READ_ONLY = {".json": Format.jsonl} | dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods"), Format.csv)
"""Endings of tables that are read but not written; a workbook is read as CSV of its rows."""


def find_source(path: str, format_: Format | None = None) -> Source:
    """Return what a path or a pattern names. `format_`: of a file whose name does not tell. Raises InputError."""
    files = fitting(path)
    if files != [path]:
        return _of_files(path, [one for file in files for one in _opened(Path(file))], None, format_)
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: no such file or folder")
    if place.is_dir():
        return _of_files(str(place), _opened(place), place, format_)
    kind = format_ or input_format(place)
    if kind is None and place.suffix.lower() not in DOCUMENTS:
        raise InputError(
            f"{path}: the name does not tell its format; it should end in "
            f"{', '.join([*_TABLES, *_READ_ONLY, *sorted(DOCUMENTS)])} "
            "(tables of text also with .gz or .zst); or say it with --input-format"
        )
    return Source(path, (path,), kind)


def _opened(path: Path) -> list[Path]:
    """Return what lies in a folder and is to be looked at; a file as it is."""
    if not path.is_dir():
        return [path]
    return [one for one in files_below(path) if not is_by_product(one.relative_to(path))]


def is_by_product(path: Path) -> bool:
    """Tell whether a file of a folder is one that a program left beside its tables: _SUCCESS, _temporary/part-0."""
    return path.suffix.lower() not in DOCUMENTS and any(part.startswith("_") for part in path.parts)


def _of_files(name: str, files: Sequence[Path], folder: Path | None, format_: Format | None) -> Source:
    """Return what is to be scored of a folder's files, or of those that fit a pattern (`folder` None)."""
    foreign = [path for path in files if not is_own_output(path)]
    # What an earlier run made of the others is no input; where there are no others, somebody scores it once more.
    foreign = [path for path in foreign if not is_labelled(path, input_format(path))] or foreign
    kind = _kind(name, foreign, format_)
    if kind is None:
        chosen = [path for path in foreign if path.suffix.lower() in DOCUMENTS or is_workbook_name(path)]
    else:
        chosen = [path for path in foreign if input_format(path) is kind]
    if not chosen:
        raise InputError(f"{name}: holds no tables and no documents that can be read{said_of(files)}")
    others = tuple(str(path) for path in files if path not in set(chosen))
    others += tuple(map(str, unopened_below(folder))) if folder is not None else ()
    blank = [path for path in chosen if kind and TableFile(str(path), kind).is_blank()]
    blank = blank if len(blank) < len(chosen) else []  # else the first of them says what is missing
    chosen = [path for path in chosen if path not in set(blank)]
    inside = [path if folder is None else path.relative_to(folder) for path in chosen]
    told = tuple(_told_by(path.parts[:-1]) for path in inside) if kind else ()
    places = told if any(told) else ()
    return Source(name, tuple(map(str, chosen)), kind, others, tuple(map(str, blank)), places=places)


def _kind(name: str, files: Sequence[Path], format_: Format | None) -> Format | None:
    """Return the one format of the tables among some files, None where they are documents."""
    formats = {kind for path in files if (kind := table_format(path))}
    if formats or not any(path.suffix.lower() in DOCUMENTS for path in files):
        # Beside documents, a list in Excel is one as well; beside tables it is a table.
        formats = {kind for path in files if (kind := input_format(path))}
    if format_ is not None and format_ in formats:
        return format_
    if len(formats) > 1:
        raise InputError(
            f"{name}: holds tables of several formats ({', '.join(sorted(formats))}); choose one with --input-format"
        )
    return formats.pop() if formats else None


def _told_by(folders: Sequence[str]) -> Place:
    """Return the columns that folders tell, in Hive's way: year=2024/place=%E7%94%B2."""
    columns: dict[str, int | str | None] = {}
    for folder in folders:
        name, mark, value = folder.partition("=")
        if mark and name:
            columns[unquote(name)] = _value_of(unquote(value))
    return tuple(columns.items())


def _value_of(text: str) -> int | str | None:
    if text == "__HIVE_DEFAULT_PARTITION__":
        return None
    return int(text) if text.isascii() and text.isdigit() and str(int(text)) == text and len(text) < 19 else text


def is_workbook_name(path: Path) -> bool:
    """Tell from a file's name whether it is a workbook."""
    return _READ_ONLY.get(path.suffix.lower()) is Format.csv


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
        format_ = _TABLES.get(suffixes[0]) if len(suffixes) > 1 else None
        return None if format_ is Format.parquet else format_
    return _TABLES.get(suffixes[-1]) if suffixes else None
