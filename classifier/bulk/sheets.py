"""Workbooks as tables: the rows of all sheets that have the text column, as chunks of CSV."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from classifier.bulk.chunk import CHUNK_BYTES, CHUNK_ROWS, Chunk
from classifier.bulk.settings import Format
from classifier.errors import TableError
from classifier.tables.delimited import as_csv
from classifier.tables.heading_row import named
from classifier.tables.names import find, places
from classifier.tables.sheet import SheetTable, sheet_tables
from classifier.tables.workbook import PICTURE, Line

_LISTED = 5


class Workbook:
    """A workbook's rows. `text`: the column of the paragraphs, None for any that may be it.

    `sheet`: the only one that is read, None for all that have the text column. `given`: see `sheet_tables`.
    `columns`: those of all these sheets. `notes`: what is passed over; whole when all is read.
    """

    def __init__(self, path: str, text: str | None = None, sheet: str | None = None, *, given: bool = False) -> None:
        self.path, self._text, self._sheet, self._given = path, text, sheet, given
        self.notes: list[str] = []
        columns: dict[str, None] = {}
        first = ""
        for table in self._tables():
            if table.headings is None:
                first = first or table.first
            else:
                names = enumerate(self._names(table))
                columns |= dict.fromkeys(name for place, name in names if place not in table.hidden_places)
        self.columns = list(columns) or first.split(", ")
        self._found = bool(columns)

    def is_blank(self) -> bool:
        """Tell whether no sheet holds anything, be it shown or hidden."""
        return self.columns == [""] and not self._hidden()

    def check(self) -> None:
        """Raise TableError where no column of the text is shown, but something is hidden: it may be there."""
        if not self._found and (hidden := self._hidden()):
            raise TableError(
                f"{self.path}: no column of the text is shown: {'; '.join(hidden)}; "
                "show it in Excel and save the file again"
            )

    def _hidden(self) -> list[str]:
        notes: list[str] = []
        for table in self._tables():
            for _ in table.rows:
                pass
            notes += table.hidden_notes()
        return notes

    def heading_lines(self) -> dict[str, int]:
        """Return the sheets that have the text column, each with the number of the row of its headings."""
        return {table.title: table.heading_line for table in self._tables() if table.headings is not None}

    def filled(self) -> list[str]:
        """Return the sheets that have the text column and a row below it."""
        tables = (table for table in self._tables() if table.headings is not None)
        return [table.title for table in tables if any(True for _ in table.rows)]

    def _tables(self) -> Iterator[SheetTable[int]]:
        """Yield the sheets that are read; raise TableError where the one that was asked for is not there."""
        fits, titles = partial(_text_place, text=self._text), []
        for table in sheet_tables(Path(self.path).read_bytes(), self.path, fits, given=self._given):
            titles.append(table.title)
            if self._sheet in {None, table.title}:
                yield table
        if self._sheet is not None and self._sheet not in titles:
            raise TableError(
                f"{self.path}: there is no sheet {self._sheet} that holds anything; there are: {', '.join(titles)}"
            )

    def _names(self, table: SheetTable[int]) -> list[str]:
        names = list(table.headings.names) if table.headings else []
        if self._text is not None and names.count(self._text) > 1:
            raise TableError(f"{self.path}: two columns are called {self._text}; give one of them another name")
        return [" ".join(name.split()) if name != self._text else name for name in named(names)[0]]

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows in chunks, each with the header of all sheets in front."""
        self.notes.clear()
        number = 1
        for table in self._tables():
            if table.headings is None:
                rows = sum(1 for _ in table.rows)
                if rows:
                    self.notes.append(f"sheet {table.title}: has no such column; {rows:,} rows passed over")
                self.notes += table.hidden_notes()
                continue
            text = table.headings.said
            for lines in _chunks_of_lines(table.rows):
                yield self._chunk(table, lines, text, number)
                number += len(lines)
            self._note_rows(f"sheet {table.title}, row", [line.number for line in table.above], "above the headings")
            self._note_rows(f"sheet {table.title}, row", table.repeated, "the headings stand there once more")
            self.notes += table.hidden_notes()

    def _chunk(self, table: SheetTable[int], lines: list[Line], text: int, number: int) -> Chunk:
        names = self._names(table)
        order = [names.index(name) if name in names else None for name in self.columns]
        records = [[_cell(line, place, text) for place in order] for line in lines]
        content = ",\n" + as_csv(self.columns, ",") + "".join(as_csv(record, ",") for record in records)
        return Chunk(
            Format.csv,
            content.encode("utf-8", "replace"),
            self.path,
            number,
            places=tuple(_where(line) for line in lines),
            faults={row: f"the text {why}" for row, line in enumerate(lines) if (why := line.wrong(text))},
            sheet=table.title,
        )

    def _note_rows(self, where: str, rows: Sequence[int], what: str) -> None:
        if rows:
            more = f" and {len(rows) - _LISTED:,} more" if len(rows) > _LISTED else ""
            self.notes.append(f"{where} {', '.join(map(str, rows[:_LISTED]))}{more}: {what}; passed over")


def _where(line: Line) -> str:
    return f"sheet {line.sheet}, row {line.number}"


def row_of(where: str) -> tuple[str, int]:
    """Return the sheet's title and the row's number of a place that a chunk names."""
    title, _, number = where.removeprefix("sheet ").rpartition(", row ")
    return title, int(number)


def _text_place(names: Sequence[str], text: str | None) -> int | None:
    return find(names, text) if text is not None else next(iter(places(names, "text")), None)


def _cell(line: Line, place: int | None, text: int) -> str:
    """Return a cell; of one that has no value, what stands in it instead (#N/A). `text`: the place of the text's."""
    if place is None:
        return ""
    reason = line.unreadable.get(place, "")
    if reason.startswith("holds the error "):
        return reason.removeprefix("holds the error ").split(";")[0]
    if place == text:
        return "" if reason == PICTURE or place >= len(line.cells) else line.cells[place]
    return "" if reason == PICTURE else line.beside(place)


def _chunks_of_lines(lines: Iterator[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += sum(map(len, line.cells))
        if len(chunk) == CHUNK_ROWS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
