"""`classify label`: documents in, labelled paragraphs out."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.kept_work import OverwriteOption, check_kept_work
from classifier.cli.label_book import Book, write_book
from classifier.cli.output_format import check_output, format_of, put
from classifier.cli.pages import LanguageOption, PageLanguage, check_page, language_of, write_page
from classifier.cli.progress import pages_told
from classifier.cli.say import say, say_files, say_notes, say_other_kinds
from classifier.cli.shared import (
    DecisionsOption,
    ModelOnlyOption,
    PrecisionOption,
    Unit,
    decisions_for,
    similar_for,
)
from classifier.errors import ClassifierError, InputError, LabelError
from classifier.platforms import one_thread_each

if TYPE_CHECKING:
    from classifier.api import Model, Result
    from classifier.labelling.decided import Decisions
    from classifier.similar import LabelledParagraphs


class Format(StrEnum):
    """How results are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    html = "html"
    docx = "docx"
    md = "md"


_ENDINGS = {f".{ending}": ending for ending in Format if ending is not Format.table} | {
    ".htm": Format.html,
    ".txt": Format.table,
}
_FILES = {Format.docx, Format.xlsx, Format.parquet}  # no terminal shows them
_DOCUMENTS = {Format.docx, Format.md}  # written as documents, with what is said beside the paragraphs

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
    language: LanguageOption = None,
    labels: DecisionsOption = None,
    model_only: ModelOnlyOption = False,
    overwrite: OverwriteOption = False,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """Label documents, paragraph by paragraph."""
    with one_thread_each():
        from classifier.api import load  # noqa: PLC0415 - numpy and more, which --help does not need

    chosen = _format(format, output)
    check_output(output, files, _is_labelled_table)
    by_sentence = unit is Unit.sentence
    if chosen is Format.html:
        check_page(output)
        if only:
            raise typer.BadParameter("the page has filters of its own; leave it out", param_hint="--only")
    _check_sentences(chosen, by_sentence=by_sentence, sentences=sentences, explain=explain)
    loaded = load(model, precision)
    for note in loaded.notes:
        say(note)
    check_kept_work(output, labels, loaded.taxonomy, overwrite=overwrite)
    files = _files(files, output)
    wanted = _wanted(only or [], loaded)
    failures: list[InputError] = []
    decisions = decisions_for(loaded.ids, labels, model_only=model_only)
    similar = similar_for(loaded, labels) if explain else None
    if chosen is Format.html:
        _write_page(files, loaded, output, language, decisions, similar, text_column)
        return
    asked = sentences or by_sentence or chosen is Format.table  # whose closing shares go by sentences
    results_by_document = _results(files, loaded, failures, decisions, similar, text_column, sentences=asked)
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
            how = Book(files, language_of(language), boilerplate=all_, explain=explain, by_sentence=by_sentence)
            put(output, lambda stream: write_book(kept, loaded, stream, how))
        else:
            _write(kept, chosen, output, loaded, by_sentence=by_sentence, decided=decisions is not None)
    if failures:
        raise typer.Exit(2)


def _files(names: list[str], output: Path | None) -> list[str]:
    """Return the documents that names stand for: folders opened, patterns filled in.

    The output is none of them, nor are tables that an earlier run wrote.
    """
    if all(Path(name).is_file() for name in names):
        return names  # whatever is named itself is taken, and told by its content

    from classifier.report.sources import find_documents  # noqa: PLC0415 - brings what reads tables

    files, over = find_documents(names)
    say_other_kinds(over)
    there = output if output is not None and output.is_file() else None
    written = [
        file
        for file in files
        if file not in names and ((there and there.samefile(file)) or _is_labelled_table(Path(file)))
    ]
    say_files("passed over, being an output of classify", written)
    if len(written) == len(files):
        raise InputError(f"{', '.join(names)}: holds no documents that can be read")
    return [file for file in files if file not in written]


def _is_labelled_table(path: Path) -> bool:
    """Tell whether a file is a table that this command wrote, by its headings."""
    from classifier.bulk.find_source import input_format  # noqa: PLC0415 - brings what reads tables
    from classifier.bulk.settings import Format as TableFormat  # noqa: PLC0415
    from classifier.bulk.table_file import TableFile  # noqa: PLC0415
    from classifier.labelling.exchange.correction_columns import is_to_correct  # noqa: PLC0415

    format_ = input_format(path)
    if format_ is None:
        return False
    table = TableFile(str(path), format_)
    try:
        names = set(table.first_keys() if format_ is TableFormat.jsonl else table.columns().names)
    except ClassifierError:
        return False
    return {"file", "index", "start", "end", "kind", "labels", "uncertain"} <= names or is_to_correct(names)


def _check_sentences(chosen: Format, *, by_sentence: bool, sentences: bool, explain: bool) -> None:
    """Raise BadParameter for options that do not go together."""
    if by_sentence and chosen in {Format.html, *_DOCUMENTS}:
        raise typer.BadParameter("the page goes by paragraphs; leave it out", param_hint="--unit")
    if sentences and chosen is not Format.jsonl:
        other = "--unit sentence" if chosen in {Format.csv, Format.table} else "--format jsonl"
        raise typer.BadParameter(f"{chosen} has no place for it; take {other}", param_hint="--sentences")
    if explain and chosen in _DOCUMENTS:
        raise typer.BadParameter(
            f"{chosen} has no place for reasons; write .xlsx, .html, .csv, .jsonl or .txt", param_hint="--explain"
        )
    if by_sentence and (sentences or explain):
        raise typer.BadParameter("goes with --unit paragraph", param_hint="--sentences" if sentences else "--explain")


