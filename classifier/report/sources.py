"""What a report or an extract is made from: documents, scored tables, folders of them; what patterns stand for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.api import Model
from classifier.bulk.find_source import find_source, input_format, is_by_product, is_workbook_name, table_format
from classifier.bulk.settings import Format
from classifier.bulk.table_file import TableFile
from classifier.decisions import Decisions, with_decisions
from classifier.documents.archive import Unread
from classifier.documents.document import Document
from classifier.documents.read import STDIN, SUFFIXES, read_each
from classifier.errors import InputError
from classifier.own_outputs import is_own_output, said_of
from classifier.patterns import files_below, fitting, unopened_below
from classifier.report.items import Item, unread_document
from classifier.tables.names import are_scored, scored_text
from classifier.tables.sheet import sheet_tables

if TYPE_CHECKING:
    from classifier.report.document_facts import RowColumns


@dataclass(frozen=True)
class Found:
    """A file to read. `table`: it is a table by its name; `named`: by itself, not by its folder or a pattern."""

    path: str
    table: bool
    named: bool = True


def find(names: Sequence[str]) -> tuple[list[Found], list[str]]:
    """Return the files that names stand for, folders opened, and those in folders that are passed over.

    What this program wrote for people to read is passed over unless it is named itself.
    A name may be a pattern (材料/*.docx, **/*.txt). A file that two names stand for is there once. Of a folder both
    are taken, documents and tables. Raises InputError where no file fits a pattern, or a folder holds nothing to read.
    """
    found, over = _all(names)
    once = {one.path if one.path == STDIN else str(Path(one.path).resolve()): one for one in reversed(found)}
    return list(reversed(once.values())), over


def find_documents(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the same for what reads documents only: a folder's .csv and .tsv are read as such, other tables are not.

    Whatever is named itself is taken as often as it is named, and told by its content.
    """
    found, over = _all(names)
    seen = {Path(one.path).resolve() for one in found if one.named}
    taken: list[str] = []
    for one in found:
        if not one.named and one.table and not is_readable_table(one.path):
            over.append(one.path)
        elif one.named or Path(one.path).resolve() not in seen:
            seen.add(Path(one.path).resolve())
            taken.append(one.path)
    if not taken:
        raise InputError(f"{', '.join(names)}: holds no documents that can be read{said_of(map(Path, over))}")
    return taken, over


def _all(names: Sequence[str]) -> tuple[list[Found], list[str]]:
    found: list[Found] = []
    over: list[str] = []
    for name in names:
        for one in fitting(name):
            path = Path(one)
            if one != STDIN and path.is_dir():
                inside, others = _folder(path)
                found += inside
                over += others
            elif one != name and is_own_output(path):
                over.append(one)
            else:
                found.append(Found(one, one != STDIN and _is_table(path), named=one == name))
    return found, over


def is_readable_table(path: str) -> bool:
    """Tell whether a table can be read as a document as well: CSV and TSV, not packed."""
    return Path(path).suffix.lower() in {".csv", ".tsv"}


def _folder(folder: Path) -> tuple[list[Found], list[str]]:
    files = [path for path in files_below(folder) if not is_by_product(path.relative_to(folder))]
    formats = {path: kind for path in files if (kind := table_format(path))}
    over = [path for path in files if is_own_output(path) or _is_passed_over(path, formats.get(path))]
    found = [Found(str(path), _is_table(path), named=False) for path in files if path not in set(over)]
    if not found:
        raise InputError(f"{folder}: holds no tables and no documents that can be read{said_of(over)}")
    return found, [*map(str, over), *map(str, unopened_below(folder))]


def _is_table(path: Path) -> bool:
    """Tell whether a file is a table to be read as such: by its name, or a workbook that `classify score` wrote."""
    return table_format(path) is not None or (is_workbook_name(path) and _scored_headings(path) is not None)


def text_of(path: str, asked: str | None) -> str:
    """Return the column of a table's text: the one asked for, that which its headings or its checksums name, or text.

    Raises InputError where several may be it.
    """
    if asked is not None:
        return asked
    kind = input_format(Path(path))
    if is_workbook_name(Path(path)):
        names = _scored_headings(Path(path)) or ()
    else:
        names = TableFile(path, kind).columns().names if kind is Format.csv else ()
    place = scored_text(names)
    return names[place] if place is not None else find_source(path).with_text(None).text or "text"


def _scored_headings(path: Path) -> Sequence[str] | None:
    """Return the headings, hidden ones as well, of the first sheet with labels of `classify score`; None without."""
    try:
        for table in sheet_tables(path.read_bytes(), str(path), _scored, _scored):
            if table.headings is not None:
                return table.headings.names
    except (InputError, OSError):  # said when its turn comes to be read
        pass
    return None


def _scored(names: Sequence[str]) -> bool | None:
    return are_scored(names) or None


def _is_passed_over(path: Path, format_: Format | None) -> bool:
    if format_ is not None:
        return TableFile(str(path), format_).is_blank()
    return path.suffix.lower() not in SUFFIXES and not is_workbook_name(path)


def is_text_table(path: str) -> bool:
    """Tell whether a table can be read as a document and was not scored: what it says is its rows, each a paragraph."""
    if not is_readable_table(path):
        return False
    try:
        return not are_scored(TableFile(path, Format.csv).columns().names)
    except (InputError, OSError):  # said when it is read
        return True


def is_spreadsheet(path: str) -> bool:
    """Tell from its name whether a document is a table whose rows may say more than their text."""
    return is_readable_table(path) or is_workbook_name(Path(path))


def headings_of(paths: Iterable[str], text: str | None = None) -> list[str]:
    """Return the headings of the tables among documents whose columns say something of their rows.

    `text`: the column of their text, None for the one whose heading tells.
    """
    names: dict[str, None] = {}
    for one in read_each((path for path in paths if is_spreadsheet(path)), text):
        if isinstance(one, Document):
            names |= dict.fromkeys(name for block in one.blocks for name, _ in block.cells)
    return list(names)


def document_items(
    inputs: Iterable[str], model: Model, decisions: Decisions | None = None, rows: "RowColumns | None" = None
) -> Iterator[Item]:
    """Yield the paragraphs of documents, labelled; for a document that cannot be read, an item that says so.

    What people decided stands in place of the model's answers. Of an archive, each document is one of its own. `rows`:
    the columns that tell of the rows of tables, None for those that are told by their headings.
    """
    seen: dict[str, int] = {}
    for one in read_each(inputs, rows.text if rows is not None else None):
        if isinstance(one, Unread):
            yield unread_document(one.name, str(one.error))
            continue
        seen[one.name] = seen.get(one.name, 0) + 1
        name = one.name if seen[one.name] == 1 else f"{one.name} ({seen[one.name]})"
        yield from items_of(one, name, model, decisions, rows)


def items_of(
    document: Document, name: str, model: Model, decisions: Decisions | None = None, rows: "RowColumns | None" = None
) -> Iterator[Item]:
    """Yield a document's paragraphs, labelled and dated. Reasons are worked out where they are shown."""
    results = with_decisions(model.label_document(document, sentences=True), decisions)
    from classifier.report.document_facts import BY_HEADINGS, Facts  # noqa: PLC0415 - patterns `classify FILE` needs not

    told = Facts(document.name, [[one] for one in results], rows or BY_HEADINGS)
    for result in results:
        known = told.of(result)
        yield Item(name, result, known.date, known.facts, odd_date=known.odd_date, odd_name=known.odd_name)
