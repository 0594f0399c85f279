"""`classify topics`: what the model's topics are."""

import csv
import io
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Literal

import typer

from classifier.cli.output_format import format_of, put
from classifier.cli.pages import LanguageOption, check_page, language_of, write_page
from classifier.cli.shared import IdsOption

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.model.manifest import TopicFacts

_WORDS = 8  # of a topic, in the table
_ENGLISH, _CHINESE = ("topic", "share", "coherence", "words"), ("话题", "比例", "一致性", "词语")
_WORDS_AT = _ENGLISH.index("words")
_SUPPORTS = 0.1  # correlation from which a label is named beside a topic


class TopicFormat(StrEnum):
    """How topics are listed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"


HELP = """List the model's topics: leading words, share of the background corpus, labels that go with each.

\b
    classify topics
    classify topics -o topics.xlsx
    classify topics -o topics.html --against 20261124-4d8e02

A topic is a group of words that stand together in a large unlabelled corpus. `share`: part of its paragraphs that the
topic leads; `coherence`: how much the leading words keep together there (mean NPMI, -1 to 1); labels: the correlation
of the topic with each label on the paragraphs that the model was trained on. Ids stay when topics are learnt anew.
"""


def topics(
    format: Annotated[  # noqa: A002 - the option's name
        TopicFormat | None,
        typer.Option(
            help="table, jsonl, csv, xlsx or html.",
            show_default="by the ending of --output, else table on a terminal, else jsonl",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    against: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Show the change from this older model (html).")
    ] = None,
    ids: IdsOption = False,
    language: LanguageOption = None,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """List the model's topics."""
    from classifier.api import load  # noqa: PLC0415

    chosen = _chosen(format, output, against)
    loaded = load(model)
    rows = sorted(loaded.topics, key=lambda topic: -(topic.get("share") or 0))
    if chosen is TopicFormat.html:
        from classifier.report.build import topics_page  # noqa: PLC0415 - an extra

        old = None if against is None else load(against)
        write_page(topics_page(loaded, old, language_of(language).value), output)
    elif chosen is TopicFormat.table:
        _print_table(rows, loaded)
    else:
        chinese = not ids and language_of(language).value == "zh"
        put(output, lambda stream: _write(rows, loaded, chosen, stream, chinese=chinese))


def _chosen(asked: TopicFormat | None, output: Path | None, against: str | None) -> TopicFormat:
    """Return what to write; raise BadParameter or MissingExtraError before any work where it cannot be."""
    endings = {f".{one}": one for one in TopicFormat if one is not TopicFormat.table} | {".htm": TopicFormat.html}
    listed = TopicFormat.table if output is None and sys.stdout.isatty() else TopicFormat.jsonl
    chosen = format_of(output, asked, endings, listed)
    if chosen is TopicFormat.table and output is not None:
        raise typer.BadParameter("goes with a terminal; write .csv or .xlsx", param_hint="--format table")
    if chosen is not TopicFormat.html and against is not None:
        raise typer.BadParameter("goes with --format html", param_hint="--against")
    if chosen is TopicFormat.html:
        check_page(output)
    if chosen is TopicFormat.xlsx:
        from classifier.extract.formats import check  # noqa: PLC0415

        check(chosen.value)
        if output is None and sys.stdout.isatty():
            raise typer.BadParameter("name a file for it, e.g. -o topics.xlsx", param_hint="-o")
    return chosen


def _write(rows: "list[TopicFacts]", model: "Model", format_: TopicFormat, stream: IO[bytes], *, chinese: bool) -> None:
    """Write topics as JSON Lines, CSV or a workbook; `chinese`: tables with Chinese headings and names of labels."""
    if format_ is TopicFormat.jsonl:
        import orjson  # noqa: PLC0415

        stream.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
        return
    names = [label.zh if chinese else label.id for label in model.taxonomy.labels]
    headings = [*(_CHINESE if chinese else _ENGLISH), *names]
    cells = [_cells(row, model.ids) for row in rows]
    if format_ is TopicFormat.csv:
        stream.write(_csv([headings, *cells]).encode("utf-8-sig"))
        return
    from classifier.tables.xlsx_writer import SheetColumn, SheetRows, write_workbook  # noqa: PLC0415

    columns = [
        SheetColumn(name, 60 if place == _WORDS_AT else 12, "text" if place in {0, _WORDS_AT} else "probability")
        for place, name in enumerate(headings)
    ]
    write_workbook([SheetRows("话题" if chinese else "topics", columns, cells, freeze=1)], stream)


def _print_table(rows: "list[TopicFacts]", model: "Model") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    from classifier.i18n.language import spoken  # noqa: PLC0415

    table = Table(pad_edge=False)
    table.add_column(spoken("topic", "话题"), no_wrap=True)
    table.add_column(spoken("share", "比例"), justify="right", no_wrap=True)
    table.add_column(spoken("coherence", "一致性"), justify="right")
    table.add_column(spoken("words", "词语"))
    table.add_column(spoken("labels", "标签"))
    for row in rows:
        words = " ".join(row["words"][:_WORDS])
        table.add_row(
            row["id"], _figure(row, "share", ".1%"), _figure(row, "coherence", ".2f"), words, _named(row, model)
        )
    console = Console(highlight=False)
    console.print(table)
    console.print(f"[dim]{spoken(f'{len(rows)} topics of model', f'{len(rows)} 个话题，模型')} {model.version}[/]")


def _cells(row: "TopicFacts", ids: Sequence[str]) -> list[str | float | None]:
    supported = [row.get("labels", {}).get(label) for label in ids]
    return [row["id"], row.get("share"), row.get("coherence"), " ".join(row["words"]), *supported]


def _csv(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def _named(row: "TopicFacts", model: "Model") -> str:
    near = sorted(row.get("labels", {}).items(), key=lambda item: -item[1])
    return ", ".join(f"{model.taxonomy.find(label).zh} {value:+.2f}" for label, value in near if value >= _SUPPORTS)


def _figure(row: "TopicFacts", key: Literal["share", "coherence"], form: str) -> str:
    value = row.get(key)
    return "-" if value is None else f"{value:{form}}"
