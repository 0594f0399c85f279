"""What the page on the labels folder shows, as plain data."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from classifier.errors import LabelError
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.quality.statistics import SentenceCount, count_sentences
from classifier.labelling.taxonomy import NONE
from classifier.web.labelstudio.kept_reports import KeptReport
from classifier.web.state import AppState
from classifier.web.views.label_views import LabelDefinition, label_definitions

_PAGE = 50  # rows of the page
_NAMED = 20  # damaged rows that are named


@dataclass(frozen=True)
class Search:
    """What is looked for among the labels."""

    text: str = ""
    label: str = ""
    by: str = ""
    page: int = 1

    def matches(self, paragraph: LabelledParagraph) -> bool:
        """Tell whether a paragraph is looked for."""
        if self.text and self.text.casefold() not in (paragraph.text or " ".join(paragraph.words)).casefold():
            return False
        if self.by and str(paragraph.facts.get("by") or "") != self.by:
            return False
        if not self.label:
            return True
        return self.label in (paragraph.labels or (paragraph.aside or NONE,))


class TimeView(TypedDict):
    """A time as shown; `iso` is what the browser tells in its own zone, empty where no zone is known."""

    iso: str
    shown: str


class StoredView(TypedDict):
    """A stored paragraph; `key`: by which it can be decided anew, "" for one that cannot."""

    key: str
    text: str | None
    words: int
    labels: list[str]
    aside: str
    version: str
    by: str
    when: TimeView
    doc: str


class BatchView(TypedDict):
    """The import or review that would be taken back; `origin`: the files of an import."""

    name: str
    kind: str
    origin: list[str]
    by: str
    rows: int
    when: TimeView


class ReportView(TypedDict):
    """A kept report of Label Studio; `config`: see `KeptReport`; `again`: whether it can be tried once more."""

    name: str
    when: TimeView
    why: str
    config: str
    bytes: int
    annotations: int
    again: bool


class LabelsView(TypedDict):
    """A page of the labels folder. `problems`: what of it cannot be read, the first ones; `counts`: by label."""

    search: Search
    problems: Sequence[str]
    more_problems: int
    total: int
    all: int
    page: int
    pages: int
    labels: list[LabelDefinition]
    people: list[str]
    counts: Counter[str]
    sentences: SentenceCount
    last: BatchView | None
    reports: list[ReportView]
    rows: list[StoredView]


def labels(state: AppState, search: Search) -> LabelsView:
    """Return a page of the labels folder, the newest decisions first; `problems`: what of it cannot be read."""
    try:
        corpus = state.decision_store.corpus()
        taxonomy, problems = corpus.taxonomy, corpus.damage
    except LabelError as error:
        corpus, taxonomy, problems = None, state.live_model.model.taxonomy, (str(error),)
    last = _last_batch(state)
    everything = corpus.paragraphs if corpus else ()
    found = [one for one in reversed(everything) if search.matches(one)]
    pages = max(1, -(-len(found) // _PAGE))
    page = min(search.page, pages)
    people = sorted({str(one.facts.get("by") or "") for one in everything} - {""})
    counts = Counter(label for one in everything for label in one.labels or [one.aside or NONE])
    return {
        "search": search, "problems": problems[:_NAMED], "more_problems": len(problems[_NAMED:]),
        "total": len(found), "all": len(everything), "page": page, "pages": pages,
        "labels": label_definitions(taxonomy), "people": people, "counts": counts, "last": last,
        "sentences": count_sentences(corpus.every if corpus else (), taxonomy.ids),
        "reports": [_report(one) for one in state.annotations.kept.all()],
        "rows": [_stored(one) for one in found[(page - 1) * _PAGE : page * _PAGE]],
    }  # fmt: skip


def _stored(paragraph: LabelledParagraph) -> StoredView:
    by, date = (str(paragraph.facts.get(key) or "") for key in ("by", "date"))
    key = paragraph.key if len(paragraph.key) == 24 else ""
    return {
        "key": key,
        "text": paragraph.text,
        "words": len(paragraph.words),
        "labels": list(paragraph.labels),
        "aside": paragraph.aside,
        "version": paragraph.version,
        "by": by,
        "when": _time(paragraph.at or date),
        "doc": "" if paragraph.has_own_doc else paragraph.doc,
    }


def _report(report: KeptReport) -> ReportView:
    """Return what is shown of a kept report; `again`: whether it can be tried once more."""
    return {
        "name": report.name, "when": _time(report.at), "why": report.why, "config": report.config,
        "bytes": report.bytes, "annotations": len(report.names), "again": report.whole and not report.config,
    }  # fmt: skip


def _last_batch(state: AppState) -> BatchView | None:
    """Return what is known of the import or review that would be taken back, None where there is none to be read."""
    labels = state.decision_store.labels
    batches = labels.batches()
    if not batches:
        return None
    last = batches[-1]
    try:
        rows = labels.decisions_in(last)
    except OSError:  # the page's `problems` name the file
        return None
    kind, origin = str(last.facts.get("kind", "")), last.facts.get("origin")
    return {
        "name": last.name,
        "kind": kind,
        "origin": [str(one) for one in origin] if kind == "import" and isinstance(origin, list) else [],
        "by": str(last.facts.get("by") or ""),
        "rows": rows,
        "when": _time(last.at),
    }


def _time(said: str) -> TimeView:
    """Return a time as shown; `iso` is what the browser tells in its own zone, empty where no zone is known."""
    try:
        found = datetime.datetime.fromisoformat(said)
        utc = found.astimezone(datetime.UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        utc = None
    if utc is None:  # a date that somebody wrote into a table
        return {"iso": "", "shown": said[:16].replace("T", " ")}
    return {"iso": utc.isoformat(timespec="seconds"), "shown": f"{utc:%Y-%m-%d %H:%M} UTC"}
