"""What the pages on models and topics show, as plain data."""

from typing import TypedDict

from classifier import places
from classifier.api import Model
from classifier.labelling.decision import moment
from classifier.model.registry import history, listed
from classifier.report.topic_view_types import TopicsView
from classifier.report.topics import topics_view
from classifier.web.state import AppState
from classifier.web.views.label_views import LabelDefinition, label_definitions


class VersionView(TypedDict):
    """A version in the list; see `registry.Summary`."""

    version: str
    in_use: bool
    folder: str
    created: str
    paragraphs: str
    macro_f1: str
    problem: str


class ModelsView(TypedDict):
    """All versions and the history of the folder that is written to, the latest first; `in_use`: "" for none."""

    in_use: str
    versions: list[VersionView]
    history: list[str]
    can_go_back: bool


class CardView(TypedDict):
    """A version's card. `training`, `evaluation`, `decision`: as in its manifest, {} where that does not say."""

    version: str
    in_use: bool
    folder: str
    labels: dict[str, LabelDefinition]
    training: object
    evaluation: object
    decision: object
    created: str


class TopicsPage(TypedDict):
    """A model's topics and their change from the version `against` ("": none); `others`: which versions there are."""

    view: TopicsView
    others: list[str]
    against: str
    unknown: bool


def fresh_decisions(state: AppState) -> dict[str, int]:
    """Return how many decisions there are, and how many came after those that the model in use was trained on."""
    manifest = state.live_model.model.stored.manifest
    learnt = str(manifest.get("training", {}).get("labels_as_of") or manifest.get("created", ""))
    corpus = state.decision_store.corpus()
    since = moment(learnt)
    sentences = (part.at for one in corpus.every if one.sentences for part in one.labelled_sentences)
    own = [at for at in (*(paragraph.at for paragraph in corpus.paragraphs), *sentences) if at]
    return {"all": len(own), "new": sum(moment(at) > since for at in own)}


def models() -> ModelsView:
    """Return all versions and the history of the folder that is written to."""
    found: list[VersionView] = [
        {
            "version": one.version, "in_use": one.in_use, "folder": str(one.folder.parent), "problem": one.problem,
            "created": one.summary.created, "paragraphs": one.summary.paragraphs, "macro_f1": one.summary.macro_f1,
        }
        for one in listed(places.model_folders())
    ]  # fmt: skip
    past = history(places.models_folder())
    in_use = next((version_view["version"] for version_view in found if version_view["in_use"]), "")
    return {"in_use": in_use, "versions": found, "history": list(reversed(past)), "can_go_back": len(past) > 1}


def card(name: str) -> CardView | None:
    """Return a version's card, None where there is no such version or it cannot be read."""
    entry = next((one for one in listed(places.model_folders()) if one.version == name and one.stored), None)
    if entry is None or entry.stored is None:
        return None
    manifest = entry.stored.manifest
    return {
        "version": name,
        "in_use": entry.in_use,
        "folder": str(entry.folder),
        "labels": {definition["id"]: definition for definition in label_definitions(entry.stored.taxonomy)},
        "training": manifest.get("training", {}),
        "evaluation": manifest.get("evaluation", {}),
        "decision": manifest.get("decision", {}),
        "created": entry.summary.created,
    }


def topics(model: Model, against: str = "") -> TopicsPage:
    """Return what a page on topics shows, and their change from the version `against`; `others`: which there are."""
    others = {one.version: one.stored for one in listed(places.model_folders()) if one.version != model.version}
    stored = others.get(against)
    return {
        "view": topics_view(model, Model.of(stored) if stored else None),
        "others": [name for name, one in others.items() if one],
        "against": against,
        "unknown": bool(against) and stored is None,
    }
