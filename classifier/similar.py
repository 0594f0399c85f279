"""The labelled paragraphs most like a text, beside a model's answer: `with_similar(model.label(text), similar)`."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from classifier import places
from classifier.api import Model
from classifier.errors import ModelError
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.model.similar.finder import Finder
from classifier.model.similar.layer import Layer
from classifier.model.similar.sources import Sources
from classifier.model.similar.word_features import WordFeatures
from classifier.result import Result

__all__ = ["LabelledParagraphs", "Similar", "SimilarParagraph", "open_similar", "with_similar"]


class Similar(Protocol):
    """Labelled paragraphs, to be asked for those like a text."""

    def find(self, text: str) -> tuple[SimilarParagraph, ...]:
        """Return the labelled paragraphs most like a text, at most three, the most similar first."""
        ...


class LabelledParagraphs:
    """What a model learnt from, and somebody's own labels, read when they are first asked for.

    `own`: a labels folder that knows the model's labels, None for none.
    """

    def __init__(self, model: Model, own: Path | None = None) -> None:
        self._sources = Sources(model.stored, WordFeatures(model.scorer))
        self._own = own
        self._lock = threading.Lock()
        self._finder: Finder | None = None
        self._note = ""

    def find(self, text: str) -> tuple[SimilarParagraph, ...]:
        """Return the labelled paragraphs most like a text, at most three, the most similar first; () for none."""
        return self._ready().find(text)

    @property
    def note(self) -> str:
        """What is to be said of where they come from, "" where nothing is: they are what the model learnt from."""
        self._ready()
        return self._note

    def _ready(self) -> Finder:
        with self._lock:
            if self._finder is None:
                own = [] if self._own is None else [self._sources.of_folder(self._own)]
                learnt, self._note = learnt_from(self._sources)
                layers = [*own, *([] if learnt is None else [learnt])]
                self._finder = Finder(self._sources.stored.tokeniser, self._sources.features, layers)
            return self._finder


def open_similar(model: Model, folder: Path | None = None) -> LabelledParagraphs:
    """Return the labelled paragraphs to hold a model's answers against; they are read when they are first asked for.

    Those that the model learnt from, and before them those of a labels folder: `folder`, None for this user's own
    (./labels, else the one in the user's own folder). One that knows other labels than the model is passed over.
    """
    own = folder or next(iter(places.begun_labels()), None)
    usable = own is not None and own.resolve() != places.packaged("labels").resolve()
    fits = usable and own is not None and Sources(model.stored, WordFeatures(model.scorer)).fits(own)
    return LabelledParagraphs(model, own if fits else None)


def with_similar(results: Iterable[Result], similar: Similar | None) -> list[Result]:
    """Return results that name the labelled paragraphs most like each (`Result.similar`); as they are for None.

    Boilerplate, which never carries a label, is like none.
    """
    if similar is None:
        return list(results)
    return [
        replace(result, similar=() if result.kind == "boilerplate" else similar.find(result.text)) for result in results
    ]


def learnt_from(sources: Sources) -> tuple[Layer | None, str]:
    """Return what a model learnt from, as far as it is at hand, and what is to be said where it is not."""
    version = sources.stored.version
    try:
        layer, learnt = sources.learnt()
    except ModelError as error:
        return None, f"{error}; only one's own labels are looked through for similar paragraphs"
    if learnt:
        return layer, ""
    if layer is None:
        return None, (
            f"model {version} came without the labels it learnt from; "
            "only one's own labels are looked through for similar paragraphs"
        )
    return layer, (
        f"model {version} came without the labels it learnt from; "
        "similar paragraphs are looked for in those of this package"
    )
