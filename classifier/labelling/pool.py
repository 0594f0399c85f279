"""Paragraphs that might be labelled: of documents, folders of documents, tables, or chosen by `classify suggest`."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from classifier.errors import InputError, LabelError
from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import tables
from classifier.labelling.exchange.format import Source
from classifier.labelling.identity import text_key
from classifier.text.decode import decode
from classifier.text.read import read
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


def read_pool(paths: Sequence[str]) -> list[Candidate]:
    """Read the paragraphs of documents, folders and tables. Boilerplate (sources, dates, navigation) is left out.

    Raises InputError or LabelError where something cannot be read; in a folder, what is no document is passed over.
    """
    found: list[Candidate] = []
    for path in paths:
        if Path(path).is_dir():
            files = sorted(file for file in Path(path).rglob("*") if file.is_file() and not file.name.startswith("."))
            found += [one for file in files for one in _readable(str(file))]
        else:
            found += _one(path)
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


def _readable(path: str) -> list[Candidate]:
    try:
        return _one(path)
    except (InputError, LabelError):
        return []


def _one(path: str) -> list[Candidate]:
    suffix = Path(path).suffix.lower()
    if suffix in _TABLES:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})") from error
        rows = _excel(path, data) if suffix == ".xlsx" else _text_table(path, data, suffix)
        return [_candidate(row, path, number) for number, row in rows if str(row.get("text") or "").strip()]
    document = read(path)
    return [Candidate(one.text, document.name) for one in split(document) if one.kind != "boilerplate"]


def _candidate(row: dict[str, Any], path: str, number: int) -> Candidate:
    doc = str(row.get("doc") or row.get("file") or f"{path}:{number}")
    facts = {key: row[key] for key in _FACTS if row.get(key)}
    return Candidate(str(row["text"]), doc, str(row.get("reason") or ""), facts)


def _text_table(path: str, data: bytes, suffix: str) -> Iterator[tuple[int, dict[str, Any]]]:
    text, _ = decode(data, path)
    text = text.removeprefix("\ufeff")
    if suffix == ".jsonl":
        yield from _json_lines(path, text)
        return
    delimiter = "\t" if suffix == ".tsv" or "\t" in text.split("\n", 1)[0] else ","
    csv.field_size_limit(10_000_000)
    yield from _by_heading(path, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _json_lines(path: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
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
            yield number, row


def _excel(path: str, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    sheet = tables.first_sheet(Source(path, data))
    yield from _by_heading(path, ([str(cell or "") for cell in line] for line in sheet))


def _by_heading(path: str, lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = iter(lines)
    places = tables.places_of(next(rows, []))
    if "text" not in places:
        raise LabelError(f"{path}: the first row has no heading for the text (文本 or text)")
    for number, cells in enumerate(rows, start=2):
        yield number, {role: cells[place] for role, place in places.items() if place < len(cells)}
