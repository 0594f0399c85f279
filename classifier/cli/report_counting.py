"""The paragraphs of a report counted, and said what of them is not, or counts once."""

from dataclasses import replace
from typing import TYPE_CHECKING

from classifier.cli.say import ROWS_NAMED, say, say_files, say_notes

if TYPE_CHECKING:
    from classifier.api import Model
    from classifier.cli.pages import PageLanguage
    from classifier.decisions import Decisions
    from classifier.report.date_columns import DateColumns
    from classifier.report.figures import Figures
    from classifier.report.inputs import Inputs
    from classifier.report.items import Item, Looks
    from classifier.report.scored import Table

_SAID = {"whole_rows", "labels_there"}  # notes on documents that change what is counted


def looks_for(inputs: "Inputs", loaded: "Model") -> "Looks":
    """Return what is known of the labels: by the model that labelled the tables, where it is here; say where not."""
    from classifier.report.items import looks_of, looks_without_model  # noqa: PLC0415

    if not inputs.tables or inputs.documents:
        return looks_of(loaded)
    first = inputs.tables[0]
    if (own := _model_of(first, loaded)) is not None:
        return looks_of(own)
    say(f"the model {first.model or 'that labelled these'} is not here: the words that decided cannot be shown")
    return looks_without_model(first.taxonomy(loaded.taxonomy), first.model, loaded.tokeniser)


def count(
    figures: "Figures", inputs: "Inputs", model: "Model", decisions: "Decisions | None", *, repeats: bool
) -> None:
    """Count all paragraphs; what cannot be read is said, rows too, and what holds the same text as another document."""
    from classifier.report.date_columns import DateColumns  # noqa: PLC0415

    columns = DateColumns(inputs.tables)
    left_out: list[str] = []
    rows = 0
    whole = False
    for item in inputs.items(model, decisions, left_out.append, repeats=repeats):
        row = item.error is not None and not item.unread and not item.noted
        rows += row
        if item.unread or (row and rows <= ROWS_NAMED):
            say(item.error or "")
        say_notes(item.document, (note for note in item.result.notes if note.kind in _SAID))
        columns.add(item)
        whole = whole or (bool(inputs.tables) and _counts_whole(item))
        figures.add(item)
    for table in inputs.tables:
        if table.notes:
            figures.table_notes[str(table.path)] = table.notes
            say_notes(str(table.path), table.notes)
    if rows > ROWS_NAMED:
        say(f"… and {rows - ROWS_NAMED:,} more rows left out")
    if whole:
        say(
            "tables hold no results of sentences: each paragraph counts whole for each of its topics, so shares are "
            "higher than those of documents; --sentences with .jsonl, or --unit sentence, writes them"
        )
    _say_undated(figures, columns if inputs.date is None else None)
    from classifier.report.words import words  # noqa: PLC0415

    for line in figures.odd_dates.said(words("en")):
        say(line)
    say_files("not read again, being in a table already", left_out)
    say_files(
        "counted once in all, and once wherever they lie, holding the same text (--count-repeated counts each)",
        [f"{one.document} = {one.same_as}" for one in figures.repeated],
    )


def _counts_whole(item: "Item") -> bool:
    """Tell whether a paragraph counts for more than its sentences might; what a person decided is meant of it all."""
    from classifier.text.sentences import sentences  # noqa: PLC0415

    said = item.result
    if not said.labels or said.sentences or said.decided is not None:
        return False
    return len(sentences(said.text)) > 1


def _say_undated(figures: "Figures", columns: "DateColumns | None") -> None:
    """Say why there are no dates where they were asked for; `columns`: None where a column was named for them."""
    from classifier.report.periods import UNITS  # noqa: PLC0415

    for line in columns.said() if columns is not None else ():
        say(line)
    asked = figures.asked.unit is not None or set(UNITS) & set(figures.asked.by)
    if asked and figures.documents and not figures.dated:
        say(
            "nothing here has a date, so nothing is counted by time; name the column of the dates with --date, "
            "or put the date in the name of the file"
        )


def in_language(unread: "list[Item]", language: "PageLanguage") -> "list[Item]":
    """Return the documents that could not be read with their reasons in the language of the page, without the name."""
    from classifier.i18n.sentences import translated  # noqa: PLC0415

    return [
        replace(item, error=translated(item.error or "", language.value).removeprefix(item.document).lstrip(":： "))
        for item in unread
    ]


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
