"""Word counts as matrices, for training."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from classifier.model.arithmetic import damp

Counts = Mapping[str, int]


def document_frequencies(items: Iterable[Iterable[str]]) -> Counter[str]:
    """Count in how many of the paragraphs each item stands."""
    return Counter(item for paragraph in items for item in set(paragraph))


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
