"""The few formulas that training and scoring share; numpy only, so that scoring stays light."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@lru_cache(maxsize=1 << 17)
def pieces(word: str, longest: int) -> tuple[str, ...]:
    """Return the character n-grams of a word, 1 to `longest` characters long.

    招商引资 gives 招, 商, 引, 资, 招商, 商引, 引资, 招商引, 商引资: so words that share a part support each other.
    """
    size = len(word)
    lengths = range(1, min(longest, size) + 1)
    return tuple(word[start : start + n] for n in lengths for start in range(size - n + 1))


def damp(counts: ArrayLike) -> Floats:
    """Return 1 + ln(count): the tenth mention of a word says less than the first."""
    return np.asarray(1 + np.log(counts))


def idf(frequencies: NDArray[np.int64], documents: int) -> NDArray[np.float32]:
    """Return smoothed inverse document frequencies: ln((1 + n) / (1 + df)) + 1, as scikit-learn has them."""
    weights = np.log((1 + documents) / (1 + np.asarray(frequencies, float))) + 1
    return weights.astype(np.float32)


def sigmoid(values: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * values)))
