"""Whole pages: labelled paragraphs in, HTML out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifier.api import Model
from classifier.report.counted import Counted
from classifier.report.document import document_view, label_views, share_views, tally_view
from classifier.report.figures import Asked, Figures
from classifier.report.items import Item, Looks
from classifier.report.names import names_of
from classifier.report.overview import overview_view
from classifier.report.page import render
from classifier.report.shown import shown
from classifier.report.text import opening
from classifier.report.topics import topics_view
from classifier.report.words import Language, words

MOST = 5_000  # paragraphs that a page shows in full
_TITLE = 80  # characters


@dataclass(frozen=True)
class Settings:
    """How a report is written. `title` None: the document's own, or a general one. `most`: paragraphs in full.

    `sentences`: what is counted are sentences, not paragraphs.
    """

    language: Language = "en"
    title: str | None = None
    most: int = MOST
    sentences: bool = False


def report_page(items: Iterable[Item], looks: Looks, settings: Settings) -> str:
    """Return the report on labelled paragraphs: the document itself, with an overview in front where there are several.

    Where there are more than `settings.most` paragraphs, only the figures and the picked paragraphs are there.
    """
    return page_of(Figures(looks, settings.most, Asked()).add_all(items), looks, settings)


def page_of(figures: Figures, looks: Looks, settings: Settings) -> str:
    """Return the report on what was counted."""
    said = words(settings.language)
    if settings.sentences:
        said |= {"paragraphs": said["sentences"], "share_note": said["by_sentence_note"]}
    documents, names = list(figures.documents.values()), names_of(figures.documents)
    views = [
        document_view(
            document.name,
            [item.result for item in document.items],
            looks,
            id_=f"d{number}",
            date=document.date,
            called=names[document.name],
        )
        for number, document in enumerate(documents)
        if figures.whole
    ]
    single = len(documents) == 1 and figures.whole and len(figures.times()) < 2 and not (
        figures.compared() or figures.errors or figures.unread or figures.repeated or figures.table_notes
        or figures.asked.by
    )  # fmt: skip
    data = {
        "title": shown(settings.title or (_title(documents) or said["report"])),
        "heading": shown(settings.title or (views[0]["name"] if single else said["report"])),
        "labels": label_views(looks.taxonomy),
        "tally": tally_view(figures.total),
        "shares": share_views(figures.total, looks.taxonomy),
        "model": shown(looks.model),
        "reasons": looks.reasons is not None or _explained(documents),
        "underlined": any(item.result.sentences for document in documents for item in document.items),
        "overview": None if single else overview_view(figures, looks, said),
        "documents": views,
        "whole": figures.whole,
        "not_whole": said["not_whole"].format(all=f"{figures.total.paragraphs:,}", most=f"{settings.most:,}"),
    }
    return render("report.html", data, settings.language, said)


def topics_page(model: Model, old: Model | None = None, language: Language = "en") -> str:
    """Return a model's topics as a page, with the change from an older model where one is given."""
    return render("topics.html", {"view": topics_view(model, old)}, language)


def _title(documents: Sequence[Counted]) -> str | None:
    if len(documents) != 1:
        return None
    first = next((item.result for item in documents[0].items if item.result.kind != "boilerplate"), None)
    return opening(first.text, _TITLE) if first is not None and first.kind == "heading" else documents[0].name


def _explained(documents: Sequence[Counted]) -> bool:
    return any(item.result.reasons is not None for document in documents for item in document.items)
