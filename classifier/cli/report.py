"""`classify report`: many labelled documents, or a scored table, as one page to read."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.output_format import check_output, format_of, say_kept
from classifier.cli.pages import LanguageOption, check_page, language_of, write_page
from classifier.cli.passed_over import say_corrections, say_other_kinds
from classifier.cli.report_counting import count, in_language, looks_for
from classifier.cli.say import say
from classifier.cli.shared import DecisionsOption, ModelOnlyOption, decisions_for
from classifier.platforms import one_thread_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classifier.report.figures_table import FigureTables
    from classifier.report.periods import Unit


HELP = """Write one page on many documents or on a scored table.

\b
    classify report 材料/ -o report.html
    classify report 材料/ --by folder --time year -o report.html --table figures.xlsx
    classify report "材料/**/*.docx" --by place --time year -o figures.xlsx
    classify report scored.parquet -o report.html --by place
    classify score posts.csv scored.csv --text-column 内容
    classify report scored.csv -o report.html --text-column 内容 --date 发布日期 --by 来源

INPUT: documents, patterns, folders of them, or what `classify score` or `classify FILE --format jsonl|csv` wrote
(.jsonl, .csv, .tsv, also .gz or .zst; .parquet; a folder of such parts). The page opens from disk, prints, and needs no
network: a table of the documents, change over time, places or sources side by side and by year, the words that tell
them apart, the most typical and the most uncertain paragraphs, the documents themselves, and those that could not be
read, with the reason. With -o x.xlsx or x.csv the figures are written as a table instead; --table writes both.

--by: a column of the table; of documents folder (文件夹: of those that differ, the topmost), place (地方: told from
name, title and folders), year (年), month (月) or day (日). Dates and places of rows come from --date or a column
called date, 日期, 年份, 地区 …, in workbooks as well; for documents from their name or text (2023年5月3日, 2023-05-03),
else from a folder called by a date alone (2023).
Intervals: documents drawn again, 2,000 times; none for fewer than eight documents.
Documents that hold the same text, whatever they are called, count once in all, and once in each place, folder or time
where one of them lies; that is said.
What people decided (--labels, else ./labels, else a folder of your own) stands in place of the model's answers and is
marked; --model-only shows the model alone.
"""


def report(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Documents, tables, folders or patterns.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file: .html, or .xlsx or .csv for the figures.")
    ] = None,
    table: Annotated[Path | None, typer.Option(help="Write the figures to this file, too: .xlsx or .csv.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    language: LanguageOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help="Compare by this column.", show_default="folder, else place; place, source, 来源 …"
        ),
    ] = None,
    time: Annotated[
        str | None,
        typer.Option(
            metavar="year|month|day",
            help="Count time by year (年), month (月) or day (日).",
            show_default="what fits the dates",
        ),
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
    count_repeated: Annotated[
        bool, typer.Option("--count-repeated", help="Count documents of the same text each, not once.")
    ] = False,
    labels: DecisionsOption = None,
    model_only: ModelOnlyOption = False,
    overwrite: OverwriteOption = False,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Write one page on many documents or on a scored table."""
    page, tables = _outputs(output, table)
    for written in (output, table):
        check_output(written, inputs)
    with one_thread_each():
        from classifier.api import load  # noqa: PLC0415 - heavy
    from classifier.report.figures import Asked, Figures  # noqa: PLC0415
    from classifier.report.figures_table import FigureTables  # noqa: PLC0415
    from classifier.report.inputs import opened  # noqa: PLC0415
    from classifier.report.scored_columns import Columns  # noqa: PLC0415
    from classifier.report.sources import find, is_spreadsheet  # noqa: PLC0415

    unit = None if time is None else _unit(time)
    found, over = find(inputs)
    named = {"--date": date, "--document": document, "--text-column": text_column, "--prefix": prefix}
    tables_there = any(one.table for one in found)
    dated = tables_there or any(is_spreadsheet(one.path) for one in found)
    for_rows = {"--date", "--text-column"}  # of a workbook that is read as a document, too
    if wrong := [
        option for option, value in named.items() if value and not (dated if option in for_rows else tables_there)
    ]:
        raise typer.BadParameter("is for tables: documents have no columns", param_hint=wrong[0])
    loaded = load(model)
    for written in (output, table):
        check_kept_work(written, labels, loaded.taxonomy, overwrite=overwrite)
    columns = Columns("", prefix, document, date, tuple(by or ()))
    chosen = opened(found, columns, loaded, text_column)
    own = say_other_kinds([*over, *chosen.passed_over])
    say_corrections(own, labels, loaded.taxonomy, model_only=model_only)
    looks = looks_for(chosen, loaded)
    spoken = language_of(language)
    asked = Asked(chosen.by, unit, words=bool(chosen.by or chosen.documents))
    counted = Figures(looks, paragraphs, asked)
    decisions = decisions_for(looks.taxonomy.ids, labels, model_only=model_only)
    count(counted, chosen, loaded, decisions, repeats=count_repeated)
    counted.unread = in_language(counted.unread, spoken)
    left_out = bool(counted.unread) or any(not row.noted for row in counted.errors)
    if not counted.documents and left_out:
        say_kept(output, table)
        raise typer.Exit(2)
    by_sentence = any(one.columns.sentence for one in chosen.tables) and not chosen.documents
    if tables is not None:
        _write_table(FigureTables(counted, looks, spoken.value, sentences=by_sentence), counted.columns, tables)
    if page:
        from classifier.report.build import Settings, page_of  # noqa: PLC0415 - an extra

        write_page(page_of(counted, looks, Settings(spoken.value, title, paragraphs, by_sentence)), output)
    if left_out:
        raise typer.Exit(2)


def _unit(time: str) -> "Unit":
    """Return the unit of time that a word names; raise BadParameter for another word."""
    from classifier.errors import InputError  # noqa: PLC0415
    from classifier.report.columns import unit_named  # noqa: PLC0415

    try:
        return unit_named(time)
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint="--time") from error


def _outputs(output: Path | None, table: Path | None) -> tuple[bool, Path | None]:
    """Return whether a page is written, and where the figures go; raise what stops either before any work is done."""
    endings = {".html": "html", ".htm": "html", ".xlsx": "xlsx", ".csv": "csv"}
    page = format_of(output, None, endings, "html") == "html"
    if page:
        check_page(output)
    if table is not None and format_of(table, None, {".xlsx": "xlsx", ".csv": "csv"}, None, "--table") is None:
        raise typer.BadParameter(f"{table}: end the name in .xlsx or .csv", param_hint="--table")
    if table is not None and not page:
        raise typer.BadParameter("goes with a page; -o names a table already", param_hint="--table")
    figures = table if page else output
    if figures is not None and not figures.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(figures))
    return page, figures


def _write_table(tables: "FigureTables", columns: "Sequence[str]", output: Path) -> None:
    from classifier.files import replacing  # noqa: PLC0415
    from classifier.report.figures_table import write_figures_book, write_figures_csv  # noqa: PLC0415

    with replacing(output) as part, part.open("wb") as stream:
        if output.suffix.lower() == ".xlsx":
            write_figures_book(tables, columns, stream)
        else:
            write_figures_csv(tables, stream)
    say(f"figures written to {output}")
