"""Tables: CSV, TSV and workbooks with headings for text and labels; Label Studio's and doccano's CSV among them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import labelstudio
from classifier.labelling.exchange.columns import (
    FACTS,
    SAMPLE,
    Roles,
    marked,
    roles_of,
    settled,
    unused_note,
    whole_number,
)
from classifier.labelling.exchange.corrected_row import Line
from classifier.labelling.exchange.correction_columns import Corrected, columns_of
from classifier.labelling.exchange.corrections import taken_rows
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.exchange.sentence_rows import sentence
from classifier.labelling.label_names import Names
from classifier.tables.delimited_rows import DelimitedTable, open_delimited
from classifier.tables.formula_guard import unguarded
from classifier.tables.names import listed
from classifier.tables.workbook import PICTURE, is_picture

OPEN = "not a whole table: a quotation mark is left open; close it, or save from Excel as CSV again"
ABOVE = "stands above the headings and was passed over"
REPEATED = "the headings stand there once more and were passed over"
NEED = "headings for text (文本) and label (标签)"
T = TypeVar("T")


Said = Roles | Corrected


def fits_of(source: Source, names: Names) -> Callable[[Sequence[str]], Said | None]:
    """Return what tells what a row of headings says, None of a row that is none."""

    def fits(headings: Sequence[str]) -> Said | None:
        return columns_of(headings, names) or roles_of(headings, names, source.wanted)

    return fits


def table_of(source: Source, fits: Callable[[Sequence[str]], T | None], first: str = ",") -> DelimitedTable[T]:
    """Return the table in a text; its `headings` are None where no row of its first ones fits."""
    return open_delimited(source.text, source.name, fits, first)


def delimiter_of(source: Source, names: Names) -> str | None:
    """Return what divides the columns of a table of labels, None where the text is none."""
    table = table_of(source, fits_of(source, names))
    return None if table.headings is None else table.layout.dialect.delimiter


def text_rows(source: Source, names: Names) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file as dictionaries by role.

    Raises LabelError where no row has the headings.
    """
    table: DelimitedTable[Said] = table_of(source, fits_of(source, names))
    if table.headings is None:
        raise LabelError(f"the first row has no {NEED}")
    said = table.headings.said
    if isinstance(said, Corrected):
        width = len(table.headings.names)
        lines = (
            Line(f"line {line}", cells, OPEN if line in table.open[-1:] else too_many(cells, width))
            for line, cells in table.rows()
        )
        yield from taken_rows(lines, said, source, names)
    else:
        yield from _rows_by_role(table, said, table.headings.names, source, names)
    source.say_of([f"line {line}" for line, _ in table.above], ABOVE)
    source.say_of([f"line {line}" for line in table.repeated], REPEATED)
    unsure = [f"line {line}" for line in table.unsure]
    source.say_of(unsure, "a quoted cell goes over lines that look like rows; it was read as one cell")


def _rows_by_role(
    table: DelimitedTable[Said], said: Roles, headings: Sequence[str], source: Source, names: Names
) -> Iterator[Row]:
    below = table.rows()
    sample = list(islice(below, SAMPLE))
    roles = settled(said, headings, [cells for _, cells in sample], names, source.wanted)
    source.say(unused_note(roles, headings))
    pictures = []
    open_lines = set(table.open)
    for line, cells in chain(sample, below):
        wrong = OPEN if line in open_lines or line in table.open[-1:] else too_many(cells, len(headings))
        if wrong != OPEN and len(cells) > roles.text and is_picture(cells[roles.text]):
            pictures.append(f"line {line}")
        else:
            yield f"line {line}", {"problem": wrong} if wrong else by_role(cells, roles)
    source.say_of(pictures, f"the text cell {PICTURE}; left out")


def too_many(cells: Sequence[str], width: int) -> str:
    """Say what is wrong with a row that is longer than the headings, "" of one that is not."""
    if not any(cell.strip() for cell in cells[width:]):
        return ""
    return f"has {len(cells)} cells, the heading has {width}: put quotation marks round text with commas"


def by_role(cells: Sequence[str], roles: Roles) -> dict[str, Any]:
    """Return a row's cells by what their columns hold; a cell that the row does not reach is empty."""

    def cell(place: int) -> str:
        return cells[place] if place < len(cells) else ""

    row: dict[str, Any] = {role: cell(place) for role, place in roles.others.items()}
    row |= {"text": cell(roles.text), "labels": [cell(place) for place in roles.labels]}
    row["marks"] = {roles.marks[place]: cell(place) for place in roles.marks}
    row["annotated"] = labelstudio.annotated(cell(place) for place in roles.studio)
    row["span"] = None if roles.span is None else [cell(place).strip() for place in roles.span]
    return row | {"model": roles.model}


def decide(row: Mapping[str, Any], names: Names) -> list[Decision]:
    """Return the decision of a row. An empty label says nothing, but of a task that somebody annotated it says none.

    Raises LabelError for a row that cannot be understood, or holds labels that are not known.
    """
    if "problem" in row:
        raise LabelError(row["problem"])
    if "decision" in row:
        return [row["decision"]]
    text = need_text(unguarded(row["text"]))
    labels, aside, said = _labels(row, names)
    confirmed = (said or row["annotated"]) and not row["model"]
    facts = {key: unguarded(row[key]) for key in FACTS if row.get(key, "").strip()}
    doc, by, date = (unguarded(row.get(key, "")).strip() for key in ("doc", "by", "date"))
    decision = Decision(
        labels, text, None, doc, by, date, aside, confirmed, facts=_year(facts), suggestion=row["model"]
    )
    return [_of_sentence(decision, row["span"]) if row["span"] and any(row["span"]) else decision]


def _of_sentence(decision: Decision, span: Sequence[str]) -> Decision:
    """Return a row's answer as one on the sentence of its text that it names."""
    start, end = map(whole_number, span)
    if start is None or end is None:
        raise LabelError(f"start and end must be whole numbers of characters, not {span[0]!r} and {span[1]!r}")
    sentences = sentence(decision.text or "", start, end, decision.labels, decision.aside)
    return replace(decision, labels=(), sentences=sentences, judged=False)


def _labels(row: Mapping[str, Any], names: Names) -> tuple[tuple[str, ...], str, bool]:
    """Return a row's labels, why it is set aside, and whether anything is said of it at all."""
    chosen: list[str] = []
    said = False
    for cell in (one.strip() for one in row["labels"]):
        said = said or bool(cell)
        chosen += (
            labelstudio.named(_json(cell), names) if cell.startswith(("{", "[")) else names.in_cell(unguarded(cell))
        )
    if (some := marked(row["marks"])) is not None:
        said, chosen = True, chosen + some
    labels, aside = names.read(chosen)
    return labels, aside, said


def _json(cell: str) -> Any:
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"label {cell[:40]!r} begins like JSON but is not: {error}") from error


def _year(facts: dict[str, Any]) -> dict[str, Any]:
    year = facts.get("year", "")
    return facts | ({"year": int(year)} if year.isascii() and year.isdigit() else {})


def text_format(names: Names, title: str) -> Format:
    """Return the format of delimited text."""
    return Format(title, partial(text_rows, names=names), decide)


def first_headings(source: Source) -> str:
    """Return what stands in the first row of a text that may be a table, for messages; "" where it is none."""
    table: DelimitedTable[Any] = table_of(source, lambda _: None)
    first = next(table.rows(), None)
    return listed(first[1]) if first is not None and len(first[1]) > 1 else ""
