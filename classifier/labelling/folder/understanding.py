"""Rows of a labels folder understood; a text that is known already is cut into words and kept no second time."""

import sys
from collections.abc import Mapping
from typing import Any

from classifier.labelling.corpus import paragraph_of
from classifier.labelling.label_file import Row
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key
from classifier.labelling.taxonomy import Taxonomy
from classifier.text.tokens import Tokeniser


class Understanding:
    """Understands rows one after the other. `known`: paragraphs whose words are known, by their keys."""

    def __init__(self, taxonomy: Taxonomy, tokeniser: Tokeniser, known: Mapping[str, LabelledParagraph]) -> None:
        self._taxonomy = taxonomy
        self._tokeniser = tokeniser
        self._known = known
        self._texts: dict[str, tuple[str, Mapping[str, int]]] = {}

    def __call__(self, row: Row, where: str) -> LabelledParagraph:
        """Return the paragraph of a row ("file:line"); raise LabelError naming the place where it does not fit."""
        text = row.get("text")
        if not isinstance(text, str):
            return paragraph_of(row, where, self._taxonomy, self._tokeniser.counts)
        if text not in self._texts:
            self._texts[text] = self._counted(text)
        row = {name: value if value is text else _once(value) for name, value in row.items()}
        row["text"], words = self._texts[text]
        return paragraph_of(row, where, self._taxonomy, lambda _: words)

    def _counted(self, text: str) -> tuple[str, Mapping[str, int]]:
        there = self._known.get(text_key(text))
        if there is not None and there.text == text:
            return there.text, there.words
        return text, {sys.intern(word): count for word, count in self._tokeniser.counts(text).items()}


def _once(value: Any) -> Any:
    """Return a value of a row; names, labels and times, which stand in many rows, are in memory once."""
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return list(map(sys.intern, value))
    return value
