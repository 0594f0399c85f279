"""Downloads from the open documents: an extract of several, one with its labels."""

import io
from collections.abc import Callable, Sequence
from typing import IO, Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from classifier.errors import LabelError
from classifier.extract.correcting import Correcting
from classifier.extract.formats import WRITERS, check
from classifier.extract.gathering import Asked, Gatherer, begun, begun_of_people, from_results
from classifier.extract.labelled import LabelWords, write_labelled_markdown
from classifier.extract.passage import Unit
from classifier.extract.taking import Wanted
from classifier.extract.word.labelled import write_labelled_word
from classifier.extract.words import Words
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.web.i18n.texts import language_of
from classifier.web.open_documents import OpenDocument, gone
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state

router = APIRouter(prefix="/api", tags=["review"])
Format = Literal["docx", "xlsx", "html", "md", "csv", "jsonl"]
LabelledFormat = Literal["docx", "xlsx", "md"]
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
}
_FILE: dict[int | str, dict[str, Any]] = {200: {"description": "the file", "content": {"application/octet-stream": {}}}}
_MOST = 200  # documents


@router.get("/extract", responses=documented(404, 501) | _FILE, response_class=Response)
def extract(
    request: Request,
    sheet: Annotated[list[str] | None, Query(max_length=_MOST, description="ids of open documents")] = None,
    only: Annotated[list[str] | None, Query(max_length=100, description="labels, or none; all where left out")] = None,
    unit: Unit = "paragraph",
    context: bool = False,
    format: Format = "docx",  # noqa: A002 - the parameter's name
) -> Response:
    """Take together all that open documents say on some topics, each passage with its source, as a file.

    What people decided stands in place of the model's answer. The labels are those of the labels folder; where the
    model has others, only what people decided is there.
    """
    state = app_state(request)
    model = state.live_model.model
    opened = [_document(state, fromkey) for fromkey in dict.fromkeys(sheet or [])]
    if not opened:
        raise Problem(422, "choose at least one document", ("query.sheet",))
    check(format)
    gatherer, wanted = _begun(state, Asked(_labels(only or [], state.decision_store.taxonomy), unit, context))
    for one in opened:
        results = state.decision_store.answered(one.answers(model), model)
        gatherer.add(from_results(one.title, results, wanted))
    words = Words(language_of(request, "zh"))
    done = gatherer.finished()
    return _file(words.title(done), format, lambda stream: WRITERS[format](done, words, stream))


@router.get("/sheets/{id}/labelled", responses=documented(404, 501) | _FILE, response_class=Response)
def labelled(request: Request, id: str, format: LabelledFormat = "docx") -> Response:  # noqa: A002
    """Return an open document with its labels: as Word comments in the margin, below the paragraphs as Markdown, or as
    an Excel table to correct, which `/api/labels/import` takes back. The labels are those of the labels folder; where
    the model has others, only what people decided stands there.
    """
    state = app_state(request)
    model = state.live_model.model
    one = _document(state, id)
    check(format)
    results = state.decision_store.answered(one.answers(model), model)
    words = LabelWords(state.decision_store.taxonomy, model.in_doubt, language_of(request, "zh"))
    if format == "xlsx":
        shown = {result.file: one.title for result in results}
        return _file(one.title, format, lambda stream: Correcting(words, shown).write([results], stream))
    write = write_labelled_word if format == "docx" else write_labelled_markdown
    return _file(one.title, format, lambda stream: write([results], words, stream))


def _document(state: AppState, id_: str) -> OpenDocument:
    found = state.open_documents.get(id_)
    if found is None or found.document is None:
        raise gone()
    return found


def _begun(state: AppState, asked: Asked) -> tuple[Gatherer, Wanted]:
    """Return an extract without passages yet, and what is to be taken for it."""
    model, taxonomy = state.live_model.model, state.decision_store.taxonomy
    if state.decision_store.knows_labels_of(model):
        return begun(model, asked), Wanted.of(model, asked.labels, asked.unit, context=asked.context)
    ids = tuple(label for label in taxonomy.ids if not asked.labels or label in asked.labels)
    wanted = Wanted(ids, NONE in asked.labels, asked.unit, asked.context, of_people=True)
    return begun_of_people(taxonomy, asked), wanted


def _labels(only: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(NONE if one == NONE else taxonomy.find(one).id for one in only))
    except LabelError as error:
        raise Problem(422, str(error), ("query.only",)) from error


def _file(title: str, format_: str, write: Callable[[IO[bytes]], object]) -> Response:
    stream = io.BytesIO()
    write(stream)
    stem = title if not title.lower().endswith(f".{format_}") else title[: -len(format_) - 1]
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem}.{format_}', safe='')}"}
    return Response(stream.getvalue(), headers=headers, media_type=_TYPES[format_])
