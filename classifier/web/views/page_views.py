"""What the pages show, as plain data."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifier import places
from classifier.api import Model, Result, SentenceResult
from classifier.labelling.decision import moment
from classifier.labelling.folder.session import version
from classifier.labelling.labelled_paragraph import LabelledParagraph, LabelledSentence
from classifier.labelling.sentence_places import labelled_in, stretch_version, tiles
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.registry import described, history, listed
from classifier.report import outline
from classifier.report.document import label_views, note_views, strip
from classifier.report.sentence_marks import tiled_html
from classifier.report.text import opening
from classifier.report.topics import topics_view
from classifier.web.open_documents import Item, OpenDocument
from classifier.web.state import AppState

_OUTLINE, _OPENING = 200, 60  # headings in the outline, characters of each


def names(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Return the labels as reports show them, with their definitions and seed words."""
    return [
        view | {"definition": one.definition, "seeds": one.seeds}
        for view, one in zip(label_views(taxonomy), taxonomy.labels, strict=True)
    ]


def sheet(here: AppState, shown: OpenDocument) -> dict[str, Any]:
    """Return a sheet: each paragraph with what the model says and what a person said."""
    model = here.live_model.model
    known = here.decision_store.knows_labels_of(model)
    results: Sequence[Result | None] = shown.shown(model) if known else [None] * len(shown.items)
    decided = here.decision_store.remembered.by_key()
    levels = outline.levels([one.kind for one in shown.items], [one.candidate.text for one in shown.items])
    rows = [
        _paragraph(index, item, result, decided.get(item.key)) | {"level": level}
        for index, (item, result, level) in enumerate(zip(shown.items, results, levels, strict=True))
    ]
    return {
        "id": shown.id,
        "title": shown.title,
        "document": shown.document is not None,
        "notes": note_views(shown.notes),
        "model": model.version,
        "known": known,
        "labels": names(here.decision_store.taxonomy),
        "paragraphs": rows,
        "outline": [one for one in rows if one["level"]][:_OUTLINE] if shown.document else [],
        "shares": _shares(rows, here.decision_store.taxonomy),
        "strip": _strip(rows, here.decision_store.taxonomy),
    }


def _paragraph(index: int, item: Item, result: Result | None, known: LabelledParagraph | None) -> dict[str, Any]:
    suggested = list(result.labels) if result else []
    sentences = sentence_states(item.candidate.text, result, known)
    judged = known if known is not None and known.judged else None
    return {
        "index": index,
        "key": item.key,
        "html": tiled_html(item.candidate.text, [(one["start"], one["end"]) for one in sentences]),
        "sentences": sentences,
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
    }


def sentence_states(text: str, result: Result | None, known: LabelledParagraph | None) -> list[dict[str, Any]]:
    """Return a paragraph's sentences: what people said of some, and what the model says of those that it knows."""
    decided = labelled_in(known, text)
    told = {(one.start, one.end): one for one in (result.sentences or () if result else ())}
    return [_sentence(one, decided, told.get((one.start, one.end))) for one in tiles(text, decided)]


def _sentence(
    one: LabelledSentence, decided: Sequence[LabelledSentence], told: SentenceResult | None
) -> dict[str, Any]:
    suggested = list(told.labels) if told else []
    return {
        "start": one.start,
        "end": one.end,
        "suggested": suggested,
        "probabilities": {label: round(p, 3) for label, p in told.probabilities.items()} if told else {},
        "uncertain": bool(told and told.uncertain),
        "decided": one.labels is not None,
        "labels": suggested if one.labels is None else list(one.labels),
        "by": one.by,
        "version": stretch_version(decided, one.start, one.end),
    }


def _shares(rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Return each label's share of the characters: of the sentences that carry it.

    A person's labels of a paragraph hold for its sentences: others do not count, and one of which no sentence is known
    counts for the whole.
    """
    total = sum(one["size"] for one in rows) or 1
    counts: Counter[str] = Counter()
    for one in rows:
        for labels, size in _carried(one):
            counts.update(dict.fromkeys(labels or {NONE}, size))
    known = [*label_views(taxonomy), {"id": NONE, "colour": NONE}]
    shares = [(one, counts[one["id"]] / total) for one in known]
    return [one | {"share": share, "percent": f"{share:.0%}"} for one, share in shares]


def _carried(row: Mapping[str, Any]) -> Iterator[tuple[set[str], int]]:
    """Yield the labels of each stretch of a paragraph, and its characters."""
    given = set(row["labels"])
    parts = [(set(one["labels"]) & given if row["decided"] else set(one["labels"]), one) for one in row["sentences"]]
    whole = given.difference(*(labels for labels, _ in parts)) if row["decided"] else set()
    for labels, one in parts:
        yield labels | whole, one["end"] - one["start"]


def _strip(rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    colours = {one["id"]: one["colour"] for one in label_views(taxonomy)}
    return strip((f"p{one['index']}", colours.get((one["labels"] or [NONE])[0], NONE), one["size"]) for one in rows)


def fresh_decisions(here: AppState) -> dict[str, int]:
    """Return how many decisions there are, and how many came after those that the model in use was trained on."""
    manifest = here.live_model.model.stored.manifest
    learnt = str(manifest.get("training", {}).get("labels_as_of") or manifest.get("created", ""))
    corpus = here.decision_store.corpus()
    sentences = (part.at for one in corpus.every for part in one.labelled_sentences)
    own = [at for at in (*(one.at for one in corpus.paragraphs), *sentences) if at]
    return {"all": len(own), "new": sum(moment(at) > moment(learnt) for at in own)}


def models() -> dict[str, Any]:
    """Return all versions and the history of the folder that is written to."""
    found = []
    for one in listed(places.model_folders()):
        created, paragraphs, macro = described(one.stored) if one.stored else ("", "", "")
        facts = {"created": created, "paragraphs": paragraphs, "macro": macro, "problem": one.problem}
        found.append({"version": one.version, "in_use": one.in_use, "folder": str(one.folder.parent), **facts})
    past = history(places.models_folder())
    in_use = next((one["version"] for one in found if one["in_use"]), "")
    return {"in_use": in_use, "versions": found, "history": list(reversed(past)), "can_go_back": len(past) > 1}


def card(name: str) -> dict[str, Any] | None:
    """Return a version's card, None where there is no such version or it cannot be read."""
    entry = next((one for one in listed(places.model_folders()) if one.version == name and one.stored), None)
    if entry is None or entry.stored is None:
        return None
    manifest = entry.stored.manifest
    return {
        "version": name,
        "in_use": entry.in_use,
        "folder": str(entry.folder),
        "labels": {one["id"]: one for one in names(entry.stored.taxonomy)},
        "training": manifest.get("training", {}),
        "evaluation": manifest.get("evaluation", {}),
        "decision": manifest.get("decision", {}),
        "created": described(entry.stored)[0],
    }


def topics(model: Model, against: str = "") -> dict[str, Any]:
    """Return what a page on topics shows, and their change from the version `against`; `others`: which there are."""
    others = {one.version: one.stored for one in listed(places.model_folders()) if one.version != model.version}
    stored = others.get(against)
    return {
        "view": topics_view(model, Model.of(stored) if stored else None),
        "others": [name for name, one in others.items() if one],
        "against": against,
        "unknown": bool(against) and stored is None,
    }
