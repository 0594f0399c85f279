"""The same rows in two tables – a .csv beside its .jsonl, this month's list beside last month's – count once."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from classifier.bulk.chunk import Fault
from classifier.bulk.sheet_column import sheet_column
from classifier.documents.notes import Note
from classifier.labelling.paragraph_keys import folded
from classifier.report.items import Item, repeated_document
from classifier.report.own_columns import OwnColumns
from classifier.report.table_corrections import labelled_otherwise
from classifier.report.tables import Row
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import folded as folded_heading

_ENTRY = 100  # characters of a cell that tells one row from another: of a workbook's rows longer ones are not known
_WHOLE = re.compile(r"(-?\d+)\.0+")


class RepeatedRows:
    """Knows the rows of files that were read. A row is the same where its text and all other columns of its own are.

    As often as a file holds a row itself, it counts: only what another file held before is a repetition. The column
    that tells the sheet of each row is no difference to a table that has none.
    """

    def __init__(self) -> None:
        self._rows = _Held()
        self._unsheeted = _Held()  # of tables that tell their sheets, without that
        self._short = _Held()  # as a workbook that is read as a document tells its rows
        self._said: dict[bytes, str] = {}
        self._copies: dict[Path, str] = {}

    def fresh(
        self, path: Path, own: OwnColumns, rows: Iterable[tuple[int, tuple[str, Row | Fault]]], notes: list[Note]
    ) -> Iterator[tuple[int, tuple[str, Row | Fault]]]:
        """Yield the rows of a table that no file before held; `notes` is told of the others, once all are taken."""
        here = _Here()
        firsts, otherwise = Counter[str](), Counter[str]()
        try:
            for number, (where, row) in rows:
                if not isinstance(row, Fault):
                    keys, said = _Keys.of(row.get(own.text), own.cells(row)), own.said(row)
                    if first := self._first(here, keys, own.counted(row, said), own.begins(row)):
                        firsts[first] += 1
                        otherwise[first] += said is not None and said != self._said.get(keys.row, said)
                        continue
                yield number, (where, row)
        finally:  # a table that breaks off holds what was read of it
            self._keep(here, path)
        notes += [labelled_otherwise(count, first) for first, count in otherwise.items() if count]
        repeated = sum(firsts.values())
        if repeated and repeated == here.total:
            self._copies[path] = ", ".join(firsts)
        elif repeated:
            notes.append(_repeated(repeated, firsts))

    def _first(self, here: "_Here", keys: "_Keys", said: str | None, begins: int | None) -> str:
        """Return the file that holds a row, "" for none. `begins`: of a sentence, which counts with its text."""
        here.total += 1
        if begins is None or begins <= here.last.get(keys.row, begins):
            here.add(keys, said)
            here.held[keys.row] = self._holder(keys, here.rows[keys.row], here.unsheeted[keys.unsheeted])
        here.last[keys.row] = begins or 0
        return here.held[keys.row]

    def _keep(self, here: "_Here", path: Path) -> None:
        self._rows.keep(here.rows, path)
        self._unsheeted.keep(here.unsheeted, path)
        self._short.keep(here.short, path)
        self._said = here.said | self._said

    def whole(self, path: Path) -> str:
        """Return the files that held all rows of a table, "" where none did."""
        return self._copies.get(path, "")

    def without_tables(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the paragraphs of documents; one that is a table whose rows files held is one item that says so.

        Where more stands in it than those rows, a sheet of prose, that counts.
        """
        for _, some in groupby(items, key=lambda one: one.document):
            together = list(some)
            firsts = self._firsts_of(together)
            yield from self._beside(together, firsts) if firsts else together

    def _firsts_of(self, items: Iterable[Item]) -> Counter[str]:
        """Return how many of a document's rows which files held; nothing where one is held by none."""
        rows = (one.result for one in items if one.result.cells)
        keys = Counter(_Keys.of(one.text, one.cells).short for one in rows)
        firsts: Counter[str] = Counter()
        for key, times in keys.items():
            if not (first := self._short.holder(key, times)):
                return Counter()
            firsts[first] += times
        return firsts

    def _beside(self, items: Sequence[Item], firsts: Counter[str]) -> Iterator[Item]:
        others = [one for one in items if not one.result.cells]
        if all(one.result.kind == "heading" for one in others):  # names of sheets, a title
            yield repeated_document(items[0].document, ", ".join(firsts))
            return
        note = _repeated(firsts.total(), firsts)
        told = replace(others[0].result, notes=(*items[0].result.notes, note))
        yield from (replace(others[0], result=told), *others[1:])

    def _holder(self, keys: "_Keys", times: int, unsheeted: int) -> str:
        """Return the file that holds a row so many times, be it with or without the sheet, "" for none."""
        return (
            self._rows.holder(keys.row, times)
            or self._unsheeted.holder(keys.row, times)
            or self._rows.holder(keys.unsheeted, unsheeted)
        )


class _Here:
    """The rows of a table that is being read.

    `held`, `last`: of each, the file that holds it, and where its sentence that was read last begins.
    """

    def __init__(self) -> None:
        self.rows, self.unsheeted, self.short = Counter[bytes](), Counter[bytes](), Counter[bytes]()
        self.said: dict[bytes, str] = {}
        self.held: dict[bytes, str] = {}
        self.last: dict[bytes, int] = {}
        self.total = 0

    def add(self, keys: "_Keys", said: str | None) -> None:
        self.rows[keys.row] += 1
        self.unsheeted[keys.unsheeted] += 1
        self.short[keys.short] += 1
        if said is not None:
            self.said.setdefault(keys.row, said)


class _Held:
    """How often files held rows, each as often as the one that held it most, and which was the first."""

    def __init__(self) -> None:
        self._times: Counter[bytes] = Counter()
        self._where: dict[bytes, str] = {}

    def keep(self, here: Counter[bytes], path: Path) -> None:
        for key, times in here.items():
            self._times[key] = max(self._times[key], times)
            self._where.setdefault(key, str(path))

    def holder(self, key: bytes, times: int) -> str:
        return self._where[key] if 0 < times <= self._times[key] else ""


class _Keys(NamedTuple):
    """What names a row: its text and its other cells, whatever the format writes them as.

    `unsheeted`: without the column that tells its sheet; `short`: without long cells either, which a workbook that is
    read as a document does not tell.
    """

    row: bytes
    unsheeted: bytes
    short: bytes

    @classmethod
    def of(cls, text: object, own: Mapping[str, object]) -> "_Keys":
        said = folded(unguarded(str(text or "")))
        sheet = sheet_column(own)
        cells = sorted((folded_heading(name), cell, name) for name, value in own.items() if (cell := _cell(value)))
        unsheeted = [one for one in cells if one[2] != sheet]
        short = [one for one in unsheeted if len(one[1]) <= _ENTRY]
        row = _key(said, cells)
        plain = row if len(unsheeted) == len(cells) else _key(said, unsheeted)
        return cls(row, plain, plain if len(short) == len(unsheeted) else _key(said, short))


def row_key(row: Row, own: OwnColumns) -> bytes:
    """Return what tells a row of a table from others: its text and its other cells."""
    return _Keys.of(row.get(own.text), own.cells(row)).row


def _key(text: str, cells: Iterable[tuple[str, str, str]]) -> bytes:
    told = repr((text, [(heading_, cell) for heading_, cell, _ in cells]))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _repeated(rows: int, firsts: Iterable[str]) -> Note:
    return Note("of_table", what=f"{rows:,} rows that {', '.join(firsts)} holds as well, wholly the same, count once")


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
