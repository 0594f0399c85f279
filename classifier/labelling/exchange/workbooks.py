"""Labels in workbooks: rows of sheets, tables to correct among them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from classifier.errors import LabelError
from classifier.labelling.exchange.columns import (
    SAMPLE,
    Roles,
    no_headings,
    settled,
    unused_note,
)
from classifier.labelling.exchange.corrected_row import Line
from classifier.labelling.exchange.correction_columns import Corrected, columns_of
from classifier.labelling.exchange.corrections import SHEETS_BESIDE, taken_rows
from classifier.labelling.exchange.format import Format, Row, Source
from classifier.labelling.exchange.tables import ABOVE, NEED, REPEATED, Said, by_role, decide, fits_of
from classifier.labelling.label_names import Names
from classifier.tables.sheet import SheetTable, sheet_tables
from classifier.tables.workbook import PICTURE


def excel_rows(source: Source, names: Names) -> Iterator[Row]:
    """Yield the rows of all of a workbook's sheets that have the headings.

    Raises LabelError where no sheet has them.
    """
    whole: Callable[[Sequence[str]], Said | None] = partial(columns_of, names=names)
    others: list[SheetTable[Said]] = []
    found = False
    tables: Iterator[SheetTable[Said]] = sheet_tables(source.data, source.name, fits_of(source, names), whole)
    for table in tables:
        if table.headings is None:
            others += [] if table.hidden else [table]
            for _ in table.rows:
                pass
            source.notes.extend(table.hidden_notes())
            continue
        found = True
        said = table.headings.said
        if isinstance(said, Corrected):
            yield from taken_rows(_corrected_lines(table, said), said, source, names)
        else:
            yield from _sheet_rows(table, said, table.headings.names, source, names)
        source.say_of([f"sheet {table.title}, row {line.number}" for line in table.above], ABOVE)
        source.say_of([f"sheet {table.title}, row {number}" for number in table.repeated], REPEATED)
    if not found:
        first = f"; {no_headings([others[0].first])}" if others and others[0].first else ""
        raise LabelError(f"no sheet has a first row with {NEED}{first}")
    unknown = [f"sheet {one.title}" for one in others if not (source.touched and one.title in SHEETS_BESIDE)]
    source.say_of(unknown, "has no headings for text and labels and was passed over")


def _corrected_lines(table: SheetTable[Said], at: Corrected) -> Iterator[Line]:
    for line in table.rows:
        wrong = {place: f"the {what} cell {why}" for place, what in at.needed().items() if (why := line.wrong(place))}
        text = wrong.pop(at.text, "")
        yield Line(f"sheet {line.sheet}, row {line.number}", line.cells, "; ".join(wrong.values()), text)


def _sheet_rows(
    table: SheetTable[Said], said: Roles, headings: Sequence[str], source: Source, names: Names
) -> Iterator[Row]:
    lines = list(table.rows)
    source.notes.extend(table.hidden_notes())
    if hidden := [column for column in table.named_columns() if names.knows(column.split(" (", 1)[1][:-1])]:
        raise LabelError(
            f"sheet {table.title}, column {hidden[0]}: is called as a label is, but hidden: show it, or delete it"
        )
    sample = [line.cells for line in lines[:SAMPLE]]
    roles = settled(said, headings, sample, names, source.wanted)
    source.say(unused_note(roles, headings))
    pictures = []
    for line in lines:
        where = f"sheet {line.sheet}, row {line.number}"
        wrong = [f"the {role} cell {why}" for place, role in roles.needed().items() if (why := line.wrong(place))]
        unreadable = any(place in line.unreadable for place in roles.needed())
        if line.unreadable.get(roles.text) == PICTURE:
            pictures.append(where)
        elif unreadable or any(cell.strip() for cell in line.cells):
            yield where, {"problem": "; ".join(wrong)} if wrong else by_role(line.cells, roles)
    source.say_of(pictures, f"the text cell {PICTURE}; left out")


def excel_format(names: Names) -> Format:
    """Return the format of workbooks."""
    return Format("Excel", partial(excel_rows, names=names), decide)
