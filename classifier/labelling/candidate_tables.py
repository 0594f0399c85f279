"""Tables of paragraphs that might be labelled: CSV, workbooks and JSON Lines with a heading or key for the text."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import orjson

from classifier.documents.decode import decode
from classifier.documents.read import file_bytes
from classifier.errors import LabelError
from classifier.json_types import JsonObject
from classifier.labelling.exchange import tables
from classifier.labelling.exchange.format import Source
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import HEADINGS, places, text_place
from classifier.tables.sheet import SheetTable, sheet_tables
from classifier.tables.workbook import PICTURE, Line, is_workbook

ENDINGS = {".csv", ".tsv", ".jsonl", ".xlsx", ".xlsm", ".xls", ".et", ".ods"}
Rows = Iterator[tuple[str, JsonObject]]  # where each row stands ("7", "sheet:7") and what it holds by role


def table_rows(path: str, unread: Callable[[str], object] | None) -> Rows:
    """Yield the rows of a table by role: `text` and what else HEADINGS names; of JSON Lines all keys.

    `unread` is told in a line what is hidden and was passed over. Raises InputError where the file cannot be read,
    LabelError where it has no text.
    """
    data = file_bytes(path)
    return _workbook(path, data, unread) if is_workbook(data) else _text_table(path, data, Path(path).suffix.lower())


def _text_table(path: str, data: bytes, suffix: str) -> Rows:
    text, _ = decode(data, path)
    source = Source(path, data, text.removeprefix("\ufeff"))
    if suffix == ".jsonl":
        yield from _json_lines(path, source.text)
        return
    table = tables.table_of(source, text_place, "\t" if suffix == ".tsv" else ",")
    if table.headings is None:
        named = tables.first_headings(source)
        found = f"; the headings are: {named}" if named else ""
        raise LabelError(f"{path}: the first row has no heading for the text (文本 or text){found}")
    columns = _columns(table.headings.names)
    for line, cells in table.rows():
        if line in table.open:
            raise LabelError(f"{path}: line {line}: {tables.OPEN}")
        yield str(line), _by_role(cells, columns)


def _json_lines(path: str, text: str) -> Rows:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise LabelError(f"{path}:{number}: not valid JSON: {error}") from error
        if isinstance(row, dict) and "text" not in row and (place := text_place(list(row))) is not None:
            row["text"] = list(row.values())[place]
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise LabelError(f"{path}:{number}: a row needs a text")
        if row.get("kind") != "boilerplate":
            yield str(number), row


def _workbook(path: str, data: bytes, unread: Callable[[str], object] | None) -> Rows:
    there = False
    for table in sheet_tables(data, path, text_place):
        if table.headings is None:
            for _ in table.rows:
                pass
            _say_hidden(path, table, unread)
            continue
        there, columns = True, _columns(table.headings.names)
        for line in table.rows:
            wrong = line.unreadable.get(columns["text"])
            if wrong and wrong != PICTURE:
                raise LabelError(f"{path}: sheet {line.sheet}, row {line.number}: the text cell {wrong}")
            yield f"{line.sheet}:{line.number}", _by_role(_told(line, columns["text"]), columns)
        _say_hidden(path, table, unread)
    if not there:
        raise LabelError(f"{path}: no sheet has a first row with a heading for the text (文本 or text)")


def _told(line: Line, text: int) -> list[str]:
    """Return a row's cells, those beside the text with what merged cells say of it."""
    return [cell if place != text else "".join(line.cells[place:][:1]) for place, cell in enumerate(line.all_beside())]


def _say_hidden(path: str, table: SheetTable[int], unread: Callable[[str], object] | None) -> None:
    for note in table.hidden_notes() if unread is not None else ():
        unread(f"{path}: {note}")  # type: ignore[misc] # mypy does not see that it is there


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return the columns that have a heading we know."""
    return {role: found[0] for role in HEADINGS if (found := places(names, role))}


def _by_role(cells: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    return {role: unguarded(cells[place]) for role, place in columns.items() if place < len(cells)}
