"""Folds that keep documents whole: paragraphs of one document are alike, and would flatter a model."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

from classifier.labelling.corpus import LabelledParagraph
from classifier.labelling.taxonomy import NONE


def grouped_folds(paragraphs: Sequence[LabelledParagraph], folds: int, seed: int) -> NDArray[np.int64]:
    """Return each paragraph's fold, 0 to `folds` - 1; a document is in one fold.

    What documents are called does not matter, so that a model handed on under pseudonyms is compared on the same folds.
    Stratified by the primary label and by written against found text, for scikit-learn's stratified
    splitter takes one class a paragraph.
    """
    keys = [f"{(paragraph.labels or (NONE,))[0]} {paragraph.written}" for paragraph in paragraphs]
    place: dict[str, int] = {}  # the splitters go by the order of the groups' names, which is no business of theirs
    docs = [place.setdefault(paragraph.doc, len(place)) for paragraph in paragraphs]
    rare = min(Counter(keys).values()) < folds
    splitter = (
        GroupKFold(folds, shuffle=True, random_state=seed)
        if rare
        else StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    )
    fold = np.zeros(len(paragraphs), int)
    for number, (_, test) in enumerate(splitter.split(np.zeros(len(paragraphs)), keys, docs)):
        fold[test] = number
    return fold


def with_beside(
    fold: NDArray[np.int64], paragraphs: Sequence[LabelledParagraph], beside: Sequence[LabelledParagraph]
) -> NDArray[np.int64]:
    """Return the folds of paragraphs and, behind them, of others that are not measured on.

    These go with their document; those of other documents are in the folds by turns.
    """
    known = dict(zip((paragraph.doc for paragraph in paragraphs), fold.tolist(), strict=True))
    new = sorted({paragraph.doc for paragraph in beside} - known.keys())
    known |= {doc: place % (int(fold.max()) + 1) for place, doc in enumerate(new)}
    return np.concatenate([fold, np.array([known[paragraph.doc] for paragraph in beside], np.int64)])


def learnable(
    paragraphs: Sequence[LabelledParagraph],
    fold: NDArray[np.int64],
    number: int,
    asked: Iterable[LabelledParagraph] | None = None,
) -> NDArray[np.bool_]:
    """Tell which paragraphs a model may learn from that is to be asked about a fold.

    Those of the other folds, but for texts that it is `asked` about (None: the fold's own paragraphs): the same text
    may stand in another document, too.
    """
    if asked is None:
        asked = (paragraph for paragraph, place in zip(paragraphs, fold.tolist(), strict=True) if place == number)
    keys = {paragraph.key for paragraph in asked}
    fresh = np.array([paragraph.key not in keys for paragraph in paragraphs], bool)
    return np.asarray((fold != number) & fresh)
