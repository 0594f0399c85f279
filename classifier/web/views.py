"""What the pages show, as plain data."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier import places
from classifier.api import Model, Result
from classifier.errors import LabelError
from classifier.labelling.paragraph import LabelledParagraph
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.library import described, history, listed
from classifier.web.sheets import Item, Sheet
from classifier.web.state import State

_PAGE = 50  # rows of the labels page
_OUTLINE = 200  # headings
_COLOURS = 8
_SUPPORTS = 0.1  # correlation from which a label is named beside a topic
_TYPICAL = 24  # words a label


def names(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Return the labels with their numbers (keys) and colours."""
    return [
        {"id": one.id, "zh": one.zh, "en": one.en, "key": number, "colour": f"c{(number - 1) % _COLOURS}",
         "definition": one.definition, "seeds": one.seeds}
        for number, one in enumerate(taxonomy.labels, start=1)
    ]  # fmt: skip


def sheet(here: State, shown: Sheet) -> dict[str, Any]:
    """Return a sheet: each paragraph with what the model says and what a person said."""
    model = here.serving.model
    known = here.desk.knows_labels_of(model)
    results: Sequence[Result | None] = shown.answers(model) if known else [None] * len(shown.items)
    decided = here.desk.remembered.by_key()
    rows = [
        _paragraph(index, item, result, decided.get(item.key))
        for index, (item, result) in enumerate(zip(shown.items, results, strict=True))
    ]
    return {
        "id": shown.id,
        "title": shown.title,
        "document": shown.document is not None,
        "model": model.version,
        "known": known,
        "labels": names(here.desk.taxonomy),
        "paragraphs": rows,
        "outline": [one for one in rows if one["kind"] == "heading"][:_OUTLINE] if shown.document else [],
        "shares": _shares(rows, here.desk.taxonomy),
    }


def _paragraph(index: int, item: Item, result: Result | None, known: LabelledParagraph | None) -> dict[str, Any]:
    suggested = list(result.labels) if result else []
    return {
        "index": index,
        "key": item.key,
        "text": item.candidate.text,
        "doc": item.candidate.doc,
        "reason": item.candidate.reason,
        "kind": item.kind,
        "suggested": suggested,
        "probabilities": {label: round(p, 4) for label, p in result.probabilities.items()} if result else {},
        "uncertain": bool(result and result.uncertain),
        "decided": known is not None,
        "labels": list(known.labels) if known else suggested,
        "aside": known.aside if known else "",
        "by": str(known.facts.get("by") or "") if known else "",
    }


