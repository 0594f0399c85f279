"""What a path on the command line names: a table, a folder of tables, a folder of documents."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from classifier.bulk.compression import SUFFIXES as PACKED
from classifier.bulk.settings import Format
from classifier.bulk.source import Place, Source
from classifier.bulk.table_file import TableFile
from classifier.documents.read import SUFFIXES as DOCUMENTS
from classifier.errors import InputError

_TABLES = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".csv": Format.csv, ".tsv": Format.csv,
    ".parquet": Format.parquet, ".pq": Format.parquet,
}  # fmt: skip
_READ_ONLY = {".json": Format.jsonl} | dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods"), Format.csv)
"""Endings of tables that are read but not written; a workbook is read as CSV of its rows."""


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
        chosen = [path for path in files if path.suffix.lower() in DOCUMENTS or has_workbook_ending(path)]
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


def has_workbook_ending(path: Path) -> bool:
    """Tell whether a file is called as a workbook is."""
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
