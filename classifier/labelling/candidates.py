"""Paragraphs that might be labelled: of documents, folders of documents, tables, or chosen by `classify suggest`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from classifier.documents.archive import Unread
from classifier.documents.decode import decode
from classifier.documents.read import read_all
from classifier.errors import InputError, LabelError
from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import tables
from classifier.labelling.exchange.format import Source
from classifier.labelling.paragraph_keys import text_key
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import HEADINGS, places, text_place
from classifier.tables.sheet import SheetTable, sheet_tables
from classifier.tables.workbook import PICTURE, is_workbook
from classifier.text.split import split

_TABLES = {".csv", ".tsv", ".jsonl", ".xlsx", ".xlsm", ".xls", ".et", ".ods"}
_FACTS = ("genre", "place", "year", "origin")


@dataclass(frozen=True)
class Candidate:
    """A paragraph that nobody may have labelled yet. `doc`: its document. `reason`: why it was chosen, if it was."""

    text: str
    doc: str
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def undecided(self) -> Decision:
        """Return it as a paragraph without an answer."""
        return Decision((), self.text, doc=self.doc, confirmed=False, facts=self.facts)


def read_pool(paths: Sequence[str], unread: Callable[[str], object] | None = None) -> list[Candidate]:
    """Read the paragraphs of documents, folders and tables. Boilerplate (sources, dates, navigation) is left out.

    Raises InputError or LabelError where something cannot be read; in a folder or an archive it is passed over, and
    `unread` is told in a line which file and why.
    """
    found: list[Candidate] = []
    for path in paths:
        if Path(path).is_dir():
            files = sorted(file for file in Path(path).rglob("*") if file.is_file() and not file.name.startswith("."))
            found += [one for file in files for one in _readable(str(file), unread)]
        else:
            found += _one(path, unread)
    if not found:
        raise InputError(f"{', '.join(paths)}: no paragraphs to label")
    return found


def unlabelled(items: Sequence[Candidate], folder: Path | None) -> list[Candidate]:
    """Return the paragraphs that a labels folder says nothing of (None: no folder), each text once."""
    seen = {one.key for one in read_decisions(folder).paragraphs} if folder else set()
    fresh = []
    for one in items:
        key = text_key(one.text)
        if key not in seen:
            seen.add(key)
            fresh.append(one)
    return fresh


def _readable(path: str, unread: Callable[[str], object] | None) -> list[Candidate]:
    try:
        return _one(path, unread)
    except (InputError, LabelError) as error:
        if unread is not None:
            unread(str(error))
        return []


def _one(path: str, unread: Callable[[str], object] | None) -> list[Candidate]:
    suffix = Path(path).suffix.lower()
    if suffix in _TABLES:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})") from error
        rows = _workbook(path, data, unread) if is_workbook(data) else _text_table(path, data, suffix)
        return [_candidate(row, path, where) for where, row in rows if str(row.get("text") or "").strip()]
    found: list[Candidate] = []
    for document in read_all(path):
        if not isinstance(document, Unread):
            found += [Candidate(one.text, document.name) for one in split(document) if one.kind != "boilerplate"]
        elif unread is not None:
            unread(str(document.error))
    return found


def _candidate(row: dict[str, Any], path: str, where: str) -> Candidate:
    doc = str(row.get("doc") or row.get("file") or f"{path}:{where}")
    facts = {key: row[key] for key in _FACTS if row.get(key)}
    return Candidate(str(row["text"]), doc, str(row.get("reason") or ""), facts)


def _text_table(path: str, data: bytes, suffix: str) -> Iterator[tuple[str, dict[str, Any]]]:
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


def _json_lines(path: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
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


def _workbook(path: str, data: bytes, unread: Callable[[str], object] | None) -> Iterator[tuple[str, dict[str, Any]]]:
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
            yield f"{line.sheet}:{line.number}", _by_role(line.cells, columns)
        _say_hidden(path, table, unread)
    if not there:
        raise LabelError(f"{path}: no sheet has a first row with a heading for the text (文本 or text)")


def _say_hidden(path: str, table: SheetTable[int], unread: Callable[[str], object] | None) -> None:
    for note in table.hidden_notes() if unread is not None else ():
        unread(f"{path}: {note}")  # type: ignore[misc] # mypy does not see that it is there


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return the columns that have a heading we know."""
    return {role: found[0] for role in HEADINGS if (found := places(names, role))}


def _by_role(cells: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    return {role: unguarded(cells[place]) for role, place in columns.items() if place < len(cells)}
