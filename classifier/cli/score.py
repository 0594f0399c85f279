"""`classify score`: a table of text in, the same table with labels out."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.passed_over import say_corrections, say_other_kinds
from classifier.cli.say import say, say_files
from classifier.cli.score_input import STDIO, check_sheet, source_of
from classifier.cli.score_output import (
    TableFormat,
    check_not_read,
    check_sentences,
    say_how_to_correct,
    settings_of,
    shown_name,
    to_correct,
    with_book,
)
from classifier.cli.shared import IdsOption, PrecisionOption, Unit, decisions_for
from classifier.i18n.language import spoken
from classifier.platforms import one_thread_each

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.bulk.settings import Settings
    from classifier.bulk.source import Source


class Engine(StrEnum):
    """What a table is scored by."""

    local = "local"
    spark = "spark"


HELP = """Score a table of paragraphs: millions of rows, in order, resumable.

\b
    classify score paragraphs.parquet labelled.parquet
    classify score posts.csv.gz labelled.csv --text-column 内容
    classify score 工单.xlsx labelled.xlsx      the same workbook, labels beside the rows
    classify score 工单.xlsx labelled.csv --text-column 内容 --sheet 2月
    classify score folder-of-documents/ labelled.csv
    classify score "材料/**/*.docx" labelled.csv
    zcat posts.jsonl.gz | classify score - - > labelled.jsonl
    classify score posts.parquet sentences.parquet --unit sentence
    classify score big/ labelled/ --format parquet --resume

INPUT: a .jsonl, .ndjson, .csv, .tsv, .parquet or .pq file (the text formats also .gz or .zst), .json, a workbook
(.xlsx, .xlsm, .xls, .et, .ods), a folder of such files (year=2024/… becomes a column), a document, a folder of
documents, a quoted pattern that fits several files, or - for standard input. Documents are .docx, .docm, .dotx, .dotm,
.doc, .dot, .wps, .wpt, .rtf, .odt, .ott, .fodt, .pdf, .ofd, .html, .htm, .xhtml, .shtml, .mht, .mhtml, .eml, .epub,
.md, .txt, .zip archives of these and, with the extra `ocr`, pictures (.png, .jpg, .jpeg, .tif, .tiff, .bmp); in a
folder of documents, workbooks are some as well.
OUTPUT: a .jsonl, .csv, .parquet or .xlsx file (also .jsonl.gz, .csv.zst …), a folder of parts (a name without an
ending), or - for standard output. Of an .xlsx INPUT an .xlsx OUTPUT keeps all sheets, formats, formulas and hidden
columns; of other tables it is a new workbook.

