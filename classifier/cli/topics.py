"""`classify topics`: what the model's topics are."""

import csv
import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from classifier.cli.pages import LanguageOption, check_page, language_of, write_page

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.model.manifest import TopicFacts

_WORDS = 8  # of a topic, in the table
_SUPPORTS = 0.1  # correlation from which a label is named beside a topic


class TopicFormat(StrEnum):
    """How topics are listed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


HELP = """List the model's topics: leading words, share of the background corpus, labels that go with each.

\b
    classify topics
    classify topics --format csv > topics.csv
    classify topics --format html -o topics.html --against 20261124-4d8e02

A topic is a group of words that stand together in a large unlabelled corpus. `share`: part of its paragraphs that the
topic leads; `coherence`: how much the leading words keep together there (mean NPMI, -1 to 1); labels: the correlation
of the topic with each label on the paragraphs that the model was trained on. Ids stay when topics are learnt anew.
"""


def topics(
    format: Annotated[  # noqa: A002 - the option's name
        TopicFormat | None,
        typer.Option(help="table, jsonl, csv or html.", show_default="table on a terminal, else jsonl"),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the page to this file (html).")] = None,
    against: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Show the change from this older model (html).")
    ] = None,
    language: LanguageOption = None,
    model: Annotated[str | None, typer.Option(help="Model to use: a version or a folder.")] = None,
) -> None:
    """List the model's topics."""
    from classifier.api import load  # noqa: PLC0415

    chosen = format or (TopicFormat.table if sys.stdout.isatty() else TopicFormat.jsonl)
    if chosen is not TopicFormat.html and (output is not None or against is not None):
        raise typer.BadParameter("goes with --format html", param_hint="--output, --against")
    if chosen is TopicFormat.html:
        check_page(output)
    loaded = load(model)
    rows = sorted(loaded.topics, key=lambda topic: -(topic.get("share") or 0))
    if chosen is TopicFormat.html:
        from classifier.report.build import topics_page  # noqa: PLC0415 - an extra

        old = None if against is None else load(against)
        write_page(topics_page(loaded, old, language_of(language).value), output)
    elif chosen is TopicFormat.table:
        _print_table(rows, loaded)
    elif chosen is TopicFormat.jsonl:
        import orjson  # noqa: PLC0415

        for row in rows:
            sys.stdout.buffer.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    else:
        sys.stdout.buffer.write(_csv(rows, loaded).encode("utf-8-sig"))


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


def _csv(rows: "list[TopicFacts]", model: "Model") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["topic", "share", "coherence", "words", *model.ids])
    for row in rows:
        supported = [row.get("labels", {}).get(label) for label in model.ids]
        writer.writerow([row["id"], row.get("share"), row.get("coherence"), " ".join(row["words"]), *supported])
    return stream.getvalue()


def _named(row: "TopicFacts", model: "Model") -> str:
    near = sorted(row.get("labels", {}).items(), key=lambda item: -item[1])
    return ", ".join(f"{model.taxonomy.find(label).zh} {value:+.2f}" for label, value in near if value >= _SUPPORTS)


def _figure(row: "TopicFacts", key: Literal["share", "coherence"], form: str) -> str:
    value = row.get(key)
    return "-" if value is None else f"{value:{form}}"
