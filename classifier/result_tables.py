"""What a model says of many texts as arrays, without an object a paragraph: what bulk scoring runs on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.model.arithmetic import Floats
from classifier.model.scorer import Predictions, Scorer
from classifier.text.joined_texts import Ints
from classifier.text.tokens import Tokeniser
from classifier.text.units import Units, units_of

AT_ONCE = 1024  # texts; the arrays of many more would not stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Table:
    """What a model says of N texts, with labels in the order of `Model.ids`.

    `probabilities` (N × labels); `worded` (N): which texts hold any Chinese words; `characters` (N × (labels + 1)): how
    many of a text's characters stand in sentences that carry each label, and in those that carry none; `known_words`
    (N): how many different words of a text the model knows.
    """

    probabilities: Floats
    worded: NDArray[np.bool_]
    characters: Ints
    known_words: Ints


@dataclass(frozen=True, eq=False)
class SentenceTable:
    """What a model says of the S sentences of N texts.

    Text t has the sentences `offsets[t]` to `offsets[t + 1]` (N + 1). `starts` and `ends` (S): a sentence's place in
    its text, counted in characters. `probabilities`: S × labels, in the order of `Model.ids`.
    """

    offsets: Ints
    starts: Ints
    ends: Ints
    probabilities: Floats


def score_texts(scorer: Scorer, tokeniser: Tokeniser, texts: Sequence[str]) -> Table:
    """Return what a scorer says of N texts, every text taken as one paragraph."""
    table = _empty_table(len(texts), scorer.size)
    for _ in _fill(table, scorer, tokeniser, texts):
        pass
    return table


def score_sentences(scorer: Scorer, tokeniser: Tokeniser, texts: Sequence[str]) -> tuple[Table, SentenceTable]:
    """Return what a scorer says of N texts, every text taken as one paragraph, and of their S sentences."""
    table = _empty_table(len(texts), scorer.size)
    offsets, starts, ends = [np.zeros(1, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    probabilities = [np.zeros((0, scorer.size))]
    for units, predictions in _fill(table, scorer, tokeniser, texts):
        offsets.append(units.offsets[1:] + offsets[-1][-1])
        starts.append(units.starts)
        ends.append(units.ends)
        probabilities.append(predictions.sentences)
    return table, SentenceTable(
        np.concatenate(offsets), np.concatenate(starts), np.concatenate(ends), np.concatenate(probabilities)
    )


def _empty_table(size: int, labels: int) -> Table:
    characters = np.zeros((size, labels + 1), np.int64)
    return Table(np.zeros((size, labels)), np.zeros(size, bool), characters, np.zeros(size, np.int64))


def _fill(
    table: Table, scorer: Scorer, tokeniser: Tokeniser, texts: Sequence[str]
) -> Iterator[tuple[Units, Predictions]]:
    """Fill in a table's rows, some texts at a time; yield these cut into units, and what the scorer says of them."""
    for start in range(0, len(texts), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        units = units_of(texts[rows], tokeniser)
        predictions = scorer.predict(units)
        table.probabilities[rows] = predictions.paragraphs
        table.known_words[rows] = predictions.known_words
        table.worded[start + units.worded()] = True
        table.characters[rows] = _labelled_characters(units, predictions.sentences >= scorer.sentence_threshold)
        yield units, predictions


def _labelled_characters(units: Units, given: NDArray[np.bool_]) -> Ints:
    """Return how many of each text's characters stand in sentences with each label, and with none (N × L + 1).

    `given` (S × L): which labels a sentence gets.
    """
    marks = np.column_stack([given, ~given.any(axis=1)])
    return np.asarray(np.add.reduceat(marks * units.characters[:, None], units.offsets[:-1], axis=0))
