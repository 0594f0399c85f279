"""Many documents as plain data for the templates: figures, charts, a table, paragraphs worth reading."""

from collections.abc import Mapping, Sequence

from classifier.labelling.taxonomy import NONE
from classifier.model.decide import percent
from classifier.report.comparison import alone_views, column_views, time_view
from classifier.report.counted import Counted
from classifier.report.document import label_views, note_views, share_views, tally_view
from classifier.report.figures import Figures
from classifier.report.items import Item, Looks
from classifier.report.names import names_of
from classifier.report.overview_view_types import OverviewView, PickView, UnreadView
from classifier.report.picks import Pick
from classifier.report.shown import shown
from classifier.report.text import as_html, opening
from classifier.report.view_types import RowView

_DOCUMENTS = 2_000  # listed where their paragraphs are left out: those with the most text
_EXCERPT = 180  # characters of a picked paragraph
_NOTED = 200  # documents whose notes are listed
_UNREAD = 200  # documents that could not be read, named one by one
_ERRORS = 20  # rows that could not be scored, named one by one


def overview_view(figures: Figures, looks: Looks, words: Mapping[str, str]) -> OverviewView:
    """Return the figures of many documents; what there is nothing to say of is None or empty."""
    ids = {name: f"d{number}" for number, name in enumerate(figures.documents)}
    names = names_of(figures.documents)
    documents = list(figures.documents.values())
    noted = [(names[one.name], one.notes) for one in documents if one.notes] + list(figures.table_notes.items())
    listed = documents
    if not figures.whole and len(documents) > _DOCUMENTS:
        listed = sorted(documents, key=lambda one: -one.tally.characters)[:_DOCUMENTS]

    def picks(picked: Sequence[Pick], label: str) -> list[PickView]:
        return [_pick(pick, label, ids, names, figures.whole) for pick in picked]

    return {
        "tally": tally_view(figures.total),
        "documents": len(documents),
        "shares": share_views(figures.total, looks.taxonomy),
        "rows": [_row(one, ids[one.name], names[one.name], looks) for one in listed],
        "listed": words["listed_note"].format(listed=f"{len(listed):,}") if len(listed) < len(documents) else "",
        "dated": any(document.date for document in documents),
        "time": time_view(figures, looks, words),
        "columns": column_views(figures, looks, words),
        "alone": alone_views(figures, words),
        "unread": [_unread(one) for one in figures.unread[:_UNREAD]],
        "unread_count": len(figures.unread),
        "repeated": [
            {"name": shown(one.document), "same_as": shown(one.same_as)} for one in figures.repeated[:_UNREAD]
        ],
        "repeated_count": len(figures.repeated),
        "picks": [
            {
                **label,
                "typical": picks(figures.typical(label["id"]), label["id"]),
                "uncertain": picks(figures.uncertain(label["id"]), label["id"]),
            }
            for label in label_views(looks.taxonomy)
        ],
        "noted": len(noted),
        "notes": [{"name": shown(name), "notes": note_views(notes)} for name, notes in noted[:_NOTED]],
        "errors": len(figures.errors),
        "error_lines": [shown(opening(error.error or "", 300)) for error in figures.errors[:_ERRORS]],
    }


def _unread(item: Item) -> UnreadView:
    return {"name": shown(item.document), "reason": shown(opening(item.error or "", 300))}


def _row(document: Counted, id_: str, name: str, looks: Looks) -> RowView:
    return {
        "id": id_,
        "name": shown(name),
        "path": shown(document.name),
        "date": document.date or "",
        "tally": tally_view(document.tally),
        "shares": share_views(document.tally, looks.taxonomy),
    }


def _pick(pick: Pick, label: str, ids: Mapping[str, str], names: Mapping[str, str], whole: bool) -> PickView:
    result, name = pick.item.result, pick.item.document
    return {
        "html": as_html(opening(result.text, _EXCERPT)),
        "percent": percent(result.probabilities[label]),
        "document": shown(names[name]),
        "date": pick.item.date or "",
        "edge": NONE,
        "link": f"#{ids[name]}p{pick.place}" if whole else "",
    }
