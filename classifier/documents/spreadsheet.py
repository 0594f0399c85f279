"""Workbooks and delimited tables as documents: a row is a paragraph; the row of headings is none.

Where the headings name one column of text, its cells are the paragraphs; the other columns are said to be left out.
What they say of a row – its date, its place – goes along with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from classifier.documents.decode import decode
from classifier.documents.document import Block, Cells, Reading, Role
from classifier.documents.notes import Note, Unit
from classifier.documents.rows import joined_cells, names_columns
from classifier.errors import TableError
from classifier.tables.delimited_rows import DelimitedTable, open_delimited
from classifier.tables.heading_row import HeadingRow, repeats
from classifier.tables.names import are_labelled, find, listed, text_place
from classifier.tables.sheet import SheetTable, sheet_tables
from classifier.tables.workbook import ERROR, PICTURE, UNSOLVED, Line, is_picture

_ENTRY = 100  # characters of a cell that says something of its row
_FEWEST = 2  # headings that make a row of headings


def read_workbook(data: bytes, name: str, text_column: str | None = None) -> Reading:
    """Return the rows of a workbook (.xlsx, .xls, .et, .ods), its sheets one after another.

    `text_column`: the column of the text, None for the one whose heading tells. Raises TableError where it is not
    there, where the workbook is damaged or too large, MissingExtraError without the extra `excel`.
    """
    reader = _Rows()
    every = list(_taken(sheet_tables(data, name, partial(_text_column, wanted=text_column))))
    tables = [one for one in every if not one[0].hidden]
    chosen = [(table, lines) for table, lines in tables if table.headings is not None]
    if text_column is not None and not chosen:
        raise _no_column(name, text_column, [table.first for table, _ in tables])
    if chosen and len(chosen) < len(tables):
        chosen = tables  # a sheet without such a column is text as well
    for table, lines in chosen or tables:
        if len(tables) > 1:
            reader.begin(table.title)
        reader.add(table.headings, table.above, lines)
        reader.left_out["repeated_headings"] += table.repeated
        reader.left_out["hidden_rows"] += table.hidden_rows
        reader.hidden_columns += table.named_columns()
    reader.end_sheet()
    hidden = [table.title for table, _ in every if table.hidden]
    notes = reader.notes if not hidden else [*reader.notes, Note("hidden_sheets", len(hidden), what=listed(hidden))]
    return Reading(reader.blocks, notes=notes)


def _taken(tables: Iterable[SheetTable[int]]) -> Iterator[tuple[SheetTable[int], list[Line]]]:
    for table in tables:
        yield table, list(table.rows)


def read_csv(data: bytes, name: str, text_column: str | None = None) -> Reading:
    """Return the rows of delimited text: , ; tab and others, UTF-8, UTF-16, GB18030 or Big5.

    `text_column`: the column of the text, None for the one whose heading tells. Raises TableError where it is not
    there.
    """
    text, encoding = decode(data, name)
    table: DelimitedTable[int] = open_delimited(
        text, name, partial(_text_column, wanted=text_column), "\t" if name.lower().endswith(".tsv") else ","
    )
    reader = _Rows()
    lines = [Line("", line, cells) for line, cells in table.rows()]
    if text_column is not None and table.headings is None:
        raise _no_column(name, text_column, [listed(lines[0].cells) if lines else ""])
    reader.add(table.headings, [Line("", line, cells) for line, cells in table.above], lines)
    reader.left_out["repeated_headings"] += table.repeated
    reader.left_out["open_quotes"] += table.open
    reader.left_out["long_quotes"] += table.unsure
    reader.end_sheet("line")
    return Reading(reader.blocks, notes=reader.notes, encoding=encoding)


def _no_column(name: str, wanted: str, headings: Iterable[str]) -> TableError:
    there = ", ".join(filter(None, headings))
    return TableError(f"{name}: there is no column {wanted}; the columns are: {there}; choose one with --text-column")


def _text_column(names: Sequence[str], wanted: str | None) -> int | None:
    if wanted is not None:
        return find(names, wanted)
    try:
        return text_place(names)
    except TableError:  # several: all are read
        return None


class _Rows:
    """Blocks of rows, and what of them is no text. `left_out`, `hidden_columns`: of the sheet under way."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.hidden_columns: list[str] = []
        self._headings: list[str] = []
        self._whole = 0  # rows of several cells that are read whole
        self._labelled = False  # the sheet holds labels
        self._sheet = ""
        self.left_out: dict[str, list[int]] = defaultdict(list)
        self._others: dict[str, None] = {}
        self._errors: dict[str, None] = {}

    def begin(self, title: str) -> None:
        """Begin a sheet, of which the notes and a heading say the title."""
        self.end_sheet()
        self._sheet = title
        self.blocks.append(Block(title, "heading", 1))

    def add(self, headings: HeadingRow[int] | None, above: Sequence[Line], lines: Sequence[Line]) -> None:
        """Add a table: what stands above it, its headings, its rows."""
        self.blocks += [Block(_joined(line.cells), "heading") for line in above]
        if headings is None:
            self._add_whole(lines)
            return
        self._labelled |= are_labelled(headings.names)
        width = len(headings.names)
        filled = {place for line in lines for place, cell in enumerate(line.cells[:width]) if cell.strip()}
        self._others |= dict.fromkeys(
            _flat(name) or f"column_{place + 1}"
            for place, name in enumerate(headings.names)
            if place != headings.said and (name.strip() or place in filled)
        )
        for line in lines:
            self._add_row(line, headings.said, headings.names)

    def _add_whole(self, lines: Sequence[Line]) -> None:
        first = next((place for place, line in enumerate(lines[:5]) if _may_head(line, lines[place + 1 :])), None)
        self._labelled |= first is not None and are_labelled(lines[first].cells)
        for place, line in enumerate(lines):
            self._note_unread(line, range(len(line.cells)))
            if first is not None and place > first and repeats(line.cells, lines[first].cells):
                self.left_out["repeated_headings"].append(line.number)
                continue
            cells = ["" if is_picture(cell) else cell for cell in line.cells]
            if place == first and names_columns(cells):
                self._headings += [_flat(cell) for cell in cells if cell.strip()]
                continue
            role: Role = "row"
            if first is not None and place <= first:
                role = "column_heading" if place == first else "heading"
            named = _entries(line, lines[first].cells) if first is not None and place > first else ()
            self._whole += role == "row" and sum(bool(cell.strip()) for cell in cells) > 1
            self.blocks.append(Block(_joined(cells), role, cells=named))

    def _add_row(self, line: Line, column: int, names: Sequence[str]) -> None:
        """Add the cell of the text column, and what stands beyond the headings: it may be text as well."""
        beyond = range(len(names), len(line.cells))
        self._note_unread(line, (column, *beyond))
        found = [line.cells[place] for place in (column, *beyond) if place < len(line.cells)]
        texts = [cell for cell in found if cell.strip() and not is_picture(cell)]
        if texts:
            self.blocks.append(Block(_joined(texts), "row", cells=_entries(line, names, column)))
        elif column not in line.unreadable and not any(map(is_picture, found)):
            self.left_out["blank_text_cells"].append(line.number)
        if any(line.cells[place].strip() for place in beyond):
            self.left_out["surplus_cells"].append(line.number)

    def _note_unread(self, line: Line, columns: Iterable[int]) -> None:
        for column in columns:
            reason = line.unreadable.get(column, "")
            text = line.cells[column] if column < len(line.cells) else ""
            if reason == PICTURE or is_picture(text):
                self.left_out["pictures"].append(line.number)
            elif reason == UNSOLVED:
                self.left_out["unsolved_formulas"].append(line.number)
            elif reason:
                self.left_out["error_values"].append(line.number)
                self._errors[reason.removeprefix(ERROR.split("{")[0]).split(";")[0]] = None

    def end_sheet(self, unit: Unit = "row") -> None:
        """Note what was left out of the sheet under way."""
        for kind, places in self.left_out.items():
            if places:
                what = ", ".join(self._errors) if kind == "error_values" else ""
                self.notes.append(Note(kind, len(places), tuple(sorted(places)), unit, what, self._sheet))
        for kind, names in (
            ("column_headings", self._headings),
            ("hidden_columns", self.hidden_columns),
            ("other_columns", list(self._others)),
        ):
            if names:
                self.notes.append(Note(kind, len(names), what=listed(names), sheet=self._sheet))
        if self._whole:
            self.notes.append(Note("whole_rows", self._whole, sheet=self._sheet))
        if self._labelled:
            self.notes.append(Note("labels_there", 1, sheet=self._sheet))
        self.left_out.clear()
        self._whole, self._labelled = 0, False
        self.hidden_columns, self._headings, self._others, self._errors = [], [], {}, {}


