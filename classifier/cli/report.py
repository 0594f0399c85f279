"""`classify report`: many labelled documents, or a scored table, as one page to read."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.pages import LanguageOption, check_page, language_of, write_page
from classifier.cli.say import say
from classifier.cli.shared import DecisionsOption, ModelOnlyOption, decisions_for

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.errors import InputError
    from classifier.report.items import Item, Looks
    from classifier.report.scored import Columns, Table
    from classifier.report.sources import Found

_NAMED = 3  # files passed over that are named

HELP = """Write one page on many documents or on a scored table.

\b
    classify report speeches/ -o report.html
    classify report scored.parquet -o report.html --by place
    classify score posts.csv scored.csv --text-column 内容
    classify report scored.csv -o report.html --text-column 内容 --date 发布日期 --by 来源

INPUT: documents, a folder of them, or what `classify score` or `classify FILE --format jsonl|csv` wrote (.jsonl, .csv,
.tsv, also .gz or .zst; .parquet; a folder of such parts). The page opens from disk, prints, and needs no network: a
table of the documents, change over time, places or sources side by side (sub-folders where the input is a folder),
the most typical and the most uncertain paragraphs, and the documents themselves.

What people decided (--labels, else ./labels, else a folder of your own) stands in place of the model's answers and is
marked; --model-only shows the model alone.
Dates come from --date or a column called date, 日期 …; for documents from their name or
text (2023年5月3日, 2023-05-03).
"""


def report(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Documents, tables or folders.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    language: LanguageOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Compare by this column.", show_default="place, source, 地区, 来源 …"),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column with dates.", show_default="date, 日期, year …")
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Column that names documents.", show_default="file, doc, title, 标题 …"),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(help="Column that holds the paragraphs.", show_default="text, 文本, 正文, 内容 …")
    ] = None,
    prefix: Annotated[str, typer.Option(help="What stands before the names of the columns that scoring added.")] = "",
    paragraphs: Annotated[int, typer.Option(min=0, help="Show the paragraphs themselves up to so many.")] = 5000,
    labels: DecisionsOption = None,
    model_only: ModelOnlyOption = False,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Write one page on many documents or on a scored table."""
    check_page(output)
    from classifier.report.build import Settings, report_page  # noqa: PLC0415 - heavy, and an extra
    from classifier.report.items import decided_items  # noqa: PLC0415
    from classifier.report.scored import Columns  # noqa: PLC0415
    from classifier.report.sources import find  # noqa: PLC0415

    found, over = find(inputs)
    if over:
        more = f" and {len(over) - _NAMED:,} more" if len(over) > _NAMED else ""
        say(f"passed over, being of another kind: {', '.join(over[:_NAMED])}{more}")
    failures: list[InputError] = []
    if any(one.table for one in found):
        columns = Columns(_text_column(found, text_column), prefix, document, date, tuple(by or ()))
        items, looks = _of_tables(found, columns, model)
    else:
        items, looks = _of_documents(found, model, failures)
    items = decided_items(items, decisions_for(looks.taxonomy.ids, labels, model_only=model_only))
    page = report_page(items, looks, Settings(language_of(language).value, title, paragraphs))
    if len(failures) == len(found):
        raise typer.Exit(2)
    write_page(page, output)
    if failures:
        raise typer.Exit(2)


def _text_column(found: "list[Found]", wanted: str | None) -> str:
    from classifier.bulk.find_source import find_source  # noqa: PLC0415

    if wanted is not None:
        return wanted
    first = next(one.path for one in found if one.table)
    return find_source(first).with_text(None).text or "text"


def _of_documents(
    found: "list[Found]", model: str | None, failures: "list[InputError]"
) -> "tuple[Iterator[Item], Looks]":
    from classifier.api import load  # noqa: PLC0415
    from classifier.report.items import looks_of  # noqa: PLC0415
    from classifier.report.sources import document_items  # noqa: PLC0415

    def failed(error: "InputError") -> None:
        failures.append(error)
        say(str(error))

    loaded = load(model)
    return document_items(found, loaded, failed), looks_of(loaded)


def _of_tables(found: "list[Found]", columns: "Columns", model: str | None) -> "tuple[Iterator[Item], Looks]":
    from classifier.api import load  # noqa: PLC0415
    from classifier.errors import InputError  # noqa: PLC0415
    from classifier.report.items import looks_of, looks_without_model  # noqa: PLC0415
    from classifier.report.scored import open_table  # noqa: PLC0415

    if documents := [one.path for one in found if not one.table]:
        raise InputError(f"{documents[0]}: is a document, others are tables; report on them apart")
    loaded = load(model)
    tables = [open_table(Path(one.path), columns, loaded.taxonomy) for one in found]
    for table in tables:
        if table.labels != tables[0].labels:
            raise InputError(f"{table.path}: its labels are not those of {tables[0].path}; report on them apart")
    own = _model_of(tables[0], loaded)
    if own is not None:
        looks = looks_of(own)
    else:
        say(f"the model {tables[0].model or 'that labelled these'} is not here: the words that decided cannot be shown")
        looks = looks_without_model(tables[0].taxonomy(loaded.taxonomy), tables[0].model)
    return chain.from_iterable(table.items() for table in tables), looks


def _model_of(table: "Table", loaded: "Model") -> "Model | None":
    """Return the model that scored a table where it is at hand: by its version, never by a path that a table names."""
    from classifier import places  # noqa: PLC0415
    from classifier.api import load  # noqa: PLC0415
    from classifier.errors import ModelError  # noqa: PLC0415
    from classifier.model.store import versions  # noqa: PLC0415

    if table.model == loaded.version:
        return loaded if table.labels == loaded.ids else None
    folder = next((folder for folder in places.model_folders() if table.model in versions(folder)), None)
    if folder is None:
        return None
    try:
        own = load(str(folder / table.model))
    except ModelError:
        return None
    return own if own.ids == table.labels else None
