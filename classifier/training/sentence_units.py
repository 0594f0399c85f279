"""Labelled paragraphs and their sentences as tables to learn from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from classifier.labelling.corpus import Corpus, LabelledParagraph
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.sentence_places import tiles
from classifier.model.count_matrix import CountTable
from classifier.model.unit_table import UNLABELLED, UnitTable
from classifier.text.tokens import Tokeniser


def in_sentences(corpus: Corpus) -> Corpus:
    """Return a corpus whose paragraphs know the words of each of their sentences.

    Texts are cut anew, around the sentences that somebody labelled; where only word counts are known and no sentences,
    a paragraph is one sentence.
    """
    cut = tuple(_cut(corpus.every, corpus.tokeniser))
    beside = len(corpus.sentences_only)
    return replace(corpus, paragraphs=cut[beside:], sentences_only=cut[:beside])


def _cut(paragraphs: Sequence[LabelledParagraph], tokeniser: Tokeniser) -> Iterator[LabelledParagraph]:
    parts = [_parts(paragraph) for paragraph in paragraphs]
    words = tokeniser.words(
        [
            text[part.start : part.end]
            for paragraph, some in zip(paragraphs, parts, strict=True)
            if (text := paragraph.text)
            for part in some
        ]
    )
    ends = np.searchsorted(words.texts, np.arange(words.count), "right").tolist()
    flat, first, number = list(words), 0, 0
    for paragraph, some in zip(paragraphs, parts, strict=True):
        if not paragraph.text:
            yield replace(paragraph, sentences=some)
            continue
        counted = []
        for part in some:
            counted.append(replace(part, words=Counter(flat[first : ends[number]])))
            first, number = ends[number], number + 1
        yield replace(paragraph, sentences=tuple(counted))


def _parts(paragraph: LabelledParagraph) -> tuple[LabelledSentence, ...]:
    if paragraph.text is None:
        return paragraph.sentences or (LabelledSentence(0, 1, None, paragraph.words),)
    return tiles(paragraph.text, paragraph.sentences)


def unit_table(paragraphs: Sequence[LabelledParagraph], ids: Sequence[str], longest: int) -> UnitTable:
    """Return the table of paragraphs that went through `in_sentences`.

    `ids`: the labels, in the order of the columns; `longest`: characters of the longest piece of a word.
    """
    parts = [paragraph.sentences or (LabelledSentence(0, 1, None, paragraph.words),) for paragraph in paragraphs]
    flat = [part for some in parts for part in some]
    y_true = [[UNLABELLED if one.labels is None else int(label in one.labels) for label in ids] for one in flat]
    return UnitTable(
        CountTable.of([paragraph.words for paragraph in paragraphs], longest),
        CountTable.of([one.words or {} for one in flat], longest),
        np.concatenate([[0], np.cumsum([len(some) for some in parts], dtype=np.int64)]),
        np.array([one.end - one.start for one in flat], np.int64),
        np.array(y_true, np.int64).reshape(len(flat), len(ids)),
    )
