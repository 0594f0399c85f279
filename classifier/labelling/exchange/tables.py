"""Tables: CSV, TSV and Excel with headings for text and labels; Label Studio's and doccano's CSV among them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from classifier.errors import LabelError, MissingExtraError
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import labelstudio
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.names import Names

HEADINGS = {
    "text": ("text", "文本", "文字", "内容", "內容", "段落", "正文", "paragraph", "content"),
    "label": ("label", "标签", "標籤", "labels", "类别", "類別", "标注", "標註", "choice", "choices", "category"),
    "doc": ("doc", "文档", "文件", "document", "file"),
    "by": ("by", "标注人", "标注者", "annotator"),
    "date": ("date", "日期", "标注日期", "updated_at", "created_at"),
    "genre": ("genre", "体裁"),
    "place": ("place", "地点", "地区"),
    "year": ("year", "年份"),
    "origin": ("origin", "来源"),
}
FACTS = ("genre", "place", "year", "origin")
SAFE = ("=", "+", "-", "@", "\t", "\r", "'")  # what Excel would run, and the mark that keeps it from doing so
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
MODEL_MARKS = {"primary", "uncertain", "model"}  # columns of `classify --format csv`: answers of a model


def header_of(cells: Sequence[Any]) -> dict[str, int] | None:
    """Return which column holds what, or None where no heading says text and label."""
    names, found = _plain_names(cells), places_of(cells)
    if "label" not in found and set(names) >= labelstudio.MIN_MARKS:
        column = labelstudio.label_column(names)
        found |= {} if column is None else {"label": names.index(column)}
    if set(names) >= MODEL_MARKS:
        found["model"] = names.index("model")
    if set(names) >= labelstudio.MIN_MARKS:
        found["studio"] = names.index("annotator")
    return found if "text" in found and "label" in found else None


def places_of(cells: Sequence[Any]) -> dict[str, int]:
    """Return the columns that have a heading we know."""
    names = _plain_names(cells)
    known = {role: [name for name in headings if name in names] for role, headings in HEADINGS.items()}
    return {role: names.index(found[0]) for role, found in known.items() if found}


def _plain_names(cells: Sequence[Any]) -> list[str]:
    return [str(cell or "").strip().lstrip("\ufeff").casefold() for cell in cells]


def delimiter_of(text: str) -> str | None:
    """Return what divides the columns, told from the first line; None where that is no heading we know."""
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip("\r")
    for delimiter in (",", "\t", ";"):
        if header_of(next(csv.reader([first], delimiter=delimiter), [])):
            return delimiter
    return None


def text_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file as dictionaries by role."""
    delimiter = delimiter_of(source.text) or ","
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(source.text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        header = next(reader)
        for cells in _counted(reader):
            begun, line = cells[0], cells[1]
            if any(cell.strip() for cell in line):
                yield f"line {begun}", _by_role(line, header)
    except csv.Error as error:
        raise LabelError(
            f"line {begun}: not a whole table: {error} (is a quotation mark left open?); "
            "save it from Excel as CSV again"
        ) from error


def _counted(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on."""
    begins = reader.line_num + 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def excel_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a workbook's first sheet that has the headings."""
    book = _open(source)
    try:
        for sheet in book.worksheets:
            cells = sheet.iter_rows(values_only=True)
            header = next(cells, ())
            if header_of(header):
                break
        else:
            raise LabelError("no sheet has a first row with headings for text (文本) and label (标签)")
        for number, line in enumerate(cells, start=2):
            plain = ["" if cell is None else unescaped(str(cell)) for cell in line]
            if any(cell.strip() for cell in plain):
                yield f"sheet {sheet.title}, row {number}", _by_role(plain, [str(cell or "") for cell in header])
    finally:
        book.close()


def first_sheet(source: Source) -> list[tuple[Any, ...]]:
    """Return all rows of a workbook's first sheet; it may have no labels."""
    book = _open(source)
    try:
        return [tuple(unescaped(str(cell or "")) for cell in line) for line in book.worksheets[0].values]
    finally:
        book.close()


def _open(source: Source) -> Any:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            f"{source.name}: Excel files need openpyxl: pip install 'local-government-classifier[excel]' "
            "(or save the sheet as CSV)"
        ) from error
    try:
        return load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
    except (
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise LabelError(f"the Excel file is damaged: {error}; open it and save it again") from error


def _by_role(cells: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    roles = header_of(header)
    if roles is None:
        raise LabelError("the first row has no headings for text (文本) and label (标签)")
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        return {"too many": str(len(cells)), "columns": str(len(header))}
    return {role: cells[place] if place < len(cells) else "" for role, place in roles.items()}


def decide(row: Mapping[str, str], names: Names) -> list[Decision]:
    """Return the decision of a row. An empty label says nothing, but in Label Studio's CSV it says none."""
    if "too many" in row:
        raise LabelError(
            f"has {row['too many']} cells, the heading has {row['columns']}: put quotation marks round text with commas"
        )
    text = need_text(_plain(row["text"]))
    cell = row["label"].strip()
    if cell.startswith(("{", "[")):
        labels, aside = names.read(labelstudio.choices(_json(cell)))
    else:
        labels, aside = names.read_cell(_plain(cell))
    confirmed = bool(cell) or "studio" in row
    facts = {key: _plain(row[key]) for key in FACTS if row.get(key, "").strip()}
    doc, by, date = (_plain(row.get(key, "")).strip() for key in ("doc", "by", "date"))
    return [Decision(labels, text, None, doc, by, date, aside, confirmed and "model" not in row, facts=_year(facts))]


def _json(cell: str) -> Any:
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"label {cell[:40]!r} begins like JSON but is not: {error}") from error


def _year(facts: dict[str, Any]) -> dict[str, Any]:
    year = facts.get("year", "")
    return facts | ({"year": int(year)} if year.isascii() and year.isdigit() else {})


def _plain(cell: str) -> str:
    """Take off the apostrophe that keeps Excel from running a text as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(SAFE) else cell


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


TEXT = Format("table", text_rows, decide)
EXCEL = Format("Excel", excel_rows, decide)
