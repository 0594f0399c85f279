"""The labelled paragraphs like one on the screen: what the model in use learnt from, and what people decide here."""

import threading

from classifier.api import Model
from classifier.labelling.corpus import Corpus
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.model.similar.finder import Finder
from classifier.model.similar.growing import GrowingLayers
from classifier.model.similar.layer import Layer
from classifier.model.similar.sources import Sources
from classifier.model.similar.word_features import WordFeatures
from classifier.similar import learnt_from
from classifier.web.decision_store import DecisionStore


class _OfModel:
    """The labelled paragraphs for a model: put together when they are first asked for, then as the folder grows."""

    def __init__(self, model: Model) -> None:
        self.version = model.version
        self._sources = Sources(model.stored, WordFeatures(model.scorer))
        learnt, self.note = learnt_from(self._sources)
        self._learnt: list[Layer] = [] if learnt is None else [learnt]
        self._growing = GrowingLayers(self._sources.features, model.tokeniser)
        self._corpus: Corpus | None = None
        self._finder: Finder | None = None

    def finder(self, corpus: Corpus | None) -> Finder:
        """Return what finds paragraphs, those of the folder as it is now among them; None for no folder."""
        if self._finder is None or corpus is not self._corpus:
            own = [] if corpus is None else self._growing.of(corpus.paragraphs, corpus.tokeniser)
            self._corpus = corpus
            self._finder = Finder(self._sources.stored.tokeniser, self._sources.features, [*own, *self._learnt])
        return self._finder


class SimilarStore:
    """The labelled paragraphs of a server. `folder` is where people decide."""

    def __init__(self, decision_store: DecisionStore) -> None:
        self._decision_store = decision_store
        self._lock = threading.Lock()
        self._of_model: _OfModel | None = None

    def ready(self, model: Model) -> bool:
        """Tell whether paragraphs are found without waiting: they have been asked for since the model is in use."""
        return self._of_model is not None and self._of_model.version == model.version

    def of(self, model: Model) -> Finder:
        """Return what finds paragraphs like a text; the first time for a model takes a tenth of a second or more."""
        with self._lock:
            if self._of_model is None or not self.ready(model):
                self._of_model = _OfModel(model)
            store = self._decision_store
            there = store.remembered.there and store.knows_labels_of(model)
            return self._of_model.finder(store.remembered.corpus() if there else None)

    def note(self, model: Model) -> str:
        """Return what is to be said of where they come from, "" where nothing is."""
        with self._lock:
            return self._of_model.note if self._of_model is not None and self.ready(model) else ""

    def find(self, model: Model, text: str) -> tuple[SimilarParagraph, ...]:
        """Return the labelled paragraphs most like a text, the most similar first; () for none."""
        return self.of(model).find(text)
