"""The pages: plain data into templates, in the browser's language."""

from functools import cache
from typing import Annotated
from urllib.parse import quote, unquote, urlencode

import orjson
from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from classifier import __version__, places
from classifier.report.words import words
from classifier.web.i18n.texts import LANGUAGES, language_of, texts
from classifier.web.middleware.proxy import inner_path, root
from classifier.web.middleware.sign_in import knows_token, let_in, same, without_token
from classifier.web.settings import MEGABYTE
from classifier.web.state import AppState, app_state
from classifier.web.views import labels_view as stored
from classifier.web.views import model_views
from classifier.web.views.label_views import label_definitions
from classifier.web.views.open_document_view import sheet as sheet_view
from classifier.web.views.openapi_view import operations
from classifier.web.views.search_view import OpenSearch, open_search

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_YEAR = 365 * 24 * 3600


@router.get("/")
def home(request: Request) -> Response:
    """Show where documents are dropped, and those that are open."""
    state = app_state(request)
    limit = f"{state.settings.body_limit / MEGABYTE:g}"
    opened = state.open_documents
    kept = str(opened.kept.folder) if opened.kept is not None else ""
    return _page(
        request,
        "home.html",
        open_documents=opened.all(),
        limit=limit,
        kept=kept,
        unkept=opened.unkept,
        here="documents",
    )


@router.get("/sheets/{id}")
def sheet(request: Request, id: str) -> Response:  # noqa: A002
    """Show the paragraphs of a document, or of a choice, to decide on."""
    state = app_state(request)
    found = state.open_documents.get(id)
    if found is None:
        return _page(request, "gone.html", status=404, here="documents")
    view = sheet_view(state, found)
    return _page(request, "sheet.html", view=view, here="documents" if found.document else "queue")


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    label: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """Show which paragraphs of the open documents hold a text or carry a label."""
    found = open_search(app_state(request), OpenSearch(q.strip(), label, page))
    return _page(request, "search.html", here="search", found=found)


@router.get("/extract")
def extract(request: Request) -> Response:
    """Show which open documents and topics to take together, by name: in that order they stand in the extract."""
    state = app_state(request)
    opened = state.open_documents.by_name()
    store = state.decision_store
    labels, known = label_definitions(store.taxonomy), store.knows_labels_of(state.live_model.model)
    return _page(request, "extract.html", documents=opened, labels=labels, known=known, here="extract")


@router.get("/queue")
def queue(request: Request) -> Response:
    """Show where to have chosen what to label next."""
    state = app_state(request)
    lists = [one for one in state.open_documents.all() if one.document is None]
    pool = len(state.pool) + len(state.open_documents.candidates())
    return _page(request, "queue.html", lists=lists, pool=pool, here="queue")


@router.get("/train")
def train(request: Request) -> Response:
    """Show where to train."""
    state = app_state(request)
    return _page(
        request,
        "train.html",
        here="train",
        fresh=model_views.fresh_decisions(state),
        labels=label_definitions(state.live_model.model.taxonomy),
    )


@router.get("/models")
def models(request: Request) -> Response:
    """Show all versions and which were in use."""
    return _page(request, "models.html", here="models", **model_views.models())


@router.get("/models/{version}")
def model(request: Request, version: str) -> Response:
    """Show one version's card."""
    card = model_views.card(version)
    if card is None:
        return RedirectResponse(f"{root(request.scope)}/models", 303)
    return _page(request, "model.html", here="models", card=card)


