"""What a browser does with the paragraphs of a sheet: decide, undo, ask how far one is."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from classifier.labelling.decided import of_a_person
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.folder.session import UNDECIDED, StaleError
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.web.labelstudio.annotations import ANNOTATION, GOLD, TASK
from classifier.web.open_documents import Item, OpenDocument, gone
from classifier.web.problem_details import Problem, documented
from classifier.web.routes.standing import SentenceStanding, Standing, sentence_standing, standing_of
from classifier.web.state import AppState, app_state

router = APIRouter(prefix="/api", tags=["review"])
Client = Annotated[
    str, Header(alias="X-Client", pattern=r"^[A-Za-z0-9_-]{8,64}$", description="names a browser window")
]


_OF_THAT_DECISION = {  # nothing is suggested beside what is labelled; and it is Label Studio's no longer
    "by", "date", "suggested", "suggested_by", ANNOTATION, TASK, GOLD,
}  # fmt: skip


class Choice(BaseModel):
    """What somebody decides of a paragraph: labels, the primary first, or why it is set aside."""

    model_config = ConfigDict(extra="forbid")
    labels: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] = []
    aside: Annotated[str, Field(pattern="^(|doubtful|discarded)$")] = ""
    by: Annotated[str, Field(max_length=100)] = ""
    version: Annotated[
        str,
        Field(max_length=100, description="of what was shown as decided, as the answers name it; empty for nothing"),
    ] = UNDECIDED


class SheetChoice(Choice):
    """A decision on a paragraph of a sheet."""

    index: Annotated[int, Field(ge=0, le=10_000_000)]
    model: Annotated[
        str, Field(max_length=200, description="whose suggestion was shown beside the paragraph; empty for none")
    ] = ""


class StoredChoice(Choice):
    """A decision on a paragraph that the labels folder knows."""

    key: Annotated[str, Field(min_length=24, max_length=24)]


class SentenceChoice(BaseModel):
    """A decision on a sentence of a paragraph of a sheet: it says nothing of the paragraph as a whole."""

    model_config = ConfigDict(extra="forbid")
    index: Annotated[int, Field(ge=0, le=10_000_000)]
    start: Annotated[int, Field(ge=0, le=10_000_000, description="in characters of the paragraph's text")]
    end: Annotated[int, Field(ge=1, le=10_000_000)]
    labels: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] = []
    by: Annotated[str, Field(max_length=100)] = ""
    version: Annotated[
        str, Field(max_length=100, description="of what was shown as decided on the sentence; empty for nothing")
    ] = UNDECIDED


class Progress(BaseModel):
    """Decisions in the labels folder; `told`: those made beside a suggestion, `agreed`: as it said."""

    decisions: int
    told: int
    agreed: int
    sheet: int = Field(description="paragraphs of the sheet that are decided")
    of: int = Field(description="paragraphs of the sheet that can be labelled")


@router.post("/sheets/{id}/decisions", response_model=Standing, responses=documented(404, 409))
def decide(request: Request, id: str, choice: SheetChoice, client: Client) -> Standing:  # noqa: A002
    """Store a decision; it is on disk when this answers, which says what counts now.

    Answers 409, with what counts, where that is not what `version` names: somebody else has decided meanwhile.
    """
    here = app_state(request)
    sheet = open_document_of(here, id)
    item = item_of(sheet, choice.index)
    facts = dict(item.candidate.facts)
    suggested = sheet.suggested(choice.model, choice.index)
    if suggested is not None:
        facts |= {"suggested": list(suggested), "suggested_by": choice.model}
    decision = Decision(
        tuple(dict.fromkeys(choice.labels)), item.candidate.text, doc=item.candidate.doc,
        by=choice.by or here.settings.by, aside=_aside(choice), facts=facts,
    )  # fmt: skip
    return _store(here, client, decision, choice.version)


@router.post("/sheets/{id}/sentences", response_model=SentenceStanding, responses=documented(404, 409))
def decide_sentence(request: Request, id: str, choice: SentenceChoice, client: Client) -> SentenceStanding:  # noqa: A002
    """Store a decision on a single sentence; it is on disk when this answers, which says what counts now.

    What counts for the paragraph as a whole stays. 409 as for decisions on paragraphs.
    """
    here = app_state(request)
    item = item_of(open_document_of(here, id), choice.index)
    text, start, end = item.candidate.text, choice.start, choice.end
    if not start < end <= len(text) or not text[start:end].strip():
        raise Problem(
            422,
            f"no sentence stands from {start} to {end}: the text has {len(text)} characters",
            ("body.start", "body.end"),
        )
    sentence = LabelledSentence(start, end, tuple(dict.fromkeys(choice.labels)))
    decision = Decision(
        (), text, doc=item.candidate.doc, by=choice.by or here.settings.by, facts=dict(item.candidate.facts),
        sentences=(sentence,), judged=False,
    )  # fmt: skip
    try:
        counts = here.decision_store.decide(client, decision, seen=choice.version)
    except StaleError as stale:
        now = sentence_standing(stale.counts, text, start, end).model_dump()
        raise Problem(409, str(stale), ("body.version",), counts=now) from stale
    here.metrics.decisions.inc()
    return sentence_standing(counts, text, start, end)


@router.post("/labels/decisions", response_model=Standing, responses=documented(404, 409))
def decide_again(request: Request, choice: StoredChoice, client: Client) -> Standing:
    """Store another decision on a paragraph that is labelled already; `version` as for those of a sheet."""
    here = app_state(request)
    known = here.decision_store.decided(choice.key)
    if known is None:
        raise Problem(404, "the labels folder knows no such paragraph", ("body.key",))
    words = None if known.text is not None else known.words
    doc = "" if known.has_own_doc else known.doc
    decision = Decision(
        tuple(dict.fromkeys(choice.labels)), known.text, words, doc, choice.by or here.settings.by,
        aside=_aside(choice), facts={key: value for key, value in known.facts.items() if key not in _OF_THAT_DECISION},
    )  # fmt: skip
    return _store(here, client, decision, choice.version)


@router.post("/undo", response_model=Standing, responses=documented(409))
def undo(
    request: Request,
    client: Client,
    attempt: Annotated[str, Query(max_length=64, description="the same again where no answer came")] = "",
) -> Standing:
    """Take this window's last decision back; return the paragraph's key and what counts for it now."""
    here = app_state(request)
    taken = here.decision_store.undo(client, attempt)
    counts = here.decision_store.decided(taken.key)
    found = standing_of(taken.key, counts)
    if not taken.judged and taken.text is not None:
        found.sentence = sentence_standing(counts, taken.text, taken.sentences[0].start, taken.sentences[0].end)
    return found


@router.get("/progress", response_model=Progress, responses=documented())
def progress(request: Request, sheet: str = "") -> Mapping[str, object]:
    """Return how far one is, and how often the model's suggestions were right."""
    here = app_state(request)
    known = here.decision_store.remembered.by_key()
    shown = here.open_documents.get(sheet)
    items = [item for item in shown.items if item.kind != "boilerplate"] if shown else []
    decided = sum((own := of_a_person(known.get(item.key))) is not None and own.judged for item in items)
    tally = here.decision_store.remembered.tally()
    return {
        "decisions": tally.decisions, "told": tally.told, "agreed": tally.agreed, "sheet": decided, "of": len(items)
    }  # fmt: skip


def open_document_of(here: AppState, id_: str) -> OpenDocument:
    """Return a sheet or answer with 404."""
    sheet = here.open_documents.get(id_)
    if sheet is None:
        raise gone()
    return sheet


def item_of(sheet: OpenDocument, index: int) -> Item:
    """Return a paragraph of a sheet or answer with 404."""
    if not 0 <= index < len(sheet.items):
        raise Problem(404, f"the sheet has {len(sheet.items)} paragraphs, counted from 0", ("index",))
    return sheet.items[index]


def _store(here: AppState, client: str, decision: Decision, seen: str) -> Standing:
    try:
        counts = here.decision_store.decide(client, decision, seen=seen)
    except StaleError as stale:
        raise Problem(
            409, str(stale), ("body.version",), counts=standing_of(decision.key, stale.counts).model_dump()
        ) from stale
    here.metrics.decisions.inc()
    return standing_of(decision.key, counts)


def _aside(choice: Choice) -> str:
    if choice.aside and choice.labels:
        raise Problem(
            422, f"set aside ({ASIDE[choice.aside]}) and labelled: one of both must go", ("body.aside", "body.labels")
        )
    return choice.aside
