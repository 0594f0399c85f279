"""Word counts as matrices, for training."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from classifier.model.arithmetic import damp, pieces

Counts = Mapping[str, int]


def document_frequencies(items: Iterable[Iterable[str]]) -> Counter[str]:
    """Count in how many of the paragraphs each item stands."""
    return Counter(item for paragraph in items for item in set(paragraph))


def piece_frequencies(paragraphs: Sequence[Counts], longest: int) -> dict[str, int]:
    """Count in how many of the paragraphs each piece of a word stands: by one sparse product, words being few."""
    words = {word: row for row, word in enumerate(dict.fromkeys(word for counts in paragraphs for word in counts))}
    index: dict[str, int] = {}
    inside = [[index.setdefault(piece, len(index)) for piece in pieces(word, longest)] for word in words]
    ends = np.cumsum([0, *map(len, inside)])
    columns = np.fromiter((column for row in inside for column in row), int, int(ends[-1]))
    held = sparse.csr_matrix((np.ones(len(columns)), columns, ends), (len(words), len(index)))
    found = np.bincount((count_matrix(paragraphs, words) @ held).indices, minlength=len(index))
    return dict(zip(index, found.tolist(), strict=True))


def count_matrix(paragraphs: Sequence[Counts], index: Mapping[str, int]) -> sparse.csr_matrix:
    """Return damped counts, a row a paragraph and a column a word of `index`; other words are left out."""
    columns: list[int] = []
    data: list[int] = []
    ends = [0]
    for counts in paragraphs:
        for word, count in counts.items():
            column = index.get(word)
            if column is not None:
                columns.append(column)
                data.append(count)
        ends.append(len(columns))
    values = damp(np.array(data, float)) if data else np.zeros(0)
    return sparse.csr_matrix((values, columns, ends), (len(paragraphs), len(index)))
