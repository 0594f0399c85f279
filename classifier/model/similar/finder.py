"""The labelled paragraphs that are most like a text, of several sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.model.arithmetic import Floats
from classifier.model.similar.layer import Layer
from classifier.model.similar.word_features import TextFeatures, WordFeatures
from classifier.text.joined_texts import Ints
from classifier.text.tokens import Tokeniser

LEAST = 0.25
"""Similarity from which on one is shown: below it more than a third carry other labels (benchmarks/quality.md)."""
MOST = 3
_EXACT = 9  # places to which similarities are told apart: sums are rounded


@dataclass(frozen=True, eq=False)
class Finder:
    """Finds labelled paragraphs. `layers`: those of the first one count before the same ones in later ones."""

    tokeniser: Tokeniser
    features: WordFeatures
    layers: Sequence[Layer]

    def find(self, text: str) -> tuple[SimilarParagraph, ...]:
        """Return the paragraphs most like a text, the most similar first, three at most; () where none is like it.

        Of those that are equally like it the very text comes first, then that of an earlier layer.
        """
        counts = self.tokeniser.counts(text)
        features = self.features.of(counts)
        if features is None:
            return ()
        names = {text_key(text), words_key(counts)}
        found = []
        for number, (layer, hidden) in enumerate(zip(self.layers, self._hidden, strict=True)):
            similarity = layer.index.similarities(features).round(_EXACT)
            similarity[hidden] = 0
            same = [row for name in names for row in layer.rows_by_key.get(name, ())]
            rows = {*_leading(similarity).tolist(), *(row for row in same if similarity[row])}
            found += [(-float(similarity[row]), row not in same, number, row) for row in rows]
        return tuple(self._similar(*one, features) for one in sorted(found)[:MOST])

    def _similar(self, negative: float, other: bool, number: int, row: int, features: TextFeatures) -> SimilarParagraph:
        layer = self.layers[number]
        words = layer.index.in_common(row, features)
        return layer.facts(row).similar(min(-negative, 1.0), words, same=not other)

    @cached_property
    def _hidden(self) -> list[Ints]:
        """Rows of each layer that do not count: those that are gone, and those that an earlier layer speaks of."""
        hidden: list[Ints] = []
        known: set[str] = set()
        for layer in self.layers:
            there = {row for key in known for row in layer.rows_by_key.get(key, ())}
            hidden.append(np.array(sorted(layer.gone | there), np.int64))
            known.update(layer.keys, layer.words_keys)
        return hidden


def _leading(similarity: Floats) -> Ints:
    """Return the rows that may be among the most similar: as similar as the last of these, and similar enough."""
    if len(similarity) <= MOST:
        return np.flatnonzero(similarity >= LEAST)
    last = np.partition(similarity, -MOST)[-MOST]
    return np.flatnonzero(similarity >= max(LEAST, float(last)))
