"""The layers of a labels folder that grows decision by decision, made anew no more than must be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.model.similar.layer import Layer, comparable
from classifier.model.similar.word_features import WordFeatures
from classifier.text.tokens import Tokeniser

_YOUNG = 500  # paragraphs that may come before all are put together anew


class GrowingLayers:
    """What counts in a folder, as two layers: what came lately, and before it what was there.

    `tokeniser`: the model's; the words of a folder that knows other terms are cut anew.
    """

    def __init__(self, features: WordFeatures, tokeniser: Tokeniser) -> None:
        self._features, self._tokeniser = features, tokeniser
        self._old: dict[int, LabelledParagraph] = {}  # by identity: what did not change is the same object
        self._old_layer = Layer.of((), features)

    def of(self, paragraphs: Iterable[LabelledParagraph], cut_by: Tokeniser) -> list[Layer]:
        """Return the layers of a folder's paragraphs, the latest first; `cut_by`: the tokeniser of their words."""
        now = {id(one): one for one in paragraphs if comparable(one)}
        new = [one for name, one in now.items() if name not in self._old]
        if len(new) > _YOUNG:
            self._old, self._old_layer = now, self._layer(list(now.values()), cut_by)
            return [self._old_layer]
        old = self._old_layer.rows_by_key
        names = old.keys() - {one.key for one in now.values()}  # what was decided anew is hidden by the first layer
        gone = frozenset(row for name in names for row in old[name])
        return [self._layer(new, cut_by), replace(self._old_layer, gone=gone)]

    def _layer(self, paragraphs: Sequence[LabelledParagraph], cut_by: Tokeniser) -> Layer:
        if self._tokeniser.name == cut_by.name:
            return Layer.of(paragraphs, self._features)
        cut = self._tokeniser.counts
        worded = (one if one.text is None else replace(one, words=cut(one.text)) for one in paragraphs)
        return Layer.of(worded, self._features)
