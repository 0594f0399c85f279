"""Why a paragraph on a sheet gets its labels."""

from collections.abc import Sequence

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from classifier.api import Model
from classifier.json_types import JsonDict
from classifier.labelling.genres import genre_in
from classifier.model.explain import Evidence, Reason
from classifier.model.reason_words import sum_in_words
from classifier.web.problem_details import documented
from classifier.web.routes.decisions import item_of, open_document_of
from classifier.web.similar_store import SimilarStore
from classifier.web.state import app_state

router = APIRouter(prefix="/api", tags=["review"])


class Reasons(BaseModel):
    """What spoke for and against each label of a paragraph."""

    model: str
    probabilities: dict[str, float]
    reasons: dict[str, dict[str, object]] = Field(description="label id → the words and topics for and against it")
    sums: dict[str, dict[str, str]] = Field(description="label id → how its probability comes about, in en and zh")
    places: dict[str, list[tuple[int, int]]] = Field(description="word → (start, end) of each mention in the text")
    similar: "Similar | None" = Field(
        description="the labelled paragraphs most like it; null until they have been asked for by themselves"
    )


class Similar(BaseModel):
    """The labelled paragraphs most like a paragraph."""

    paragraphs: list[dict[str, object]] = Field(
        description="the most similar first, at most three: labels, similarity (0 to 1), same (the same text), text "
        "where it is known, words in common, what is known of its source, where (file and line), decided (by, date)"
    )
    note: str = Field(description="what is to be said of where they come from, empty where nothing is")


@router.get("/sheets/{id}/reasons/{index}", response_model=Reasons, responses=documented(404))
def reasons(request: Request, id: str, index: int) -> Response:  # noqa: A002 - the path's name
    """Return what spoke for and against each label of a paragraph, and where the words stand."""
    here = app_state(request)
    sheet = open_document_of(here, id)
    item_of(sheet, index)
    model, store = here.live_model.model, here.similar_store
    result = sheet.answers(model)[index]  # judged when it was shown
    found = model.reasons(result)
    thresholds = dict(zip(model.ids, model.scorer.threshold.tolist(), strict=True))
    words = [word for one in found.values() for word in (*one.words_for, *one.words_against)]
    said = {
        "model": model.version,
        "probabilities": {label: round(value, 6) for label, value in result.probabilities.items()},
        "reasons": {label: _row(one) for label, one in found.items()},
        "sums": {label: _sums(one, result.probabilities[label], thresholds[label]) for label, one in found.items()},
        "places": {one.word: one.places for one in words},  # once, though many labels name the word
        "similar": _similar(store, model, result.text) if store.ready(model) else None,
    }
    return Response(orjson.dumps(said), media_type="application/json")  # checked and copied, it would take far longer


@router.get("/sheets/{id}/similar/{index}", response_model=Similar, responses=documented(404))
def similar(request: Request, id: str, index: int) -> Response:  # noqa: A002 - the path's name
    """Return the labelled paragraphs most like a paragraph.

    The first time for a model this waits until they are put together; from then on they come with the reasons.
    """
    here = app_state(request)
    item = item_of(open_document_of(here, id), index)
    said = _similar(here.similar_store, here.live_model.model, item.candidate.text)
    return Response(orjson.dumps(said), media_type="application/json")


def _similar(store: SimilarStore, model: Model, text: str) -> JsonDict:
    found = store.find(model, text)
    told = [one.as_row() | ({"genre_zh": genre_in(one.genre, "zh")} if one.genre else {}) for one in found]
    return {"paragraphs": told, "note": store.note(model)}


def _sums(reason: Reason, probability: float, threshold: float) -> dict[str, str]:
    return {
        "en": sum_in_words(reason, probability, threshold, "en"),
        "zh": sum_in_words(reason, probability, threshold, "zh"),
    }


def _row(reason: Reason) -> JsonDict:
    return reason.as_row() | {"words_for": _words(reason.words_for), "words_against": _words(reason.words_against)}


def _words(words: Sequence[Evidence]) -> list[JsonDict]:
    return [{"word": word.word, "weight": word.weight} for word in words]
