"""What a browser gets to see: a document that it opens, or paragraphs chosen to label next."""

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from classifier.documents.document import Document
from classifier.errors import InputError
from classifier.labelling.candidates import Candidate, unlabelled
from classifier.web.middleware.proxy import root
from classifier.web.open_documents import Item, OpenDocument, gone
from classifier.web.problem_details import Problem, documented
from classifier.web.state import app_state
from classifier.web.uploads import form, open_bytes, plain_name

router = APIRouter(prefix="/api", tags=["review"])
_WANTED = 50  # paragraphs chosen at once
_CHARACTERS = 5_000_000


class Opened(BaseModel):
    """A sheet that was made. `closed`: documents that were closed to make room, those looked at longest ago."""

    id: str
    url: str
    title: str
    paragraphs: int
    closed: list[str] = []


_FORM = form(
    {
        "file": {"type": "string", "format": "binary"},
        "text": {"type": "string"},
        "name": {"type": "string"},
        "path": {"type": "string", "description": "the file's name with the folders below the one that was chosen"},
    },
    anyOf=[{"required": ["file"]}, {"required": ["text"]}],
)


@router.post("/sheets", status_code=201, response_model=Opened, responses=documented(501), openapi_extra=_FORM)
async def open_sheet(request: Request) -> Opened:
    """Open a file (.txt .md .docx .pdf .html) or a pasted text; it stays on the server until it is closed."""
    async with request.form(max_files=1, max_fields=5) as form:
        file, text, name = form.get("file"), form.get("text"), str(form.get("name") or "")
        path = str(form.get("path") or "")
        data = await file.read() if isinstance(file, UploadFile) else None
        named = (file.filename if isinstance(file, UploadFile) else "") or "file"
    return await anyio.to_thread.run_sync(_open, request, data, (named, path), text, name)


@router.delete("/sheets/{id}", status_code=204, responses=documented(404))
def close_sheet(request: Request, id: str) -> None:  # noqa: A002 - the path's name
    """Forget a sheet; decisions that were made on it stay."""
    if not app_state(request).open_documents.remove(id):
        raise gone()


@router.delete("/sheets", status_code=204)
def close_all_sheets(request: Request) -> None:
    """Forget all sheets; decisions that were made on them stay."""
    app_state(request).open_documents.remove_all()


@router.post("/queue", status_code=201, response_model=Opened, responses=documented(409))
def queue(request: Request) -> Opened:
    """Choose what to label next from the open documents and those the server was started with."""
    state = app_state(request)
    everything = [*state.open_documents.candidates(), *state.pool]
    fresh = unlabelled(everything, state.decision_store.remembered.by_key())
    if not fresh:
        raise Problem(
            409, "nothing left to label: open a document first" if not everything else "all of it is labelled"
        )
    from classifier.training.active_learning.run import suggestions  # noqa: PLC0415 - 150 MB, for this only

    corpus, model = state.decision_store.corpus(), state.live_model.model
    there = corpus.paragraphs
    chosen = suggestions(fresh, there, corpus.taxonomy, model, _WANTED, seed=len(there))
    if not chosen:
        raise Problem(409, "what is left is nearly the same as what is labelled already")
    items = [Item(_with_reason(fresh[one.place], one.reason)) for one in chosen]
    return _opened(request, OpenDocument("", items))


def _open(request: Request, data: bytes | None, named: tuple[str, str], text: object, name: str) -> Opened:
    """Open what was sent; `named`: the file's name, and its path below a folder that was chosen, "" for none."""
    if data is not None:
        document = open_bytes(data, named[1] or named[0], folders=bool(named[1]))
    elif isinstance(text, str) and text.strip().strip("\ufeff"):
        document = Document(plain_name(name) if name.strip() else _first_words(text), text)
    else:
        raise Problem(422, "send a file or a text", ("body.file", "body.text"))
    if len(document.text) > _CHARACTERS:
        raise InputError(f"{document.name}: more than {_CHARACTERS:,} characters; score it with /api/score")
    return _opened(request, OpenDocument.of(document))


def _first_words(text: str) -> str:
    """Return a name for a pasted text: its first line, cut short."""
    line = plain_name(text.strip().split("\n", 1)[0].replace("/", " ").replace("\\", " "))
    return line if len(line) <= 30 else line[:29] + "…"


def _opened(request: Request, sheet: OpenDocument) -> Opened:
    closed = app_state(request).open_documents.add(sheet)
    url = f"{root(request.scope)}/sheets/{sheet.id}"
    return Opened(id=sheet.id, url=url, title=sheet.title, paragraphs=len(sheet.items), closed=closed)


def _with_reason(candidate: Candidate, reason: str) -> Candidate:
    return Candidate(candidate.text, candidate.doc, reason, candidate.facts)
