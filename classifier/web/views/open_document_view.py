"""What the page on an open document shows, as plain data."""

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from classifier.api import Result
from classifier.labelling.decided import of_a_person
from classifier.labelling.folder.session import version
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.report import outline
from classifier.report.document import label_views, note_views, strip
from classifier.report.sentence_marks import tiled_html
from classifier.report.text import opening
from classifier.report.view_types import LabelView, ShareView, Stretch
from classifier.web.open_documents import Item, OpenDocument
from classifier.web.state import AppState
from classifier.web.views.label_views import LabelDefinition, label_definitions
from classifier.web.views.sentence_views import SentenceView, carried, sentence_views

_OUTLINE, _OPENING = 200, 60  # headings in the outline, characters of each


class ParagraphView(TypedDict):
    """A paragraph with what the model says and what a person said.

    `labels`: what counts, a person's word before the model's. `version`: of that decision, see the glossary.
    """

    index: int
    key: str
    html: str
    opening: str
    size: int
    doc: str
    reason: str
    kind: str
    suggested: list[str]
    probabilities: dict[str, float]
    uncertain: bool
    decided: bool
    labels: list[str]
    aside: str
    by: str
    version: str
    level: int
    sentences: list[SentenceView]


class SheetView(TypedDict):
    """An open document. `document`: whether it is one, rather than a choice from several. `known`: whether the model
    knows the labels of the labels folder.
    """

    id: str
    title: str
    document: bool
    notes: list[dict[str, str]]
    model: str
    known: bool
    labels: list[LabelDefinition]
    paragraphs: list[ParagraphView]
    outline: list[ParagraphView]
    shares: list[ShareView]
    strip: list[Stretch]


def sheet(here: AppState, shown: OpenDocument) -> SheetView:
    """Return a sheet: each paragraph with what the model says and what a person said."""
    model = here.live_model.model
    known = here.decision_store.knows_labels_of(model)
    results: Sequence[Result | None] = shown.shown(model) if known else [None] * len(shown.items)
    decided = here.decision_store.remembered.by_key()
    levels = outline.levels([one.kind for one in shown.items], [one.candidate.text for one in shown.items])
    rows = [
        _paragraph(index, item, result, decided.get(item.key), level)
        for index, (item, result, level) in enumerate(zip(shown.items, results, levels, strict=True))
    ]
    return {
        "id": shown.id,
        "title": shown.title,
        "document": shown.document is not None,
        "notes": note_views(shown.notes),
        "model": model.version,
        "known": known,
        "labels": label_definitions(here.decision_store.taxonomy),
        "paragraphs": rows,
        "outline": [row for row in rows if row["level"]][:_OUTLINE] if shown.document else [],
        "shares": _shares(rows, here.decision_store.taxonomy),
        "strip": _strip(rows, here.decision_store.taxonomy),
    }


def _paragraph(
    index: int, item: Item, result: Result | None, known: LabelledParagraph | None, level: int
) -> ParagraphView:
    suggested = list(result.labels) if result else []
    sentences = sentence_views(item.candidate.text, result, known)
    own = of_a_person(known)
    judged = own if own is not None and own.judged else None
    return {
        "index": index,
        "key": item.key,
        "html": tiled_html(item.candidate.text, [(sentence["start"], sentence["end"]) for sentence in sentences]),
        "opening": opening(item.candidate.text, _OPENING),
        "size": len(item.candidate.text),
        "doc": item.candidate.doc,
        "reason": item.candidate.reason,
        "kind": item.kind,
        "suggested": suggested,
        "probabilities": {label: round(p, 4) for label, p in result.probabilities.items()} if result else {},
        "uncertain": bool(result and result.uncertain),
        "decided": judged is not None,
        "labels": list(judged.labels) if judged else suggested,
        "aside": judged.aside if judged else "",
        "by": str(judged.facts.get("by") or "") if judged else "",
        "version": version(known),
        "level": level,
        "sentences": sentences,
    }


def _shares(rows: Sequence[ParagraphView], taxonomy: Taxonomy) -> list[ShareView]:
    """Return each label's share of the characters: of the sentences that carry it; one with two labels counts twice."""
    total = sum(row["size"] for row in rows) or 1
    counts: Counter[str] = Counter()
    for row in rows:
        for labels, size in carried(row["labels"], row["decided"], row["sentences"]):
            counts.update(dict.fromkeys(labels or {NONE}, size))
    known: list[LabelView] = [*label_views(taxonomy), {"id": NONE, "zh": "", "en": "", "colour": NONE}]
    shares = [(label_view, counts[label_view["id"]] / total) for label_view in known]
    return [{**one, "share": share, "percent": f"{share:.0%}", "interval": ""} for one, share in shares]


def _strip(rows: Sequence[ParagraphView], taxonomy: Taxonomy) -> list[Stretch]:
    colours = {view["id"]: view["colour"] for view in label_views(taxonomy)}
    return strip((f"p{row['index']}", colours.get((row["labels"] or [NONE])[0], NONE), row["size"]) for row in rows)
