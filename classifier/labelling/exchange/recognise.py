"""Tell a file's format from its content and read all its rows, the good and the bad."""

import gzip
import io
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import orjson

from classifier.documents.decode import decode
from classifier.documents.recognise import format_of
from classifier.errors import InputError, LabelError
from classifier.files import UNPACKED_MOST
from classifier.labelling.decision import Decision, iso
from classifier.labelling.exchange import fasttext, labelstudio, paired, tables, workbooks
from classifier.labelling.exchange.columns import no_headings
from classifier.labelling.exchange.correction_columns import LostColumnsError
from classifier.labelling.exchange.format import Format, Source, Touched, Wanted
from classifier.labelling.exchange.json_formats import json_array, json_objects
from classifier.labelling.label_names import Names
from classifier.tables.workbook import is_markup, is_workbook

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
        return workbooks.excel_format(names)
    start = source.text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return json_array(source, names)
    if start.startswith("{"):
        return json_objects(source, names)
    if (delimiter := tables.delimiter_of(source, names)) is not None:
        return tables.text_format(names, _table_title(source.text, delimiter))
    if fasttext.stands_in(source.text):
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


def _table_title(text: str, delimiter: str) -> str:
    first = text.split("\n", 1)[0].casefold()
    if all(mark in first for mark in labelstudio.MIN_MARKS):
        return "Label Studio CSV"
    return {",": "CSV", "\t": "TSV"}.get(delimiter, f"CSV ({delimiter})")


def _named(path: str, error: Exception) -> str:
    message = str(error)
    return message if message.startswith(path) else f"{path}: {message}"
