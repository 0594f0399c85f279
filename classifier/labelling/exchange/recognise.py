"""Tell a file's format from its content and read all its rows, the good and the bad."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from classifier.documents.decode import decode
from classifier.errors import InputError, LabelError
from classifier.files import UNPACKED_MOST
from classifier.labelling.decision import Decision, iso
from classifier.labelling.exchange import doccano, fasttext, jsonlines, labelstudio, tables
from classifier.labelling.exchange.format import Format, Source
from classifier.labelling.names import Names

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_PEEK = 20  # rows looked at to tell one kind of JSON Lines from another
_KNOWN = "JSON Lines, CSV, TSV, .xlsx, Label Studio JSON/JSON-MIN/CSV, doccano JSONL/CSV, fastText"


@dataclass(frozen=True)
class Incoming:
    """What a file holds. `skipped`: annotations cancelled or skipped on purpose. `problems`: a line a bad row."""

    name: str
    title: str
    decisions: tuple[Decision, ...]
    skipped: int
    problems: tuple[str, ...]


def read_labels(path: str, names: Names) -> Incoming:
    """Read a file of labelled paragraphs. A file that is none at all is one problem, like a bad row."""
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        problem = f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})"
        return Incoming(path, "?", (), 0, (problem,))
    return understood(data, path, names)


def understood(data: bytes, path: str, names: Names) -> Incoming:
    """Return the same for a file's bytes; `path` is for messages."""
    try:
        source = _source(data, path)
        form = recognise(source, names)
    except (LabelError, InputError) as error:
        return Incoming(path, "?", (), 0, (_named(path, error),))
    decisions: list[Decision] = []
    problems: list[str] = []
    skipped = 0
    try:
        for where, row in form.rows(source):
            try:
                found = [_storable(one, f"{path}: {where}") for one in form.decide(row, names)]
            except LabelError as error:
                problems.append(f"{path}: {where}: {error}")
                continue
            skipped += not found
            decisions += found
    except LabelError as error:
        problems.append(_named(path, error))
    if not decisions and not skipped and not problems:
        problems.append(f"{path}: holds no paragraphs")
    return Incoming(path, form.title, tuple(decisions), skipped, tuple(problems))


def _storable(one: Decision, where: str) -> Decision:
    """Return a decision as it goes into a labels folder; raise LabelError where it cannot."""
    kept = replace(one, where=where, date=iso(one.date))
    try:
        orjson.dumps(kept.as_row())
    except orjson.JSONEncodeError as error:  # nested too deeply, a number too large
        raise LabelError(f"cannot be stored: {error}") from error
    return kept


def recognise(source: Source, names: Names) -> Format:
    """Return the format that a file's content shows; raise LabelError where it is none of ours."""
    if source.data.startswith(b"PK\x03\x04"):
        return tables.EXCEL
    start = source.text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return _json_array(source, names)
    if start.startswith("{"):
        return _json_objects(source, names)
    if tables.delimiter_of(source.text):
        return replace(tables.TEXT, title=_table_title(source.text))
    if _has_fasttext(source.text):
        return fasttext.FORMAT
    raise LabelError(
        f"not recognised as labels. Known are: {_KNOWN}. A table needs a first row with headings such as 文本 and 标签 "
        "(text and label)"
    )


def _source(data: bytes, path: str) -> Source:
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(UNPACKED_MOST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise LabelError(f"the gzip file is damaged: {error}") from error
        if len(data) > UNPACKED_MOST:
            return _refuse(f"more than {UNPACKED_MOST:,} bytes when unpacked: import it in parts")
    if data.startswith(b"PK\x03\x04"):
        return (
            Source(path, data)
            if _is_workbook(data)
            else _refuse("a zip archive: unpack it and import the files inside")
        )
    if data.startswith(_OLD_OFFICE):
        return _refuse("an old Office file (.xls): save it as .xlsx or CSV")
    if not data.strip():
        return _refuse("the file is empty")
    text, _ = decode(data, path)
    return Source(path, data, text.removeprefix("\ufeff"))


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except zipfile.BadZipFile as error:
        raise LabelError(f"the Excel file or archive is damaged: {error}; save it again") from error


def _refuse(message: str) -> Source:
    raise LabelError(message)


def _has_fasttext(text: str) -> bool:
    return bool(re.search(rf"^[^\S\n]*{fasttext.PREFIX}", text, re.MULTILINE))


def _json_array(source: Source, names: Names) -> Format:
    try:
        items = orjson.loads(source.text)
    except orjson.JSONDecodeError as error:
        if _has_fasttext(source.text):  # the first text begins with a bracket
            return fasttext.FORMAT
        raise LabelError(f"not valid JSON: {error}; export the file again") from error
    objects = [item for item in items if isinstance(item, dict)]
    if any(isinstance(item.get("data"), dict) for item in objects) or not objects:
        return labelstudio.of_tasks(items, names)
    if any(set(item) & labelstudio.MIN_MARKS for item in objects):
        return labelstudio.of_rows(objects, names)
    return replace(_of_rows(objects), title="JSON array", rows=_array_rows)


def _array_rows(source: Source) -> Any:
    for number, item in enumerate(orjson.loads(source.text), start=1):
        try:
            yield f"item {number}", orjson.dumps(item).decode()
        except orjson.JSONEncodeError as error:
            raise LabelError(f"item {number}: cannot be stored: {error}") from error


def _json_objects(source: Source, names: Names) -> Format:
    lines = [line for line in source.text.split("\n") if line.strip()]
    rows = _objects(lines[:_PEEK])
    if any(isinstance(row.get("data"), dict) for row in rows):
        tasks = labelstudio.of_tasks(_objects(lines), names)
        title = f"{tasks.title}, a task a line"
        return Format(title, jsonlines.rows, lambda line, names: tasks.decide(jsonlines.parse(line), names))
    if rows:
        return _of_rows(rows)
    if _has_fasttext(source.text):
        return fasttext.FORMAT
    return labelstudio.of_tasks(_objects([source.text]), names)  # one object over many lines: a single task


def _objects(lines: Iterable[str]) -> list[dict[str, Any]]:
    rows = []
    for line in lines:
        with suppress(orjson.JSONDecodeError):  # a bad row, when its turn comes
            rows.append(orjson.loads(line))
    return [row for row in rows if isinstance(row, dict)]


def _of_rows(rows: Sequence[dict[str, Any]]) -> Format:
    if any(map(doccano.wrote, rows)):
        return doccano.FORMAT
    return jsonlines.FORMAT


def _table_title(text: str) -> str:
    first = text.split("\n", 1)[0].casefold()
    if all(mark in first for mark in labelstudio.MIN_MARKS):
        return "Label Studio CSV"
    return {",": "CSV", "\t": "TSV", ";": "CSV (;)"}[tables.delimiter_of(text) or ","]


def _named(path: str, error: Exception) -> str:
    message = str(error)
    return message if message.startswith(path) else f"{path}: {message}"