def _format(asked: Format | None, output: Path | None) -> Format:
    """Return what to write; raise BadParameter or MissingExtraError before any work where it cannot be."""
    found = format_of(output, asked, _ENDINGS, Format.table if _on_terminal(output) else Format.jsonl)
    if found in _FILES:
        if _on_terminal(output):
            raise typer.BadParameter(f"name a file for it, e.g. -o labelled.{found}", param_hint="-o")
        if found is Format.parquet:
            from classifier.bulk.compression import require_pyarrow  # noqa: PLC0415

            require_pyarrow("Parquet")
        else:
            from classifier.extract.formats import check  # noqa: PLC0415

            check(found.value)
    return found


def _on_terminal(output: Path | None) -> bool:
    return output is None and sys.stdout.isatty()


def _write(
    results_by_document: Iterator[list["Result"]],
    format_: Format,
    output: Path | None,
    model: "Model",
    *,
    by_sentence: bool,
    decided: bool,
) -> None:
    """Write labelled documents: as JSON Lines, CSV, Parquet, Word or Markdown."""
    from classifier.cli.rows import csv_lines, json_lines  # noqa: PLC0415

    if format_ in _DOCUMENTS:
        _write_documents(list(results_by_document), format_, output, model)
        return
    if format_ is Format.parquet:
        from classifier.cli.parquet_rows import write_parquet  # noqa: PLC0415 - an extra

        put(output, lambda stream: write_parquet(results_by_document, model.ids, stream, decided=decided))
        return
    csv = format_ is Format.csv
    how = {"by_sentence": by_sentence, "decided": decided}
    lines = csv_lines(results_by_document, model.ids, **how) if csv else json_lines(results_by_document)
    put(output, lambda stream: stream.writelines(lines))


def _write_documents(
    results_by_document: "list[list[Result]]", format_: Format, output: Path | None, model: "Model"
) -> None:
    """Write labelled documents as Word or Markdown, one after another."""
    from classifier.extract.labelled import LabelWords, write_labelled_markdown  # noqa: PLC0415
    from classifier.extract.word.labelled import write_labelled_word  # noqa: PLC0415

    words = LabelWords(model.taxonomy, model.in_doubt)
    write = write_labelled_word if format_ is Format.docx else write_labelled_markdown
    put(output, lambda stream: write(results_by_document, words, stream))


def _by_sentence(results: list["Result"]) -> list["Result"]:
    return [sentence for result in results for sentence in result.by_sentence()]


def _write_page(
    files: list[str],
    model: "Model",
    output: Path | None,
    language: PageLanguage | None,
    decisions: "Decisions | None",
    similar: "LabelledParagraphs | None",
    text_column: str | None,
) -> None:
    """Write the documents as a page, which shows reasons in any case; none where not one could be read.

    `similar`: what to look for similar paragraphs in, None to leave them out.
    """
    from classifier.report.build import Settings, report_page  # noqa: PLC0415 - an extra
    from classifier.report.document_facts import RowColumns  # noqa: PLC0415
    from classifier.report.items import looks_of  # noqa: PLC0415
    from classifier.report.sources import document_items  # noqa: PLC0415
    from classifier.similar import with_similar  # noqa: PLC0415

    items = [
        one if one.unread else replace(one, result=with_similar([one.result], similar)[0])
        for one in document_items(files, model, decisions, RowColumns(text=text_column))
    ]
    unread = [item for item in items if item.unread]
    for one in unread:
        say(one.error or "")
    if len(unread) < len(items):
        write_page(report_page(items, looks_of(model), Settings(language_of(language).value)), output)
    if unread:
        raise typer.Exit(2)


def _results(
    files: list[str], model: "Model", failures: list[InputError], decisions: "Decisions | None",
    similar: "LabelledParagraphs | None", text_column: str | None, *, sentences: bool,
) -> Iterator[list["Result"]]:  # fmt: skip
    """Yield each document's results; a document that cannot be read is reported and passed over.

    `similar`: what to look for similar paragraphs in; None for results without reasons.
    """
    from classifier.decisions import with_decisions  # noqa: PLC0415
    from classifier.documents.read import read_readable  # noqa: PLC0415
    from classifier.similar import with_similar  # noqa: PLC0415

    with pages_told():
        for document in read_readable(files, _failing(failures), text_column):
            say_notes(document.name, document.notes)
            results = model.label_document(document, explain=similar is not None, sentences=sentences)
            yield with_similar(with_decisions(results, decisions), similar)


def _failing(failures: list[InputError]) -> Callable[[InputError], None]:
    """Return what notes and says that a document cannot be read."""

    def failed(error: InputError) -> None:
        failures.append(error)
        say(str(error))

    return failed


def _wanted(only: list[str], model: "Model") -> set[str]:
    try:
        return {"none" if name == "none" else model.taxonomy.find(name).id for name in only}
    except LabelError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from error
