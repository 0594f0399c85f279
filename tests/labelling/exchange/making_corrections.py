"""Tables to correct, written as `classify FILE` writes them, then changed as a person does in Excel."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from classifier.api import Result
from classifier.cli.rows import csv_lines
from classifier.extract.correcting import Correcting
from classifier.extract.labelled import LabelWords
from classifier.extract.words import Language
from classifier.labelling.exchange.recognise import Incoming, understood
from tests.extract.making import DOUBT, labels_of, odds
from tests.labelling.exchange.test_formats import NAMES, TAXONOMY

Change = Callable[[Worksheet], object]
TEXTS = ("粮食丰收。", "游客多了。", f"粮食和游{DOUBT}", "会议召开。")
Rows = list[dict[str, str]]


def answer(index: int, text: str, *, labels: Sequence[str] | None = None, file: str = "甲.txt") -> Result:
    given = labels_of(text) if labels is None else tuple(labels)
    return Result(file, index, 0, len(text), "body", text, given, DOUBT in text, odds(text), "m1")


def answers(*texts: str, file: str = "甲.txt") -> list[Result]:
    return [answer(index, text, file=file) for index, text in enumerate(texts)]


def book(*documents: Sequence[Result], language: Language = "zh", boilerplate: bool = False) -> bytes:
    stream = io.BytesIO()
    words = LabelWords(TAXONOMY, lambda _label, share: 0.4 <= share <= 0.6, language)
    Correcting(words, boilerplate=boilerplate).write(documents or [answers(*TEXTS)], stream)
    return stream.getvalue()


def changed(data: bytes, *changes: Change) -> bytes:
    """Return a workbook whose first sheet was changed, saved by openpyxl."""
    opened, stream = load_workbook(io.BytesIO(data)), io.BytesIO()
    for change in changes:
        change(opened.worksheets[0])
    opened.save(stream)
    return stream.getvalue()


def put(row: int, heading: str, value: object) -> Change:
    """Return what writes a cell; rows count from 1 below the headings."""

    def change(sheet: Worksheet) -> None:
        headings = [cell.value for cell in sheet[1]]
        sheet.cell(row + 1, headings.index(heading) + 1).value = value

    return change


def table(*documents: Sequence[Result]) -> Rows:
    """Return the rows of the CSV file."""
    data = b"".join(csv_lines([list(one) for one in documents or [answers(*TEXTS)]], TAXONOMY.ids))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_csv(rows: Rows) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def read(data: bytes, name: str = "改.xlsx") -> Incoming:
    return understood(data, name, NAMES)


def said(incoming: Incoming) -> dict[str | None, tuple[tuple[str, ...], str]]:
    return {one.text: (one.labels, one.aside) for one in incoming.decisions}


def counts(incoming: Incoming) -> tuple[int, int, int]:
    rows = incoming.touched
    return rows.corrected, rows.read, rows.untouched


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def hidden_columns(sheet: Worksheet) -> list[str]:
    """Return the headings of hidden columns; openpyxl keeps columns that look alike together, under the first one."""
    spans = [one for one in sheet.column_dimensions.values() if one.hidden]
    return [str(cell.value) for cell in sheet[1] if any(one.min <= cell.column <= one.max for one in spans)]
