"""`classify label`: documents in, labelled paragraphs out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.label_book import Book, write_book
from classifier.cli.label_input import files_of, is_labelled_table, results_of
from classifier.cli.label_output import Format, check_sentences, chosen_format, write, write_report
from classifier.cli.output_format import begun, check_output, put
from classifier.cli.pages import LanguageOption, check_page, language_of
from classifier.cli.passed_over import say_corrections
from classifier.cli.say import say
from classifier.cli.shared import (
    DecisionsOption,
    IdsOption,
    ModelOnlyOption,
    PrecisionOption,
    Unit,
    decisions_for,
    similar_for,
)
from classifier.errors import InputError
from classifier.platforms import one_thread_each

if TYPE_CHECKING:
    from classifier.api import Result


HELP = """Label documents, paragraph by paragraph.

\b
    classify report.docx
    classify 材料/ "来稿/**/*.docx" -o labels.csv
    classify speech.txt notice.html -o labels.csv
    cat page.txt | classify - | jq .primary
    classify speech.txt --explain --only 营商环境
    classify speech.docx -o report.html
    classify speech.docx -o labelled.docx      labels in the margin, as comments
    classify *.docx -o check.xlsx              a table to correct; classify labels import takes the corrections
    classify speech.docx --unit sentence --only 民生 -o sentences.csv

Reads .txt and .md (UTF-8, UTF-16, GB18030, Big5), .rtf, .csv and .tsv; with the extra `documents` .docx, .docm, .dotx,
.dotm, .doc, .dot, .wps, .wpt, .odt, .ott, .fodt, .pdf, .ofd, .html, .htm, .xhtml, .shtml, .mht, .mhtml, .eml and
.epub; with `excel` .xlsx, .xlsm, .xls, .et and .ods; with `ocr` scans and pictures (.png, .jpg, .jpeg, .tif, .tiff,
.bmp); .zip archives of all these. What a file is, its content tells, not its name.
On a terminal the results are a table for the eye, which leaves out boilerplate (sources, credits, dates,
navigation) unless --all is given, as .xlsx does; otherwise JSON Lines with every paragraph.
Where a person decided on a paragraph (classify review, labels import, the web page), that decision stands in place of
the model's answer and is marked; --model-only shows the model alone.
"""


def label(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Documents, folders or patterns; - is standard input.")
    ],
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(
            help="table, jsonl, csv, xlsx, parquet, html, docx or md.",
            show_default="by the ending of --output, else table on a terminal, else jsonl",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add the words and topics that decided, and similar labelled paragraphs.")
    ] = False,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="JSON Lines: add what each sentence says, and the labels' shares.")
    ] = False,
    unit: Annotated[Unit, typer.Option(help="A row a paragraph or a row a sentence.")] = Unit.paragraph,
    all_: Annotated[bool, typer.Option("--all", help="Show boilerplate in the table (.xlsx, too).")] = False,
    only: Annotated[
        list[str] | None, typer.Option(metavar="LABEL", help="Only paragraphs with this label (id or name) or none.")
    ] = None,
    precision: PrecisionOption = None,
    text_column: Annotated[
        str | None, typer.Option(help="Tables: column of the text.", show_default="text, 文本, 正文, 内容 …")
    ] = None,
    ids: IdsOption = False,
    language: LanguageOption = None,
    labels: DecisionsOption = None,
    model_only: ModelOnlyOption = False,
    overwrite: OverwriteOption = False,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Label documents, paragraph by paragraph."""
    with one_thread_each():
        from classifier.api import load  # noqa: PLC0415 - numpy and more, which --help does not need
    from classifier.cli.label_names import wanted_labels  # noqa: PLC0415

    chosen = chosen_format(format, output)
    check_output(output, files, is_labelled_table)
    by_sentence = unit is Unit.sentence
    if chosen is Format.html:
        check_page(output)
        if only:
            raise typer.BadParameter("the page has filters of its own; leave it out", param_hint="--only")
    check_sentences(chosen, by_sentence=by_sentence, sentences=sentences, explain=explain)
    loaded = load(model, precision)
    for note in loaded.notes:
        say(note)
    check_kept_work(output, labels, loaded.taxonomy, overwrite=overwrite)
    files, own = files_of(files, output)
    say_corrections(own, labels, loaded.taxonomy, model_only=model_only)
    wanted = set(wanted_labels(only or [], loaded.taxonomy))
    failures: list[InputError] = []
    decisions = decisions_for(loaded.ids, labels, model_only=model_only)
    similar = similar_for(loaded, labels) if explain else None
    if chosen is Format.html:
        write_report(files, loaded, output, language, decisions, similar, text_column)
        return
    asked = sentences or by_sentence or chosen is Format.table  # whose closing shares go by sentences
    results_by_document = results_of(files, loaded, failures, decisions, similar, text_column, sentences=asked)
    results_by_document = begun(results_by_document, failures, output)
    if by_sentence:
        results_by_document = (_by_sentence(results) for results in results_by_document)

    def chosen_by_label(result: "Result") -> bool:
        return not wanted or bool(wanted & {*result.labels, result.primary})

    if chosen is Format.table:
        from classifier.cli.table import write_table  # noqa: PLC0415

        write_table(
            results_by_document,
            loaded,
            output,
            lambda result: chosen_by_label(result) and (all_ or result.kind != "boilerplate"),
        )
    else:
        kept = ([result for result in results if chosen_by_label(result)] for results in results_by_document)
        if chosen is Format.xlsx:
            how = Book(
                files,
                language_of(language),
                boilerplate=all_,
                explain=explain,
                by_sentence=by_sentence,
                failures=failures,
            )
            put(output, lambda stream: write_book(kept, loaded, stream, how))
        else:
            write(kept, chosen, output, loaded, by_sentence=by_sentence, decided=decisions is not None, ids=ids)
    if failures:
        raise typer.Exit(2)


def _by_sentence(results: list["Result"]) -> list["Result"]:
    return [sentence for result in results for sentence in result.by_sentence()]
