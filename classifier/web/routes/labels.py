"""Labels brought in and out, and the last of what was brought in taken back."""

import io
import zipfile
from dataclasses import replace
from typing import Annotated, Literal

import anyio.to_thread
import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from classifier.api import Model
from classifier.errors import LabelError
from classifier.i18n.language import speaking
from classifier.i18n.sentences import HTTP, translated
from classifier.labelling import exporting
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.recognise import understood
from classifier.labelling.imports import conflicts, importing
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import Taxonomy
from classifier.web.i18n.texts import language_of
from classifier.web.problem_details import Problem, documented
from classifier.web.state import AppState, app_state
from classifier.web.uploads import check_size, form, plain_name

router = APIRouter(prefix="/api")
Format = Literal["xlsx", "csv", "jsonl", "labelstudio", "doccano", "fasttext"]
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
# what the reader of texts advises is right for documents only
_FOR_DOCUMENTS, _FOR_LABELS = "save it as UTF-8 text or .docx", "save the labels as .xlsx or CSV"
_ENDINGS = {"labelstudio": "json", "doccano": "jsonl", "fasttext": "txt"}


class Imported(BaseModel):
    """What an import did. `notes`: what of the file was passed over, being no row or hidden.

    Of a table to correct, as the server and `classify FILE -o x.xlsx` write it, only rows are taken that were corrected
    or ticked as read.
    """

    batch: str | None
    stored: int
    sentences: int = Field(description="labels of single sentences that were stored")
    already: int
    merged: int
    unlabelled: int
    suggestions: int = Field(description="a model's own answers, left out")
    outdated: int = Field(description="what the folder had, and decided anew since, left out")
    corrected: int = Field(description="rows of a table to correct whose labels were changed")
    read: int = Field(description="rows of it that were ticked as read and left as they were")
    untouched: int = Field(description="rows of it that nobody touched, left out")
    conflicts: int
    left_out: list[str]
    notes: list[str]


class TakenBack(BaseModel):
    """A batch that was taken back."""

    batch: str


_FORM = form(
    {
        "file": {"type": "string", "format": "binary"},
        "on_conflict": {"type": "string", "enum": ["fail", "newest"]},
        "skip_bad": {"type": "string", "enum": ["true", "false"]},
        "confirmed": {"type": "string", "enum": ["true", "false"]},
        "by": {"type": "string"},
    },
    required=["file"],
)


@router.post("/labels/import", tags=["labels"], response_model=Imported, responses=documented(409), openapi_extra=_FORM)
async def import_labels(request: Request) -> Imported:
    """Import labelled paragraphs, as `classify labels import` does: all of a file or nothing."""
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Problem(422, "the form has no file", ("body.file",))
        data, name = await file.read(), plain_name(file.filename or "file")
        options = {key: str(form.get(key) or "") for key in ("on_conflict", "skip_bad", "confirmed", "by")}
    with speaking(language_of(request)):  # conflicts name labels
        return await anyio.to_thread.run_sync(_import, app_state(request), data, name, options)


@router.post("/labels/undo", tags=["labels"], response_model=TakenBack, responses=documented(409))
def take_back(
    request: Request,
    batch: Annotated[str, Query(max_length=200)] = "",
    decisions: Annotated[
        int | None, Query(ge=0, description="how many it was shown to hold: 409 where it has changed")
    ] = None,
) -> TakenBack:
    """Take back the last import or review as a whole; its file is kept. With `batch` only if that is the last."""
    return TakenBack(batch=app_state(request).decision_store.labels.undo(batch, decisions).name)


@router.get("/labels/export", tags=["labels"], response_class=Response, responses=documented(409, 501))
def export_labels(request: Request, format: Annotated[Format, Query()] = "xlsx") -> Response:  # noqa: A002
    """Export all labels for another program."""
    state = app_state(request)
    decisions = exporting.stored_decisions(state.decision_store.corpus())
    model, taxonomy = state.live_model.model, state.decision_store.taxonomy
    told = format in exporting.WITH_SUGGESTIONS and model.taxonomy.ids == taxonomy.ids
    suggested = _suggested(decisions, model, taxonomy) if told else None
    with speaking(language_of(request)):  # headings of tables
        data = exporting.export(decisions, format, taxonomy, suggested, model.version)
    ending = _ENDINGS.get(format, format)
    headers = {"Content-Disposition": f'attachment; filename="labels.{ending}"'}
    return Response(data, headers=headers, media_type=_TYPES.get(format, "application/octet-stream"))


def _suggested(decisions: list[Decision], model: Model, taxonomy: Taxonomy) -> list[tuple[list[str], float]] | None:
    if any(decision.text is None for decision in decisions):
        return None
    table = model.table([decision.text or "" for decision in decisions]).probabilities
    return [exporting.certainty(np.asarray(row), model.scorer.threshold, taxonomy) for row in table]


def _refuse_word(data: bytes, name: str) -> None:
    """Raise LabelError for a Word file: a zip archive too, but nobody should unpack it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/document.xml" in archive.namelist():
            raise LabelError(
                f"nothing was imported: {name}: a Word file: copy the labels into a table and import it as .xlsx or "
                "CSV; to label its text, open it under Documents"
            )


def _import(state: AppState, data: bytes, name: str, options: dict[str, str]) -> Imported:
    if data.startswith(b"\x1f\x8b"):
        raise Problem(422, f"{name}: packed with gzip; unpack it and import the file inside", ("body.file",))
    if data.startswith(b"PK\x03\x04"):
        check_size(data, name)
        _refuse_word(data, name)
    if options["on_conflict"] not in {"", "fail", "newest"}:
        raise Problem(422, "on_conflict must be fail or newest", ("body.on_conflict",))
    state.decision_store.begin()
    read = understood(data, name, Names(state.decision_store.taxonomy))
    if not read.decisions and len(read.problems) == 1:  # there are no others that could be kept
        raise LabelError(f"nothing was imported: {read.problems[0].replace(_FOR_DOCUMENTS, _FOR_LABELS)}")
    left_out = importing.check([read], options["skip_bad"] == "true")
    by = options["by"] or state.settings.by
    signed = replace(read, decisions=tuple(replace(decision, by=decision.by or by) for decision in read.decisions))
    resolve = conflicts.newest if options["on_conflict"] == "newest" else conflicts.refuse
    facts = {"kind": "import", "origin": [name], "format": [read.title], "by": options["by"]}
    outcome = importing.import_labels(
        state.decision_store.labels, [signed], resolve, options["confirmed"] == "true", facts
    )
    state.metrics.decisions.inc(outcome.stored + outcome.sentences)
    return Imported(
        batch=outcome.batch.name if outcome.batch else None,
        stored=outcome.stored,
        sentences=outcome.sentences,
        already=outcome.already,
        merged=outcome.merged,
        unlabelled=outcome.unlabelled,
        suggestions=outcome.suggestions,
        outdated=outcome.outdated,
        corrected=read.touched.corrected,
        read=read.touched.read,
        untouched=read.touched.untouched,
        conflicts=len(outcome.conflicts),
        left_out=[translated(one, HTTP) for one in left_out[:50]],
        notes=[translated(one, HTTP) for one in read.notes[:50]],
    )
