"""`classify extract`: all that many documents say on a topic, with sources, as a file to work with."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.output_format import check_output, format_of, say_kept
from classifier.cli.pages import PageLanguage
from classifier.cli.passed_over import say_corrections, say_other_kinds
from classifier.cli.progress import pages_told
from classifier.cli.say import ROWS_NAMED, say, say_files, say_notes
from classifier.cli.shared import DecisionsOption, ModelOnlyOption, PrecisionOption, Unit, decisions_for
from classifier.platforms import one_thread_each

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.extract.gathering import Asked, Gatherer
    from classifier.extract.passage import Extract
    from classifier.extract.tables import Seen
    from classifier.report.sources import Found


class ExtractFormat(StrEnum):
    """How an extract is written."""

    docx = "docx"
    xlsx = "xlsx"
    html = "html"
    md = "md"
    csv = "csv"
    jsonl = "jsonl"


HELP = """Take together all that documents say on a topic, each passage with its source.

\b
    classify extract 材料/ --only 民生 -o 民生.docx
    classify extract 材料/ --only 民生,营商环境 -o 摘编.xlsx
    classify extract "材料/**/*.docx" --only 民生 --unit sentence --context -o 民生.html
    classify extract scored.csv --only 项目招引 -o 项目.md --precision 0.9

INPUT: documents, folders of them, patterns in quotation marks, archives, or tables: what `classify score` or
`classify FILE --format jsonl|csv` wrote, or a table of text that is still to be labelled (.jsonl, .csv, .tsv,
.parquet). The ending of the output names the format: .docx, .xlsx, .html, .md, .csv or .jsonl.

Passages stand by document and in order, each with its document (with the folder where names repeat), place and date
where they are known, the heading it stands under and the number of its paragraph. The same text in several documents
stands there once, with all its sources. What is uncertain is marked, and so is what a person decided (--labels, else
./labels, else a folder of your own), which counts whatever the model says; --model-only takes the model alone.
Documents that could not be read, and rows of tables that could not be labelled, are named at the end with the reason;
the exit code is 2 then.
"""


def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Documents, folders, patterns or tables.")],
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL", help="Topics (id or name), divided by commas; or none.", show_default="all topics"
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    unit: Annotated[Unit, typer.Option(help="Whole paragraphs, or the sentences that say it.")] = Unit.paragraph,
    context: Annotated[bool, typer.Option("--context", help="Add the sentence before and the one after.")] = False,
    format: Annotated[  # noqa: A002 - the option's name
        ExtractFormat | None, typer.Option(help="Format.", show_default="by the ending of --output, else md")
    ] = None,
    precision: PrecisionOption = None,
    text_column: Annotated[
        str | None, typer.Option(help="Tables: column of the paragraphs.", show_default="text, 文本, 正文, 内容 …")
    ] = None,
    language: Annotated[PageLanguage, typer.Option(help="Language of headings and notes.")] = PageLanguage.zh,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes to read with.", show_default="all cores")
    ] = None,
    labels: DecisionsOption = None,
    model_only: ModelOnlyOption = False,
    overwrite: OverwriteOption = False,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Take together all that documents say on a topic, each passage with its source."""
    chosen = format_of(output, format, {f".{one}": one for one in ExtractFormat}, ExtractFormat.md)
    check_output(output, inputs)
    if output is None and chosen in {ExtractFormat.docx, ExtractFormat.xlsx} and sys.stdout.isatty():
        raise typer.BadParameter(f"name a file for it, e.g. -o extract.{chosen}", param_hint="-o")
    with one_thread_each():
        from classifier.api import load  # noqa: PLC0415 - numpy and more, which --help does not need
    from classifier.cli.label_names import wanted_labels  # noqa: PLC0415
    from classifier.extract.formats import check  # noqa: PLC0415
    from classifier.extract.gathering import Asked, begun  # noqa: PLC0415
    from classifier.report.sources import find  # noqa: PLC0415

    check(chosen.value)
    loaded = load(model, precision)
    for note in loaded.notes:
        say(note)
    check_kept_work(output, labels, loaded.taxonomy, overwrite=overwrite)
    decisions = decisions_for(loaded.ids, labels, model_only=model_only)
    folder = decisions.folder if decisions is not None else None
    asked = Asked(wanted_labels(only or [], loaded.taxonomy), unit.value, context, folder, text_column)
    found, over = find(inputs)
    own = say_other_kinds(over)
    say_corrections(own, labels, loaded.taxonomy, model_only=model_only)
    gatherer = begun(loaded, asked)
    gatherer.extract.passed_over = over
    with pages_told():
        _gather(gatherer, found, loaded, asked, text_column, workers)
    done = gatherer.finished()
    _say_what_was_left_out(done)
    if done.documents or not done.unread or output is None:  # else what was written there before stays
        _write(done, chosen.value, output, language.value)
    else:
        say_kept(output)
    if done.unread:
        raise typer.Exit(2)


