"""Sums over each paragraph's words, the same to the last bit alone and in any batch."""

import math
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.text.joined_texts import Ints, at

_COMMON = 4096  # counts whose damped value is looked up
_BLOCK = 4096  # words added up in one go, about: their rows stay in the processor's cache


def damped_sums(size: int, paragraphs: Ints, counts: Ints, rows: Ints, weights: Floats) -> Floats:
    """Return a row a paragraph: its words' `rows` of `weights` times their damped counts, summed (`size` × columns).

    The last two columns hold squares and are multiplied by the squared counts. `paragraphs` must rise.
    """
    total = np.zeros((size, weights.shape[1]))
    first = firsts(paragraphs)
    sums = np.empty((len(first), weights.shape[1]))
    blocks = firsts(first // _BLOCK).tolist() if len(rows) > _BLOCK else [0][: len(first)]
    for start, end in pairwise([*blocks, len(first)]):
        words = slice(int(first[start]), int(first[end]) if end < len(first) else len(rows))
        weighted = _weighted(counts[words], rows[words], weights)
        np.add.reduceat(weighted, first[start:end] - words.start, axis=0, out=sums[start:end])
    total[at(paragraphs, first)] = sums
    return total


def _weighted(counts: Ints, rows: Ints, weights: Floats) -> Floats:
    """Return a row a word: that of `weights` times the word's damped count."""
    found = at(weights, rows)
    often = (counts > 1).nonzero()[0]
    if often.size:
        found[often] = at(found, often) * _factors(at(counts, often), weights.shape[1])
    return found


def _factors(counts: Ints, width: int) -> Floats:
    """Return a row for each count: what multiplies a row of weights with so many columns."""
    if counts.max() >= _COMMON:
        return _by_column(damp_counts(counts), width)
    return at(_factor_table(width), counts)


def _by_column(tf: Floats, width: int) -> Floats:
    return np.column_stack([*[tf] * (width - 2), tf * tf, tf * tf])


@cache
def _factor_table(width: int) -> Floats:
    return _by_column(_table(), width)


def sums_by_paragraph(size: int, paragraphs: Ints, rows: Floats) -> Floats:
    """Return the sum of each paragraph's rows (`size` × columns); `paragraphs` says whose each row is, and rises."""
    total = np.zeros((size, rows.shape[1]))
    if len(paragraphs):
        first = firsts(paragraphs)
        total[at(paragraphs, first)] = np.add.reduceat(rows, first, axis=0)
    return total


def firsts(rising: NDArray[np.integer[Any]]) -> Ints:
    """Return where each value stands first among rising ones."""
    new = np.empty(len(rising), bool)
    new[:1] = True
    np.not_equal(rising[1:], rising[:-1], out=new[1:])
    return new.nonzero()[0]


def damp_counts(counts: Ints) -> Floats:
    """Return 1 + ln(count), by a table: vector instructions may round a value by its place among others."""
    if len(counts) and counts.max() >= _COMMON:
        return np.array([1 + math.log(count) for count in counts.tolist()])
    return at(_table(), counts)


@cache
def _table() -> Floats:
    return np.array([0.0, *(1 + math.log(count) for count in range(1, _COMMON))])
