"""Tables to write: CSV that Excel opens as it is, and workbooks. What Excel would run is kept from running."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from classifier.errors import LabelError, MissingExtraError
from classifier.i18n.language import spoken
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.columns import FACTS
from classifier.labelling.exchange.export_headings import in_words
from classifier.labelling.taxonomy import NONE, NONE_ZH
from classifier.own_outputs import MARK
from classifier.tables.formula_guard import guarded
from classifier.tables.xlsx_texts import CELL_MOST, escaped

SPAN = ("start", "end")
COLUMNS = ("text", "label", "doc", "by", "date", *FACTS)


def cells(
    decisions: Iterable[tuple[Decision, list[str]]], suggested: Sequence[tuple[list[str], float] | None] | None
) -> Iterator[list[str]]:
    """Yield the headings, in the reader's language, and a row a decision.

    It has a model's answer and its certainty where there is one.
    Where any is on a sentence, `start` and `end` say where that stands in the row's text; those of paragraphs are
    empty.
    """
    decisions = list(decisions)
    parts = any(not one.judged for one, _ in decisions)
    yield in_words([*COLUMNS, *(SPAN if parts else []), *(["suggested", "certainty"] if suggested is not None else [])])
    none = spoken(NONE, NONE_ZH)
    for number, (one, names) in enumerate(decisions):
        shown = names or ([none] if one.confirmed else [])
        facts = [str(one.facts.get(key, "")) for key in FACTS]
        row = [one.text or "", ",".join(shown), one.doc, one.by, one.date, *facts]
        if parts:
            row += ["", ""] if one.judged else [str(one.sentences[0].start), str(one.sentences[0].end)]
        if suggested is not None:
            given = suggested[number]
            row += ["", ""] if given is None else [",".join(given[0] or [none]), f"{given[1]:.3f}"]
        yield row


def write_csv(table: Iterable[list[str]]) -> bytes:
    """Return UTF-8 with a byte order mark, as Excel needs it; what Excel would run gets an apostrophe in front."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([[guarded(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")  # half a character, which no file holds


def write_excel(table: Iterable[list[str]]) -> bytes:
    """Return a workbook; every cell is text, so nothing is run. Raises LabelError for a text that no cell holds."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            'Excel files need openpyxl: pip install "local-government-classifier[excel]" (or --format csv)'
        ) from error
    book = Workbook(write_only=True)
    book.properties.keywords = MARK
    sheet = book.create_sheet("labels")
    for number, row in enumerate(table, start=1):
        line = []
        for text in row:
            plain = escaped(text)
            if len(plain) > CELL_MOST:
                size = f"row {number}: a text of {len(plain):,} characters"
                raise LabelError(f"{size}; an Excel cell holds {CELL_MOST:,}: use another format")
            cell = WriteOnlyCell(sheet, value=plain)
            cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
