"""What a search across the open documents finds, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from classifier.api import Result
from classifier.documents.display_names import display_names
from classifier.labelling.taxonomy import NONE
from classifier.report.text import opening
from classifier.web.open_documents import OpenDocument
from classifier.web.state import AppState
from classifier.web.views.label_views import LabelDefinition, label_definitions

_PAGE = 50  # paragraphs of the page
_BEFORE, _AFTER = 60, 140  # characters shown around what was looked for


@dataclass(frozen=True)
class OpenSearch:
    """What is looked for in the open documents. `label`: an id, "none" for paragraphs without one, "" for any."""

    text: str = ""
    label: str = ""
    page: int = 1


class HitView(TypedDict):
    """A paragraph that was found: where it is, what stands before, in and after what was looked for, its labels."""

    sheet: str
    index: int
    title: str
    before: str
    match: str
    after: str
    labels: list[LabelDefinition]
    decided: bool


class OpenSearchView(TypedDict):
    """A page of hits. `total`: hits on all pages; `documents`: how many hold one; `opened`: how many were searched.

    `known`: the model in use has the labels of the folder; else only what people decided has labels.
    """

    search: OpenSearch
    known: bool
    labels: list[LabelDefinition]
    hits: list[HitView]
    total: int
    documents: int
    opened: int
    page: int
    pages: int


def open_search(state: AppState, search: OpenSearch) -> OpenSearchView:
    """Look through all open documents: for a text whatever its case, and for what counts as a paragraph's label."""
    opened = state.open_documents.by_name()
    names = display_names([one.title for one in opened])
    found = [
        (one, name, result)
        for one, name in zip(opened, names, strict=True)
        for result in (_hits(state, one, search) if search.text or search.label else ())
    ]
    pages = max(1, -(-len(found) // _PAGE))
    page = min(search.page, pages)
    labels = label_definitions(state.decision_store.taxonomy)
    return {
        "search": search,
        "known": state.decision_store.knows_labels_of(state.live_model.model),
        "labels": labels,
        "hits": [_hit(*one, search.text, labels) for one in found[(page - 1) * _PAGE : page * _PAGE]],
        "total": len(found),
        "documents": len({one.id for one, _, _ in found}),
        "opened": len(opened),
        "page": page,
        "pages": pages,
    }


def _hits(state: AppState, opened: OpenDocument, search: OpenSearch) -> Iterator[Result]:
    """Yield the paragraphs that are looked for. A document without the text is not labelled for it."""
    wanted = search.text.casefold()
    places = [place for place, item in enumerate(opened.items) if wanted in item.candidate.text.casefold()]
    if not places:
        return
    model, store = state.live_model.model, state.decision_store
    results = opened.answers(model)
    known = store.knows_labels_of(model)
    for result in store.answered([results[place] for place in places], model):
        answered = known or result.decided is not None
        if not search.label or (answered and search.label in (result.labels or (NONE,))):
            yield result


def _hit(opened: OpenDocument, name: str, result: Result, text: str, labels: list[LabelDefinition]) -> HitView:
    start = _place(result.text, text)
    end = start + len(text)
    before = " ".join(result.text[max(0, start - _BEFORE) : start].split())
    return {
        "sheet": opened.id,
        "index": result.index,
        "title": name,
        "before": ("…" if start > _BEFORE else "") + before,
        "match": result.text[start:end],
        "after": opening(result.text[end:], _AFTER),
        "labels": [label for label in labels if label["id"] in result.labels],
        "decided": result.decided is not None,
    }


def _place(text: str, wanted: str) -> int:
    """Return where a text stands in a paragraph, whatever its case; 0 where folding has moved it (ß, ŉ)."""
    place = text.casefold().find(wanted.casefold())
    return place if text[place : place + len(wanted)].casefold() == wanted.casefold() else 0
