"""Tell a file's format from its content and read all its rows, the good and the bad."""

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from classifier.documents.decode import decode
from classifier.documents.recognise import format_of
from classifier.errors import InputError, LabelError, TableError
from classifier.files import UNPACKED_MOST
from classifier.labelling.decision import Decision, iso
from classifier.labelling.exchange import doccano, fasttext, jsonlines, keyed, labelstudio, paired, tables
from classifier.labelling.exchange.columns import SAMPLE, no_headings
from classifier.labelling.exchange.correction_columns import LostColumnsError
from classifier.labelling.exchange.format import Format, Row, Source, Touched, Wanted
from classifier.labelling.label_names import Names
from classifier.tables.json_values import records_under_a_key, values_of
from classifier.tables.workbook import is_markup, is_workbook

_PEEK = 20  # rows looked at to tell one kind of JSON Lines from another
_KNOWN = (
    "JSON Lines, JSON, CSV, TSV, .xlsx, .xls, .et, .ods, Label Studio JSON/JSON-MIN/CSV, doccano JSONL/CSV, fastText, "
    "text⇥labels"
)


@dataclass(frozen=True)
class Incoming:
    """What a file holds. `skipped`: annotations cancelled or skipped on purpose. `problems`: a line a bad row.

    `notes`: what is no row and was passed over (titles, headings that come again, pictures), a line each.
    `touched`: how many rows of tables to correct somebody changed or ticked, and did not. `lost`: it is such a table,
    and has lost what tells that.
    """

    name: str
    title: str
    decisions: tuple[Decision, ...]
    skipped: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    touched: Touched = field(default_factory=Touched)
    lost: bool = False


def read_labels(path: str, names: Names, wanted: Wanted = Wanted()) -> Incoming:  # noqa: B008 - it is frozen
    """Read a file of labelled paragraphs. A file that is none at all is one problem, like a bad row.

    `wanted`: columns of the text and of the labels, where headings do not tell.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        problem = f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})"
        return Incoming(path, "?", (), 0, (problem,))
    return understood(data, path, names, wanted)


def understood(data: bytes, path: str, names: Names, wanted: Wanted = Wanted()) -> Incoming:  # noqa: B008 - as above
    """Read the bytes of a file of labelled paragraphs, whatever its exchange format. What is none is one problem.

    `path`: for messages. `wanted`: columns of the text and of the labels, where headings do not tell.
    """
    try:
        source = _source(data, path, wanted)
        form = recognise(source, names)
    except (LabelError, InputError) as error:
        return Incoming(path, "?", (), 0, (_named(path, error),), lost=isinstance(error, LostColumnsError))
    lost = False
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
        lost = isinstance(error, LostColumnsError)
    if not (decisions or skipped or problems or source.touched):
        problems.append(f"{path}: holds no paragraphs")
    notes = tuple(f"{path}: {note}" for note in source.notes)
    return Incoming(path, form.title, tuple(decisions), skipped, tuple(problems), notes, source.touched, lost)


def _storable(decision: Decision, where: str) -> Decision:
    """Return a decision as it goes into a labels folder; raise LabelError where it cannot."""
    kept = replace(decision, where=where, date=iso(decision.date))
    try:
        orjson.dumps(kept.as_row())
    except orjson.JSONEncodeError as error:  # nested too deeply, a number too large
        raise LabelError(f"cannot be stored: {error}") from error
    return kept


def recognise(source: Source, names: Names) -> Format:
    """Return the format that a file's content shows; raise LabelError where it is none of ours."""
    if is_workbook(source.data):
        return tables.excel_format(names)
    start = source.text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return _json_array(source, names)
    if start.startswith("{"):
        return _json_objects(source, names)
    if (delimiter := tables.delimiter_of(source, names)) is not None:
        return tables.text_format(names, _table_title(source.text, delimiter))
    if _has_fasttext(source.text):
        return fasttext.FORMAT
    if not source.wanted and (pairs := paired.recognise(source.text, names)) is not None:
        return pairs
    found = tables.first_headings(source)
    raise LabelError(
        f"not recognised as labels. Known are: {_KNOWN}. A table needs a first row with headings such as 文本 and 标签 "
        "(text and label)" + (f"; {no_headings([found])}" if found else "")
    )


