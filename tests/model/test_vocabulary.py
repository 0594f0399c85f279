"""Rows by arithmetic are rows by dictionary; evidence of unseen words is kept within bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.model import oov as unseen
from classifier.model.arithmetic import pieces
from classifier.model.oov import UnseenWords
from classifier.model.vocabulary import Vocabulary
from classifier.text.joined_texts import END
from classifier.text.words import Words

WORD = st.text(alphabet="招商引资环境一丁㐀鿿", min_size=1, max_size=7)


def as_words(texts: list[list[str]]) -> Words:
    tokens = [token for text in texts for token in (*text, END)]
    return Words.of("".join(tokens), np.array([len(token) for token in tokens], np.int32), len(texts))


@given(st.lists(WORD, unique=True, max_size=80), st.lists(st.lists(WORD, max_size=9), max_size=9))
def test_rows_are_those_of_a_dictionary(known: list[str], texts: list[list[str]]) -> None:
    words = as_words(texts)
    rows = {word: row for row, word in enumerate(known)}
    flat = [(number, word) for number, text in enumerate(texts) for word in text]
    assert list(zip(words.texts.tolist(), words, strict=True)) == flat
    assert Vocabulary(known, np.arange(len(known), 0.0, -1)).rows(words).tolist() == [
        rows.get(word, -1) for _, word in flat
    ]


def test_words_beyond_16_bits_are_in_nobodys_way() -> None:
    known = ["𠀀", "招商", "𠀀𠀀𠀀", "引资", "招商引资项目"]
    assert Vocabulary(known, np.ones(5)).rows(as_words([["招商", "引资", "招商引资项目", "商"]])).tolist() == [
        1,
        3,
        4,
        -1,
    ]


def test_a_full_table_of_words() -> None:
    known = [chr(0x4E00 + i) + chr(0x4E00 + j) for i in range(200) for j in range(100)]
    assert Vocabulary(known, np.arange(len(known), 0.0, -1)).rows(as_words([known])).tolist() == list(range(len(known)))


def by_hand(word: str, weights: dict[str, float], evidence: dict[str, list[float]]) -> tuple[list[float], float]:
    inside = [piece for piece in pieces(word, 2) if piece in weights]
    summed = [sum(evidence[piece][label] for piece in inside) for label in range(2)]
    return summed, sum((weights[piece] * inside.count(piece)) ** 2 for piece in set(inside))


@given(st.lists(WORD | st.text(alphabet="招商𠀀\0", min_size=1, max_size=4), max_size=12))
def test_an_unseen_word_is_the_sum_of_its_pieces(words: list[str]) -> None:
    names = ["招", "商", "招商", "商引", "𠀀"]
    idf, weights = np.array([1.0, 0.5, 2.0, 0.25, 3.0]), np.arange(10.0).reshape(5, 2)
    found = UnseenWords(names, idf, weights, 2).weights(words)
    assert found.shape == (len(words), 3)
    by_name = dict(zip(names, idf.tolist(), strict=True)), dict(zip(names, weights.tolist(), strict=True))
    for word, row in zip(words, found.tolist(), strict=True):
        summed, square = by_hand(word, *by_name)
        assert row == pytest.approx([*summed, square])


def test_what_is_kept_of_unseen_words_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unseen, "_KEPT", 10)
    words = UnseenWords(["招"], np.ones(1), np.ones((1, 1)), 1)
    for start in range(0, 100, 4):
        words.weights([chr(0x4E00 + start + step) for step in range(4)])
        assert len(words._kept) <= 10
