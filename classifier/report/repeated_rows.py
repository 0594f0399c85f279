"""The same rows in two tables – a .csv beside its .jsonl, this month's list beside last month's – count once."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from classifier.bulk.chunk import Fault
from classifier.documents.notes import Note
from classifier.labelling.exchange.correction_columns import CHECKED, GIVEN, heading
from classifier.labelling.paragraph_keys import folded
from classifier.report.items import Item, repeated_document
from classifier.report.tables import Row
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import folded as folded_heading
from classifier.tables.names import kept_columns

_ENTRY = 100  # characters of a cell that tells one row from another: of a workbook's rows longer ones are not known
_WHOLE = re.compile(r"(-?\d+)\.0+")
_ADDED = (
    "labels", "primary", "uncertain", "probabilities", "sentences", "shares", "error", "model", "decided", GIVEN,
    CHECKED, heading("checked", "zh"),
)  # fmt: skip


def added_columns(names: Collection[str], prefix: str, labels: Iterable[str]) -> frozenset[str]:
    """Return those of a scored table's columns that scoring added; all others are the rows' own."""
    return frozenset({prefix + name for name in (*_ADDED, *labels)} | kept_columns(names))


class RepeatedRows:
    """Knows the rows of files that were read. A row is the same where its text and all other columns of its own are.

    As often as a file holds a row itself, it counts: only what another file held before is a repetition.
    """

    def __init__(self) -> None:
        self._before: Counter[bytes] = Counter()
        self._where: dict[bytes, str] = {}
        self._copies: dict[Path, str] = {}

    def fresh(
        self, path: Path, text: str, rows: Iterable[tuple[int, tuple[str, Row | Fault]]], added: Collection[str],
        notes: list[Note],
    ) -> Iterator[tuple[int, tuple[str, Row | Fault]]]:  # fmt: skip
        """Yield the rows of a table that no file before held; `notes` is told of the others, once all are taken.

        `text`: the column of the text; `added`: columns that are not the rows' own.
        """
        here: Counter[bytes] = Counter()
        firsts: Counter[str] = Counter()
        for number, (where, row) in rows:
            if not isinstance(row, Fault):
                own = {name: value for name, value in row.items() if name not in added and name != text}
                key = _key(row.get(text), own)
                here[key] += 1
                if here[key] <= self._before[key]:
                    firsts[self._where[key]] += 1
                    continue
            yield number, (where, row)
        self._keep(here, str(path))
        repeated = sum(firsts.values())
        if repeated and repeated == here.total():
            self._copies[path] = next(iter(firsts))
        elif repeated:
            what = f"{repeated:,} rows that {', '.join(firsts)} holds as well, wholly the same, count once"
            notes.append(Note("of_table", what=what))

    def whole(self, path: Path) -> str:
        """Return the file that held all rows of a table, "" where none did."""
        return self._copies.get(path, "")

    def without_tables(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the paragraphs of documents; one that is a table whose rows a file held is one item that says so."""
        for document, some in groupby(items, key=lambda one: one.document):
            together = list(some)
            first = self._first_of(together)
            yield from [repeated_document(document, first)] if first else together

    def _first_of(self, items: Iterable[Item]) -> str:
        keys = Counter(_key(one.result.text, one.result.cells) for one in items if one.result.cells)
        if not keys or any(self._before[key] < times for key, times in keys.items()):
            return ""
        return self._where[next(iter(keys))]

    def _keep(self, here: Counter[bytes], path: str) -> None:
        for key, times in here.items():
            self._before[key] = max(self._before[key], times)
            self._where.setdefault(key, path)


def _key(text: object, own: Mapping[str, object]) -> bytes:
    """Return what names a row: its text and its other cells, whatever the format writes them as."""
    cells = sorted((folded_heading(name), cell) for name, value in own.items() if (cell := _cell(value)))
    told = repr((folded(unguarded(str(text or ""))), [one for one in cells if len(one[1]) <= _ENTRY]))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _cell(value: object) -> str:
    """Return a cell as text without its spaces: 3, 3.0 and "3" are one, so are true and True, null and blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        found = folded(unguarded(value))
        if found.casefold() in {"true", "false"}:
            return found.casefold()
    else:
        found = folded(json.dumps(value, ensure_ascii=False, default=str))
    whole = _WHOLE.fullmatch(found)
    return whole[1] if whole else found
