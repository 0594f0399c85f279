"""Tables: CSV, TSV and Excel with headings for text and labels; Label Studio's and doccano's CSV among them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from classifier.errors import LabelError
from classifier.labelling.decision import Decision
from classifier.labelling.exchange import excel, labelstudio
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
    "reason": ("reason",),  # why `classify suggest` chose it
}
ROLES = ("text", "label")  # what every row needs
FACTS = ("genre", "place", "year", "origin")
SAFE = ("=", "+", "-", "@", "\t", "\r", "'")  # what Excel would run, and the mark that keeps it from doing so
_LONGEST_HEADING = 100_000  # characters of a first line; the csv module refuses a cell a little longer
MODEL_MARKS = {"primary", "uncertain", "model"}  # columns of `classify --format csv`: answers of a model


def header_of(cells: Sequence[Any]) -> dict[str, int] | None:
    """Return which column holds what, or None where no heading says text and label.

    Raises LabelError where two columns are headed as labels; in Label Studio's CSV the others are its tasks' own data.
    """
    names, found = _plain_names(cells), places_of(cells)
    studio = set(names) >= labelstudio.MIN_MARKS
    if "label" not in found and studio:
        column = labelstudio.label_column(names)
        found |= {} if column is None else {"label": names.index(column)}
    if set(names) >= MODEL_MARKS:
        found["model"] = names.index("model")
    if studio:
        found["studio"] = names.index("annotator")
    if "text" not in found or "label" not in found:
        return None
    labels = [name for name in names if name in HEADINGS["label"]]
    if len(labels) > 1 and not studio:
        raise LabelError(f"two columns are headed as labels ({', '.join(labels)}): keep one, or rename the others")
    return found


def places_of(cells: Sequence[Any]) -> dict[str, int]:
    """Return the columns that have a heading we know."""
    names = _plain_names(cells)
    known = {role: [name for name in headings if name in names] for role, headings in HEADINGS.items()}
    return {role: names.index(found[0]) for role, found in known.items() if found}


def _plain_names(cells: Sequence[Any]) -> list[str]:
    return [str(cell or "").strip().lstrip("\ufeff").casefold() for cell in cells]


def delimiter_of(text: str, wanted: Callable[[Sequence[str]], object] = header_of) -> str | None:
    """Return what divides the columns, told from the first line; None where that is no heading that is wanted."""
    first = re.split(r"[\r\n]", text.lstrip("\ufeff"), maxsplit=1)[0][:_LONGEST_HEADING]
    for delimiter in (",", "\t", ";"):
        if wanted(next(csv.reader([first], delimiter=delimiter), [])):
            return delimiter
    return None


def csv_rows(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row, the heading too, with the line it begins on. Raises LabelError where it is not whole."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(source.text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            yield begun, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        raise LabelError(
            f"{source.name}: line {begun}: not a whole table: {error} (is a quotation mark left open?); "
            "save it from Excel as CSV again"
        ) from error


def text_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file as dictionaries by role."""
    rows = csv_rows(source, delimiter_of(source.text) or ",")
    _, header = next(rows, (1, []))
    roles = header_of(header)
    if roles is None:
        raise LabelError("the first row has no headings for text (文本) and label (标签)")
    for begun, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            problem = (
                f"has {len(cells)} cells, the heading has {len(header)}: put quotation marks round text with commas"
            )
            yield f"line {begun}", {"problem": problem}
        elif any(cell.strip() for cell in cells):
            yield f"line {begun}", by_role(cells, roles)


def excel_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of all of a workbook's sheets that have the headings."""
    roles: dict[str, int] | None = None
    for line in excel.lines(source, header_of):
        if line.number == 1:
            roles = header_of(line.cells)
        elif roles is not None:
            wrong = [f"the {role} cell {said}" for role in ROLES if (said := line.wrong(roles[role]))]
            unreadable = any(roles[role] in line.unreadable for role in ROLES)
            if unreadable or any(cell.strip() for cell in line.cells):
                row = {"problem": "; ".join(wrong)} if wrong else by_role(line.cells, roles)
                yield f"sheet {line.sheet}, row {line.number}", row
    if roles is None:
        raise LabelError("no sheet has a first row with headings for text (文本) and label (标签)")


def by_role(cells: Sequence[str], roles: Mapping[str, int]) -> dict[str, str]:
    """Return a row's cells by what their columns hold; a cell that the row does not reach is empty."""
    return {role: cells[place] if place < len(cells) else "" for role, place in roles.items()}


def decide(row: Mapping[str, str], names: Names) -> list[Decision]:
    """Return the decision of a row. An empty label says nothing, but in Label Studio's CSV it says none."""
    if "problem" in row:
        raise LabelError(row["problem"])
    text = need_text(plain(row["text"]))
    cell = row["label"].strip()
    if cell.startswith(("{", "[")):
        labels, aside = names.read(labelstudio.choices(_json(cell)))
    else:
        labels, aside = names.read_cell(plain(cell))
    confirmed = bool(cell) or "studio" in row
    facts = {key: plain(row[key]) for key in FACTS if row.get(key, "").strip()}
    doc, by, date = (plain(row.get(key, "")).strip() for key in ("doc", "by", "date"))
    return [Decision(labels, text, None, doc, by, date, aside, confirmed and "model" not in row, facts=_year(facts))]


def _json(cell: str) -> Any:
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError as error:
        raise LabelError(f"label {cell[:40]!r} begins like JSON but is not: {error}") from error


def _year(facts: dict[str, Any]) -> dict[str, Any]:
    year = facts.get("year", "")
    return facts | ({"year": int(year)} if year.isascii() and year.isdigit() else {})


def plain(cell: str) -> str:
    """Take off the apostrophe that keeps Excel from running a text as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(SAFE) else cell


TEXT = Format("table", text_rows, decide)
EXCEL = Format("Excel", excel_rows, decide)