def _may_head(line: Line, below: Sequence[Line]) -> bool:
    """Tell whether a row names columns: short cells without full stops, as many as the rows below fill."""
    cells = [cell for cell in line.cells if cell.strip()]
    widest = max((sum(bool(cell.strip()) for cell in one.cells) for one in below[:20]), default=0)
    short = all(len(cell) <= 20 and not cell.rstrip().endswith(("。", "；", ".")) for cell in cells)
    return len(cells) >= max(_FEWEST, widest) and widest > 0 and short and not any(map(_is_number, cells))


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "").replace(",", "").isdigit()


def _entries(line: Line, names: Sequence[str], text: int | None = None) -> Cells:
    """Return what else a row says: heading and cell; long cells are texts. `text`: the column of the text."""
    named = zip(names, line.all_beside(), strict=False)
    found = [(_flat(name), _flat(cell)) for place, (name, cell) in enumerate(named) if place != text]
    return tuple((name, cell) for name, cell in found if name and cell and len(cell) <= _ENTRY)


def _joined(cells: Sequence[str]) -> str:
    return joined_cells([_flat(cell) for cell in cells])


def _flat(cell: str) -> str:
    """Return a cell's text with its paragraphs joined by spaces."""
    return " ".join(part for line in cell.splitlines() if (part := line.strip()))
