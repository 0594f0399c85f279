"""How `classify FILE` writes results: which format, what goes with it, and each but the table and the workbook."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from classifier.cli.output_format import format_of, put, say_kept
from classifier.cli.pages import PageLanguage, language_of, write_page
from classifier.cli.say import say
from classifier.i18n.language import language

if TYPE_CHECKING:
    from classifier.api import Model, Result
    from classifier.decisions import Decisions
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


def chosen_format(asked: Format | None, output: Path | None) -> Format:
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


def check_sentences(chosen: Format, *, by_sentence: bool, sentences: bool, explain: bool) -> None:
    """Raise BadParameter for options that do not go together."""
    whole = {Format.html, *_DOCUMENTS}  # which have no rows
    if by_sentence and chosen in whole:
        what = "page" if chosen is Format.html else "document"
        raise typer.BadParameter(f"the {what} goes by paragraphs; leave it out", param_hint="--unit")
    if sentences and chosen is not Format.jsonl:
        other = "--format jsonl" if chosen in whole else "--unit sentence"
        raise typer.BadParameter(f"{chosen} has no place for it; take {other}", param_hint="--sentences")
    if explain and chosen in _DOCUMENTS:
        raise typer.BadParameter(
            f"{chosen} has no place for reasons; write .xlsx, .html, .csv, .jsonl or .txt", param_hint="--explain"
        )
    if by_sentence and (sentences or explain):
        raise typer.BadParameter("goes with --unit paragraph", param_hint="--sentences" if sentences else "--explain")


def write(
    results_by_document: Iterator[list["Result"]],
    format_: Format,
    output: Path | None,
    model: "Model",
    *,
    by_sentence: bool,
    decided: bool,
    ids: bool,
) -> None:
    """Write labelled documents: as JSON Lines, CSV, Parquet, Word or Markdown.

    In CSV labels are called by their Chinese names where the command speaks Chinese, unless `ids` are asked for.
    """
    from classifier.cli.rows import csv_lines, json_lines  # noqa: PLC0415

    if format_ in _DOCUMENTS:
        _write_documents(list(results_by_document), format_, output, model)
        return
    if format_ is Format.parquet:
        from classifier.cli.parquet_rows import write_parquet  # noqa: PLC0415 - an extra

        put(output, lambda stream: write_parquet(results_by_document, model.ids, stream, decided=decided))
        return
    csv = format_ is Format.csv
    names = {label.id: label.zh for label in model.taxonomy.labels} if language() == "zh" and not ids else {}
    how = {"by_sentence": by_sentence, "decided": decided}
    lines = csv_lines(results_by_document, model.ids, names, **how) if csv else json_lines(results_by_document)
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


def write_report(
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
    else:
        say_kept(output)
    if unread:
        raise typer.Exit(2)