@router.get("/topics")
def topics(request: Request, against: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show the topics of the model in use and the words that speak for each label; the change from another version."""
    found = model_views.topics(app_state(request).live_model.model, against)
    return _page(request, "topics.html", status=404 if found["unknown"] else 200, here="topics", **found)


@router.get("/labels")
def labels(
    request: Request, q: str = "", label: str = "", by: str = "", page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
) -> Response:
    """Show what people decided."""
    found = stored.labels(app_state(request), stored.Search(q, label, by, page))
    return _page(request, "labels.html", here="labels", found=found)


@router.get("/api")
def api(request: Request) -> Response:
    """Show the API; everything comes from this server."""
    own = str(request.base_url).rstrip("/")
    token = bool(app_state(request).settings.token)
    described = operations(request.app.openapi(), language_of(request))
    return _page(request, "api.html", here="api", own=own, token=token, operations=described)


@router.post("/language")
def choose_language(request: Request, language: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Choose a language."""
    answer = RedirectResponse(root(request.scope) + _inside(to), 303)
    if language in LANGUAGES:
        path, secure = root(request.scope) or "/", request.url.scheme == "https"
        answer.set_cookie("lang", language, _YEAR, path=path, secure=secure, httponly=True, samesite="lax")
    return answer


@router.get("/login")
def login(request: Request, to: str = "/") -> Response:
    """Ask for the token, unless it is known already."""
    settings = app_state(request).settings
    if settings.token and knows_token(request.scope, request.headers, settings):
        return RedirectResponse(root(request.scope) + _inside(to), 303)
    return _login(request, to)


@router.post("/login")
def signed_in(request: Request, token: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Let a browser in whose user knows the token."""
    settings = app_state(request).settings
    if not settings.token or not same(token.strip(), settings.token):
        return _login(request, to, wrong=True)
    return let_in(RedirectResponse(root(request.scope) + _inside(to), 303), request.scope, settings)


@router.get("/sample")
def sample() -> Response:
    """Return the sample speech as text; the page opens it like any other."""
    return Response(places.packaged(places.SPEECH).read_bytes(), media_type="text/plain; charset=utf-8")


def _login(request: Request, to: str, wrong: bool = False) -> Response:
    inside = _inside(to)
    address = f"/login?{urlencode({'to': inside})}"  # the answer to a wrong token has no query of its own
    return _page(request, "login.html", status=401 if wrong else 200, here="", to=inside, wrong=wrong, address=address)


def _inside(address: str) -> str:
    """Return an address on this server, below its root: never one that leads elsewhere, such as //host."""
    path, _, query = address.partition("?")
    elsewhere = path.startswith(("//", "/\\")) or ".." in unquote(path).replace("\\", "/").split("/")
    if not path.startswith("/") or elsewhere or not address.isprintable():
        return "/"
    kept = without_token(query)
    return f"{path}?{kept}" if kept else path


def problem(request: Request, status: int, detail: str) -> Response:
    """Show what is wrong to a person."""
    return _page(request, "problem.html", status=status, here="", detail=detail)


def _page(request: Request, template: str, status: int = 200, **data: object) -> HTMLResponse:
    state = app_state(request)
    chosen = language_of(request)
    t = texts(chosen)
    path, query = quote(inner_path(request.scope)), request.url.query
    shared: dict[str, object] = {
        "t": t, "r": words(chosen) | {"none": t("none")}, "lang": chosen,
        "path": path, "address": f"{path}?{query}" if query else path, "version": __version__,
        "model": state.live_model.model.version, "problem": state.live_model.problem,
        "script_texts": orjson.dumps({"words": t.words, "sentences": [[*pair] for pair in t.sentences]}).decode(),
        "root": root(request.scope), "by": state.settings.by, "workspace": _workspace(state),
    }  # fmt: skip
    return HTMLResponse(_templates().get_template(template).render(shared | data), status)


def _workspace(state: AppState) -> dict[str, str]:
    return {"labels": str(state.decision_store.folder), "models": str(places.models_folder())}


@cache
def _templates() -> Environment:
    found = Environment(
        loader=ChoiceLoader([PackageLoader("classifier.web"), PackageLoader("classifier.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["percent"] = lambda value: f"{value:.0%}"
    found.filters["spaced"] = "{:,}".format
    return found