All columns stay as they are; added are labels, primary, uncertain, a probability a label, error and model, and where
rows of several sheets become one table, sheet. A row that cannot be scored has no label and says why under error.
With --labels, what people decided in that folder stands in place of the model's answers; a column decided says who
and when.
An .xlsx OUTPUT (a .csv one with --correctable) is a table to correct: change cells under labels, or tick a row as read
under checked, and classify labels import OUTPUT takes these rows, and only these, as decisions of a person.
A run that was stopped, killed even, goes on with --resume.
With --unit sentence each row stands once for each sentence of its text, with start and end (characters of the row's
text, that is Unicode code points, from 0; text[start:end] in Python), the sentence, and the sentence's own labels; a
row that cannot be scored stands there once. Documents have a start and an end already, the paragraph's: there the
sentence's are called sentence_start and sentence_end.
"""


def score(
    input_: Annotated[str, typer.Argument(metavar="INPUT", help="Table, folder, or - for standard input.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="File, folder, or - for standard output.")],
    text_column: Annotated[
        str | None,
        typer.Option(
            help="Column that holds the paragraphs.", show_default="text, 文本, 正文, 内容 …, the only one there"
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes to score with.", show_default="all cores")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output that is there.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first row that cannot be scored.")] = False,
    format: Annotated[  # noqa: A002 - the option's name
        TableFormat | None, typer.Option(help="Format of the output.", show_default="by its name, else the input's")
    ] = None,
    input_format: Annotated[
        TableFormat | None, typer.Option(help="Format of the input.", show_default="by its name or beginning")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook to score.", show_default="all that have the text column")
    ] = None,
    rows_per_part: Annotated[int, typer.Option(min=1, help="Rows of a part, in a folder of parts.")] = 100_000,
    prefix: Annotated[str, typer.Option(help="Put in front of the names of the added columns.")] = "",
    unit: Annotated[Unit, typer.Option(help="A row for each row of the input, or a row a sentence.")] = Unit.paragraph,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="JSON Lines: add what each sentence says, and the labels' shares.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="local: this machine; spark: a Spark cluster.")] = Engine.local,
    master: Annotated[str | None, typer.Option(metavar="URL", help="Spark master.", show_default="Spark's own")] = None,
    correctable: Annotated[
        bool | None,
        typer.Option(
            "--correctable/--no-correctable",
            help="Add columns by which labels import tells what you corrected.",
            show_default="yes for .xlsx; .csv takes it, too",
        ),
    ] = None,
    ids: IdsOption = False,
    precision: PrecisionOption = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            help="Labels folder: what people decided there stands in place of the model's answers.",
            show_default="the model's answers alone",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Score a table of paragraphs."""
    with one_thread_each():
        from classifier.api import load  # noqa: PLC0415 - numpy and more, which --help does not need
    from classifier.bulk.settings import Format  # noqa: PLC0415
    from classifier.bulk.settings import Unit as RowUnit  # noqa: PLC0415

    loaded = load(model, precision)
    for note in loaded.notes:
        say(note)
    known = None if input_format is None else Format(input_format.value)
    if engine is Engine.spark:
        from classifier.cli.score_spark import SparkRun, score_on_spark  # noqa: PLC0415

        if resume or strict or workers or sentences or sheet or correctable:
            raise typer.BadParameter(
                "--resume, --strict, --workers, --sentences, --sheet and --correctable are for the local engine",
                param_hint="--engine",
            )
        check_not_read(Path(output), [Path(input_)])
        found = decisions_for(loaded.ids, labels, model_only=False) if labels is not None else None
        run = SparkRun(
            input_, output, text_column, prefix, format, input_format, overwrite, master, unit,
            None if found is None else found.folder,
        )  # fmt: skip
        score_on_spark(run, loaded)
        return
    if master is not None:
        raise typer.BadParameter("is for --engine spark", param_hint="--master")
    if STDIO in {input_, output} and resume:
        raise typer.BadParameter("standard input and output cannot be gone on with; name files", param_hint="--resume")
    decisions = decisions_for(loaded.ids, labels, model_only=False) if labels is not None else None
    with source_of(input_, known) as source:
        own = say_other_kinds(source.passed_over)
        say_corrections(own, labels, loaded.taxonomy, model_only=labels is None)
        say_files("passed over, being empty", source.blank, 5)
        check_sheet(source, sheet)
        source = replace(source, sheet=sheet).with_text(text_column)  # noqa: PLW2901 - the same, with its column known
        settings = replace(
            settings_of(output, source, format, prefix, strict, rows_per_part),
            unit=RowUnit(unit),
            sentences=sentences,
            decisions=str(decisions.folder) if decisions is not None else "",
            decided_by_then=decisions.state if decisions is not None else "",
        )
        check_sentences(settings)
        settings = to_correct(settings, correctable, loaded.taxonomy, ids=ids)
        settings = with_book(settings, source)
        with _nothing_scored_is_told(source):
            _run(source, output, loaded, settings, workers or os.cpu_count() or 1, resume, overwrite)


@contextmanager
def _nothing_scored_is_told(source: "Source") -> Iterator[None]:
    """Say so where nothing could be scored and the output stays; leave as where a document could not be read."""
    from classifier.bulk.local import NothingScoredError  # noqa: PLC0415

    try:
        yield
    except NothingScoredError as nothing:
        if source.format is not None:
            raise
        say(str(nothing))
        raise typer.Exit(2) from nothing


def _run(
    source: "Source", output: str, model: "Model", settings: "Settings", workers: int, resume: bool, overwrite: bool
) -> None:
    from classifier.bulk.local import Run, score_to_stream  # noqa: PLC0415
    from classifier.bulk.local import score as run  # noqa: PLC0415
    from classifier.cli.score_progress import ProgressLine, summary  # noqa: PLC0415

    progress, start = ProgressLine(), time.monotonic()
    how = Run(workers, resume, overwrite, progress)
    try:
        if output == STDIO:
            counts = score_to_stream(source, sys.stdout.buffer, model, settings, how)
        else:
            counts = run(source, Path(output), model, settings, how)
    except KeyboardInterrupt:
        progress.close()
        say("stopped" + ("" if output == STDIO else "; go on with --resume"))
        raise typer.Exit(130) from None
    finally:
        progress.close()
    if not counts and resume:
        say(f"{output} is there already, whole; there is nothing to go on with")
        return
    for file, notes in source.notes.items():
        for note in notes:
            say(f"{file}: {note}")
    names = [(label.id, spoken(label.name, label.zh)) for label in model.taxonomy.labels]
    for line in summary(counts, names, time.monotonic() - start, shown_name("error", settings)):
        say(line)
    if output != STDIO:
        say(f"written to {output}")
        if settings.correctable:
            say_how_to_correct(output, settings)
    if source.format is None and counts.get("errors"):  # documents; bad rows of a table stop nothing, unless --strict
        raise typer.Exit(2)
