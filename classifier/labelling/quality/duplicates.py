"""Paragraphs that say nearly the same: found by the share of their parts that they have in common."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from classifier.labelling.corpus import LabelledParagraph

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_GRAM = 5  # characters; shorter ones are in every text of the genre
_CHUNK = 500  # rows compared with all others at a time: bounds the memory
FEWEST = 8  # parts that a paragraph must have: two headings of one word are no near-duplicates


@dataclass(frozen=True)
class Pair:
    """Two rows (first < second) and the share of the larger one's parts that the other has too."""

    first: int
    second: int
    overlap: float


def near_duplicates(paragraphs: Sequence[LabelledParagraph], least: float = 0.5) -> list[Pair]:
    """Return the pairs of paragraphs that share at least `least` of the larger one's character 5-grams.

    Paragraphs of which only word counts are known are compared by their words, and need half of the remaining
    share as well (0.75 for 0.5): words recur where sentences do not.
    """
    texts = [row for row, paragraph in enumerate(paragraphs) if paragraph.text is not None]
    counts = [row for row, paragraph in enumerate(paragraphs) if paragraph.text is None]
    by_grams = _pairs([_grams(paragraphs[row].text or "") for row in texts], least)
    by_words = _pairs([set(paragraphs[row].words) for row in counts], (1 + least) / 2)
    found = [Pair(texts[gram.first], texts[gram.second], gram.overlap) for gram in by_grams]
    return found + [Pair(counts[word.first], counts[word.second], word.overlap) for word in by_words]


def _grams(text: str) -> set[str]:
    han = "".join(_HAN.findall(text))
    return {han[start : start + _GRAM] for start in range(len(han) - _GRAM + 1)}


def _pairs(parts: Sequence[set[str]], least: float) -> Iterator[Pair]:
    index = {part: column for column, part in enumerate(sorted(set().union(*parts)))}
    sizes = np.array([len(one) for one in parts], int)
    columns = np.array([index[part] for one in parts for part in sorted(one)], int)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, np.append(0, sizes.cumsum())), (len(parts), len(index)))
    for start in range(0, len(parts), _CHUNK):
        shared = sparse.coo_matrix(matrix[start : start + _CHUNK] @ matrix.T)
        first, second = shared.row + start, shared.col
        overlap = shared.data / np.maximum(sizes[first], sizes[second])
        wanted = (first < second) & (sizes[first] >= FEWEST) & (sizes[second] >= FEWEST) & (overlap >= least)
        for i in np.flatnonzero(wanted):
            yield Pair(int(first[i]), int(second[i]), float(overlap[i]))