def _source(data: bytes, path: str, wanted: Wanted) -> Source:
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(UNPACKED_MOST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise LabelError(f"the gzip file is damaged: {error}") from error
        if len(data) > UNPACKED_MOST:
            return _refuse(f"more than {UNPACKED_MOST:,} bytes when unpacked: import it in parts")
    if is_workbook(data):
        kind = format_of(data, "")
        if kind in {"xlsx", "xls", "ods", "ole"} or is_markup(data):
            return Source(path, data, wanted=wanted)
        return _refuse(_why_no_table(kind))
    if not data.strip():
        return _refuse("the file is empty")
    text, _ = decode(data, path)
    return Source(path, data, text.removeprefix("\ufeff"), wanted)


def _why_no_table(kind: str) -> str:
    """Return why an archive or an old office file of a kind holds no labels."""
    if kind == "damaged zip":
        return "the office file or archive is damaged; save it again"
    if kind == "encrypted":
        return "is protected by a password; take the password off and save it again"
    if kind == "zip":
        return "a zip archive: unpack it and import the files inside"
    return "a document, not a table: copy the labels into a table and import it as .xlsx or CSV"


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
    if not source.wanted and any(set(item) & labelstudio.MIN_MARKS for item in objects):
        return labelstudio.of_rows(objects, names)
    return replace(_of_rows(objects, names, source), title="JSON array", rows=_array_rows)


def _array_rows(source: Source) -> Iterator[Row]:
    yield from _numbered(orjson.loads(source.text))


def _numbered(items: Iterable[Any]) -> Iterator[Row]:
    for number, item in enumerate(items, start=1):
        try:
            yield f"item {number}", orjson.dumps(item).decode()
        except orjson.JSONEncodeError as error:
            raise LabelError(f"item {number}: cannot be stored: {error}") from error


def _json_objects(source: Source, names: Names) -> Format:
    lines = [line for line in source.text.split("\n") if line.strip()]
    rows = _objects(lines[:SAMPLE])
    if any(isinstance(row.get("data"), dict) for row in rows[:_PEEK]):
        tasks = labelstudio.of_tasks(_objects(lines), names)
        title = f"{tasks.title}, a task a line"
        return Format(title, jsonlines.rows, lambda line, names: tasks.decide(jsonlines.parse(line), names))
    if rows and not _is_wrapper(lines, rows):
        return _of_rows(rows, names, source)
    if _has_fasttext(source.text):
        return fasttext.FORMAT
    return _objects_over_lines(source, names)


def _is_wrapper(lines: Sequence[str], rows: Sequence[dict[str, Any]]) -> bool:
    return len(lines) == 1 and records_under_a_key(lines[0], rows[0]) is not None


def _objects_over_lines(source: Source, names: Names) -> Format:
    """Return the format of objects that go over many lines: one after another, or under a key of a single one."""
    try:
        values = list(values_of(io.StringIO(source.text, newline=""), source.name))
    except TableError:
        return labelstudio.of_tasks(_objects([source.text]), names)  # whose rows say what is wrong
    objects = [value for _, _, value in values if isinstance(value, dict)]
    if len(values) == 1 and (found := records_under_a_key(values[0][1], objects[0])) is not None:
        return _as_array(found[1], f"JSON, rows under {found[0]}", source, names)
    if len(values) == 1 and isinstance(objects[0].get("data"), dict):
        return labelstudio.of_tasks(objects, names)  # a single task
    return _as_array(f"[{','.join(text for _, text, _ in values)}]", "JSON objects", source, names)


def _as_array(text: str, title: str, source: Source, names: Names) -> Format:
    """Return the format of rows that would be an array; the file itself is none."""
    inner = replace(source, text=text)
    form = _json_array(inner, names)
    return replace(form, title=title, rows=lambda _: form.rows(inner))


def _objects(lines: Iterable[str]) -> list[dict[str, Any]]:
    rows = []
    for line in lines:
        with suppress(orjson.JSONDecodeError):  # a bad row, when its turn comes
            rows.append(orjson.loads(line))
    return [row for row in rows if isinstance(row, dict)]


def _of_rows(rows: Sequence[dict[str, Any]], names: Names, source: Source) -> Format:
    decide = keyed.decider(rows[:SAMPLE], names, source)
    if decide is not None:
        return Format("JSON Lines", jsonlines.rows, decide)
    if any(map(doccano.wrote, rows[:_PEEK])):
        return doccano.FORMAT
    return jsonlines.FORMAT


def _table_title(text: str, delimiter: str) -> str:
    first = text.split("\n", 1)[0].casefold()
    if all(mark in first for mark in labelstudio.MIN_MARKS):
        return "Label Studio CSV"
    return {",": "CSV", "\t": "TSV"}.get(delimiter, f"CSV ({delimiter})")


def _named(path: str, error: Exception) -> str:
    message = str(error)
    return message if message.startswith(path) else f"{path}: {message}"
