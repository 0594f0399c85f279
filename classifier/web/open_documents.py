"""Paragraphs on the screen: a document, or a choice of what to label next. Documents may be kept for the next start."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from classifier.api import Model, Result
from classifier.documents.document import Document
from classifier.documents.notes import Note
from classifier.errors import InputError
from classifier.labelling.candidates import Candidate
from classifier.name_order import by_name
from classifier.text.paragraph import Kind
from classifier.text.split import split
from classifier.web.kept_documents import KeptDocuments
from classifier.web.problem_details import Problem

_MOST = 200  # sheets
_CHARACTERS = 50_000_000  # of all sheets together


@dataclass(frozen=True, eq=False)
class Item:
    """A paragraph on a sheet."""

    candidate: Candidate
    kind: Kind = "body"

    @cached_property
    def key(self) -> str:
        """The name by which decisions find it."""
        return self.candidate.undecided().key


def _new_id() -> str:
    return secrets.token_urlsafe(12)


@dataclass(eq=False)
class OpenDocument:
    """Paragraphs to look at and to decide on. `document` is None for a choice from several documents."""

    title: str
    items: Sequence[Item]
    document: Document | None = None
    id: str = field(default_factory=_new_id)
    _answers: tuple[str, list[Result]] | None = None
    _suggested: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # by model, all that was on a screen

    @classmethod
    def of(cls, document: Document, id_: str | None = None) -> "OpenDocument":
        """Return a document's sheet, with a new id or its old one; raise InputError where it has no paragraph."""
        items = [Item(Candidate(one.text, document.name), one.kind) for one in split(document)]
        if not items:
            raise InputError(f"{document.name}: holds no text; nothing to label")
        return cls(document.name, items, document, id_ or _new_id())

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out of the document, or read with doubt; empty for a choice from several."""
        return self.document.notes if self.document is not None else ()

    @property
    def size(self) -> int:
        """Its number of characters."""
        return sum(len(item.candidate.text) for item in self.items)

    def answers(self, model: Model) -> list[Result]:
        """Return what a model says of each paragraph; kept until another model asks."""
        known = self._answers
        if known is None or known[0] != model.version:
            if self.document is not None:
                found = model.label_document(self.document, sentences=True)
            else:
                found = model.label_paragraphs([item.candidate.text for item in self.items], self.title, sentences=True)
            known = self._answers = (model.version, found)
        return known[1]

    def shown(self, model: Model) -> list[Result]:
        """Return what a model says of each paragraph, to be shown: it is stored with what is decided beside it."""
        results = self.answers(model)
        self._suggested.setdefault(model.version, [result.labels for result in results])
        return results

    def suggested(self, version: str, index: int) -> tuple[str, ...] | None:
        """Return the labels that a model suggested for a paragraph on a screen, None where it was not shown."""
        known = self._suggested.get(version)
        return None if known is None else known[index]


class OpenDocuments:
    """The sheets of a server; the one looked at longest ago goes first where there are too many.

    `kept`: where documents outlive the server, None for memory only; those that lie there are open from the start.
    `unkept`: why the last one could not be written there, "" where it could.
    """

    def __init__(self, kept: KeptDocuments | None = None) -> None:
        self._open_documents: OrderedDict[str, OpenDocument] = OrderedDict()
        self._lock = threading.Lock()
        self.kept = kept
        self.unkept = ""
        for id_, document in kept.all() if kept is not None else ():
            with suppress(InputError):
                self._remember(OpenDocument.of(document, id_))

    def add(self, sheet: OpenDocument) -> list[str]:
        """Open a sheet, and keep its document; return the titles of those that were closed to make room."""
        closed = self._remember(sheet)
        if self.kept is not None and sheet.document is not None:
            try:
                self.kept.keep(sheet.id, sheet.document)
                self.unkept = ""
            except OSError as error:
                self.unkept = f"{self.kept.folder}: {error.strerror or error}"
        return closed

    def _remember(self, sheet: OpenDocument) -> list[str]:
        closed: list[OpenDocument] = []
        with self._lock:
            self._open_documents[sheet.id] = sheet
            while len(self._open_documents) > 1 and (len(self._open_documents) > _MOST or self._size() > _CHARACTERS):
                closed.append(self._open_documents.popitem(last=False)[1])
        self._forget(one.id for one in closed)
        return [one.title for one in closed if one.document is not None]

    def _forget(self, ids: Iterable[str]) -> None:
        if self.kept is not None:
            for id_ in ids:
                with suppress(OSError):  # it is closed all the same
                    self.kept.forget(id_)

    def get(self, id_: str) -> OpenDocument | None:
        """Return a sheet, None where there is none (any more)."""
        with self._lock:
            if id_ in self._open_documents:
                self._open_documents.move_to_end(id_)
            return self._open_documents.get(id_)

    def remove(self, id_: str) -> bool:
        """Forget a sheet, on disk as well; tell whether it was there."""
        with self._lock:
            there = self._open_documents.pop(id_, None) is not None
        self._forget([id_] if there else [])
        return there

    def remove_all(self) -> None:
        """Forget all sheets, on disk as well."""
        with self._lock:
            ids = list(self._open_documents)
            self._open_documents.clear()
        self._forget(ids)

    def all(self) -> list[OpenDocument]:
        """Return all sheets, the one looked at last first."""
        with self._lock:
            return list(reversed(self._open_documents.values()))

    def by_name(self) -> list[OpenDocument]:
        """Return the documents by their names, whichever was looked at last."""
        return sorted((one for one in self.all() if one.document is not None), key=lambda one: by_name(one.title))

    def candidates(self) -> list[Candidate]:
        """Return the paragraphs of all documents on the screen, but for boilerplate."""
        documents = [one for one in self.all() if one.document is not None]
        return [item.candidate for document in documents for item in document.items if item.kind != "boilerplate"]

    def _size(self) -> int:
        return sum(document.size for document in self._open_documents.values())


def gone() -> Problem:
    """Return the answer about a sheet that is not there."""
    return Problem(404, "no such sheet (any more): open the document again", ("path.id",))
