"""What a model says of the machine that trained it, taken out before it leaves: names of documents, files, origins."""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from classifier import places
from classifier.errors import LabelError
from classifier.json_types import JsonDict, JsonObject
from classifier.labelling.corpus import read_corpus
from classifier.labelling.decision import Decision
from classifier.labelling.labelled_paragraph import WRITTEN, LabelledParagraph

_KEY = "export.key"
_BYTES = 32
_PSEUDONYM = re.compile(r"doc-[0-9a-f]{16}|person-[0-9a-f]{16}")


@dataclass(frozen=True)
class Pseudonyms:
    """Names for what must not be named. `origins`: those that may stay, for they say nothing of this machine."""

    key: bytes
    origins: Collection[str]

    def document(self, name: str) -> str:
        """Return the name that a document has outside: the same for each model exported with this key.

        Without the key nobody can tell whether a name that he guesses is the document's.
        """
        return self._name("doc", name)

    def person(self, name: str) -> str:
        """Return the name that who labelled has outside, likewise; "" for nobody."""
        return self._name("person", name) if name else ""

    def _name(self, kind: str, name: str) -> str:
        if _PSEUDONYM.fullmatch(name):  # of a file that came from elsewhere
            return name
        told = f"{kind}:{name}" if kind != "doc" else name
        return f"{kind}-{hmac.new(self.key, told.encode('utf-8', 'surrogatepass'), hashlib.sha256).hexdigest()[:16]}"

    def origin(self, name: str) -> str:
        """Return an origin that names nothing; whether the text was made up stays known."""
        if not name or name in self.origins:
            return name
        return f"{WRITTEN}, own" if name.startswith(WRITTEN) else "own material"

    def paragraphs(self, paragraphs: Sequence[LabelledParagraph]) -> list[LabelledParagraph]:
        """Return paragraphs with pseudonyms for documents and numbers for places; which belong together stays.

        The documents of this package's own labels, which everybody has, keep their names.
        """
        return [
            replace(
                paragraph,
                name=paragraph.key,
                doc=paragraph.doc if paragraph.shipped or paragraph.has_own_doc else self.document(paragraph.doc),
                where=_place(number),
                origin=self.origin(paragraph.origin),
            )
            for number, paragraph in enumerate(paragraphs, start=1)
        ]

    def decisions(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Return labels with pseudonyms for documents and for who gave them; numbers of files (`id`) are left out."""
        return [
            replace(
                one,
                doc=self.document(one.doc) if one.doc else "",
                by=self.person(one.by),
                facts=self._facts(one.facts),
            )
            for one in decisions
        ]

    def _facts(self, facts: JsonObject) -> JsonDict:
        kept = {key: value for key, value in facts.items() if key not in {"id", "doc"}}
        if isinstance(passes := kept.get("annotations"), dict):
            kept["annotations"] = {self.person(str(by)): labels for by, labels in passes.items()}
        if isinstance(origin := kept.get("origin"), str):
            kept["origin"] = self.origin(origin)
        if "settled" in kept:  # some note there who settled it
            kept["settled"] = bool(kept["settled"])
        return kept

    def manifest(self, manifest: Mapping[str, Any], paragraphs: Sequence[LabelledParagraph]) -> dict[str, Any]:
        """Return a manifest without names. `paragraphs`: as they were before; () where they are not handed on."""
        kept: dict[str, Any] = dict(manifest)
        if isinstance(training := kept.get("training"), Mapping) and "origins" in training:
            origins: dict[str, int] = {}
            for name, count in training["origins"].items():
                plain = name if name == "(not said)" else self.origin(name)
                origins[plain] = origins.get(plain, 0) + count
            kept["training"] = {**training, "origins": origins}
        if isinstance(evaluation := kept.get("evaluation"), Mapping) and "wrong" in evaluation:
            numbers = {one.where: _place(number) for number, one in reversed(list(enumerate(paragraphs, start=1)))}
            wrong = [{**one, "where": numbers.get(one.get("where"), "(not named)")} for one in evaluation["wrong"]]
            kept["evaluation"] = {**evaluation, "wrong": wrong}
        return kept


def own_pseudonyms() -> Pseudonyms:
    """Return this user's: with the key in his own folder, which never leaves it and is made where there is none."""
    try:
        shipped = {paragraph.origin for paragraph in read_corpus(places.packaged("labels")).paragraphs}
    except LabelError:
        shipped = set()
    return Pseudonyms(_key(places.user_folder() / _KEY), frozenset(shipped))


def _key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) >= _BYTES:
            return key
        path.unlink()  # a program was killed while it wrote it
        return _key(path)
    with os.fdopen(descriptor, "wb") as stream:
        key = secrets.token_bytes(_BYTES)
        stream.write(key)
    return key


def _place(number: int) -> str:
    return f"paragraph {number}"
