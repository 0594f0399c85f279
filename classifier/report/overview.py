"""Many documents as plain data for the templates: figures, charts, a table, paragraphs worth reading."""

from collections.abc import Mapping, Sequence

from classifier.labelling.taxonomy import NONE
from classifier.model.decide import percent
from classifier.report import charts
from classifier.report.document import label_views, note_views, share_views, short_name, tally_view
from classifier.report.figures import Counted, Figures, Pick, Tally
from classifier.report.items import Looks
from classifier.report.text import as_html, opening, shown
from classifier.report.view_types import ColumnView, DocumentNotes, OverviewView, PickView, RowView, TimeView

_IN_CHART = 10  # values of a column that are drawn
_IN_TABLE = 200  # and listed: those with the most text
_DOCUMENTS = 2_000  # listed where their paragraphs are left out: those with the most text
_EXCERPT = 180  # characters of a picked paragraph
_NOTED = 200  # documents whose notes are listed
_ERRORS = 20  # rows that could not be scored, named one by one


def overview_view(figures: Figures, looks: Looks, words: Mapping[str, str]) -> OverviewView:
    """Return the figures of many documents; what there is nothing to say of is None or empty."""
    ids = {name: f"d{number}" for number, name in enumerate(figures.documents)}
    documents = list(figures.documents.values())
    listed = documents
    if not figures.whole and len(documents) > _DOCUMENTS:
        listed = sorted(documents, key=lambda one: -one.tally.characters)[:_DOCUMENTS]
    return {
        "tally": tally_view(figures.total),
        "documents": len(documents),
        "shares": share_views(figures.total, looks.taxonomy),
        "rows": [_row(one, ids[one.name], looks) for one in listed],
        "listed": words["listed_note"].format(listed=f"{len(listed):,}") if len(listed) < len(documents) else "",
        "dated": any(one.date for one in documents),
        "time": _time(figures, looks, words),
        "columns": [_column(name, values, looks, words) for name, values in figures.compared().items()],
        "picks": [
            {
                **label,
                "typical": [_pick(one, label["id"], ids, figures.whole) for one in figures.typical(label["id"])],
                "uncertain": [_pick(one, label["id"], ids, figures.whole) for one in figures.uncertain(label["id"])],
            }
            for label in label_views(looks.taxonomy)
        ],
        "noted": sum(bool(one.notes) for one in documents),
        "notes": [_notes(one) for one in documents if one.notes][:_NOTED],
        "errors": len(figures.errors),
        "error_lines": [shown(opening(one.error or "", 300)) for one in figures.errors[:_ERRORS]],
    }


def _notes(document: Counted) -> DocumentNotes:
    return {"name": short_name(document.name), "notes": note_views(document.notes)}


def _row(document: Counted, id_: str, looks: Looks) -> RowView:
    return {
        "id": id_,
        "name": short_name(document.name),
        "path": shown(document.name),
        "date": document.date or "",
        "tally": tally_view(document.tally),
        "shares": share_views(document.tally, looks.taxonomy),
    }


def _time(figures: Figures, looks: Looks, words: Mapping[str, str]) -> TimeView | None:
    unit, periods = figures.periods()
    if len(periods) < 2:
        return None
    dated = sum(one.paragraphs for one in periods.values())
    note = words["over_time_note"].format(unit=words[unit], dated=f"{dated:,}", all=f"{figures.total.paragraphs:,}")
    return {
        "note": note,
        "unit": words[unit],
        "chart": charts.lines(list(periods), _series(list(periods.values()), looks), words["over_time"]),
        "rows": _table(periods, looks),
    }


def _column(name: str, values: Mapping[str, Tally], looks: Looks, words: Mapping[str, str]) -> ColumnView:
    largest = sorted(values, key=lambda value: -values[value].characters)[:_IN_TABLE]
    drawn = largest[:_IN_CHART]
    title = words["side_by_side"].format(column=words["folder"] if name == "folder" else shown(name))
    names = [shown(opening(value, 16)) for value in drawn]
    counts = {"shown": len(drawn), "listed": len(largest), "all": f"{len(values):,}"}
    note = words["side_note"].format(**counts) if len(values) > len(drawn) else ""
    return {
        "title": title,
        "name": words["folder"] if name == "folder" else shown(name),
        "note": note,
        "chart": charts.bars(names, _series([values[value] for value in drawn], looks), title),
        "rows": _table({value: values[value] for value in largest}, looks),
    }


def _table(tallies: Mapping[str, Tally], looks: Looks) -> list[RowView]:
    return [
        {
            "id": "",
            "path": "",
            "name": shown(name),
            "tally": tally_view(tally),
            "shares": share_views(tally, looks.taxonomy),
        }
        for name, tally in tallies.items()
    ]


def _series(tallies: Sequence[Tally], looks: Looks) -> list[tuple[str, list[float | None]]]:
    return [
        (f"{shown(label.zh)} {shown(label.en)}", [one.share(label.id) if one.characters else None for one in tallies])
        for label in looks.taxonomy.labels
    ]


def _pick(pick: Pick, label: str, ids: Mapping[str, str], whole: bool) -> PickView:
    result, name = pick.item.result, pick.item.document
    return {
        "html": as_html(opening(result.text, _EXCERPT)),
        "percent": percent(result.probabilities[label]),
        "document": short_name(name),
        "date": pick.item.date or "",
        "edge": NONE,
        "link": f"#{ids[name]}p{pick.place}" if whole else "",
    }