def _shares(rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Return each label's share of the characters; a paragraph with two labels counts for both."""
    total = sum(len(one["text"]) for one in rows) or 1
    counts: Counter[str] = Counter()
    for one in rows:
        for label in one["labels"] or [NONE]:
            counts[label] += len(one["text"])
    found = [label | {"share": counts[label["id"]] / total} for label in names(taxonomy)]
    return [*found, {"id": NONE, "colour": "cnone", "share": counts[NONE] / total}]


def fresh_decisions(here: State) -> dict[str, int]:
    """Return how many decisions there are, and how many came after the model in use was trained."""
    created = str(here.serving.model.stored.manifest.get("created", ""))[:19]
    own = [one for one in here.desk.corpus().paragraphs if one.at]
    return {"all": len(own), "new": sum(one.at[:19] > created for one in own)}


def models() -> dict[str, Any]:
    """Return all versions and the history of the folder that is written to."""
    found = []
    for one in listed(places.model_folders()):
        created, paragraphs, macro = described(one.stored) if one.stored else ("", "", "")
        facts = {"created": created, "paragraphs": paragraphs, "macro": macro, "problem": one.problem}
        found.append({"version": one.version, "in_use": one.in_use, "folder": str(one.folder.parent), **facts})
    past = history(places.models_folder())
    return {"versions": found, "history": list(reversed(past)), "can_go_back": len(past) > 1}


def card(version: str) -> dict[str, Any] | None:
    """Return a version's card, None where there is no such version or it cannot be read."""
    entry = next((one for one in listed(places.model_folders()) if one.version == version and one.stored), None)
    if entry is None or entry.stored is None:
        return None
    manifest = entry.stored.manifest
    return {
        "version": version,
        "in_use": entry.in_use,
        "folder": str(entry.folder),
        "labels": {one["id"]: one for one in names(entry.stored.taxonomy)},
        "training": manifest.get("training", {}),
        "evaluation": manifest.get("evaluation", {}),
        "decision": manifest.get("decision", {}),
        "created": described(entry.stored)[0],
    }


def topics(model: Model) -> dict[str, Any]:
    """Return the topics, the largest first, with the labels that go with each, and each label's typical words."""
    labels = {one["id"]: one for one in names(model.taxonomy)}
    rows = []
    for topic in sorted(model.topics, key=lambda one: -(one.get("share") or 0)):
        near = sorted((topic.get("labels") or {}).items(), key=lambda item: -item[1])
        support = [labels[label] | {"value": value} for label, value in near if label in labels and value >= _SUPPORTS]
        rows.append({"id": topic["id"], "words": topic["words"], "share": topic.get("share"), "supports": support})
    return {"topics": rows, "typical": _typical(model), "supported": any(one["supports"] for one in rows)}


def _typical(model: Model) -> list[dict[str, Any]]:
    """Return the words that add most to each label where they stand alone: themselves, their pieces, their topics."""
    scorer = model.scorer
    lengths = np.where(scorer.inner_length > 0, scorer.inner_length, 1)
    weights = (scorer.with_topics / scorer.idf[:, None] + scorer.inner_evidence / lengths[:, None]) * scorer.slope
    found = []
    for place, label in enumerate(names(model.taxonomy)):
        order = np.argsort(-weights[:, place], kind="stable").tolist()
        best = [row for row in order[: 10 * _TYPICAL] if len(scorer.words[row]) > 1][:_TYPICAL]
        top = float(weights[best[0], place]) if best else 1.0
        words = [{"word": scorer.words[row], "size": min(3, int(3 * weights[row, place] / top))} for row in best]
        found.append(label | {"words": words})
    return found


@dataclass(frozen=True)
class Search:
    """What is looked for among the labels."""

    text: str = ""
    label: str = ""
    by: str = ""
    page: int = 1

    def matches(self, one: LabelledParagraph) -> bool:
        """Tell whether a paragraph is looked for."""
        if self.text and self.text.casefold() not in (one.text or " ".join(one.words)).casefold():
            return False
        if self.by and str(one.facts.get("by") or "") != self.by:
            return False
        if not self.label:
            return True
        return self.label in (one.labels or (one.aside or NONE,))


def labels(here: State, search: Search) -> dict[str, Any]:
    """Return a page of the labels folder, the newest decisions first; `problem` where the folder cannot be read."""
    try:
        corpus, problem = here.desk.corpus(), ""
        taxonomy = here.desk.taxonomy
    except LabelError as error:
        corpus, problem, taxonomy = None, str(error), here.serving.model.taxonomy
    everything = corpus.paragraphs if corpus else ()
    found = [one for one in reversed(everything) if search.matches(one)]
    pages = max(1, -(-len(found) // _PAGE))
    page = min(search.page, pages)
    people = sorted({str(one.facts.get("by") or "") for one in everything} - {""})
    counts = Counter(label for one in everything for label in one.labels or [one.aside or NONE])
    return {
        "search": search, "problem": problem, "total": len(found), "all": len(everything), "page": page, "pages": pages,
        "labels": names(taxonomy), "people": people, "counts": counts,
        "rows": [_stored(one) for one in found[(page - 1) * _PAGE : page * _PAGE]],
    }  # fmt: skip


def _stored(one: LabelledParagraph) -> dict[str, Any]:
    by, date = (str(one.facts.get(key) or "") for key in ("by", "date"))
    facts = {"by": by, "when": (one.at or date)[:16].replace("T", " "), "doc": "" if one.has_own_doc else one.doc}
    key = one.key if len(one.key) == 24 else ""
    return {
        "key": key,
        "text": one.text,
        "words": len(one.words),
        "labels": list(one.labels),
        "aside": one.aside,
        **facts,
    }


def operations(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the operations of an OpenAPI description, in its order, grouped by their tags."""
    found = list(_operations(described))
    order = {tag: place for place, tag in reversed(list(enumerate(one["tag"] for one in found)))}
    return sorted(found, key=lambda one: order[one["tag"]])


def _operations(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    schemas = described.get("components", {}).get("schemas", {})
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            bodies = one.get("requestBody", {}).get("content", {})
            yield {
                "tag": one.get("tags", [""])[0],
                "method": method.upper(),
                "path": path,
                "summary": one.get("description") or one.get("summary", ""),
                "parameters": one.get("parameters", []),
                "bodies": {kind: _fields(body.get("schema", {}), schemas) for kind, body in bodies.items()},
                "answers": {status: answer.get("description", "") for status, answer in one["responses"].items()},
            }


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in schema:
        schema = schemas.get(schema["$ref"].rpartition("/")[2], {})
    needed = schema.get("required", [])
    rows = schema.get("properties", {}).items()
    return [
        {"name": name, "type": one.get("type", ""), "needed": name in needed, "about": one.get("description", "")}
        for name, one in rows
    ]