def _gather(
    gatherer: "Gatherer", inputs: "Sequence[Found]", model: "Model", asked: "Asked", text: str | None,
    workers: int | None,
) -> None:  # fmt: skip
    """Take what is wanted of documents and tables, in the order in which they were named (`in_reading_order`)."""
    from itertools import groupby  # noqa: PLC0415

    from classifier.extract.gathering import taken_of_files  # noqa: PLC0415
    from classifier.extract.tables import Seen  # noqa: PLC0415
    from classifier.report.reading_order import in_reading_order  # noqa: PLC0415

    seen = Seen() if len(inputs) > 1 and any(one.table for one in inputs) else None
    there: list[str] = []
    ordered = inputs if seen is None else in_reading_order(inputs, model.taxonomy, text, seen.corrections)
    for table, some in groupby(ordered, key=lambda one: one.table):
        if table:
            for one in some:
                _gather_table(gatherer, one, model, asked, text, seen, alone=len(inputs) == 1)
            continue
        paths = [one.path for one in some]
        fresh, held = (paths, []) if seen is None else seen.documents.texts.told_apart(paths)
        there += held
        for piece in taken_of_files(fresh, model, asked, workers):
            for taken in piece:
                gatherer.add(taken)
    say_files("not read again, being in a table already", there)


def _gather_table(
    gatherer: "Gatherer", table: "Found", model: "Model", asked: "Asked", text: str | None,
    seen: "Seen | None", *, alone: bool,
) -> None:  # fmt: skip
    """Take what is wanted of a table; one that cannot be read is named among what was not, unless it is all there is.

    One of a folder that has no column of texts is read as a document, as `classify FOLDER` does.
    """
    from classifier.errors import InputError  # noqa: PLC0415
    from classifier.extract.gathering import taken_of_files  # noqa: PLC0415
    from classifier.extract.passage import UnreadDocument  # noqa: PLC0415
    from classifier.extract.tables import taken_of_table  # noqa: PLC0415
    from classifier.report.scored_columns import Columns  # noqa: PLC0415
    from classifier.report.sources import is_text_table, text_of  # noqa: PLC0415

    begun = False
    try:
        for one in taken_of_table(Path(table.path), Columns(text_of(table.path, text)), model, asked, seen):
            begun = True
            gatherer.add(one)
    except InputError as error:
        if not begun and not table.named and is_text_table(table.path):
            for piece in taken_of_files([table.path], model, asked, 1):
                for one in piece:
                    gatherer.add(one)
        elif alone:
            raise
        else:
            gatherer.add(UnreadDocument(table.path, str(error)))


def _say_what_was_left_out(done: "Extract") -> None:
    for document in done.documents:
        say_notes(document.name, document.notes)
    for table in done.tables:
        say_notes(table.path, table.notes)
    rows = [one for one in done.unread if one.row]
    for unread in [*(one for one in done.unread if not one.row), *rows[:ROWS_NAMED]]:
        say(unread.reason)
    if len(rows) > ROWS_NAMED:
        say(f"… and {len(rows) - ROWS_NAMED:,} more rows left out")


def _write(done: "Extract", format_: str, output: Path | None, language: str) -> None:
    from classifier.extract.formats import WRITERS  # noqa: PLC0415
    from classifier.extract.words import Words  # noqa: PLC0415
    from classifier.i18n.sentences import translated  # noqa: PLC0415

    words = Words("zh" if language == "zh" else "en")
    if format_ != "jsonl":
        done.unread = [replace(one, reason=translated(one.reason, words.language)) for one in done.unread]
    if output is None:
        WRITERS[format_](done, words, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from classifier.files import replacing  # noqa: PLC0415

    with replacing(output) as part, part.open("wb") as stream:
        WRITERS[format_](done, words, stream)
    passages, quoted, read = len(done.passages), len(done.by_document()), len(done.documents)
    say(f"{passages:,} passages from {quoted:,} of {read:,} documents written to {output}")
