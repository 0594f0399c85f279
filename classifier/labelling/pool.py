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
from classifier.labelling.exchange import excel, tables
from classifier.labelling.exchange.format import Source
from classifier.labelling.identity import text_key
from classifier.text.split import split

_TABLES = {".csv", ".tsv", ".jsonl", ".xlsx"}
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
        rows = _excel(path, data) if suffix == ".xlsx" else _text_table(path, data, suffix)
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
    text = text.removeprefix("\ufeff")
    if suffix == ".jsonl":
        yield from _json_lines(path, text)
        return
    delimiter = "\t" if suffix == ".tsv" else tables.delimiter_of(text, _has_text) or ","
    rows = tables.csv_rows(Source(path, data, text), delimiter)
    places = tables.places_of(next(rows, (1, []))[1])
    if "text" not in places:
        raise LabelError(f"{path}: the first row has no heading for the text (文本 or text)")
    for number, cells in rows:
        yield str(number), _by_role(cells, places)


def _json_lines(path: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise LabelError(f"{path}:{number}: not valid JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise LabelError(f"{path}:{number}: a row needs a text")
        if row.get("kind") != "boilerplate":
            yield str(number), row


def _excel(path: str, data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    places: dict[str, int] = {}
    for line in excel.lines(Source(path, data), _has_text):
        if line.number == 1:
            places = tables.places_of(line.cells)
        elif wrong := line.unreadable.get(places["text"]):
            raise LabelError(f"{path}: sheet {line.sheet}, row {line.number}: the text cell {wrong}")
        else:
            yield f"{line.sheet}:{line.number}", _by_role(line.cells, places)
    if not places:
        raise LabelError(f"{path}: no sheet has a first row with a heading for the text (文本 or text)")


def _has_text(cells: Sequence[str]) -> bool:
    return "text" in tables.places_of(cells)


def _by_role(cells: Sequence[str], places: dict[str, int]) -> dict[str, str]:
    return {role: tables.plain(cell) for role, cell in tables.by_role(cells, places).items()}
